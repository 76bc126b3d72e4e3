"""What each handler is given: who speaks, the words, the database, and the ways to answer.

An answer to the one who taps goes out directly, after the commit; what others must hear goes
through the outbox. One screen is one message, edited in place (product.md, rule 3).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from telegram import CallbackQuery, ReplyKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import CallbackContext, ExtBot

from community import outages
from community.errors import NotAllowedError
from community.notices import Lane
from handlers.guards import Speaking, look
from handlers.incoming import tapped_message
from handlers.keyboards import body
from handlers.premises import Premises, Services
from handlers.views.view import View
from handlers.words import Words, languages, words_for
from storage import cards, prompts
from storage.database import Database, Writer
from storage.ids import ChatId, MessageId, UpdateId
from storage.residents import Resident

Values = ParamSpec("Values")
Result = TypeVar("Result")

SERVICES = "services"
"""Where the application keeps the Services."""
PROMPT_LIFETIME = timedelta(hours=24)
"""A question that nobody answered within a day is forgotten."""
MENU_LIFETIME = timedelta(minutes=10)
"""A screen asked for longer ago is not sent (reliability.md K1)."""
NOT_MODIFIED = "message is not modified"
_TOO_OLD = "query is too old"
_CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)


class Context(CallbackContext[ExtBot[Lane], dict[Any, Any], dict[Any, Any], dict[str, Any]]):
    """One update's context. `speaking` is set before any handler of ours runs."""

    speaking: Speaking
    incoming: Update

    @property
    def services(self) -> Services:
        """The database, the clock and the premises."""
        return cast(Services, self.application.bot_data[SERVICES])

    @property
    def database(self) -> Database:
        """The database."""
        return self.services.database

    @property
    def premises(self) -> Premises:
        """The settings that what is said depends on."""
        return self.services.premises

    @property
    def now(self) -> datetime:
        """The instant, in UTC, by the house's clock."""
        return self.services.now()

    @property
    def cause(self) -> UpdateId:
        """The update that is being handled."""
        return UpdateId(self.incoming.update_id)

    @property
    def chat_id(self) -> ChatId:
        """The chat that the update came from."""
        chat = self.incoming.effective_chat
        return ChatId(chat.id if chat is not None else self.speaking.telegram_id)

    @property
    def is_private(self) -> bool:
        """Whether the update came from a chat with one person."""
        chat = self.incoming.effective_chat
        return chat is None or chat.type == ChatType.PRIVATE

    @property
    def resident(self) -> Resident:
        """Who speaks; raises NotAllowedError for a visitor."""
        if self.speaking.resident is None:
            raise NotAllowedError
        return self.speaking.resident

    @property
    def words(self) -> Words:
        """The words in the speaker's language; a visitor's is the one of their Telegram."""
        return words_for(self.language)

    @property
    def language(self) -> str:
        """The language that the speaker reads."""
        if self.speaking.resident is not None:
            return self.speaking.resident.language
        user = self.incoming.effective_user
        theirs = (user.language_code or "").split("-")[0] if user is not None else ""
        return theirs if theirs in languages() else self.premises.default_language

    @property
    def query(self) -> CallbackQuery | None:
        """The tap, where the update is one."""
        return self.incoming.callback_query

    @property
    def tapped(self) -> MessageId | None:
        """The message that was tapped; None where the update is no tap."""
        return tapped_message(self.incoming)

    @property
    def is_late(self) -> bool:
        """Whether a known person wrote so long ago that a menu is no answer any more (F39)."""
        message = self.incoming.message
        if message is None or self.speaking.resident is None or not self.is_private:
            return False
        return self.now - message.date > MENU_LIFETIME

    def scrub_when_done(self) -> None:
        """Have the files wiped of what was erased, once this update too is erased."""
        self.services.to_scrub.add(self.incoming.update_id)

    async def meet(self, update: Update) -> None:
        """Find out who speaks."""
        user, chat = update.effective_user, update.effective_chat
        telegram_id = user.id if user is not None else 0
        self.incoming = update
        self.speaking = await self.database.read(
            look,
            telegram_id=telegram_id,
            chat_id=ChatId(chat.id if chat is not None else telegram_id),
            message_id=tapped_message(update),
            now=self.now,
            cause=self.cause,
        )

    async def show(self, view: View, *, toast: str | None = None, alert: bool = False) -> None:
        """Answer with a screen: the tapped message becomes it, or a new message where none was."""
        message = self.query.message if self.query is not None else None
        if message is None:
            await asyncio.gather(self.toast(toast, alert=alert), self.say(view))
            return
        _, is_edited = await asyncio.gather(
            self.toast(toast, alert=alert), self._edit(MessageId(message.message_id), view)
        )
        if not is_edited:
            await self.say(view)

    async def say(self, view: View, *, reply_keyboard: ReplyKeyboardMarkup | None = None) -> None:
        """Send a screen as a new message; after a long silence one recap stands for them all."""
        if self.is_late:
            await self._owe_recap()
            return
        message = {"chat_id": self.chat_id, **body(view)}
        if reply_keyboard is not None:
            message.setdefault("reply_markup", reply_keyboard.to_dict())
        sent = await self.services.call("sendMessage", message)
        if view.subject is not None:
            await self.database.write(
                cards.put,
                self.chat_id,
                MessageId(int(sent["message_id"])),
                kind=view.subject.kind,
                subject_id=view.subject.id,
                now=self.now,
            )

    async def toast(
        self, text: str | None = None, *, alert: bool = False, url: str | None = None
    ) -> None:
        """Answer the tap, with a short text or silently; nothing happens where there is no tap.

        `url` opens this bot, whose address it must be
        (https://core.telegram.org/bots/api#answercallbackquery).
        """
        if self.query is None:
            return
        try:
            await self.services.call(
                "answerCallbackQuery",
                {
                    "callback_query_id": self.query.id,
                    "text": text,
                    "show_alert": alert,
                    "url": url,
                },
            )
        except BadRequest as error:
            # Telegram takes an answer for a short while only; the screen has the same truth (F40).
            if _TOO_OLD not in error.message.lower():
                raise

    async def ask(self, kind: str, view: View, **facts: object) -> None:
        """Ask a question whose answer is the next text in this chat: PROMPTS[kind] gets it."""
        await self.database.write(
            prompts.put,
            self.chat_id,
            kind=kind,
            facts=facts,
            expires_at=self.now + PROMPT_LIFETIME,
            cause=self.cause,
            before=self.speaking.prompt,
        )
        await self.show(view)

    async def conclude(
        self,
        action: Callable[Concatenate[Writer, Values], Result],
        /,
        *args: Values.args,
        **values: Values.kwargs,
    ) -> Result:
        """Run the action that an answer leads to, and no longer ask: both or neither."""
        prompt = self.speaking.prompt

        def whole(writer: Writer, /) -> Result:
            if prompt is not None:
                prompts.answer(writer, prompt, cause=self.cause)
            return action(writer, *args, **values)

        return await self.database.write(whole)

    async def forget_question(self) -> None:
        """Have the next text no longer read as an answer."""
        if self.speaking.prompt is not None:
            await self.database.write(prompts.answer, self.speaking.prompt, cause=self.cause)

    async def turn_away(self) -> None:
        """Forget what was asked of who turns to something else; a newcomer's name stays asked."""
        if not self.asked.get("is_new"):
            await self.forget_question()

    @property
    def asked(self) -> Mapping[str, Any]:
        """The facts of the question that this text answers; empty where there is none."""
        prompt = self.speaking.prompt
        return prompt.facts if prompt is not None else {}

    async def _owe_recap(self) -> None:
        message, cause, now = self.incoming.message, self.cause, self.now
        if message is not None:
            owed = partial(outages.recap, resident=self.resident, written_at=message.date)
            await self.database.write(owed, cause=cause, now=now)

    async def _edit(self, message_id: MessageId, view: View) -> bool:
        """Make a message a screen; False where it can no longer be edited."""
        try:
            place = {"chat_id": self.chat_id, "message_id": message_id}
            await self.services.call("editMessageText", place | body(view))
        except BadRequest as error:
            reason = error.message.lower()
            if any(text in reason for text in _CANNOT_EDIT):
                return False
            if NOT_MODIFIED not in reason:
                raise
        await self._note_subject(message_id, view)
        return True

    async def _note_subject(self, message_id: MessageId, view: View) -> None:
        """Keep in step what the database knows a message to show; mostly nothing has changed."""
        card = self.speaking.card
        shown = (card.kind, card.subject_id) if card is not None else None
        wanted = (view.subject.kind, view.subject.id) if view.subject is not None else None
        if shown != wanted:
            await self.database.write(_note, self.chat_id, message_id, view, self.now)


def _note(
    writer: Writer, chat_id: ChatId, message_id: MessageId, view: View, now: datetime
) -> None:
    if view.subject is None:
        cards.remove(writer, chat_id, message_id)
    else:
        cards.put(
            writer,
            chat_id,
            message_id,
            kind=view.subject.kind,
            subject_id=view.subject.id,
            now=now,
        )
