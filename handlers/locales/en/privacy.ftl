### What is kept about a person: shown, copied, corrected, erased.

privacy-title = 🔒 I keep:
privacy-person = First name: { $name }. Language: { $language }.
privacy-telegram = Telegram code, to write to you: { $code }.
privacy-groups = 👥 Groups: { $groups }.
privacy-no-groups = 👥 Groups: none.
privacy-no-answers = 🙋 Sign-ups to come: none.
privacy-answer-yes = ✅ { $event }, { $day }
privacy-answer-maybe = 🤔 { $event }, { $day }
privacy-answer-waiting = ⏳ { $event }, { $day }
privacy-more-answers = { $count ->
    [one] … and { $count } more sign-up.
   *[other] … and { $count } more sign-ups.
}
privacy-consent = You agreed: { $day } { $year }, text { $version }. The copy says everything.
privacy-copy = ⬇️ A copy
privacy-rename = ✏️ First name
privacy-quit = 🚪 Leave { $name }
privacy-quit-long = 🚪 { $name }
privacy-quitted = You are no longer in this group.
privacy-erase = 🗑 Erase everything
privacy-document = my-data.json
privacy-document-sent = I am sending you the copy.

privacy-consequences = 🗑 Erase everything?
    Your seats go to other people. I no longer write to you.
    This cannot be undone.
privacy-erase-yes = 🗑 Yes, erase
privacy-erase-no = ↩️ No, keep
privacy-erased = ✅ Everything is erased. I keep nothing.
privacy-come-back = To come back: /start
privacy-receipt = ✅ Everything is erased. Receipt number { $number }.
