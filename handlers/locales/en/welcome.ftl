### The first contact: language, notice, first name, and what a link opens.

welcome-language = Your language?
welcome-notice = 👋 Hello. I am the bot of the residents of { $place }.
    I tell you about events near you. It is free.
    🔒 I keep: your first name, your language, your sign-ups.
    I do not keep your phone number. You can erase everything.
welcome-agree = ✅ I agree
welcome-refuse = ❌ No, thank you
welcome-more = 🔒 Learn more
welcome-details = 🔒 Your data
    I also keep: your groups, your Telegram code to write to you, the date when you agreed.
    Why: to tell you about events and to keep your seat.
    Who sees them: the team of { $place }. Telegram carries the messages.
    How long: until you erase everything.
    You can see, copy, correct and erase: /donnees
welcome-name = Your first name?
welcome-name-other = ✏️ Another one
welcome-name-write = ✏️ Write your first name.
# Stands for a first name where Telegram gives none that can be read.
welcome-nameless = Neighbour
welcome-refused = All right. I keep nothing.
welcome-event-anyway = Here is the event all the same:
welcome-dead-link = 😕 This link no longer works.
welcome-awaiting = ⏳ Noted. Another member of the team must say yes.
welcome-private-first = Write to me in private first: tap my name, then Start.
