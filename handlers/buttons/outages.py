"""After a silence of Telegram's."""

from dataclasses import dataclass

from handlers.buttons.button import Button


@dataclass(frozen=True, slots=True)
class TellOutage(Button):
    """Tell those who were invited of a silence, in seconds since 1970."""

    CODE = "ot"

    since: int
    until: int
