"""From a View's rows to Telegram's keyboards."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from handlers.views.view import Key, Link, View
from handlers.words import Words

_MENU = (("menu-agenda", "menu-rsvps"), ("menu-language", "menu-help"))


def markup(view: View) -> InlineKeyboardMarkup | None:
    """Give a view's inline keyboard, None without rows."""
    if not view.rows:
        return None
    return InlineKeyboardMarkup([[_button(key) for key in row] for row in view.rows])


def document(view: View) -> dict[str, Any] | None:
    """Give a view's inline keyboard as plain values, for calls that build no Telegram objects."""
    if not view.rows:
        return None
    return {"inline_keyboard": [[_plain(key) for key in row] for row in view.rows]}


def body(view: View) -> dict[str, Any]:
    """Give what sendMessage and editMessageText have in common, as plain values."""
    plain: dict[str, Any] = {
        "text": view.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    keyboard = document(view)
    return plain | {"reply_markup": keyboard} if keyboard is not None else plain


def _button(key: Key | Link) -> InlineKeyboardButton:
    if isinstance(key, Link):
        return InlineKeyboardButton(key.label, url=key.url)
    return InlineKeyboardButton(key.label, callback_data=key.button.pack())


def _plain(key: Key | Link) -> dict[str, str]:
    if isinstance(key, Link):
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "callback_data": key.button.pack()}


def menu_keyboard(words: Words) -> ReplyKeyboardMarkup:
    """Give the permanent keyboard: product.md, rule 1."""
    labels = [[words(key) for key in row] for row in _MENU]
    return ReplyKeyboardMarkup(labels, resize_keyboard=True, is_persistent=True)
