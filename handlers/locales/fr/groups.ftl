### Telegram groups, linked to a commission by a code that an officer types there.

groups-code = 💬 Relier un groupe Telegram à { $name }.
groups-code-add = 1. Ajoutez le robot au groupe.
groups-code-type = 2. Écrivez dans ce groupe :
groups-code-lifetime = Ce code marche une fois, pendant { $minutes } minutes.
groups-add = ➕ Ajouter au groupe
groups-settings = ⚙️ Voir le groupe

## In the group: never a name

groups-linked-here = ✅ Ce groupe est relié à { $name }.
groups-wrong-code = Ce code ne marche pas. Demandez un nouveau code au robot.

## To the officers

groups-linked = ✅ Un groupe Telegram est relié à { $name }.
groups-ask-invite = 🔗 Copiez le lien d'invitation du groupe et envoyez-le ici. Il commence par https://t.me/
groups-invite-kept = ✅ Le lien du groupe est noté. Les habitants peuvent ouvrir le groupe.
groups-not-invite = Ce n'est pas le lien d'un groupe. Un lien commence par https://t.me/
groups-lost = ⚠️ Je ne suis plus dans le groupe Telegram de { $name }.
