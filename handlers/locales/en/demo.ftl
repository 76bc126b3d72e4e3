### What the officer of the demonstration types.
demo-commission = 👨‍👩‍👧 Parents
demo-title = Cooking workshop
demo-sentence = Cooking workshop Saturday 2pm Linné hall 4 seats childcare
demo-hours = 3pm to 5pm
demo-reason = The room is closed.
demo-nonsense = Where is my neighbour's cat?
