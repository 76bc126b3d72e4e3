### An officer's view of an event, its changes and its cancellation, and what people are told.

## The event, as an officer sees it

changes-created = ✅ Créé, personne n'est prévenu.
# People who come, people who do not know, parties that wait, people who do not come.
changes-counts = ✅ { $people } · 🤔 { $maybe } · ⏳ { $waiting } · ❌ { $no }
changes-change = ✏️ Changer
changes-cancel = ❌ Annuler

## Changing

changes-ask-field = ✏️ Que voulez-vous changer ?
changes-difference = { $old } → { $new }
changes-short = ⚠️ { $taken ->
    [one] 1 place est déjà prise.
   *[other] { $taken } places sont déjà prises.
} Personne n'est retiré.
changes-will-be-told = { $count ->
    [0] Personne ne sera prévenu.
    [one] 1 personne sera prévenue.
   *[other] { $count } personnes seront prévenues.
}
changes-confirm = ✅ Changer
changes-confirm-told = ✅ Changer et dire
changes-changed = ✅ C'est changé.
changes-same = C'est déjà ainsi.

## Cancelling

changes-ask-reason = ❌ Pourquoi annuler « { $title } » ?
changes-reason-example = Écrivez la raison en une phrase.
changes-no-reason = ❌ Sans raison
changes-cancel-title = ❌ Annuler « { $title } » ?
changes-cancel-told = ❌ Annuler et dire
changes-reason = Raison : { $reason }
changes-held = ⏳ Annulation dans { $seconds } s.
changes-keep = ↩️ Garder
changes-kept = ✅ Le rendez-vous est gardé.
changes-cancel-now = ⚡ Maintenant
changes-told = { $count ->
    [0] Personne n'est prévenu.
    [one] 1 personne est prévenue.
   *[other] { $count } personnes sont prévenues.
}

refusal-input-reason-empty = Je ne vois pas de raison. Écrivez une phrase.
refusal-input-reason-long = Cette raison est trop longue. Écrivez une phrase courte.

## What people are told

changes-moved = 🔔 Ce rendez-vous a changé.
changes-new-day = Nouveau jour.
changes-new-hours = Nouvelle heure.
changes-new-location = Nouveau lieu.
changes-still-coming = Venez-vous toujours ?
changes-yes = ✅ Je viens
changes-no = ❌ Je ne peux plus
changes-open-card = 📅 Le rendez-vous
changes-is-cancelled = ❌ ANNULÉ : { $title }
changes-phone = ☎️ Une question ? Appelez le { $phone }.
