"""From an update to the one handler that is meant for it; whoever speaks is known first.

Each column lists its own taps, commands, questions and menu labels with the role that reaches them;
here they are laid together. Nothing is reached without a role being named (deny by default, F59),
and commands count only where a person typed them in a private chat (F71).
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from telegram import Update

from community import residents as rules
from community.texts import folded
from handlers import events, groups, residents, welcome
from handlers.buttons import AnswerInGroup, Button, unpack
from handlers.context import Context
from handlers.guards import Route
from handlers.incoming import plain_text
from handlers.words import languages, words_for
from storage.residents import Role

STOP_WORDS = "stop-words"
"""The message that lists, with commas, the words that stop everything as a whole message."""


class Routes:
    """The columns' tables laid together."""

    def __init__(self, columns: Iterable[ModuleType]) -> None:
        columns = tuple(columns)
        self.taps: Mapping[type[Button], Route] = _joined(columns, "TAPS")
        self.commands: Mapping[str, Route] = _joined(columns, "COMMANDS")
        self.prompts: Mapping[str, Route] = _joined(columns, "PROMPTS")
        menu: Mapping[str, Route] = _joined(columns, "MENU")
        self.menu = {
            folded(words_for(language)(key)): route
            for language in languages()
            for key, route in menu.items()
        }
        self.ways_out = frozenset((*self.commands.values(), *self.menu.values()))
        self.stop_words = {
            folded(word)
            for language in languages()
            for word in words_for(language)(STOP_WORDS).split(",")
        }

    async def on_tap(self, update: Update, context: Context) -> None:
        """Hand a tap to the button's handler."""
        query = update.callback_query
        button = unpack(query.data or "") if query is not None else None
        await self._meet(update, context)
        if button is None or not (context.is_private or isinstance(button, AnswerInGroup)):
            # In a group a forged tap would turn the group's card into somebody's own (F57).
            await context.toast(context.words("toast-old-button"), alert=True)
            return
        await self._follow(context, self.taps[type(button)], button)

    async def on_private_message(self, update: Update, context: Context) -> None:
        """Hand what a person wrote to the handler that it is meant for."""
        await self._meet(update, context)
        message = update.message
        text = plain_text(message) if message is not None else None
        if text is None or not text.strip():
            await self._follow(context, Route(residents.on_lost, Role.RESIDENT))
            return
        route, argument = self._route_text(context, text.strip())
        if route in self.ways_out:
            await context.turn_away()
        await self._follow(context, route, argument)

    async def on_group_message(self, update: Update, context: Context) -> None:
        """Hand a group's message to the groups' column, which takes codes and service messages."""
        if update.message is None or update.message.from_user is None:
            return
        await context.meet(update)
        await groups.on_group_message(context, update.message)

    async def on_my_chat_member(self, update: Update, context: Context) -> None:
        """Note that the bot was added, removed, blocked or unblocked."""
        changed = update.my_chat_member
        if changed is None:
            return
        await context.meet(update)
        if changed.chat.type == "private":
            await welcome.on_reach_changed(context, changed)
        else:
            await groups.on_presence_changed(context, changed)

    @staticmethod
    async def _meet(update: Update, context: Context) -> None:
        """Find out who speaks; a known person who does so in private can be reached again (F28)."""
        await context.meet(update)
        resident = context.speaking.resident
        if resident is not None and resident.unreachable_at is not None and context.is_private:
            await context.database.write(rules.welcome_back, resident_id=resident.id)

    def _route_text(self, context: Context, text: str) -> tuple[Route, str]:
        if text.startswith("/"):
            command, _, argument = text[1:].partition(" ")
            name = command.partition("@")[0].lower()
            return self.commands.get(
                name, Route(residents.on_lost, Role.RESIDENT)
            ), argument.strip()
        key = folded(text) if len(text) <= _LONGEST_LABEL else ""
        if key.rstrip(_ENDINGS) in self.stop_words:
            return Route(residents.on_stop, None), text
        if key in self.menu:
            return self.menu[key], text
        prompt = context.speaking.prompt
        if prompt is not None and prompt.kind in self.prompts:
            return self.prompts[prompt.kind], text
        if rules.may_act_as(context.speaking.resident, Role.OFFICER):
            return Route(events.on_sentence, Role.OFFICER), text
        return Route(residents.on_lost, Role.RESIDENT), text

    async def _follow(self, context: Context, route: Route, *arguments: object) -> None:
        """Call a handler if the speaker's role reaches it; else as if it did not exist (F59)."""
        resident = context.speaking.resident
        if route.role is None or rules.may_act_as(resident, route.role):
            await route.call(context, *arguments)
        elif resident is None:
            await welcome.on_visitor(context, *arguments)
        else:
            await residents.on_forbidden(context)


_LONGEST_LABEL = 64
_ENDINGS = " .!…"
"""What may follow a stop word: « STOP ! » means it all the more."""


def _joined(columns: Iterable[ModuleType], table: str) -> Mapping[Any, Any]:
    """Lay a table of all columns together; raises ValueError where two name the same thing."""
    joined: dict[Any, Any] = {}
    for column in columns:
        for key, value in getattr(column, table, {}).items():
            if key in joined:
                message = f"{table} has {key} twice"
                raise ValueError(message)
            joined[key] = value
    return joined
