"""The seven steps of the tour, as data: what each says, when it is done, and where to tap next.

A pointer is worked out from what the phone shows now, the furthest along first, so that whoever
wanders off is led back. Nothing here acts: the person who taps does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.demo.plan import COMMISSIONS, PARENTS
from bot.demo.scene import Pointer, Scene
from community.notices import Kind
from handlers.words import words_for
from sandbox import Person
from storage import broadcasts
from storage.broadcasts import BroadcastStatus
from storage.events import Event, EventStatus
from storage.rsvps import Standing

COMPANY = 2
"""With so many Samira comes: they and one more person fill the event."""
ZONE = ZoneInfo("Europe/Paris")
SATURDAY, DAYS_A_WEEK = 5, 7
SOON_DAYS = 2
"""A Saturday so near has no reminder left of the day before."""
SHORTENED = 12
"""Letters of a title that no label leaves out: it holds 20, pictogram included."""
TO_REMINDER = "clock-reminder"
ONE_HOUR_ON = "clock-hour"
"""Names of the page's own controls."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: keys of its words, the steps that it needs, whether it is done, where to tap."""

    id: str
    title: str
    text: str
    needs: tuple[str, ...]
    is_done: Callable[[Scene], bool]
    points: Callable[[Scene], Pointer | None]


def _first(*pointers: Pointer | None) -> Pointer | None:
    return next((pointer for pointer in pointers if pointer is not None), None)


def _tap(scene: Scene, person: Person, fragment: str) -> Pointer | None:
    label = scene.label(person, fragment)
    return None if label is None else Pointer(phone=person.id, label=label)


def _say(person: Person, text: str) -> Pointer:
    return Pointer(phone=person.id, say=text)


def _word(scene: Scene, key: str) -> str:
    return words_for(scene.language)(key)


def _beginning(story: Event | None) -> str:
    """Give as much of the story's title as any label holds."""
    return "" if story is None or story.title is None else story.title[:SHORTENED]


# ------------------------------------------------------------------------------------- join


def _has_joined(scene: Scene) -> bool:
    return scene.belongs(scene.cast.samira)


def _point_to_join(scene: Scene) -> Pointer | None:
    samira, poster = scene.cast.samira, scene.cast.posters[0]
    name = words_for(samira.user.language_code).name
    return _first(
        _tap(scene, samira, samira.user.first_name),
        _tap(scene, samira, "welcome-agree"),
        _tap(scene, samira, name) if scene.resident(samira) is None else None,
        _say(samira, f"/start {poster.payload}"),
    )


# --------------------------------------------------------------------------------- announce


def _is_announced(scene: Scene) -> bool:
    story = scene.story()
    return story is not None and any(
        one.status is BroadcastStatus.SENT
        for one in scene.sight.look(broadcasts.of_event, story.id)
    )


def _point_to_announce(scene: Scene) -> Pointer | None:
    karim, story = scene.cast.karim, scene.story()
    if story is None:
        return _first(_tap(scene, karim, "events-create"), _say(karim, _sentence(scene)))
    _, _, parents = _word(scene, COMMISSIONS[PARENTS]).partition(" ")
    if _is_leaving(scene, story):
        return None
    return _first(
        _tap(scene, karim, "broadcasts-now"),
        _tap(scene, karim, "📤"),
        _tap(scene, karim, f"{parents} ·"),
        _tap(scene, karim, "button-announce"),
        _tap(scene, karim, f"📅 {_beginning(story)}"),
        _say(karim, "/diffuser"),
    )


def _sentence(scene: Scene) -> str:
    """Give what the officer types: next Saturday, by its date where the name alone is doubtful."""
    today = scene.room.clock.now().astimezone(ZONE).date()
    days = (SATURDAY - today.weekday()) % DAYS_A_WEEK
    words = words_for(scene.language)
    if days >= SOON_DAYS:
        return words("demo-sentence", day=words("demo-saturday"))
    return words("demo-sentence", day=words.day(today + timedelta(days=days + DAYS_A_WEEK)))


def _is_leaving(scene: Scene, story: Event) -> bool:
    """Whether the announcement is on its way, and nothing is left to tap."""
    return any(
        one.status is BroadcastStatus.SENDING
        for one in scene.sight.look(broadcasts.of_event, story.id)
    )


# ----------------------------------------------------------------------------------- answer


def _has_answered(scene: Scene) -> bool:
    rsvp = scene.rsvp(scene.cast.samira)
    return rsvp is not None and rsvp.standing is Standing.CONFIRMED and rsvp.guests >= COMPANY


def _point_to_answer(scene: Scene) -> Pointer | None:
    samira = scene.cast.samira
    return _first(
        _tap(scene, samira, f"+{COMPANY}"),
        _tap(scene, samira, "rsvps-change"),
        _point_to_yes(scene, samira),
    )


def _point_to_yes(scene: Scene, person: Person) -> Pointer | None:
    story = scene.story()
    return _first(
        _tap(scene, person, "rsvps-yes"),
        _tap(scene, person, f"📅 {_beginning(story)}"),
        _say(person, "/agenda"),
    )


# ------------------------------------------------------------------------------------- full


def _is_full(scene: Scene) -> bool:
    return scene.standing(scene.cast.grace) is Standing.CONFIRMED


def _point_to_full(scene: Scene) -> Pointer | None:
    nour, grace = scene.cast.nour, scene.cast.grace
    waits, holds = scene.standing(grace), scene.standing(nour)
    if waits is Standing.OFFERED:
        return _first(_tap(scene, grace, "rsvps-take"), _point_to_mine(scene, grace))
    if waits is Standing.WAITING:
        return _point_to_free_seat(scene, nour)
    return _point_to_yes(scene, nour if holds is None else grace)


def _point_to_free_seat(scene: Scene, nour: Person) -> Pointer | None:
    """Have Nour give her seat up, then time pass: it is kept for a while, lest she regrets."""
    if scene.standing(nour) is not Standing.CONFIRMED:
        return Pointer(control=ONE_HOUR_ON)
    return _first(_tap(scene, nour, "rsvps-leave"), _point_to_mine(scene, nour))


def _point_to_mine(scene: Scene, person: Person) -> Pointer | None:
    return _first(_tap(scene, person, _beginning(scene.story())), _say(person, "/inscriptions"))


# ------------------------------------------------------------------------- reminder, cancel


def _is_reminded(scene: Scene) -> bool:
    return scene.was_told(Kind.REMINDER, scene.cast.samira)


def _point_to_reminder(_scene: Scene) -> Pointer | None:
    return Pointer(control=TO_REMINDER)


def _is_cancelled(scene: Scene) -> bool:
    story = scene.story()
    if story is None or story.status is not EventStatus.CANCELLED:
        return False
    return all(one.finished_at is not None for one in scene.notices(Kind.CANCELLED))


def _point_to_cancel(scene: Scene) -> Pointer | None:
    karim, story = scene.cast.karim, scene.story()
    if story is None or story.status is EventStatus.CANCELLED:
        return None
    is_asked = scene.label(karim, "changes-no-reason") is not None
    return _first(
        _tap(scene, karim, "changes-cancel-now"),
        _tap(scene, karim, "changes-cancel-told"),
        _say(karim, _word(scene, "demo-reason")) if is_asked else None,
        _tap(scene, karim, "changes-cancel"),
        _tap(scene, karim, "rsvps-manage"),
        _tap(scene, karim, f"📅 {_beginning(story)}"),
        _say(karim, "/agenda"),
    )


# ------------------------------------------------------------------------------------ erase


def _is_erased(scene: Scene) -> bool:
    samira = scene.cast.samira
    return scene.resident(samira) is None and not scene.owes(samira)


def _point_to_erase(scene: Scene) -> Pointer | None:
    samira = scene.cast.samira
    if scene.resident(samira) is None:
        return None
    return _first(
        _tap(scene, samira, "privacy-erase-yes"),
        _tap(scene, samira, "privacy-erase"),
        _say(samira, "/donnees"),
    )


STEPS: tuple[Step, ...] = (
    Step("join", "demo-tour-join", "demo-tour-join-text", (), _has_joined, _point_to_join),
    Step(
        "announce",
        "demo-tour-announce",
        "demo-tour-announce-text",
        (),
        _is_announced,
        _point_to_announce,
    ),
    Step(
        "answer",
        "demo-tour-answer",
        "demo-tour-answer-text",
        ("join", "announce"),
        _has_answered,
        _point_to_answer,
    ),
    Step("full", "demo-tour-full", "demo-tour-full-text", ("answer",), _is_full, _point_to_full),
    Step(
        "reminder",
        "demo-tour-reminder",
        "demo-tour-reminder-text",
        ("answer",),
        _is_reminded,
        _point_to_reminder,
    ),
    Step(
        "cancel",
        "demo-tour-cancel",
        "demo-tour-cancel-text",
        ("announce",),
        _is_cancelled,
        _point_to_cancel,
    ),
    Step("erase", "demo-tour-erase", "demo-tour-erase-text", (), _is_erased, _point_to_erase),
)
