"""The first contact; nothing is kept before consent, so the language and the code ride along."""

from dataclasses import dataclass

from handlers.buttons.button import Button


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button):
    """A visitor reads `language`; `code` is the link's that brought them, or empty."""

    CODE = "wl"

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Agree(Button):
    """A visitor agrees to the notice."""

    CODE = "wa"

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Refuse(Button):
    """A visitor does not agree."""

    CODE = "wr"

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class LearnMore(Button):
    """A visitor wants to know more about their data."""

    CODE = "wm"

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class KeepName(Button):
    """The first name that Telegram gave is right."""

    CODE = "wk"

    code: str


@dataclass(frozen=True, slots=True)
class OtherName(Button):
    """The person wants to be called otherwise."""

    CODE = "wo"

    code: str
