### An officer's view of an event, its changes and its cancellation, and what people are told.

## The event, as an officer sees it

changes-created = ✅ Created, nobody has been told.
# People who come, people who do not know, parties that wait, people who do not come.
changes-counts = ✅ { $people } · 🤔 { $maybe } · ⏳ { $waiting } · ❌ { $no }
changes-change = ✏️ Change
changes-cancel = ❌ Cancel

## Changing

changes-ask-field = ✏️ What do you want to change?
changes-difference = { $old } → { $new }
changes-short = ⚠️ { $taken ->
    [one] 1 seat is taken already.
   *[other] { $taken } seats are taken already.
} Nobody is removed.
changes-will-be-told = { $count ->
    [0] Nobody will be told.
    [one] 1 person will be told.
   *[other] { $count } people will be told.
}
changes-confirm = ✅ Change
changes-confirm-told = ✅ Change and tell
changes-changed = ✅ Changed.
changes-same = It is like that already.

## Cancelling

changes-ask-reason = ❌ Why cancel “{ $title }”?
changes-reason-example = Write the reason in one sentence.
changes-no-reason = ❌ Without a reason
changes-cancel-title = ❌ Cancel “{ $title }”?
changes-cancel-told = ❌ Cancel and tell
changes-reason = Reason: { $reason }
changes-held = ⏳ Cancelled in { $seconds } s.
changes-keep = ↩️ Keep
changes-kept = ✅ The event is kept.
changes-cancel-now = ⚡ Now
changes-told = { $count ->
    [0] Nobody is told.
    [one] 1 person is told.
   *[other] { $count } people are told.
}

refusal-input-reason-empty = I cannot see a reason. Write a sentence.
refusal-input-reason-long = This reason is too long. Write a short sentence.

## What people are told

changes-moved = 🔔 This event has changed.
changes-new-day = New day.
changes-new-hours = New time.
changes-new-location = New place.
changes-still-coming = Are you still coming?
changes-yes = ✅ I am coming
changes-no = ❌ I cannot come
changes-open-card = 📅 The event
changes-is-cancelled = ❌ CANCELLED: { $title }
changes-phone = ☎️ A question? Call { $phone }.
