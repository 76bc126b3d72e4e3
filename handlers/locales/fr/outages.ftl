# After a silence of Telegram's.
outages-moment = { $day } à { $hour }
outages-alert =
    ⚠️ Le robot n'a rien reçu de { $start } à { $end }.
    Des réponses des habitants sont peut-être perdues.
    Le dire aux personnes invitées ?
outages-tell = 📨 Le dire
outages-told =
    { $number ->
        [0] ✅ Tout le monde est déjà prévenu.
        [one] ✅ { $number } personne va être prévenue.
       *[other] ✅ { $number } personnes vont être prévenues.
    }
outages-notice =
    ⚠️ Le robot était en panne de { $start } à { $end }.
    Vous avez appuyé sur un bouton ? Merci de recommencer.
outages-agenda = 📅 Agenda
outages-recap =
    ⏰ Je n'étais pas là. J'ai lu tous vos messages.
    Regardez où vous en êtes :
