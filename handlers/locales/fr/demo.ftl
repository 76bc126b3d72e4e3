### What the officer of the demonstration types.
demo-commission = 👨‍👩‍👧 Parents
demo-title = Atelier cuisine
demo-sentence = Atelier cuisine samedi 14h espace Linné 4 places garde
demo-hours = 15h à 17h
demo-reason = La salle est fermée.
demo-nonsense = Où est le chat de ma voisine ?
