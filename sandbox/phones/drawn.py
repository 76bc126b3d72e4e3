"""Messages as the page gets them: what a phone needs to draw one, and no more."""

from sandbox.messages import Message
from sandbox.shapes import Json

QUOTED = 120
"""How many letters of an answered message are shown above the answer."""
_HEAD = frozenset({"message_id", "chat", "from", "sender_chat", "reply_to_message"})


def drawn(message: Message) -> Json:
    """Return a message for the page; of a deleted one only that it was there."""
    told: Json = {
        "id": message.id,
        "by_bot": message.by_bot,
        "sender": _sender(message.body),
        "date": message.body["date"],
        "changed": message.changed,
        "silent": message.silent,
        "edits": message.edits,
        "deleted": message.deleted,
    }
    return told if message.deleted else told | _content(message)


def gist(message: Message) -> str:
    """Return the first words of a message; empty when it has none."""
    return " ".join(message.text.split())[:QUOTED]


def _content(message: Message) -> Json:
    content: Json = {name: part for name, part in message.body.items() if name not in _HEAD}
    content["reactions"] = [
        reaction.get("emoji", "") for given in message.reactions.values() for reaction in given
    ]
    if replied := message.body.get("reply_to_message"):
        words = str(replied.get("text") or replied.get("caption") or "")
        content["reply"] = {"name": _sender(replied)["name"], "text": words[:QUOTED]}
    return {"body": content}


def _sender(body: Json) -> Json:
    who = body.get("sender_chat") or body.get("from") or {}
    name = who.get("title") or f"{who.get('first_name', '')} {who.get('last_name', '')}".strip()
    return {"id": who.get("id", 0), "name": name}
