### Telegram groups, linked to a commission by a code that an officer types there.

groups-code = 💬 Link a Telegram group to { $name }.
groups-code-add = 1. Add the bot to the group.
groups-code-type = 2. Write in this group:
groups-code-lifetime = This code works once, for { $minutes } minutes.
groups-add = ➕ Add to the group
groups-settings = ⚙️ See the group

## In the group: never a name

groups-linked-here = ✅ This group is linked to { $name }.
groups-wrong-code = This code does not work. Ask the bot for a new code.

## To the officers

groups-linked = ✅ A Telegram group is linked to { $name }.
groups-ask-invite = 🔗 Copy the invitation link of the group and send it here. It begins with https://t.me/
groups-invite-kept = ✅ The link of the group is kept. Residents can open the group.
groups-not-invite = This is not the link of a group. A link begins with https://t.me/
groups-lost = ⚠️ I am no longer in the Telegram group of { $name }.
