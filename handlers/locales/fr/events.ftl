### Events, which residents call rendez-vous: the card, the agenda, the drafts of officers.

## Card

events-cancelled = ❌ ANNULÉ
events-childcare = 👶 Garde d'enfants : oui
# $count is how many seats are left.
events-seats = { $count ->
    [0] 🪑 Complet
    [one] 🪑 Reste 1 place
   *[other] 🪑 Reste { $count } places
}

## Agenda

events-agenda = 📅 Les rendez-vous du quartier.
events-agenda-empty = 📅 Pas de rendez-vous pour le moment.
events-agenda-line = 📅 { $day } 🕑 { $hour } — { $title }

## Link

events-share = 🔗 Lien
events-link = 🔗 Ce lien ouvre « { $title } ». Copiez-le :

## Drafts

events-ask-sentence = 🆕 Écrivez le rendez-vous en une phrase.
events-sentence-example = Exemple : Atelier cuisine samedi 14h espace Linné 12 places garde
events-title-enough = Ou écrivez le titre. Je demande le reste.
events-ask-title = 📝 Quel est le titre ?
events-ask-day = 📅 Quel jour ? Exemple : samedi, ou 5 décembre
events-ask-hours = 🕑 À quelle heure ? Exemple : 14 h à 16 h
events-ask-location = 📍 Dans quel lieu ?
events-ask-capacity = 🪑 Combien de places ? Écrivez un nombre.
events-ask-childcare = 👶 Y a-t-il une garde d'enfants ?
events-ask-commission = 👥 Pour qui ?
events-draft = 🆕 Brouillon.
events-no-limit = sans limite
events-yes = oui
events-no = non
events-everybody = Tous
events-set-no-limit = ♾ Sans limite
events-set-yes = ✅ Oui
events-set-no = ❌ Non
events-same-time = ⚠️ même heure : { $titles }
# $turn is 1 or 2: the hour comes twice on the night when clocks go back.
events-twofold = ⚠️ Cette nuit-là, cette heure vient 2 fois. Choisi : { $turn ->
    [1] la 1re fois
   *[2] la 2e fois
}.
events-first-time = 1️⃣ 1re fois
events-second-time = 2️⃣ 2e fois
events-create = ✅ Créer
events-discard = 🗑
events-discarded = 🗑 Le brouillon est effacé.

## What is refused

refusal-input-title-empty = Je ne vois pas de titre. Écrivez le titre.
refusal-input-title-long = Ce titre est trop long. Écrivez un titre plus court.
refusal-input-title-lacking = Il manque le titre. Touchez 📝.
refusal-input-day-past = Ce jour est passé. Écrivez un jour qui vient.
refusal-input-day-far = Ce jour est trop loin. Écrivez un jour plus proche.
refusal-input-day-lacking = Il manque le jour. Touchez 📅.
refusal-input-hours-nonexistent = Heure inexistante : cette nuit-là, on avance d'une heure. Écrivez une autre heure.
refusal-input-hours-order = La fin est avant le début. Écrivez les heures, par exemple 14 h à 16 h.
refusal-input-hours-past = Cette heure est passée. Écrivez une heure qui vient.
refusal-input-starts-lacking = Il manque l'heure. Touchez 🕑.
refusal-input-location-empty = Je ne vois pas de lieu. Écrivez le lieu.
refusal-input-location-long = Ce nom de lieu est trop long. Écrivez un nom plus court.
refusal-input-location-lacking = Il manque le lieu. Touchez 📍.
refusal-input-capacity-range = Écrivez un nombre de places, de 1 à 9 999.
