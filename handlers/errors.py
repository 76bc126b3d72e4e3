"""The one boundary of all handlers: a refusal is told in words, a fault is noted for the receiver.

PTB's `process_update` never raises: it hands a handler's exception to the error handler and returns. So
what is no refusal is put down in `Services.faults`, where the receiver looks before it marks the update
done; it tries again, or gives up and has the person told.
"""

from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application

from community.errors import CommunityError
from handlers.context import Context
from handlers.guards import Speaking
from handlers.keyboards import markup
from handlers.views import refusals
from handlers.words import words_for
from storage import residents
from storage.errors import NotFoundError
from storage.ids import ChatId

House = Application[Any, Context, Any, Any, Any, Any]


async def on_error(update: object, context: Context) -> None:
    """Tell a refusal; note anything else for the receiver."""
    error = context.error
    if not isinstance(update, Update) or error is None:
        return
    if isinstance(error, CommunityError | NotFoundError):
        # PTB hands a context of its own, which has met nobody yet.
        await context.meet(update)
        await _tell(context, error)
    else:
        context.services.faults[update.update_id] = error


async def _tell(context: Context, error: Exception) -> None:
    text = refusals.text(context.words, error)
    if context.query is not None:
        await context.toast(text, alert=True)
    else:
        await context.say(refusals.screen(context.words, error))


async def apologize(application: House, update: Update, code: str) -> None:
    """Tell a person that what they asked could not be done, under a code to quote."""
    context = Context.from_update(update, application)
    user = update.effective_user
    if user is None or update.effective_chat is None or update.effective_chat.type != "private":
        return
    context.incoming = update
    context.speaking = Speaking(user.id, None, None, None)
    text = refusals.fault(context.words, code)
    if context.query is not None:
        await context.toast(text.text, alert=True)
    await context.say(text)


async def warn_flood(application: House, telegram_id: int) -> None:
    """Tell a person who floods the bot that it will not hear them for a minute (F54)."""
    context = Context.from_update(None, application)
    words = words_for(context.premises.default_language)
    await context.bot.send_message(telegram_id, words("refusal-flood"))


async def recap(application: House, chat_id: ChatId) -> None:
    """Tell a person once that all they wrote during a long silence was read (F39)."""
    context = Context.from_update(None, application)
    resident = await context.database.read(residents.find_speaking, chat_id)
    if resident is not None:
        view = refusals.recap(words_for(resident.language))
        await context.bot.send_message(
            chat_id, view.text, parse_mode=ParseMode.HTML, reply_markup=markup(view)
        )
