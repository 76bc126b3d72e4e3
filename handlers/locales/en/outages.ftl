# After a silence of Telegram's.
outages-moment = { $day } at { $hour }
outages-alert =
    ⚠️ The bot heard nothing from { $start } to { $end }.
    Some answers from residents may be lost.
    Tell the people who were invited?
outages-tell = 📨 Tell them
outages-told =
    { $number ->
        [0] ✅ Everybody has been told already.
        [one] ✅ { $number } person will be told.
       *[other] ✅ { $number } people will be told.
    }
outages-notice =
    ⚠️ The bot was not working from { $start } to { $end }.
    Did you tap a button? Please tap it again.
outages-agenda = 📅 Agenda
outages-recap =
    ⏰ I was away. I have read all your messages.
    See where you are:
