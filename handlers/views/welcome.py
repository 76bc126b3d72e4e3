"""The first contact as a visitor sees it. All that is known of them rides in the buttons."""

from community.rsvps import Place
from handlers import buttons
from handlers.views.events.cards import card_lines
from handlers.views.residents import home_key, phone_line
from handlers.views.view import Key, Row, View, escape, label, lines, rows
from handlers.words import Words, language_name, languages, words_for
from storage.commissions import Commission

_BETWEEN = " · "


def choice_of_languages(code: str) -> View:
    """Ask for the language, in each complete one; `code` is the link's that brought the visitor."""
    question = _BETWEEN.join(words_for(one)("welcome-language") for one in languages())
    keys = (Key(language_name(one), buttons.ChooseLanguage(one, code)) for one in languages())
    return View(f"🌍 {question}", rows(keys))


def notice(words: Words, *, place: str, code: str) -> View:
    """Say who speaks and what is kept, before anything is (reliability.md §5)."""
    return View(
        words("welcome-notice", place=escape(place)),
        (
            _consent(words, code),
            (Key(words("welcome-more"), buttons.LearnMore(words.language, code)),),
        ),
    )


def details(words: Words, *, place: str, phone: str, code: str) -> View:
    """Say all about a person's data."""
    text = lines(words("welcome-details", place=escape(place)), phone_line(words, phone))
    return View(text, (_consent(words, code),))


def _consent(words: Words, code: str) -> Row:
    return (
        Key(words("welcome-agree"), buttons.Agree(words.language, code)),
        Key(words("welcome-refuse"), buttons.Refuse(words.language, code)),
    )


def question_of_name(words: Words, first_name: str, code: str) -> View:
    """Ask whether the first name that Telegram gave is right."""
    return View(
        words("welcome-name"),
        (
            (
                as_it_is(first_name, code),
                Key(words("welcome-name-other"), buttons.OtherName(code)),
            ),
        ),
    )


def writing_of_name(words: Words, back: Key) -> View:
    """Ask for a first name in writing; `back` leaves it as it is."""
    return View(words("welcome-name-write"), ((back,),))


def as_it_is(first_name: str, code: str) -> Key:
    """Give the button that keeps a newcomer's first name."""
    return Key(label(first_name), buttons.KeepName(code))


def refused(
    words: Words, promised: tuple[Place, Commission | None] | None, *, phone: str, code: str
) -> View:
    """Say that nothing is kept, and what the link promised; no button stores anything."""
    return View(
        lines(
            words("welcome-refused"),
            *(_event_anyway(words, *promised) if promised is not None else ()),
            phone_line(words, phone),
        ),
        ((Key(words("button-back"), buttons.ChooseLanguage(words.language, code)),),),
    )


def _event_anyway(words: Words, place: Place, commission: Commission | None) -> list[str]:
    card = card_lines(words, place.event, commission=commission, seats_left=place.seats_left)
    return [words("welcome-event-anyway"), *card]


def dead_link(words: Words) -> View:
    """Say that a link opens nothing any more."""
    return View(
        words("welcome-dead-link"),
        ((Key(words("button-agenda"), buttons.OpenAgenda()), home_key(words)),),
    )


def awaiting(words: Words) -> View:
    """Say that another officer must agree first."""
    return View(words("welcome-awaiting"), ((home_key(words),),))
