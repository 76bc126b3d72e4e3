"""The one boundary of all handlers: a refusal is told in words, a fault is noted for the receiver.

PTB's `process_update` never raises: it hands a handler's exception to the error handler and
returns; what the error handler itself raises it only logs. So what is no refusal, or a refusal that
could not be told, is put down in `Services.faults`, where the receiver looks before it marks the
update done; it tries again, or gives up and has the person told. Nothing personal is said in a
group.
"""

import asyncio
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from community.errors import CommunityError
from handlers.context import Context
from handlers.guards import Speaking
from handlers.keyboards import body
from handlers.views import refusals
from handlers.views.view import View
from handlers.words import words_for
from storage import residents
from storage.errors import NotFoundError, StorageError
from storage.ids import ChatId

House = Application[Any, Context, Any, Any, Any, Any]


async def on_error(update: object, context: Context) -> None:
    """Tell a refusal; note anything else, and a refusal that cannot be told, for the receiver."""
    error = context.error
    if not isinstance(update, Update) or error is None:
        return
    faults = context.services.faults
    faults[update.update_id] = error
    if not isinstance(error, CommunityError | NotFoundError):
        return
    try:
        await _tell(context, update, error)
    except (TelegramError, StorageError) as failure:
        faults[update.update_id] = failure
    else:
        del faults[update.update_id]


async def _tell(context: Context, update: Update, error: Exception) -> None:
    # PTB hands a context of its own, which has met nobody yet.
    await context.meet(update)
    text = refusals.text(context.words, error)
    if context.query is not None:
        await context.toast(text, alert=True)
    elif context.is_private:
        await context.say(refusals.screen(context.words, error))
    else:
        await context.say(View(text))


async def apologize(
    application: House, update: Update | None, chat_id: ChatId | None, code: str
) -> None:
    """Tell a person that what they asked could not be done, under a code to quote.

    `update` is None where nobody could read it; `chat_id` is the chat whose order it kept.
    """
    context = _context(application, update)
    resident = await context.database.read(residents.find_speaking, chat_id or 0)
    language = resident.language if resident is not None else context.language
    await _say_in_private(context, chat_id, refusals.fault(words_for(language), code))


async def ask_patience(application: House, update: Update, chat_id: ChatId | None) -> None:
    """Tell a person that what they asked is kept, though it cannot be done yet (F09)."""
    context = _context(application, update)
    await _say_in_private(context, chat_id, refusals.busy(context.words))


async def warn_flood(application: House, telegram_id: int) -> None:
    """Tell a person who floods the bot that it will not hear them for a minute (F54)."""
    context = _context(application, None)
    await _say_in_private(context, ChatId(telegram_id), refusals.flood(context.words))


def _context(application: House, update: Update | None) -> Context:
    """Give a context that has looked nobody up: the database may be what is in the way."""
    context = Context.from_update(update, application)
    context.incoming = update if update is not None else Update(0)
    user = context.incoming.effective_user
    context.speaking = Speaking(user.id if user is not None else 0, None, None, None)
    return context


async def _say_in_private(context: Context, chat_id: ChatId | None, view: View) -> None:
    """Say something to one person, on the tap and as a message; each though the other fails."""
    told = [context.toast(view.text, alert=True)]
    if context.is_private and chat_id is not None and chat_id > 0:
        told.append(_send(context, chat_id, view))
    failures = [one for one in await asyncio.gather(*told, return_exceptions=True) if one]
    if failures:
        raise failures[0]


async def _send(context: Context, chat_id: ChatId, view: View) -> None:
    await context.services.call("sendMessage", {"chat_id": chat_id, **body(view)})
