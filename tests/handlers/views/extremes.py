"""What a screen may have to show: little, and as much as is ever kept, by the argument's name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from community import changes, commissions, events, residents
from community.broadcasts import Progress
from community.errors import (
    ChangedError,
    GoneError,
    InvalidInputError,
    NoSeatsError,
    NotAllowedError,
    RepeatedError,
    TooLateError,
)
from community.privacy import Belongings
from community.reading import Doubt, Reason
from community.reading import Field as Part
from community.rsvps import Place
from handlers import buttons
from handlers.buttons import Field
from handlers.views.broadcasts import Pace, Target
from handlers.views.changes import Overview
from handlers.views.rsvps import Onlooker
from handlers.views.view import Key
from storage.broadcasts import Audience, Broadcast, BroadcastStatus, Reach
from storage.commissions import Commission, Option
from storage.events import EventStatus
from storage.groups import Group
from storage.ids import BroadcastId, ChatId, CommissionId, EventId, ResidentId
from storage.outbox import OutboxState
from storage.residents import Role
from storage.rsvps import Answer, Counts, Engagement, Guest, Standing
from tests.handlers.views.samples import COMING, EVENT, PARENTS, RSVP, SAMIRA

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
CODE = "c" * 22
LINK = f"https://t.me/palabre_test_bot?start={CODE}"
WIDE = "Émincé d'œufs 👨‍👩‍👧 à la façon des habitants du quartier de l'Épeule et d'ailleurs, "
TITLE = (WIDE * 2)[: events.MOST_TITLE]
NAME = ("Marie-Joséphine-Élisabeth " * 2)[: residents.MOST_FIRST_NAME].strip()
LONG_EVENT = replace(
    EVENT,
    id=EventId(9_999_999_999),
    version=99_999,
    title=TITLE,
    location=(WIDE * 2)[: events.MOST_LOCATION],
    capacity=events.MOST_SEATS,
    starts=time(14, 45),
    ends=time(23, 55),
    cancel_at=NOW + timedelta(seconds=60),
    cancel_reason=("Il pleut & <tout> est fermé. " * 10)[: changes.MOST_REASON],
)
LONG_COMMISSION = Commission(
    CommissionId(9_999_999_999), ("Mères & pères du Nord")[: commissions.MOST_NAME], "👨‍👩‍👧‍👦"
)
LONG_RESIDENT = replace(
    SAMIRA, id=ResidentId(9_999_999_999), first_name=NAME, telegram_id=9_999_999_999
)
OFFICER = replace(LONG_RESIDENT, role=Role.OFFICER, paused_at=NOW)
CANCELLED = replace(LONG_EVENT, status=EventStatus.CANCELLED)
STARTED = replace(EVENT, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
EMPTY = replace(EVENT, title=None, day=None, starts=None, ends=None, location=None, capacity=None)

ANSWERS = (
    None,
    RSVP,
    replace(RSVP, guests=9),
    replace(RSVP, standing=Standing.WAITING, guests=9),
    replace(RSVP, standing=Standing.OFFERED, guests=9),
    replace(RSVP, answer=Answer.MAYBE, standing=Standing.NONE),
    replace(RSVP, answer=Answer.NO, standing=Standing.NONE),
    replace(RSVP, answer=Answer.NO, standing=Standing.NONE, held_until=NOW + timedelta(minutes=9)),
)
SEATED = {Standing.CONFIRMED, Standing.WAITING}
ANSWERED = tuple(one for one in ANSWERS if one is not None)
PLACES = tuple(
    Place(event, rsvp, left, 9_999)
    for event, rsvp, left in product((EVENT, LONG_EVENT), ANSWERS, (None, 0, 1, 12))
)


def _places(standing: Standing) -> tuple[Place, ...]:
    return tuple(one for one in PLACES if one.rsvp is not None and one.rsvp.standing is standing)


ONLOOKERS = tuple(
    Onlooker(person, commission, "Roubaix", NOW, is_reminded=True)
    for person, commission in ((SAMIRA, PARENTS), (OFFICER, LONG_COMMISSION), (None, None))
)
RESIDENT_ONLOOKERS = ONLOOKERS[:2]
COUNTS = (Counts(0, 0, 0, 0, 0, 0), Counts(9_999, 9_999, 999, 9_999, 999, 99))
MANY_EVENTS = [
    replace(LONG_EVENT, id=EventId(one), day=EVENT.day, title=title)
    for one, title in enumerate([TITLE] * 7 + ["Bal", "Bal", "Thé"], 1)
]
MANY_COMMISSIONS = [replace(LONG_COMMISSION, id=CommissionId(one)) for one in range(1, 15)]
GUESTS = [Guest(person, rsvp) for person in (SAMIRA, LONG_RESIDENT) for rsvp in ANSWERED]
TALLY = dict.fromkeys(OutboxState, 9_999)
BROADCAST = Broadcast(
    id=BroadcastId(9_999_999_999),
    status=BroadcastStatus.DRAFT,
    author_id=SAMIRA.id,
    event_id=LONG_EVENT.id,
    audience=Audience.EVERYONE,
    commission_id=None,
    leaves_at=NOW + timedelta(seconds=60),
    started_at=None,
    finished_at=None,
    cause=None,
)
STAGES = tuple(
    Progress(replace(BROADCAST, status=status), event, Reach(number, number), tally)
    for status, (event, number, tally) in product(
        BroadcastStatus, ((EVENT, 0, {}), (LONG_EVENT, 9_999, TALLY))
    )
)
DOUBTS = tuple(Doubt(Part.DAY, "x" * 60, reason) for reason in Reason)
REFUSALS = (
    NotAllowedError(),
    GoneError(),
    ChangedError(),
    RepeatedError(),
    NoSeatsError(9),
    TooLateError("started"),
    TooLateError("cancelled"),
    InvalidInputError("hours", "order"),
)
CHANGES = (
    {"title": "Bal"},
    {"capacity": 1},
    {"day": NOW.date()},
    {"starts": time(9), "ends": time(10)},
    {"location": LONG_EVENT.location},
    {"childcare": False},
)
"""One answer of an officer sets one of these."""

VALUES: Mapping[str, tuple[Any, ...]] = {
    "place": PLACES,
    "onlooker": ONLOOKERS,
    "told": STAGES,
    "pace": (Pace(NOW, 30, 0), Pace(NOW, 1, 99, NOW)),
    "event": (EVENT, LONG_EVENT),
    "found": ([], MANY_EVENTS),
    "phone": ("", "+33 (0)3 20 00 00 00 00"),
    "commission": (None, LONG_COMMISSION),
    "news": ((), ("day", "starts", "ends", "location")),
    "shown": (
        Overview(EVENT, None, None, COUNTS[0]),
        Overview(LONG_EVENT, LONG_COMMISSION, 0, COUNTS[1]),
        Overview(CANCELLED, LONG_COMMISSION, 0, COUNTS[1]),
    ),
    "now": (NOW,),
    "reason": (None, LONG_EVENT.cancel_reason),
    "values": CHANGES,
    "preview": (9_999_999_999,),
    "commissions": ((None, LONG_COMMISSION),),
    "seats_taken": (0, 9_999),
    "beside": ([], MANY_EVENTS[:1]),
    "is_twofold": (False, True),
    "warning": (None,),
    "belongs": ([], [(one, LINK) for one in MANY_COMMISSIONS], [(LONG_COMMISSION, LINK)]),
    "url": (LINK,),
    "link": (LINK,),
    "options": ([], [Option(one, one.id % 2 == 0) for one in MANY_COMMISSIONS]),
    "page": (0, 1, 99),
    "is_officer": (False, True),
    "members": (0, 1, 9_999),
    "groups": ([], [Group(ChatId(-1), CommissionId(1), None, NOW, None)]),
    "upcoming": ([], [EVENT], MANY_EVENTS),
    "doubts": ((), DOUBTS[:2], DOUBTS[2:]),
    "field": tuple(Field),
    "event_id": (LONG_EVENT.id,),
    "back": (buttons.OpenDraft(LONG_EVENT.id),),
    "warnings": ((),),
    "code": (CODE, ""),
    "bot_username": ("palabre_test_bot_of_32_letters_1",),
    "commission_id": (LONG_COMMISSION.id,),
    "lacks_link": (False, True),
    "since": (NOW,),
    "until": (NOW + timedelta(hours=30),),
    "sent_since": (1_764_579_600,),
    "sent_until": (1_764_699_600,),
    "number": (0, 1, 9_999),
    "people": (1, 9_999),
    "mine": (
        Belongings(SAMIRA, [], []),
        Belongings(LONG_RESIDENT, MANY_COMMISSIONS, [RSVP]),
    ),
    "coming": ([], [COMING], [Engagement(LONG_EVENT, one) for one in ANSWERED]),
    "zone": (PARIS,),
    "error": REFUSALS,
    "events": (MANY_EVENTS,),
    "candidate": (SAMIRA, LONG_RESIDENT),
    "resident": (SAMIRA, OFFICER),
    "accepted": (False, True),
    "officers": ([SAMIRA], [LONG_RESIDENT] * 9),
    "inviter": (None, LONG_RESIDENT),
    "counts": COUNTS,
    "seats_left": (None, 0, 9_999),
    "opens": (buttons.Announce,),
    "guests": ([], GUESTS, GUESTS * 99),
    "silent": ([], [LONG_RESIDENT] * 99),
    "nudged": (0, 1, 9_999),
    "promised": (None, (PLACES[0], None), (PLACES[-1], LONG_COMMISSION)),
    "first_name": ("Ö", NAME),
}
"""What an argument may be, by its name, wherever it stands."""
OVERRIDES: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "broadcasts.targets": {
        "found": (
            [Target(None, 0)],
            [*(Target(one, 99_999) for one in MANY_COMMISSIONS[:7]), Target(None, 99_999)],
        )
    },
    "broadcasts.announcement": {"onlooker": RESIDENT_ONLOOKERS},
    "broadcasts.nudge": {"onlooker": RESIDENT_ONLOOKERS},
    "changes.notices.cancelled": {"event": (EVENT, CANCELLED)},
    "changes.notices.moved": {"place": tuple(one for one in PLACES if one.rsvp)},
    "changes.overview.cancelled": {"told": (0, 1, 9_999)},
    "changes.previews.cancellation": {"told": (0, 1, 9_999)},
    "changes.previews.change": {"told": (0, 1, 9_999)},
    "commissions.link": {"commission": (PARENTS, LONG_COMMISSION)},
    "commissions.settings": {"commission": (PARENTS, LONG_COMMISSION)},
    "events.drafts.draft": {"event": (EMPTY, EVENT, LONG_EVENT)},
    "events.drafts.question": {"commissions": ([], MANY_COMMISSIONS)},
    "groups.code": {"code": ("UB9BN6H5",), "commission": (PARENTS, LONG_COMMISSION)},
    "groups.linked": {"commission": (PARENTS, LONG_COMMISSION)},
    "groups.linked_here": {"commission": (PARENTS, LONG_COMMISSION)},
    "groups.lost": {"commission": (PARENTS, LONG_COMMISSION)},
    "privacy.receipt": {"number": ("98C9B48A",)},
    "refusals.fault": {"code": ("ABCD1234",)},
    "residents.fault_alert": {"code": ("ABCD1234",)},
    "residents.home": {"news": (None, "🎉 Vous êtes dans l'équipe.")},
    "reminders.one": {
        "place": tuple(one for one in PLACES if one.rsvp),
        "onlooker": RESIDENT_ONLOOKERS,
    },
    "rsvps.answered.fresh": {"onlooker": RESIDENT_ONLOOKERS},
    "rsvps.answered.more_guests": {
        "place": tuple(one for one in PLACES if one.rsvp and one.rsvp.standing in SEATED),
        "onlooker": RESIDENT_ONLOOKERS,
    },
    "rsvps.card.card": {
        "place": (
            *PLACES,
            *(replace(one, event=event) for one in PLACES[:32] for event in (CANCELLED, STARTED)),
        )
    },
    "rsvps.waiting.passed": {"place": _places(Standing.WAITING)},
    "rsvps.waiting.offered": {"place": _places(Standing.OFFERED)},
    "rsvps.waiting.waiting": {"place": _places(Standing.WAITING)},
    "rsvps.card.thanks": {
        "place": tuple(one for one in PLACES if one.rsvp and one.rsvp.answer is Answer.NO),
        "onlooker": RESIDENT_ONLOOKERS,
    },
    "rsvps.lists.engagements": {
        "found": ([], [COMING], [Engagement(one, RSVP) for one in MANY_EVENTS])
    },
    "rsvps.roster.roster": {"silent": (0, 1, 9_999)},
    "rsvps.group.group_card": {"event": (EVENT, LONG_EVENT, CANCELLED, STARTED)},
    "welcome.details": {"place": ("Roubaix",)},
    "welcome.notice": {"place": ("Roubaix",)},
    "welcome.writing_of_name": {"back": (Key("↩️", buttons.OpenData()),)},
}
"""What an argument may be in one view only."""
