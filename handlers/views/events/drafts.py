"""The screens of a draft: the questions about it, and the draft as a whole (product.md A1)."""

from collections.abc import Callable, Iterable, Sequence

from community.reading import Doubt
from handlers.buttons import (
    Button,
    CreateEvent,
    DiscardDraft,
    EditDraft,
    Field,
    NewEvent,
    SetChildcare,
    SetCommission,
    SetFold,
    SetNoLimit,
)
from handlers.views.events.cards import EVERYBODY, when_in_full
from handlers.views.residents import home_key
from handlers.views.view import Key, Row, View, escape, label, lines, rows
from handlers.words import Words
from storage.commissions import Commission
from storage.events import Event
from storage.ids import EventId

PICTOGRAMS: dict[Field, str] = {
    Field.TITLE: "📝",
    Field.DAY: "📅",
    Field.HOURS: "🕑",
    Field.LOCATION: "📍",
    Field.CAPACITY: "🪑",
    Field.CHILDCARE: "👶",
    Field.COMMISSION: "👥",
}
FIELD_ROWS = (
    (Field.TITLE, Field.DAY, Field.HOURS, Field.LOCATION),
    (Field.CAPACITY, Field.CHILDCARE, Field.COMMISSION),
)
MOST_DOUBTS = 2
"""A question keeps within 3 lines, a card within 8 (product.md, rule 4)."""
MOST_QUOTED = 60
"""Signs of a doubt that are quoted: enough to know it again."""
MOST_COMMISSIONS = 9
"""With everybody, five rows of two; another commission's name may be typed."""
UNKNOWN = "?"


def sentence_question(words: Words) -> View:
    """Ask for a sentence that says all of an event."""
    return View(
        lines(
            words("events-ask-sentence"),
            words("events-sentence-example"),
            words("events-title-enough"),
        ),
        ((home_key(words),),),
    )


def question(
    words: Words,
    field: Field,
    *,
    event_id: EventId,
    back: Button,
    warnings: Iterable[str] = (),
    commissions: Sequence[Commission] = (),
) -> View:
    """Ask for a field of an event, by typing or by its buttons; warnings (HTML) stand first."""
    return View(
        lines(*tuple(warnings)[:MOST_DOUBTS], words(f"events-ask-{field}")),
        (
            *_choices(words, field, event_id, commissions),
            (Key(words("button-back"), back),),
        ),
    )


def doubtful(words: Words, doubts: Iterable[Doubt]) -> list[str]:
    """Tell what was not understood, in at most MOST_DOUBTS lines."""
    told = [words(f"doubt-{doubt.reason}", text=_quote(doubt)) for doubt in doubts]
    return [f"❓ {text}" for text in told[:MOST_DOUBTS]]


def _quote(doubt: Doubt) -> str:
    """Give what is doubted, cut where it is a whole page."""
    return escape(label(doubt.text, most=MOST_QUOTED))


def draft(
    words: Words,
    event: Event,
    *,
    commission: Commission | None,
    beside: Sequence[Event] = (),
    doubts: Sequence[Doubt] = (),
    is_twofold: bool = False,
) -> View:
    """Show a draft as it will be, with the weekday and the full date."""
    return View(
        lines(
            words("events-draft"),
            f"📝 {escape(event.title or UNKNOWN)}",
            when_in_full(words, event),
            f"📍 {escape(event.location or UNKNOWN)}",
            settings_line(words, event, commission),
            same_time(words, beside),
            words("events-twofold", turn=event.fold + 1) if is_twofold else None,
            *doubtful(words, doubts)[: 1 if is_twofold else MOST_DOUBTS],
        ),
        (
            *field_rows(lambda field: EditDraft(event.id, field)),
            *(fold_row(words, event.id) if is_twofold else ()),
            (
                Key(words("events-create"), CreateEvent(event.id)),
                Key(words("events-discard"), DiscardDraft(event.id)),
            ),
        ),
    )


def field_rows(edit: Callable[[Field], Button]) -> tuple[Row, ...]:
    """Give a pictogram for each field, which lets it be edited."""
    return tuple(
        tuple(Key(PICTOGRAMS[field], edit(field)) for field in fields) for fields in FIELD_ROWS
    )


def settings_line(words: Words, event: Event, commission: Commission | None) -> str:
    """Give seats, childcare and audience in one line."""
    seats = str(event.capacity) if event.capacity is not None else words("events-no-limit")
    childcare = words("events-yes" if event.childcare else "events-no")
    return f"🪑 {seats} · 👶 {childcare} · 👥 {audience(words, commission)}"


def audience(words: Words, commission: Commission | None) -> str:
    """Name whom an event is for."""
    return escape(commission.name) if commission is not None else words("events-everybody")


def same_time(words: Words, beside: Sequence[Event]) -> str | None:
    """Warn of what takes place at the same time; None where nothing does."""
    if not beside:
        return None
    return words("events-same-time", titles=escape(", ".join(one.title or "" for one in beside)))


def discarded(words: Words) -> View:
    """Tell that a draft is thrown away."""
    return View(
        words("events-discarded"),
        ((Key(words("button-new-event"), NewEvent()), home_key(words)),),
    )


def fold_row(words: Words, event_id: EventId) -> tuple[Row, ...]:
    """Ask which of an hour that comes twice (F19)."""
    return (
        (
            Key(words("events-first-time"), SetFold(event_id, 0)),
            Key(words("events-second-time"), SetFold(event_id, 1)),
        ),
    )


def _choices(
    words: Words, field: Field, event_id: EventId, commissions: Sequence[Commission]
) -> tuple[Row, ...]:
    if field is Field.CAPACITY:
        return ((Key(words("events-set-no-limit"), SetNoLimit(event_id)),),)
    if field is Field.CHILDCARE:
        yes = Key(words("events-set-yes"), SetChildcare(event_id, is_offered=True))
        no = Key(words("events-set-no"), SetChildcare(event_id, is_offered=False))
        return ((yes, no),)
    if field is Field.COMMISSION:
        everybody = Key(f"{EVERYBODY} {words('events-everybody')}", SetCommission(event_id, 0))
        return rows(
            [everybody, *(_commission(event_id, one) for one in commissions[:MOST_COMMISSIONS])]
        )
    return ()


def _commission(event_id: EventId, commission: Commission) -> Key:
    text = label(f"{commission.pictogram} {commission.name}")
    return Key(text, SetCommission(event_id, commission.id))
