"""Who comes, as an officer sees it: counts, then names in private (A3)."""

from collections.abc import Iterable, Iterator, Sequence

from community import texts
from handlers import buttons
from handlers.views.residents import home_key
from handlers.views.rsvps.parts import summary
from handlers.views.view import Key, Row, View, escape, lines
from handlers.words import Words
from storage.broadcasts import Audience
from storage.events import Event
from storage.residents import Resident
from storage.rsvps import Answer, Counts, Guest, Rsvp, Standing

MOST_UNITS = 4_000
"""UTF-16 units of a list: Telegram takes 4 096 of a message
(https://core.telegram.org/bots/api#sendmessage)."""
_UNREACHABLE = "⛔"
_SECTIONS = (
    "rsvps-names-confirmed",
    "rsvps-names-offered",
    "rsvps-names-waiting",
    "rsvps-names-maybe",
    "rsvps-names-no",
)


def roster(words: Words, event: Event, counts: Counts, *, silent: int, nudged: int) -> View:
    """Count an event's answers; `silent` have not answered, `nudged` of them can be reached."""
    nudge: Row = (
        Key(
            words("rsvps-nudge", number=nudged),
            buttons.PreviewBroadcast(event.id, Audience.SILENT, 0),
        ),
    )
    text = lines(
        summary(words, event),
        words(
            "rsvps-roster",
            yes=_parties(words, counts.parties, counts.headcount),
            maybe=counts.maybe,
            waiting=counts.waiting + counts.offered,
            no=counts.no,
            silent=silent,
        ),
    )
    names_key = Key(words("rsvps-see-names"), buttons.OpenNames(event.id))
    manage = Key(words("rsvps-manage"), buttons.ManageEvent(event.id))
    return View(text, ((names_key, *(nudge if nudged else ())), (manage, home_key(words))))


def names(
    words: Words, event: Event, guests: Sequence[Guest], *, silent: Sequence[Resident]
) -> View:
    """List who answered, by answer and with the size of their party, then who is silent.

    What is too long is cut.
    """
    head = summary(words, event)
    people = [*(guest.resident for guest in guests), *silent]
    flagged = any(resident.unreachable_at is not None for resident in people)
    legend = words("rsvps-names-unreachable", sign=_UNREACHABLE) if flagged else None
    nobody = None if guests else words("rsvps-names-nobody")
    body = [*_sections(words, guests), *_silent(words, silent)]
    back = Key(words("button-back"), buttons.OpenRoster(event.id))
    return View(
        _cut(words, lines(head, legend, nobody), body, people=len(people)),
        ((back, home_key(words)),),
    )


def _sections(words: Words, guests: Iterable[Guest]) -> Iterator[str]:
    """Give each heading, followed by the lines of its people."""
    by_section: dict[str, list[Guest]] = {section: [] for section in _SECTIONS}
    for guest in guests:
        by_section[_section(guest.rsvp)].append(guest)
    for section, found in by_section.items():
        if found:
            people = sum(guest.rsvp.party for guest in found)
            yield "\n" + words(section, people=len(found), seats=people)
            yield from (_line(guest) for guest in found)


def _section(rsvp: Rsvp) -> str:
    if rsvp.answer is Answer.MAYBE:
        return "rsvps-names-maybe"
    if rsvp.answer is Answer.NO:
        return "rsvps-names-no"
    if rsvp.standing is Standing.CONFIRMED:
        return "rsvps-names-confirmed"
    return "rsvps-names-offered" if rsvp.standing is Standing.OFFERED else "rsvps-names-waiting"


def _line(guest: Guest) -> str:
    return _name(guest.resident, guest.rsvp.party if guest.rsvp.answer is Answer.YES else None)


def _silent(words: Words, silent: Sequence[Resident]) -> Iterator[str]:
    if silent:
        yield "\n" + words("rsvps-names-silent", people=len(silent))
        yield from (_name(resident) for resident in silent)


def _name(resident: Resident, party: int | None = None) -> str:
    size = f" ({party})" if party is not None else ""
    flag = f" {_UNREACHABLE}" if resident.unreachable_at is not None else ""
    return f"{escape(resident.first_name)}{size}{flag}"


def _cut(words: Words, head: str, body: Sequence[str], *, people: int) -> str:
    """Join the lines that fit, then say how many people are left out."""
    kept, named = [head], 0
    room = MOST_UNITS - texts.length(head) - texts.length(words("rsvps-names-rest", number=people))
    for line in body:
        room -= texts.length(line) + 1
        if room < 1:
            return "\n".join((*kept, words("rsvps-names-rest", number=people - named)))
        kept.append(line)
        named += not line.startswith("\n")
    return "\n".join(kept)


def _parties(words: Words, parties: int, seats: int) -> str:
    return words("rsvps-parties", parties=parties, seats=words("rsvps-seats", seats=seats))
