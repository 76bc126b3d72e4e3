### What is kept about a person: shown, copied, corrected, erased.

privacy-title = 🔒 Je garde :
privacy-person = Prénom : { $name }. Langue : { $language }.
privacy-telegram = Code Telegram, pour vous écrire : { $code }.
privacy-groups = 👥 Groupes : { $groups }.
privacy-no-groups = 👥 Groupes : aucun.
privacy-no-answers = 🙋 Inscriptions à venir : aucune.
privacy-answer-yes = ✅ { $event }, { $day }
privacy-answer-maybe = 🤔 { $event }, { $day }
privacy-answer-waiting = ⏳ { $event }, { $day }
privacy-more-answers = { $count ->
    [one] … et { $count } autre inscription.
   *[other] … et { $count } autres inscriptions.
}
privacy-consent = Votre accord : { $day } { $year }, texte { $version }. La copie dit tout.
privacy-copy = ⬇️ Une copie
privacy-rename = ✏️ Prénom
privacy-quit = 🚪 Quitter { $name }
privacy-quit-long = 🚪 { $name }
privacy-quitted = Vous n'êtes plus dans ce groupe.
privacy-erase = 🗑 Tout effacer
privacy-document = mes-donnees.json
privacy-document-sent = Je vous envoie la copie.

privacy-consequences = 🗑 Tout effacer ?
    Vos places vont à d'autres personnes. Je ne vous écris plus.
    On ne peut pas revenir en arrière.
privacy-erase-yes = 🗑 Oui, effacer
privacy-erase-no = ↩️ Non, garder
privacy-erased = ✅ Tout est effacé. Je ne garde plus rien.
privacy-come-back = Pour revenir : /start
privacy-receipt = ✅ Tout est effacé. Reçu numéro { $number }.
