"""The least that a bot on python-telegram-bot can do with a tap: answer it.

No database, no screen.
"""

from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, CallbackQueryHandler

from bench.arms import answer


async def on_tap(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Answer the tap."""
    assert update.callback_query is not None
    await update.callback_query.answer()


def run(token: str, api_url: str, path: str) -> dict[str, float]:
    """Live until told to stop; gives nothing."""
    del path
    application = Application.builder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(CallbackQueryHandler(on_tap))
    application.run_polling()
    return {}


if __name__ == "__main__":
    answer(run)
