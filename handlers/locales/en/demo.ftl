### The demonstration: its quarter, what its officer types, its tour, and what happens behind.

demo-sentence = Cooking workshop { $day } 2pm Linné hall 4 seats childcare
demo-saturday = Saturday
demo-reason = The room is closed.
demo-quarter = The southern quarters

## The quarter

demo-commission-parents = 👨‍👩‍👧 Parents
demo-commission-health = 🩺 Health
demo-commission-surroundings = 🌳 Surroundings
demo-commission-youth = 🎒 Youth
demo-commission-elders = 🧓 Elders
demo-commission-culture = 🎭 Culture
demo-group = Parents of the quarter

demo-event-coffee = Coffee for parents
demo-event-letters = Help with letters
demo-event-cleaning = Clean up the park
demo-event-football = Football day
demo-event-lunch = Lunch of the elders
demo-event-snack = Family snack
demo-event-outing = A day at the sea
demo-event-checkup = Health check
demo-event-walk = Walk of the quarter
demo-event-choir = Choir

demo-location-hall = Linné hall
demo-location-park = Justice park
demo-location-school = Vaillant school
demo-location-house = Project house

## The tour

demo-tour-join = Join a group
demo-tour-join-text = Samira scans the parents' poster. She chooses her language, she agrees, and she is in the group.
demo-tour-announce = Announce
demo-tour-announce-text = Karim writes the event in one sentence. He announces it to the parents, and to them alone.
demo-tour-answer = Answer
demo-tour-answer-text = Samira says that she is coming, with one tap. Then she says with whom.
demo-tour-full = No seat left
demo-tour-full-text = Nour takes the last seat, Grace waits. Nour gives her seat up: it is kept for ten minutes, then offered to Grace.
demo-tour-reminder = Remind
demo-tour-reminder-text = At 18:00 on the day before, those who come get a reminder, once.
demo-tour-cancel = Cancel
demo-tour-cancel-text = Karim cancels. Everybody concerned hears it once, and that is the last word.
demo-tour-erase = Erase everything
demo-tour-erase-text = Samira erases her data. Nothing is left of her, and she has a receipt.

## What happens behind

demo-behind-clock = 🕑
demo-behind-kept = Kept, before it was confirmed to Telegram
demo-behind-handled = Handled
demo-behind-given-up = Given up
demo-behind-rows = { $number ->
    [one] { $number } row changed
   *[other] { $number } rows changed
}
demo-behind-owed = Owed: { $kind } → { $whom }
demo-behind-sent = { $method } → { $whom }
demo-behind-called = { $method }
demo-behind-times = { $what } ×{ $number }
demo-behind-refused = { $what }: refused, { $code }
demo-behind-lost = { $what }: no answer
demo-kill = The bot is killed (kill -9) and comes back: nothing is lost
