### The first contact: language, notice, first name, and what a link opens.

welcome-language = Votre langue ?
welcome-notice = 👋 Bonjour. Je suis le robot des habitants de { $place }.
    Je vous dis les rendez-vous du quartier. C'est gratuit.
    🔒 Je garde : votre prénom, votre langue, vos inscriptions.
    Je ne garde pas votre numéro. Vous pouvez tout effacer.
welcome-agree = ✅ D'accord
welcome-refuse = ❌ Non merci
welcome-more = 🔒 En savoir plus
welcome-details = 🔒 Vos données
    Je garde aussi : vos groupes, votre code Telegram pour vous écrire, la date de votre accord.
    Pourquoi : vous dire les rendez-vous et garder votre place.
    Qui les voit : l'équipe de { $place }. Telegram transporte les messages.
    Combien de temps : jusqu'à ce que vous effaciez tout.
    Vous pouvez voir, copier, corriger et effacer : /donnees
welcome-name = Votre prénom ?
welcome-name-other = ✏️ Un autre
welcome-name-write = ✏️ Écrivez votre prénom.
# Stands for a first name where Telegram gives none that can be read.
welcome-nameless = Habitant
welcome-refused = D'accord. Je ne garde rien.
welcome-event-anyway = Voici quand même le rendez-vous :
welcome-dead-link = 😕 Ce lien ne marche plus.
welcome-awaiting = ⏳ C'est noté. Un autre membre de l'équipe doit dire oui.
welcome-private-first = Écrivez-moi d'abord en privé : touchez mon nom, puis Démarrer.
