"""Keyboards as Telegram takes them, and its words for those that it does not.

https://core.telegram.org/bots/api#inlinekeyboardbutton (callback_data 1-64 bytes) and
#replykeyboardmarkup.
"""

from collections.abc import Callable
from typing import Any

from sandbox.errors import bad
from sandbox.html import checked_url
from sandbox.params import Params
from sandbox.shapes import Json

CALLBACK_DATA_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS_LIMIT = 100  # TDLib: "reply markup is too long" beyond it
COPY_TEXT_LIMIT = 256  # https://core.telegram.org/bots/api#copytextbutton
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def markup_of(params: Params) -> tuple[Json | None, Json | None]:
    """Return the inline keyboard and the other keyboard of a call: one of them at most.

    Raises:
        Refusal: the keyboard cannot be read, or a button is invalid.
    """
    value = params.values.get("reply_markup")
    if value in (None, "", {}):
        return None, None
    if isinstance(value, str):
        raise bad("can't parse reply keyboard markup JSON object")
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"]), None
    if "keyboard" in value:
        return None, {**value, "keyboard": _rows(value["keyboard"], _reply_key)}
    if value.get("remove_keyboard") or value.get("force_reply"):
        return None, value
    return None, None


def inline_of(params: Params) -> Json | None:
    """Return the inline keyboard of a call that edits.

    Raises:
        Refusal: it is another keyboard, or invalid.
    """
    inline, other = markup_of(params)
    if other is not None:
        raise bad("inline keyboard expected")
    return inline


def _inline(rows: object) -> Json | None:
    checked = _rows(rows, _inline_key)
    if sum(len(row) for row in checked) > BUTTONS_LIMIT:
        raise bad("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _rows(rows: object, check: Callable[[object], Json]) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad('can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array')
    checked = []
    for row in rows:
        if not isinstance(row, list):
            raise bad("can't parse inline keyboard button row: expected an Array of buttons")
        checked.append([check(key) for key in row])
    return [row for row in checked if row]


def _reply_key(key: object) -> Json:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict) or not key.get("text"):
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    return key


def _inline_key(key: object) -> Json:
    if not isinstance(key, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(key.get("text"), str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [name for name in ACTIONS if key.get(name) is not None]
    if not actions:
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {words}")
    if not key["text"].strip():
        raise bad("BUTTON_TEXT_INVALID")
    action = actions[0]
    check = _CHECKS.get(action)
    return {**key, action: check(key[action])} if check else key


def _callback_data(value: object) -> str:
    if not isinstance(value, str):
        raise bad("can't parse inline keyboard button: callback_data must be of type String")
    if not 1 <= len(value.encode()) <= CALLBACK_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    return value


def _url(value: object) -> str:
    checked = checked_url(str(value))
    if not checked:
        raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return checked


def _copy_text(value: object) -> object:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= COPY_TEXT_LIMIT:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return value


_CHECKS: dict[str, Callable[[Any], object]] = {
    "callback_data": _callback_data,
    "url": _url,
    "copy_text": _copy_text,
}
