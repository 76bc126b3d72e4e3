"""Writes the quarter's past into a database, by the very actions that the bot would have run.

Each act has its own instant; between two acts the reminders that are due leave, and what is owed
counts as delivered. What is owed at the last instant is left for the bot, which sends it when it
lives. All of it is one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.demo.plan import (
    COMMISSIONS,
    KARIM,
    MONDAY,
    PARENTS,
    SEED,
    Gathering,
    Neighbour,
    Plan,
    Reply,
    poster_code,
)
from community import broadcasts, changes, codes, groups, reminders, rsvps, welcome
from community import commissions as commission_rules
from community import events as event_rules
from community.errors import NoSeatsError
from community.notices import Lane
from handlers.premises import Premises
from handlers.words import languages, words_for
from storage import outbox
from storage import reminders as reminder_rows
from storage.broadcasts import Audience
from storage.database import Writer
from storage.ids import ChatId, CommissionId, EventId, MessageId, ResidentId, UpdateId
from storage.links import Purpose
from storage.outbox import OutboxState
from storage.rsvps import Answer

FOUNDED_AT = MONDAY - timedelta(days=140)
LINKED_AT = MONDAY - timedelta(days=90)
ANNOUNCED_AT = MONDAY - timedelta(seconds=30)
"""One announcement is on its way when the bot starts: to the parents, and to their group."""
ANNOUNCED = "demo-event-snack"
ON_POSTERS = ("demo-event-outing",)
A_MOMENT = timedelta(seconds=1)
ALL = 1_000

Act = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Place:
    """The group chat of the parents' commission, and the link by which people join it."""

    chat_id: int
    invite_link: str


def sow(
    writer: Writer, *, plan: Plan, premises: Premises, group: Place, language: str, seed: int = SEED
) -> int:
    """Write the quarter's past; gives the number that the next message of Telegram's may have."""
    sowing = _Sowing(writer, plan, premises, group, language, seed)
    acts = sorted(sowing.acts(), key=lambda one: one[0])
    for at, act in acts:
        sowing.let_pass(until=at)
        act(at)
        if at < ANNOUNCED_AT:
            sowing.deliver(at)
    return next(sowing.message_ids)


@dataclass
class _Sowing:
    """The acts of the past, and what they made."""

    writer: Writer
    plan: Plan
    premises: Premises
    group: Place
    language: str
    seed: int
    message_ids: Iterator[int] = field(default_factory=lambda: count(1))
    _causes: Iterator[int] = field(default_factory=lambda: count(1))
    _residents: dict[int, ResidentId] = field(default_factory=dict)
    _commissions: list[CommissionId] = field(default_factory=list)
    _events: dict[str, EventId] = field(default_factory=dict)

    def acts(self) -> Iterator[tuple[datetime, Act]]:
        """Give every act and its instant, in no order."""
        for neighbour in self.plan.known:
            yield neighbour.agreed_at, self._agreeing(neighbour)
            yield max(neighbour.agreed_at, FOUNDED_AT) + A_MOMENT, self._joining(neighbour)
        yield FOUNDED_AT, self._found
        yield LINKED_AT, self._link
        for gathering in self.plan.gatherings:
            yield gathering.made_at, self._making(gathering)
            for reply in gathering.replies:
                yield reply.at, self._replying(gathering, reply)
        yield ANNOUNCED_AT, self._announce
        yield ANNOUNCED_AT, self._print_posters

    def let_pass(self, *, until: datetime) -> None:
        """Let time pass: reminders that are due before leave."""
        while due := reminder_rows.due(self.writer, now=until, most=1):
            at = due[0].due_at + A_MOMENT
            reminders.fire_due(self.writer, policy=self.premises.policy, now=at)
            self.deliver(at)

    def deliver(self, now: datetime) -> None:
        """Count what is owed as delivered, as the sender does when Telegram has it."""
        for lane in Lane:
            while claimed := outbox.claim(self.writer, lane=lane, now=now, most=ALL):
                for notice in claimed:
                    number = MessageId(next(self.message_ids))
                    state = OutboxState.SENT
                    outbox.mark(self.writer, notice.id, state, now=now, message_id=number)

    def _cause(self) -> UpdateId:
        return UpdateId(next(self._causes))

    def _agreeing(self, neighbour: Neighbour) -> Act:
        def agree(now: datetime) -> None:
            is_spoken = neighbour.language in languages()
            resident = welcome.consent(
                self.writer,
                telegram_id=neighbour.telegram_id,
                name=neighbour.first_name,
                language=neighbour.language if is_spoken else self.premises.default_language,
                admins=self.premises.admins,
                now=now,
            )
            self._residents[neighbour.telegram_id] = resident.id

        return agree

    def _joining(self, neighbour: Neighbour) -> Act:
        def join(now: datetime) -> None:
            for number in neighbour.commissions:
                commission_rules.join(
                    self.writer,
                    commission_id=self._commissions[number],
                    resident_id=self._residents[neighbour.telegram_id],
                    now=now,
                )

        return join

    def _found(self, now: datetime) -> None:
        for key in COMMISSIONS:
            founded = commission_rules.found(
                self.writer,
                text=self._word(key),
                founder_id=self._residents[KARIM],
                now=now,
                cause=self._cause(),
            )
            self._commissions.append(founded.id)

    def _link(self, now: datetime) -> None:
        code = groups.open_code(
            self.writer,
            commission_id=self._commissions[PARENTS],
            officer_id=self._residents[KARIM],
            now=now,
        )
        groups.link(
            self.writer,
            chat_id=ChatId(self.group.chat_id),
            code=code,
            invite_link=self.group.invite_link,
            now=now,
        )

    def _making(self, gathering: Gathering) -> Act:
        def make(now: datetime) -> None:
            kind = gathering.kind
            fields = {
                "title": self._word(kind.title),
                "location": self._word(kind.location),
                "day": gathering.day,
                "starts": kind.starts,
                "ends": kind.ends,
                "capacity": kind.capacity,
                "childcare": kind.is_for_families,
            }
            if kind.commission is not None:
                fields["commission_id"] = self._commissions[kind.commission]
            self._events[kind.title] = self._created(fields, now)

        return make

    def _created(self, fields: dict[str, object], now: datetime) -> EventId:
        zone, author = self.premises.zone, self._residents[KARIM]
        draft = event_rules.begin(
            self.writer,
            organizer_id=author,
            fields=fields,
            zone=zone,
            now=now,
            cause=self._cause(),
        )
        changes.create(
            self.writer,
            event_id=draft.id,
            author_id=author,
            policy=self.premises.policy,
            now=now,
        )
        return draft.id

    def _replying(self, gathering: Gathering, reply: Reply) -> Act:
        def answer(now: datetime) -> None:
            event_id = self._events[gathering.kind.title]
            resident_id = self._residents[reply.telegram_id]
            rsvps.answer(
                self.writer,
                event_id=event_id,
                resident_id=resident_id,
                answer=reply.answer,
                now=now,
                cause=self._cause(),
            )
            if reply.answer is Answer.YES and reply.guests:
                self._bring(event_id, resident_id, reply.guests, now)

        return answer

    def _bring(
        self, event_id: EventId, resident_id: ResidentId, guests: int, now: datetime
    ) -> None:
        """Have a person bring their family, or come alone where it finds no seats."""
        with suppress(NoSeatsError):
            rsvps.set_guests(
                self.writer,
                event_id=event_id,
                resident_id=resident_id,
                guests=guests,
                now=now,
                cause=self._cause(),
            )

    def _announce(self, now: datetime) -> None:
        begun = broadcasts.draft(
            self.writer,
            author_id=self._residents[KARIM],
            event_id=self._events[ANNOUNCED],
            audience=Audience.COMMISSION,
            commission_id=self._commissions[PARENTS],
            cause=self._cause(),
            now=now,
        )
        broadcasts.hold(
            self.writer, broadcast_id=begun.id, hold_for=timedelta(0), again=False, now=now
        )
        broadcasts.hurry(self.writer, broadcast_id=begun.id, now=now)

    def _print_posters(self, now: datetime) -> None:
        self._keep_poster(COMMISSIONS[PARENTS], Purpose.COMMISSION, self._commissions[PARENTS], now)
        for key in ON_POSTERS:
            self._keep_poster(key, Purpose.EVENT, self._events[key], now)

    def _keep_poster(self, key: str, purpose: Purpose, target_id: int, now: datetime) -> None:
        """Keep what a poster opens, as sharing does, under a code that the page knows too."""
        codes.keep(
            self.writer,
            poster_code(self.seed, key),
            purpose,
            target_id=target_id,
            created_by=self._residents[KARIM],
            expires_at=now + commission_rules.LINK_LIFETIME,
            uses=None,
        )

    def _word(self, key: str) -> str:
        return words_for(self.language)(key)
