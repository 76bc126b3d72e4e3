### Reminders: how soon an event is, and what a person may answer.

reminders-one = 🔔 { $soon }:
reminders-several = 🔔 Your events:
reminders-line = { $soon } · 📅 { $day }, 🕑 { $hour } · { $title }
reminders-maybe = 🤔 You said: maybe. Are you coming?
reminders-missed = { $people ->
    [one] ⏰ One person was not reminded. I was out of order.
   *[other] ⏰ { $people } people were not reminded. I was out of order.
}
reminders-yes = ✅ Yes
reminders-no = ❌ I cannot come
reminders-soon-days = { $days ->
    [0] Today
    [1] Tomorrow
   *[other] In { $days } days
}
reminders-soon-hours = { $hours ->
    [one] In 1 hour
   *[other] In { $hours } hours
}
reminders-soon-minutes = In { $minutes } minutes
reminders-soon-hours-minutes = In { $hours } h { $minutes }
