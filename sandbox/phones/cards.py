"""The cards of people and groups: who there is, what waits for them, what was last said."""

from collections.abc import Hashable, Iterable
from dataclasses import astuple

from sandbox.chats import Chat
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.phones.drawn import gist
from sandbox.phones.events import Event
from sandbox.phones.reading import Reading
from sandbox.room import Room
from sandbox.shapes import Json


class People:
    """Tells the cards of the people that have changed; nobody ever goes."""

    def __init__(self, room: Room, reading: Reading) -> None:
        self._room = room
        self._reading = reading
        self._known: dict[int, Hashable] = {}

    def standing(self) -> Iterable[Event]:
        """Tell everybody's card."""
        cards = [_person(person, self._reading) for person in self._room.people.values()]
        return [Event("people", cards)]

    def news(self) -> Iterable[Event]:
        """Tell the cards of those about whom something changed."""
        cards = []
        for person in self._room.people.values():
            stamp = self._stamp(person)
            if self._known.get(person.id) != stamp:
                self._known[person.id] = stamp
                cards.append(_person(person, self._reading))
        return [Event("people", cards)] if cards else []

    def _stamp(self, person: Person) -> Hashable:
        private = person.private
        state = (private.revision, private.blocked, private.started)
        return (*state, self._reading.last(person.id), astuple(person.user))


class Groups:
    """Tells the cards of all groups when one of them has changed."""

    def __init__(self, room: Room, reading: Reading) -> None:
        self._room = room
        self._reading = reading
        self._known: list[Json] = []

    def standing(self) -> Iterable[Event]:
        """Tell every group's card."""
        return [Event("groups", self._cards())]

    def news(self) -> Iterable[Event]:
        """Tell every group's card, if one has changed."""
        cards = self._cards()
        if cards == self._known:
            return []
        self._known = cards
        return [Event("groups", cards)]

    def _cards(self) -> list[Json]:
        former: dict[int, list[int]] = {group.id: [] for group in self._room.groups}
        for chat in self._room.chats.values():
            if moved := getattr(chat, "migrated_to", 0):
                former.setdefault(moved, []).append(chat.id)
        return [_group(group, self._reading, former[group.id]) for group in self._room.groups]


def _person(person: Person, reading: Reading) -> Json:
    user, private = person.user, person.private
    return {
        "id": person.id,
        "name": f"{user.first_name} {user.last_name}".strip(),
        "username": user.username,
        "language": user.language_code,
        "blocked": private.blocked,
        "started": private.started,
        "deleted": user.deleted,
        "keyboard": person.reply_keyboard,
        **_news_of(private, reading),
    }


def _group(group: Group, reading: Reading, former: list[int]) -> Json:
    chat = group.room_chat
    members = [place.user for place in chat.members.values() if place.present]
    return {
        "id": group.id,
        "former": former,
        "title": group.title,
        "members": [user.id for user in members if not user.is_bot],
        **_news_of(chat, reading),
    }


def _news_of(chat: Chat, reading: Reading) -> Json:
    newest = next((one for one in reversed(chat.messages.values()) if not one.deleted), None)
    last = {"text": gist(newest), "at": newest.body["date"]} if newest else None
    return {**reading.unread(chat), "last": last}
