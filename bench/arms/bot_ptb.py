"""A bot as its tutorials write it: python-telegram-bot, SQLAlchemy's asyncio, an edit a tap."""

import asyncio
from typing import Any

import uvloop
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackContext, CallbackQueryHandler

from bench.arms import answer, usual

DATABASE = "database"
Context = CallbackContext[Any, Any, Any, Any]


async def on_tap(update: Update, context: Context) -> None:
    """Keep the answer, answer the tap, edit the card."""
    query = update.callback_query
    assert query is not None
    screen = await usual.respond(
        context.bot_data[DATABASE], query.data or "", query.from_user.id, update.update_id
    )
    await query.answer()
    keys = [[InlineKeyboardButton(label, callback_data=data)] for label, data in screen.keys]
    await query.edit_message_text(
        screen.text, parse_mode=ParseMode.HTML, reply_markup=InlineKeyboardMarkup(keys)
    )


def run(token: str, api_url: str, path: str, *, side_by_side: int, fast: bool) -> dict[str, float]:
    """Live until told to stop; gives nothing."""
    if fast:
        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .concurrent_updates(side_by_side)
        .build()
    )
    application.bot_data[DATABASE] = usual.engine(path)
    application.add_handler(CallbackQueryHandler(on_tap))
    application.run_polling()
    return {}


if __name__ == "__main__":
    answer(run)
