### The commissions, which residents call groups.

commissions-title = 👥 Les groupes du quartier.
commissions-none = 👥 Il n'y a pas encore de groupe.
commissions-finish = ✅ Fini
# $names are the groups that the person is in, with commas.
commissions-in = ✅ Vous êtes dans { $names }.
commissions-in-none = Vous n'êtes dans aucun groupe.
commissions-open-group = 💬 Ouvrir le groupe

## Officers

commissions-found = ➕ Nouveau groupe
commissions-ask-name = ➕ Quel est le nom du groupe ?
commissions-name-example = Exemple : 🩺 Santé
commissions-members = { $count ->
    [0] 👥 Personne pour le moment
    [one] 👥 1 personne
   *[other] 👥 { $count } personnes
}
commissions-group-linked = 💬 Un groupe Telegram est relié.
commissions-group-unlinked = 💬 Pas de groupe Telegram.
commissions-share = 🔗 Lien
commissions-link-group = 💬 Relier un groupe
commissions-give-invite = 🔗 Donner le lien
commissions-link = 🔗 Ce lien ouvre le groupe { $name }. Copiez-le :

refusal-input-commission-empty = Je ne vois pas de nom. Écrivez le nom du groupe.
refusal-input-commission-long = Ce nom est trop long. Écrivez un nom plus court.
refusal-input-commission-taken = Ce nom existe déjà. Écrivez un autre nom.
