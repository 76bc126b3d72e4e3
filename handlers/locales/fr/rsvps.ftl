### Answering an event: the person's card, the group's card, their list, and who comes.

## Buttons

rsvps-yes = ✅ Je viens
rsvps-no = ❌ Non
rsvps-maybe = 🤔 Peut-être
rsvps-way = 📍 Chemin
rsvps-question = ☎️ Question
rsvps-manage = ⚙️ Gérer
rsvps-alone = Non, moi
rsvps-just-me = Juste moi
rsvps-more = ＋
rsvps-undo = ↩️ Annuler
rsvps-change = ✏️ Changer
rsvps-leave = ❌ Je ne viens plus
rsvps-wait = ⏳ Oui
rsvps-quit-waitlist = ↩️ Quitter la liste
rsvps-take = ✅ Je prends
rsvps-see-names = 👀 Noms
rsvps-nudge = { $number ->
    [one] 🔔 Relancer
   *[other] 🔔 Relancer les { $number }
}

## The person's card

rsvps-moment = 📅 { $day }, 🕑 { $hour }
rsvps-place = 📍 { $place }
rsvps-noted = ✅ C'est noté, { $name }. Vous avez 1 place.
rsvps-with-whom = Vous venez avec quelqu'un ?
rsvps-how-many = Combien de personnes viennent avec vous ?
rsvps-confirmed = { $guests ->
    [0] ✅ 1 place : vous.
    [1] ✅ 2 places : vous + 1 personne.
   *[other] ✅ { $seats } places : vous + { $guests } personnes.
}
rsvps-reminded = 🔔 Je vous le rappelle.
rsvps-full = 😕 C'est complet. Voulez-vous attendre ?
rsvps-waiting = ⏳ Vous êtes numéro { $position }. Vous n'avez PAS encore de place.
rsvps-waiting-party = 🪑 Vous attendez { $seats } places.
rsvps-offered = 🎉 { $seats ->
    [one] Une place pour vous !
   *[other] { $seats } places pour vous !
}
rsvps-answer-by = ⏰ Répondez avant : { $day }, { $hour }.
rsvps-free = 🪑 { $seats ->
    [one] Une place est libre. Le premier qui répond a la place.
   *[other] { $seats } places sont libres. Le premier qui répond a les places.
}
rsvps-passed = ⏳ Vous n'avez pas répondu. La place va à une autre personne.
rsvps-noted-maybe = 🤔 C'est noté : peut-être.
rsvps-no-seat-kept = Vous n'avez pas de place réservée.
rsvps-noted-no = ❌ C'est noté : vous ne venez pas.
rsvps-thanks = Merci de me le dire. Votre place va à une autre personne.
rsvps-thanks-no-limit = Merci de me le dire.
rsvps-started = 🕑 Le rendez-vous a commencé.
rsvps-over = Le rendez-vous est terminé.
rsvps-reason = Raison : { $reason }

## Short answers to a tap

rsvps-toast-already = ✅ C'est déjà noté.
rsvps-toast-changed = Le rendez-vous a changé. Regardez.
rsvps-toast-group-yes = ✅ C'est noté. Je vous écris en privé.
rsvps-toast-group-waiting = ⏳ C'est complet. Vous êtes sur la liste. Je vous écris en privé.
rsvps-toast-group-no = ❌ C'est noté : vous ne venez pas. Je vous écris en privé.
refusal-input-guests-not-coming = Dites d'abord si vous venez.
refusal-input-guests-range = 9 personnes au plus. Pour un grand groupe, appelez.

## The group's card: counts, never names

rsvps-counts = ✅ { $yes } · 🤔 { $maybe } · ⏳ { $waiting }

## My RSVPs

rsvps-mine = 🙋 Mes inscriptions
rsvps-none = 🙋 Vous n'avez pas d'inscription.
rsvps-line-mine = { $state } · { $moment } · { $title }
rsvps-line = { $moment } · { $title }
rsvps-state-confirmed = ✅ { rsvps-seats }
rsvps-state-waiting = ⏳ En attente
rsvps-state-offered = 🎉 Une place pour vous
rsvps-state-maybe = 🤔 Peut-être
rsvps-others-in-agenda = { $number ->
    [one] … et un autre dans l'agenda
   *[other] … et { $number } autres dans l'agenda
}

## Who comes

rsvps-which-event = Quel rendez-vous ?
rsvps-no-event = Il n'y a pas de rendez-vous dans l'agenda.
rsvps-seats = { $seats ->
    [one] { $seats } place
   *[other] { $seats } places
}
rsvps-parties = { $parties ->
    [one] { $parties } inscription
   *[other] { $parties } inscriptions
} = { $seats }
rsvps-roster = ✅ { $yes } · 🤔 { $maybe } · ⏳ { $waiting } · ❌ { $no } · 🔕 sans réponse { $silent }
rsvps-names-confirmed = <b>✅ Viennent : { rsvps-seats }</b>
rsvps-names-offered = <b>🎉 Place proposée : { $people }</b>
rsvps-names-waiting = <b>⏳ Liste d'attente : { $people }</b>
rsvps-names-maybe = <b>🤔 Peut-être : { $people }</b>
rsvps-names-no = <b>❌ Ne viennent pas : { $people }</b>
rsvps-names-silent = <b>🔕 Sans réponse : { $people }</b>
rsvps-names-unreachable = { $sign } = ne reçoit pas mes messages
rsvps-names-nobody = Personne n'a répondu.
rsvps-names-rest = { $number ->
    [one] … et un autre
   *[other] … et { $number } autres
}
