### The demonstration: its quarter, what its officer types, its tour, and what happens behind.

demo-sentence = Atelier cuisine { $day } 14h espace Linné 4 places garde
demo-saturday = samedi
demo-reason = La salle est fermée.
demo-quarter = Les quartiers sud

## The quarter

demo-commission-parents = 👨‍👩‍👧 Parents
demo-commission-health = 🩺 Santé
demo-commission-surroundings = 🌳 Cadre de vie
demo-commission-youth = 🎒 Jeunesse
demo-commission-elders = 🧓 Aînés
demo-commission-culture = 🎭 Culture
demo-group = Parents du quartier

demo-event-coffee = Café des parents
demo-event-letters = Aide aux courriers
demo-event-cleaning = Nettoyons le parc
demo-event-football = Tournoi de foot
demo-event-lunch = Repas des aînés
demo-event-snack = Goûter des familles
demo-event-outing = Sortie à la mer
demo-event-checkup = Bilan de santé
demo-event-walk = Marche du quartier
demo-event-choir = Chorale

demo-location-hall = Espace Linné
demo-location-park = Parc de la Justice
demo-location-school = École Vaillant
demo-location-house = Maison du projet

## The tour

demo-tour-join = Entrer dans un groupe
demo-tour-join-text = Samira scanne l'affiche des parents. Elle choisit sa langue, elle donne son accord, et elle est dans le groupe.
demo-tour-announce = Annoncer
demo-tour-announce-text = Karim écrit le rendez-vous en une phrase. Il l'annonce aux parents, et à eux seuls.
demo-tour-answer = Répondre
demo-tour-answer-text = Samira dit qu'elle vient, en un geste. Puis elle dit avec qui.
demo-tour-full = C'est complet
demo-tour-full-text = Nour prend la dernière place, Grace attend. Nour laisse sa place : elle est gardée dix minutes, puis proposée à Grace.
demo-tour-reminder = Rappeler
demo-tour-reminder-text = La veille à 18 heures, les personnes qui viennent reçoivent un rappel, une seule fois.
demo-tour-cancel = Annuler
demo-tour-cancel-text = Karim annule. Chaque personne concernée le sait, une seule fois, et c'est le dernier mot.
demo-tour-erase = Tout effacer
demo-tour-erase-text = Samira efface ses données. Il ne reste rien d'elle, et elle a un reçu.

## What happens behind

demo-behind-clock = 🕑
demo-behind-kept = Gardé, avant d'être confirmé à Telegram
demo-behind-handled = Traité
demo-behind-given-up = Abandonné
demo-behind-rows = { $number ->
    [one] { $number } ligne changée
   *[other] { $number } lignes changées
}
demo-behind-owed = Dû : { $kind } → { $whom }
demo-behind-sent = { $method } → { $whom }
demo-behind-called = { $method }
demo-behind-times = { $what } ×{ $number }
demo-behind-refused = { $what } : refusé, { $code }
demo-behind-lost = { $what } : sans réponse
demo-kill = On tue le robot (kill -9), il revient : rien n'est perdu
