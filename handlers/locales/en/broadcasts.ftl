### Announcing an event: what each person reads, and what its officer steers.

broadcasts-nudge = 🔔 You have not answered yet.
broadcasts-fewer = 🔕 Fewer messages

broadcasts-for-whom = For whom?
broadcasts-everybody = 🏘 Everybody
broadcasts-preview = 👀 { $people ->
    [one] { $people } person
   *[other] { $people } people
}: { $reachable }. It takes ≈ { $seconds } s.
broadcasts-reachable = { $number } can be reached
broadcasts-nobody = 👀 Nobody can get this message.
broadcasts-groups = 👥 { $number ->
    [one] The card also goes to 1 Telegram group.
   *[other] The card also goes to { $number } Telegram groups.
}
broadcasts-send = 📤 Send to { $number }
broadcasts-drop = ✖️
broadcasts-again = 📤 Send all the same
broadcasts-held = ⏳ Leaves in { $seconds } s.
broadcasts-take-back = ↩️ Take back
broadcasts-now = ⚡ Now
broadcasts-progress = 📤 { $sent } / { $total }
broadcasts-progress-blocked = ⛔ { $number }
broadcasts-progress-uncertain = ❔ { $number }
broadcasts-progress-left = ≈ { $seconds } s left
broadcasts-progress-held = ⏸ resumes at { $time }
broadcasts-answers = 📊 Answers
broadcasts-stop = ⏸ Stop
broadcasts-stopped = ⏸ Stopped.
broadcasts-taken-back = ↩️ Taken back. Nothing has left.
broadcasts-received = ✅ { $number } received
broadcasts-blocked = { $number ->
    [one] { $number } has blocked the bot
   *[other] { $number } have blocked the bot
}
broadcasts-uncertain = { $number } uncertain
broadcasts-unsent = { $number } not sent
broadcasts-toast-under-way = It is already under way.
broadcasts-toast-late = It is too late for this button. Please look.
