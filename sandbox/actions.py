"""What can be asked of the room by HTTP: each action by its name, a thin function over `room`.

Arguments come by name in a JSON object. People are named by `person` (their id), groups by `group`.
"""

import base64
from collections.abc import Callable
from typing import TypeAlias

from sandbox.groups import Group
from sandbox.levers import LEVERS
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.room import Room
from sandbox.screens import Screen
from sandbox.shapes import Json

Action: TypeAlias = Callable[[Room, Json], object]


def _person(room: Room, told: Json) -> Person:
    return room.people[int(told["person"])]


def _group(room: Room, told: Json) -> Group:
    wanted = int(told["group"])
    for group in room.groups:
        if group.id == wanted:
            return group
    raise LookupError(f"no group {wanted}")


def _screen(room: Room, told: Json) -> Screen:
    return _group(room, told) if told.get("group") else _person(room, told)


def _place(room: Room, told: Json) -> Screen | None:
    return _group(room, told) if told.get("group") else None


def _message(room: Room, told: Json) -> Message | None:
    wanted = told.get("message_id")
    return _screen(room, told).chat.messages[int(wanted)] if wanted else None


def shown(message: Message) -> Json:
    """Return a message as a phone would draw it."""
    return {
        "id": message.id,
        "by_bot": message.by_bot,
        "from": message.body.get("from", {}).get("first_name", ""),
        "date": message.body["date"],
        "text": message.text,
        "entities": message.entities,
        "rows": [[key._asdict() for key in row] for row in message.rows],
        "reply_rows": message.reply_rows,
        "silent": message.silent,
        "edits": message.edits,
        "deleted": message.deleted,
        "body": message.body,
    }


def add_person(room: Room, told: Json) -> Json:
    """Bring in someone: first_name, language_code, username, id."""
    person = room.person(**told)
    return {"person": person.id}


def list_people(room: Room, _told: Json) -> list[Json]:
    """List the people of the room."""
    return [person.user.card() for person in room.people.values()]


def screen(room: Room, told: Json) -> Json:
    """Return what stands in a chat, and the room's revision; `last` bounds how many messages."""
    looked = _screen(room, told)
    last = list(looked.chat.messages.values())[-int(told.get("last", 50)) :]
    keyboard = looked.reply_keyboard if isinstance(looked, Person) else []
    messages = [shown(message) for message in last]
    return {"revision": room.revision, "messages": messages, "reply_keyboard": keyboard}


async def sees(room: Room, told: Json) -> Json:
    """Wait for a message that contains a text."""
    within = float(told.get("within", 10.0))
    after = int(told.get("after", 0))
    return shown(await _screen(room, told).sees(told["text"], within, after=after))


async def tap(room: Room, told: Json) -> Json:
    """Tap a button by its `label`, or forge its `data`; wait `within` seconds for the answer."""
    person, message = _person(room, told), _message(room, told)
    if "data" in told:
        made = person.tap_data(told["data"], message)
    else:
        made = person.tap(told["label"], message, _place(room, told))
    if made.url or not told.get("within"):
        return {"tap": made.id, "url": made.url}
    answer = await made.answered(float(told["within"]))
    return {"tap": made.id, **answer._asdict()}


def start(room: Room, told: Json) -> Json:
    """Press start, with an optional `payload`."""
    return shown(_person(room, told).start(told.get("payload", "")))


def say(room: Room, told: Json) -> Json:
    """Write a `text`, to the bot or in a group."""
    return shown(_person(room, told).say(told["text"], _place(room, told)))


def press(room: Room, told: Json) -> Json:
    """Press a key under the text field, by its `label`."""
    return shown(_person(room, told).press(told["label"]))


def edit(room: Room, told: Json) -> Json:
    """Change the text of one's own message."""
    message = _message(room, told)
    if message is None:
        raise LookupError("which message?")
    return shown(_person(room, told).edit(message, told["text"]))


def send_voice(room: Room, told: Json) -> Json:
    """Send a voice message: `content` in base64."""
    return shown(_person(room, told).send_voice(_content(told), _place(room, told)))


def send_photo(room: Room, told: Json) -> Json:
    """Send a photo: `content` in base64, `caption`."""
    caption = told.get("caption", "")
    return shown(_person(room, told).send_photo(_content(told), caption, _place(room, told)))


def send_document(room: Room, told: Json) -> Json:
    """Send a file: `content` in base64, `name`."""
    name = told.get("name", "document.pdf")
    person = _person(room, told)
    return shown(person.send_document(_content(told), name, chat=_place(room, told)))


def _content(told: Json) -> bytes:
    return base64.b64decode(told["content"])


def share_contact(room: Room, told: Json) -> Json:
    """Send one's `phone` number."""
    return shown(_person(room, told).share_contact(told["phone"]))


def share_location(room: Room, told: Json) -> Json:
    """Send a `latitude` and a `longitude`."""
    return shown(_person(room, told).share_location(told["latitude"], told["longitude"]))


def react(room: Room, told: Json) -> None:
    """Put an `emoji` on a message."""
    message = _message(room, told)
    if message is None:
        raise LookupError("which message?")
    _person(room, told).react(message, told.get("emoji", ""))


def rename(room: Room, told: Json) -> None:
    """Take another `username` or `first_name`."""
    person = _person(room, told)
    person.rename(username=told.get("username"), first_name=told.get("first_name"))


def join(room: Room, told: Json) -> None:
    """Follow an invite `link`."""
    _person(room, told).join(told["link"])


def add_group(room: Room, told: Json) -> Json:
    """Make a group: title, supergroup, forum, owner (a person's id)."""
    owner = room.people[int(told["owner"])] if told.get("owner") else None
    kind = {name: bool(told.get(name)) for name in ("supergroup", "forum")}
    return {"group": room.group(told["title"], owner=owner, **kind).id}


def list_groups(room: Room, _told: Json) -> list[Json]:
    """List the groups of the room."""
    return [group.chat.card() for group in room.groups]


def add_bot(room: Room, told: Json) -> None:
    """Bring the bot into a group, by a person, as `admin` or not."""
    by = _person(room, told) if told.get("person") else None
    _group(room, told).add_bot(by, admin=bool(told.get("admin")))


def commands(room: Room, told: Json) -> list[Json]:
    """List the commands that a person is shown."""
    person = _person(room, told)
    return room.profile.commands_for(person.id, person.user.language_code)


_LISTED: tuple[Action, ...] = (
    add_bot,
    add_group,
    add_person,
    commands,
    edit,
    join,
    list_groups,
    list_people,
    press,
    react,
    rename,
    say,
    screen,
    sees,
    send_document,
    send_photo,
    send_voice,
    share_contact,
    share_location,
    start,
    tap,
)
_PLAIN: dict[str, Action] = {
    "block": lambda room, told: _person(room, told).block(),
    "unblock": lambda room, told: _person(room, told).unblock(),
    "delete_account": lambda room, told: _person(room, told).delete_account(),
    "leave": lambda room, told: _person(room, told).leave(_group(room, told)),
    "add": lambda room, told: _group(room, told).add(_person(room, told)),
    "remove": lambda room, told: _group(room, told).remove(_person(room, told)),
    "remove_bot": lambda room, told: _group(room, told).remove_bot(),
    "promote_bot": lambda room, told: _group(room, told).promote_bot(*told.get("rights", [])),
    "demote_bot": lambda room, told: _group(room, told).demote_bot(),
    "migrate": lambda room, told: _group(room, told).migrate(),
    "invite_link": lambda room, told: _group(room, told).invite_link(),
    "say_anonymously": lambda room, told: shown(_group(room, told).say_anonymously(told["text"])),
}
ACTIONS: dict[str, Action] = {action.__name__: action for action in _LISTED} | _PLAIN | LEVERS
