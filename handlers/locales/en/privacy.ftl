### What is kept about a person: shown, copied, corrected, erased.

privacy-title = 🔒 I keep:
privacy-person = First name: { $name }. Language: { $language }.
privacy-telegram = Telegram code, to write to you: { $code }.
privacy-groups = 👥 Groups: { $groups }.
privacy-no-groups = 👥 Groups: none.
privacy-no-answers = 🙋 Coming sign-ups: none.
privacy-answer-yes = ✅ { $event }, { $day }
privacy-answer-maybe = 🤔 { $event }, { $day }
privacy-answer-waiting = ⏳ { $event }, { $day }
privacy-more-answers = { $count ->
    [one] … and { $count } more sign-up.
   *[other] … and { $count } more sign-ups.
}
privacy-consent = You agreed: { $day } { $year }, text { $version }. The copy says all.
privacy-copy = ⬇️ A copy
privacy-rename = ✏️ First name
privacy-quit = 🚪 Leave { $name }
privacy-quit-long = 🚪 { $name }
privacy-quitted = You are no longer in this group.
privacy-erase = 🗑 Erase all
privacy-document = my-data.json
privacy-document-sent = I am sending you the copy.

privacy-consequences = 🗑 Erase all?
    Your seats go to other people. I no longer write to you.
    This cannot be undone.
privacy-erase-yes = 🗑 Yes, erase
privacy-erase-no = ↩️ No, keep
privacy-erased = ✅ All is erased. I keep nothing.
privacy-receipt = ✅ All is erased. Receipt number { $number }.
