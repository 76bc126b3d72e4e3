"""How a button travels: a request with ids, never a right.

A button rides in Telegram's callback_data, 1 to 64 bytes
(https://core.telegram.org/bots/api#inlinekeyboardbutton), as `<version><code>:<field>:<field>…`. It
is parsed strictly, and whoever taps it is authorised again from their own id (F57).
"""

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import Any, ClassVar, get_type_hints

VERSION = "1"
"""Grows when a button's fields change their meaning; older ones then say that they are old."""
MOST_BYTES = 64
"""https://core.telegram.org/bots/api#inlinekeyboardbutton (callback_data)."""
_MOST_DIGITS = 18

CODES: dict[type["Button"], str] = {}
"""What each button is called on its way. A code is never given to another button."""
_BY_CODE: dict[str, type["Button"]] = {}
_NAMES: dict[type["Button"], list[str]] = {}
_READERS: dict[type["Button"], list[Callable[[str], Any]]] = {}


class Button:
    """The base of all buttons; each is a frozen dataclass and names its code."""

    __slots__ = ()

    CODE: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Note a button's code; a dataclass with slots is made twice, and the last one counts."""
        known = _BY_CODE.get(cls.CODE)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise ValueError(f"{cls.CODE} is the code of {known.__qualname__}")
        if known is not None:
            del CODES[known]
        _BY_CODE[cls.CODE] = cls
        CODES[cls] = cls.CODE

    def pack(self) -> str:
        """Give the callback_data; raises ValueError past 64 bytes."""
        values = (_packed(getattr(self, name)) for name in _names(type(self)))
        data = ":".join((VERSION + self.CODE, *values))
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(f"{type(self).__name__} needs more than {MOST_BYTES} bytes")
        return data


def unpack(data: str) -> Button | None:
    """Read callback_data; None where it is not exactly what some button packs to."""
    head, *texts = data.split(":")
    kind = _BY_CODE.get(head.removeprefix(VERSION)) if head.startswith(VERSION) else None
    if kind is None:
        return None
    readers = _readers(kind)
    if len(texts) != len(readers):
        return None
    try:
        button = kind(*(read(text) for read, text in zip(readers, texts, strict=True)))
        return button if button.pack() == data else None
    except ValueError:
        return None


def _names(kind: type[Button]) -> list[str]:
    """Give a button's fields in order, looked up once: each card packs half a dozen buttons."""
    if kind not in _NAMES:
        _NAMES[kind] = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every button is a dataclass
    return _NAMES[kind]


def _packed(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read_number(text: str) -> int:
    if len(text) > _MOST_DIGITS or not (text.isascii() and text.isdigit()):
        raise ValueError("no number")
    return int(text)


def _read_flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("no flag")
    return text == "1"


def _readers(kind: type[Button]) -> list[Callable[[str], Any]]:
    """Give what reads each field of a button, worked out at its first tap."""
    if kind not in _READERS:
        hints = get_type_hints(kind)
        _READERS[kind] = [_reader(hints[name]) for name in _names(kind)]
    return _READERS[kind]


def _reader(hint: Any) -> Callable[[str], Any]:  # noqa: ANN401 - whatever a field is annotated with
    if hint is bool:
        return _read_flag
    if hint is str or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint
    return _read_number
