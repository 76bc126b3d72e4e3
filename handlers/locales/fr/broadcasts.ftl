### Announcing an event: what each person reads, and what its officer steers.

broadcasts-nudge = 🔔 Vous n'avez pas encore répondu.
broadcasts-fewer = 🔕 Moins de messages

broadcasts-for-whom = Pour qui ?
broadcasts-everybody = 🏘 Tous
broadcasts-preview = 👀 { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} : { $reachable }. Durée ≈ { $seconds } s.
broadcasts-reachable = { $number ->
    [one] { $number } joignable
   *[other] { $number } joignables
}
broadcasts-nobody = 👀 Personne ne peut recevoir ce message.
broadcasts-groups = 👥 { $number ->
    [one] La carte va aussi dans 1 groupe Telegram.
   *[other] La carte va aussi dans { $number } groupes Telegram.
}
broadcasts-send = 📤 Envoyer à { $number }
broadcasts-drop = ✖️
broadcasts-again = 📤 Envoyer quand même
broadcasts-held = ⏳ Départ dans { $seconds } s.
broadcasts-take-back = ↩️ Annuler
broadcasts-now = ⚡ Maintenant
broadcasts-progress = 📤 { $sent } / { $total }
broadcasts-progress-blocked = ⛔ { $number }
broadcasts-progress-uncertain = ❔ { $number }
broadcasts-progress-left = reste ≈ { $seconds } s
broadcasts-progress-held = ⏸ reprise à { $time }
broadcasts-answers = 📊 Réponses
broadcasts-stop = ⏸ Arrêter
broadcasts-stopped = ⏸ Arrêté.
broadcasts-taken-back = ↩️ Annulé. Rien n'est parti.
broadcasts-received = ✅ { $number ->
    [one] { $number } reçu
   *[other] { $number } reçus
}
broadcasts-blocked = { $number ->
    [one] { $number } a bloqué le robot
   *[other] { $number } ont bloqué le robot
}
broadcasts-uncertain = { $number ->
    [one] { $number } incertain
   *[other] { $number } incertains
}
broadcasts-unsent = { $number ->
    [one] { $number } non envoyé
   *[other] { $number } non envoyés
}
broadcasts-toast-under-way = C'est déjà en cours.
broadcasts-toast-late = C'est trop tard pour ce bouton. Regardez.
