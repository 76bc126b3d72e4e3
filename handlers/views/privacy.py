"""What is kept about a person, as they read it, and the way to erase it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community.privacy import Belongings
from handlers import buttons
from handlers.views.residents import home_key
from handlers.views.view import Key, Row, View, escape, label, lines, rows
from handlers.words import Words, language_name
from storage.commissions import Commission
from storage.rsvps import Answer, Engagement, Standing

MOST_ANSWERS = 2
"""Coming answers shown one by one: a card has at most 8 lines (product.md, rule 4)."""
MOST_QUITS = 6
"""Commissions to quit from here: a screen has at most 6 rows (product.md, rule 4)."""


def belongings(
    words: Words, mine: Belongings, coming: Sequence[Engagement], *, zone: ZoneInfo
) -> View:
    """Give all that is kept about a person, with the ways to copy, correct and erase it."""
    return View(
        lines(
            words("privacy-title"),
            *_person(words, mine),
            *_answers(words, coming),
            _consent(words, mine, zone),
        ),
        (
            (
                Key(words("privacy-copy"), buttons.CopyData()),
                Key(words("privacy-rename"), buttons.OtherName("")),
            ),
            *_quits(words, mine.commissions),
            (Key(words("privacy-erase"), buttons.AskErase()), home_key(words)),
        ),
    )


def _person(words: Words, mine: Belongings) -> tuple[str, ...]:
    resident = mine.resident
    groups = ", ".join(escape(commission.name) for commission in mine.commissions)
    return (
        words(
            "privacy-person",
            name=escape(resident.first_name),
            language=language_name(resident.language),
        ),
        words("privacy-telegram", code=str(resident.telegram_id)),
        words("privacy-groups", groups=groups) if groups else words("privacy-no-groups"),
    )


def _answers(words: Words, coming: Sequence[Engagement]) -> tuple[str, ...]:
    if not coming:
        return (words("privacy-no-answers"),)
    more = len(coming) - MOST_ANSWERS
    shown = tuple(_answer(words, engagement) for engagement in coming[:MOST_ANSWERS])
    return (*shown, words("privacy-more-answers", count=more)) if more > 0 else shown


def _answer(words: Words, engagement: Engagement) -> str:
    event, rsvp = engagement.event, engagement.rsvp
    kind = "yes" if rsvp.answer is Answer.YES else "maybe"
    if rsvp.standing in {Standing.WAITING, Standing.OFFERED}:
        kind = "waiting"
    return words(
        f"privacy-answer-{kind}",
        event=escape(event.title or ""),
        day=words.day(event.day) if event.day is not None else "",
    )


def _consent(words: Words, mine: Belongings, zone: ZoneInfo) -> str:
    agreed_on = mine.resident.consented_at.astimezone(zone).date()
    return words(
        "privacy-consent",
        day=words.day(agreed_on),
        year=str(agreed_on.year),
        version=mine.resident.notice_version,
    )


def _quits(words: Words, commissions: Sequence[Commission]) -> tuple[Row, ...]:
    keys = (
        Key(_quit_label(words, commission), buttons.QuitCommission(commission.id))
        for commission in commissions[:MOST_QUITS]
    )
    if len(commissions) <= MOST_QUITS:
        return rows(keys)
    return (*rows(keys), (Key(words("button-groups"), buttons.OpenCommissions()),))


def _quit_label(words: Words, commission: Commission) -> str:
    whole = words("privacy-quit", name=commission.name)
    if label(whole) == whole:
        return whole
    return label(words("privacy-quit-long", name=commission.name))


def back_to_data(words: Words) -> Key:
    """Give the way back to what is kept."""
    return Key(words("button-back"), buttons.OpenData())


def consequences(words: Words) -> View:
    """Say what erasing means, and ask."""
    return View(
        words("privacy-consequences"),
        (
            (
                Key(words("privacy-erase-yes"), buttons.Erase()),
                Key(words("privacy-erase-no"), buttons.OpenData()),
            ),
        ),
    )


def erased(words: Words) -> View:
    """Say that nothing is left."""
    return View(lines(words("privacy-erased"), words("privacy-come-back")))


def receipt(words: Words, number: str) -> View:
    """Give the receipt of an erasure."""
    return View(words("privacy-receipt", number=escape(number)))
