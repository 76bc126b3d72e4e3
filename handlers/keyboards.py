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
    keyboard = markup(view)
    return keyboard.to_dict() if keyboard is not None else None


def _button(key: Key | Link) -> InlineKeyboardButton:
    if isinstance(key, Link):
        return InlineKeyboardButton(key.label, url=key.url)
    return InlineKeyboardButton(key.label, callback_data=key.button.pack())


def menu_keyboard(words: Words) -> ReplyKeyboardMarkup:
    """Give the permanent keyboard: product.md, rule 1."""
    labels = [[words(key) for key in row] for row in _MENU]
    return ReplyKeyboardMarkup(labels, resize_keyboard=True, is_persistent=True)
