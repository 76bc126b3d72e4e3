### Words that every column shares, the home, languages, help, pause and the team of officers.

## Shared buttons: at most 20 signs, the pictogram first (product.md, rule 4)

button-home = 🏠
button-back = ↩️ Retour
button-agenda = 📅 Agenda
button-rsvps = 🙋 Mes inscriptions
button-groups = 👥 Les groupes
button-language = 🌍 Langue
button-data = 🔒 Mes données
button-help = ☎️ Aide
button-pause = ⏸ Ne plus m'écrire
button-resume = 🔔 Reprendre
button-new-event = 🆕 Un rendez-vous
button-announce = 📣 Annoncer
button-roster = 👀 Qui vient
button-team = 🤝 Équipe

## The permanent keyboard

menu-agenda = 📅 Agenda
menu-rsvps = 🙋 Mes inscriptions
menu-language = 🌍 Langue
menu-help = ☎️ Aide

## Commands, as Telegram lists them

command-start = Commencer
command-agenda = Les rendez-vous du quartier
command-groupes = Les groupes du quartier
command-inscriptions = Mes inscriptions
command-donnees = Mes données
command-langue = Changer de langue
command-aide = Parler à une personne
command-stop = Ne plus recevoir de messages
command-help = Parler à une personne
command-settings = Tous les choix
command-nouveau = Créer un rendez-vous
command-diffuser = Annoncer un rendez-vous
command-presences = Voir qui vient
command-equipe = Voir l'équipe

## Words that stop everything, as a whole message

stop-words = stop, stopp, arrêt, arrêter, arrêtez, arrête

## What the bot refuses, and why

toast-old-button = Ce bouton n'est plus valable.
refusal-not-allowed = Vous ne pouvez pas faire cela.
refusal-gone = Cela n'existe plus.
refusal-changed = Cela a changé. Regardez à nouveau.
refusal-repeated = Ce message est déjà parti aux mêmes personnes depuis moins d'un jour.
refusal-late-started = Trop tard : le rendez-vous a commencé.
refusal-late-cancelled = Ce rendez-vous est annulé.
refusal-no-seats = { $guests ->
    [0] 😕 Il n'y a pas de place pour une autre personne avec vous.
    [one] 😕 Il reste une place pour une personne avec vous.
   *[other] 😕 Il reste des places pour { $guests } personnes avec vous.
}
refusal-fault = 😕 Cela n'a pas marché. Ce n'est pas votre faute. Essayez encore. Code : { $code }
refusal-busy = ⏳ C'est long aujourd'hui. Je garde votre demande. Je réponds bientôt.
refusal-flood = Vous allez trop vite. Attendez une minute, s'il vous plaît.
refusal-input-first-name-empty = Je ne vois pas de prénom. Écrivez votre prénom.
refusal-input-first-name-long = Ce prénom est trop long. Écrivez un prénom plus court.

## Home

residents-home = 🏠 Bonjour { $name }. Que voulez-vous faire ?
residents-home-paused = ⏸ Je ne vous écris plus.
residents-menu = 👇 Ces boutons restent en bas.

## Help, and what is not understood

residents-help = Je vous dis les rendez-vous du quartier. Touchez un bouton.
residents-phone = ☎️ Une question ? Appelez le { $phone }.
residents-lost = Je ne sais pas faire cela.

## Languages

residents-languages = 🌍 Votre langue ?
residents-language-chosen = ✅ { $language }
residents-language-set = ✅ Je vous écris en français.

## Pause

residents-paused = ⏸ Je ne vous écris plus.
residents-paused-still-told = Si un de vos rendez-vous change, je vous le dis.
residents-fewer = 🔕 Trop de messages ?
    Choisissez vos groupes, ou touchez ⏸.
residents-resumed = 🔔 Je vous écris à nouveau.
residents-stopped-visitor = D'accord. Je ne garde rien.

## The team of officers

residents-team = 🤝 L'équipe : { $names }
residents-invite = ➕ Inviter
residents-invitation = 🤝 Envoyez ce lien à une seule personne. Il marche une fois, pendant 24 heures.
residents-request = 🤝 { $name } veut entrer dans l'équipe.
residents-request-from = Invitation de { $inviter }.
residents-request-effect = L'équipe crée les rendez-vous et voit les noms.
residents-request-yes = ✅ Oui
residents-request-no = ❌ Non
residents-joined = ✅ { $name } est dans l'équipe.
residents-not-joined = ❌ { $name } n'est pas dans l'équipe.
residents-accepted = 🎉 Vous êtes dans l'équipe.
residents-refused = L'équipe a répondu non à votre demande.
residents-fault-alert = ⚠️ Une personne a demandé quelque chose, et cela n'a pas marché. Code : { $code }
residents-mistake-alert =
    ⚠️ Telegram ne connaît pas beaucoup de nos habitants. J'arrête les annonces pendant une heure.
    Mauvais jeton ou base ? Demandez à la personne qui installe le robot.
