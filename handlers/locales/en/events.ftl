### Events: the card, the agenda, the drafts of officers.

## Card

events-cancelled = ❌ CANCELLED
events-childcare = 👶 Childcare: yes
# $count is how many seats are left.
events-seats = { $count ->
    [0] 🪑 Full
    [one] 🪑 1 seat left
   *[other] 🪑 { $count } seats left
}

## Agenda

events-agenda = 📅 What happens in the neighbourhood.
events-agenda-empty = 📅 Nothing is planned for now.
events-agenda-line = 📅 { $day } 🕑 { $hour } — { $title }

## Link

events-share = 🔗 Link
events-link = 🔗 This link opens “{ $title }”. Copy it:

## Drafts

events-ask-sentence = 🆕 Write the event in one sentence.
events-sentence-example = Example: Cooking workshop Saturday 2pm at Linné Hall 12 seats childcare
events-title-enough = Or write the title. I ask for the rest.
events-ask-title = 📝 What is the title?
events-ask-day = 📅 Which day? Example: Saturday, or 5 December
events-ask-hours = 🕑 At what time? Example: 2 pm to 4 pm
events-ask-location = 📍 Where?
events-ask-capacity = 🪑 How many seats? Write a number.
events-ask-childcare = 👶 Is there childcare?
events-ask-commission = 👥 For whom?
events-draft = 🆕 Draft.
events-no-limit = no limit
events-yes = yes
events-no = no
events-everybody = Everybody
events-set-no-limit = ♾ No limit
events-set-yes = ✅ Yes
events-set-no = ❌ No
events-same-time = ⚠️ same time: { $titles }
# $turn is 1 or 2: the hour comes twice on the night when clocks go back.
events-twofold = ⚠️ That night, this hour comes twice. Chosen: { $turn ->
    [1] the 1st time
   *[2] the 2nd time
}.
events-first-time = 1️⃣ 1st time
events-second-time = 2️⃣ 2nd time
events-create = ✅ Create
events-discard = 🗑
events-discarded = 🗑 The draft is erased.

## What is refused

refusal-input-title-empty = I cannot see a title. Write the title.
refusal-input-title-long = This title is too long. Write a shorter title.
refusal-input-title-lacking = The title is missing. Tap 📝.
refusal-input-day-past = This day is over. Write a day to come.
refusal-input-day-far = This day is too far away. Write a nearer day.
refusal-input-day-lacking = The day is missing. Tap 📅.
refusal-input-hours-nonexistent = This hour does not exist: that night, clocks go forward. Write another hour.
refusal-input-hours-order = The end is before the start. Write the hours, for example 2 pm to 4 pm.
refusal-input-hours-past = This hour is over. Write an hour to come.
refusal-input-starts-lacking = The time is missing. Tap 🕑.
refusal-input-location-empty = I cannot see a place. Write the place.
refusal-input-location-long = This name is too long. Write a shorter name.
refusal-input-location-lacking = The place is missing. Tap 📍.
refusal-input-capacity-range = Write a number of seats, from 1 to 9,999.
