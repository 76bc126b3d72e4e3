### The commissions, which residents call groups.

commissions-title = 👥 The neighbourhood's groups.
commissions-none = 👥 There is no group yet.
commissions-finish = ✅ Done
# $names are the groups that the person is in, with commas.
commissions-in = ✅ You are in { $names }.
commissions-in-none = You are in no group.
commissions-open-group = 💬 Open the group

## Officers

commissions-found = ➕ New group
commissions-ask-name = ➕ What is the name of the group?
commissions-name-example = Example: 🩺 Health
commissions-members = { $count ->
    [0] 👥 Nobody yet
    [one] 👥 1 person
   *[other] 👥 { $count } people
}
commissions-group-linked = 💬 A Telegram group is linked.
commissions-group-unlinked = 💬 No Telegram group.
commissions-share = 🔗 Link
commissions-link-group = 💬 Link a group
commissions-give-invite = 🔗 Give the link
commissions-link = 🔗 This link opens the group { $name }. Copy it:

refusal-input-commission-empty = I cannot see a name. Write the name of the group.
refusal-input-commission-long = This name is too long. Write a shorter name.
refusal-input-commission-taken = This name already exists. Write another name.
