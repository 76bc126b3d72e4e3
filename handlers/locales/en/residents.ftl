### Words that every column shares, the home, languages, help, pause and the team of officers.

## Shared buttons: at most 20 signs, the pictogram first (product.md, rule 4)

button-home = 🏠
button-back = ↩️ Back
button-agenda = 📅 Agenda
button-rsvps = 🙋 My sign-ups
button-groups = 👥 The groups
button-language = 🌍 Language
button-data = 🔒 My data
button-help = ☎️ Help
button-pause = ⏸ Stop messages
button-resume = 🔔 Start again
button-new-event = 🆕 New event
button-announce = 📣 Announce
button-roster = 👀 Who is coming
button-team = 🤝 Team

## The permanent keyboard

menu-agenda = 📅 Agenda
menu-rsvps = 🙋 My sign-ups
menu-language = 🌍 Language
menu-help = ☎️ Help

## Commands, as Telegram lists them

command-start = Begin
command-agenda = Events near you
command-groupes = The neighbourhood's groups
command-inscriptions = My sign-ups
command-donnees = My data
command-langue = Change the language
command-aide = Talk to a person
command-stop = Stop all messages
command-help = Talk to a person
command-settings = All choices
command-nouveau = Create an event
command-diffuser = Announce an event
command-presences = See who is coming
command-equipe = See the team

## Words that stop everything, as a whole message

stop-words = stop, unsubscribe, quit

## What the bot refuses, and why

toast-old-button = This button no longer works.
refusal-not-allowed = You cannot do that.
refusal-gone = This is no longer there.
refusal-changed = This has changed. Please look again.
refusal-repeated = This message went to the same people less than a day ago.
refusal-late-started = Too late: the event has started.
refusal-late-cancelled = This event is cancelled.
refusal-no-seats = { $guests ->
    [0] 😕 There is no seat for one more person with you.
    [one] 😕 There is one seat left for a person with you.
   *[other] 😕 There are seats left for { $guests } people with you.
}
refusal-fault = 😕 It did not work. It is not your fault. Please try again. Code: { $code }
refusal-busy = ⏳ It takes long today. I keep your request. I answer soon.
refusal-flood = You are going too fast. Please wait a minute.
refusal-input-first-name-empty = I cannot read a first name. Write your first name.
refusal-input-first-name-long = This first name is too long. Write a shorter one.

## Home

residents-home = 🏠 Hello { $name }. What would you like to do?
residents-home-paused = ⏸ I no longer write to you.
residents-menu = 👇 These buttons stay down here.

## Help, and what is not understood

residents-help = I tell you about events near you. Tap a button.
residents-phone = ☎️ A question? Call { $phone }.
residents-lost = I do not know how to do that.

## Languages

residents-languages = 🌍 Your language?
residents-language-chosen = ✅ { $language }
residents-language-set = ✅ I write to you in English.

## Pause

residents-paused = ⏸ I no longer write to you.
residents-paused-still-told = If one of your events changes, I will tell you.
residents-fewer = 🔕 Too many messages?
    Choose your groups, or tap ⏸.
residents-resumed = 🔔 I write to you again.
residents-stopped-visitor = All right. I keep nothing.

## The team of officers

residents-team = 🤝 The team: { $names }
residents-invite = ➕ Invite
residents-invitation = 🤝 Send this link to one person. It works once, within 24 hours.
residents-request = 🤝 { $name } wants to join the team.
residents-request-from = Invited by { $inviter }.
residents-request-effect = The team creates events and sees names.
residents-request-yes = ✅ Yes
residents-request-no = ❌ No
residents-joined = ✅ { $name } is in the team.
residents-not-joined = ❌ { $name } is not in the team.
residents-accepted = 🎉 You are in the team.
residents-refused = The team has said no to your request.
residents-fault-alert = ⚠️ Somebody asked for something and it did not work. Code: { $code }
residents-mistake-alert =
    ⚠️ Telegram does not know many of our residents. I stop the announcements for an hour.
    Wrong token or wrong database? Ask the person who installs the bot.
