"""What is kept about a person."""

from dataclasses import dataclass

from handlers.buttons.button import Button


@dataclass(frozen=True, slots=True)
class OpenData(Button):
    """Show what is kept about the person."""

    CODE = "da"


@dataclass(frozen=True, slots=True)
class CopyData(Button):
    """Send it as a document."""

    CODE = "dc"


@dataclass(frozen=True, slots=True)
class AskErase(Button):
    """Show what erasing means."""

    CODE = "de"


@dataclass(frozen=True, slots=True)
class Erase(Button):
    """Erase all about the person."""

    CODE = "dx"
