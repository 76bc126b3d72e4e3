### Reminders: how soon an event is, and what a person may answer.

reminders-one = 🔔 { $soon } :
reminders-several = 🔔 Vos rendez-vous :
reminders-line = { $soon } · 📅 { $day }, 🕑 { $hour } · { $title }
reminders-maybe = 🤔 Vous avez dit : peut-être. Vous venez ?
reminders-missed = { $people ->
    [one] ⏰ Une personne n'a pas eu son rappel. J'étais en panne.
   *[other] ⏰ { $people } personnes n'ont pas eu leur rappel. J'étais en panne.
}
reminders-yes = ✅ Oui
reminders-no = ❌ Je ne peux plus
reminders-soon-days = { $days ->
    [0] Aujourd'hui
    [1] Demain
   *[other] Dans { $days } jours
}
reminders-soon-hours = { $hours ->
    [one] Dans 1 heure
   *[other] Dans { $hours } heures
}
reminders-soon-minutes = Dans { $minutes } minutes
reminders-soon-hours-minutes = Dans { $hours } h { $minutes }
