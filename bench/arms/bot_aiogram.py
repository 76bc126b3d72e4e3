"""A bot as aiogram's documentation writes it, with SQLAlchemy's asyncio; an edit a tap."""

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.arms import answer, loop, usual


async def on_tap(query: CallbackQuery, database: AsyncEngine) -> None:
    """Keep the answer, answer the tap, edit the card."""
    screen = await usual.respond(database, query.data or "", query.from_user.id, int(query.id))
    await query.answer()
    keys = [[InlineKeyboardButton(text=label, callback_data=data)] for label, data in screen.keys]
    assert isinstance(query.message, Message)
    await query.message.edit_text(
        screen.text, parse_mode="HTML", reply_markup=InlineKeyboardMarkup(inline_keyboard=keys)
    )


async def _live(token: str, api_url: str, path: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher(database=usual.engine(path))
    dispatcher.callback_query.register(on_tap)
    await dispatcher.start_polling(bot)


def run(token: str, api_url: str, path: str, *, fast: bool) -> dict[str, float]:
    """Live until told to stop; gives nothing."""
    loop.run(_live(token, api_url, path), fast=fast)
    return {}


if __name__ == "__main__":
    answer(run)
