### Answering an event: the person's card, the group's card, their list, and who comes.

## Buttons

rsvps-yes = ✅ I am coming
rsvps-no = ❌ No
rsvps-maybe = 🤔 Maybe
rsvps-way = 📍 The way
rsvps-question = ☎️ Question
rsvps-manage = ⚙️ Manage
rsvps-alone = No, just me
rsvps-just-me = Just me
rsvps-more = ＋
rsvps-undo = ↩️ Undo
rsvps-change = ✏️ Change
rsvps-leave = ❌ I am not coming
rsvps-wait = ⏳ Yes
rsvps-quit-waitlist = ↩️ Leave the list
rsvps-take = ✅ I take it
rsvps-see-names = 👀 Names
rsvps-nudge = 🔔 Remind { $number ->
    [one] 1 person
   *[other] the { $number }
}

## The person's card

rsvps-moment = 📅 { $day }, 🕑 { $hour }
rsvps-place = 📍 { $place }
rsvps-noted = ✅ Noted, { $name }. You have 1 seat.
rsvps-with-whom = Are you coming with somebody?
rsvps-how-many = How many people are coming with you?
rsvps-confirmed = { $guests ->
    [0] ✅ 1 seat: you.
    [1] ✅ 2 seats: you + 1 person.
   *[other] ✅ { $seats } seats: you + { $guests } people.
}
rsvps-reminded = 🔔 I will remind you.
rsvps-full = 😕 It is full. Do you want to wait?
rsvps-waiting = ⏳ You are number { $position }. You do NOT have a seat yet.
rsvps-waiting-party = 🪑 You are waiting for { $seats } seats.
rsvps-offered = 🎉 { $seats ->
    [one] A seat for you!
   *[other] { $seats } seats for you!
}
rsvps-answer-by = ⏰ Answer before: { $day }, { $hour }.
rsvps-free = 🪑 { $seats ->
    [one] A seat is free. The first to answer has it.
   *[other] { $seats } seats are free. The first to answer has them.
}
rsvps-passed = ⏳ You did not answer. The seat goes to another person.
rsvps-noted-maybe = 🤔 Noted: maybe.
rsvps-no-seat-kept = No seat is kept for you.
rsvps-noted-no = ❌ Noted: you are not coming.
rsvps-thanks = Thank you for telling me. Your seat goes to another person.
rsvps-thanks-no-limit = Thank you for telling me.
rsvps-started = 🕑 The event has started.
rsvps-over = The event is over.
rsvps-reason = Reason: { $reason }

## Short answers to a tap

rsvps-toast-already = ✅ Already noted.
rsvps-toast-changed = The event has changed. Please look.
rsvps-toast-group-yes = ✅ Noted. I am writing to you in private.
rsvps-toast-group-waiting = ⏳ It is full. You are on the list. I am writing to you in private.
rsvps-toast-group-no = ❌ Noted: you are not coming. I am writing to you in private.
refusal-input-guests-not-coming = First say whether you are coming.
refusal-input-guests-range = 9 people at most. For a large group, please call.

## The group's card: counts, never names

rsvps-counts = ✅ { $yes } · 🤔 { $maybe } · ⏳ { $waiting }

## My RSVPs

rsvps-mine = 🙋 My sign-ups
rsvps-none = 🙋 You have not signed up for anything.
rsvps-line-mine = { $state } · { $moment } · { $title }
rsvps-line = { $moment } · { $title }
rsvps-state-confirmed = ✅ { rsvps-seats }
rsvps-state-waiting = ⏳ Waiting
rsvps-state-offered = 🎉 A seat for you
rsvps-state-maybe = 🤔 Maybe
rsvps-others-in-agenda = { $number ->
    [one] … and one more in the agenda
   *[other] … and { $number } more in the agenda
}

## Who comes

rsvps-which-event = Which event?
rsvps-no-event = There is no event in the agenda.
rsvps-seats = { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}
rsvps-parties = { $parties ->
    [one] { $parties } sign-up
   *[other] { $parties } sign-ups
} = { $seats }
rsvps-roster = ✅ { $yes } · 🤔 { $maybe } · ⏳ { $waiting } · ❌ { $no } · 🔕 no answer { $silent }
rsvps-names-confirmed = <b>✅ Coming: { rsvps-seats }</b>
rsvps-names-offered = <b>🎉 Seat offered: { $people }</b>
rsvps-names-waiting = <b>⏳ Waiting list: { $people }</b>
rsvps-names-maybe = <b>🤔 Maybe: { $people }</b>
rsvps-names-no = <b>❌ Not coming: { $people }</b>
rsvps-names-silent = <b>🔕 No answer: { $people }</b>
rsvps-names-unreachable = { $sign } = does not get my messages
rsvps-names-nobody = Nobody has answered.
rsvps-names-rest = { $number ->
    [one] … and one more
   *[other] … and { $number } more
}
