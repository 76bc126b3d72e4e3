"""The team: who becomes an officer, and what all officers are told.

The admins are named in the settings and may do all that an officer may (reliability.md §4). An
officer joins by a single-use link; where another officer is there besides the one who invites, that
one says yes or no.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from community import codes, notices
from community.errors import GoneError, NotAllowedError
from community.notices import Kind
from community.residents import may_act_as
from storage import journal, links, outbox, residents
from storage.database import Reader, Writer
from storage.ids import EventId, ResidentId, UpdateId
from storage.links import Link, Purpose
from storage.outbox import Notice, OutboxState
from storage.residents import Resident, Role

INVITATION_LIFETIME = timedelta(hours=24)
"""An officer's invitation lives a day (F58)."""
REPORT_LIFETIME = timedelta(hours=48)
"""A report is of use for two days (K10)."""
_OWED = OutboxState.PENDING


def tell(
    writer: Writer,
    kind: Kind,
    *,
    key: str,
    now: datetime,
    besides: Collection[ResidentId] = (),
    event_id: EventId | None = None,
    **facts: Any,  # noqa: ANN401 - what is told is the kind's affair
) -> bool:
    """Owe every officer a report, once a key; False where nobody is there to be told."""
    told = [one for one in residents.team(writer) if one.id not in besides]
    for officer in told:
        notices.owe(
            writer,
            kind,
            key=f"{key}:{officer.id}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
            event_id=event_id,
            facts=facts,
        )
    return bool(told)


def name_admins(writer: Writer, *, telegram_ids: Collection[int]) -> None:
    """Make the role ADMIN that of exactly the people named in the settings; others lose it."""
    for resident in residents.team(writer):
        if resident.role is Role.ADMIN and resident.telegram_id not in telegram_ids:
            residents.set_role(writer, resident.id, Role.RESIDENT)
    for telegram_id in telegram_ids:
        known = residents.find_speaking(writer, telegram_id)
        if known is not None and known.role is not Role.ADMIN:
            residents.set_role(writer, known.id, Role.ADMIN)


def invite_officer(writer: Writer, *, invited_by: ResidentId | None, now: datetime) -> str:
    """Make an invitation to the team; gives its code, once. None: the operator invites.

    Each call makes another code: only hashes are kept, so the first cannot be told again.
    """
    code = codes.new_link_code()
    codes.keep(
        writer,
        code,
        Purpose.OFFICER,
        target_id=None,
        created_by=invited_by,
        expires_at=now + INVITATION_LIFETIME,
        uses=1,
    )
    journal.add(writer, at=now, actor_id=invited_by, verb="invite", noun="officer")
    return code


def accept_invitation(
    writer: Writer, *, code: str, resident_id: ResidentId, now: datetime, cause: UpdateId
) -> bool:
    """Use an invitation up; True: the person is an officer now, False: another officer is asked.

    Who is in the team already uses nothing up, and the same cause asks once.

    Raises:
        GoneError: the invitation is used up, expired or forged, or who made it left the team.
        NotFoundError: nobody has this id (any more).
    """
    if may_act_as(residents.get(writer, resident_id), Role.OFFICER):
        return True
    team = residents.team(writer)
    request = f"{_request(resident_id)}{cause}"
    if any(_last_request(writer, resident_id, one.id, now=now) == request for one in team):
        return False
    link = _invitation(writer, code, team, now=now)
    links.use(writer, link.code_hash)
    is_asked = tell(
        writer,
        Kind.TEAM_REQUEST,
        key=request,
        now=now,
        besides={one for one in (resident_id, link.created_by) if one is not None},
        candidate_id=resident_id,
        invited_by=link.created_by,
    )
    if not is_asked:
        appoint(writer, resident_id=resident_id, appointed_by=link.created_by, now=now)
    return not is_asked


def _invitation(reader: Reader, code: str, team: Collection[Resident], *, now: datetime) -> Link:
    """Find an invitation that still holds; raises GoneError. The operator is in every team."""
    link = codes.look_up(reader, code, now=now)
    if link is None or link.purpose is not Purpose.OFFICER:
        raise GoneError
    if link.created_by is not None and link.created_by not in {one.id for one in team}:
        raise GoneError
    return link


def appoint(
    writer: Writer, *, resident_id: ResidentId, appointed_by: ResidentId | None, now: datetime
) -> None:
    """Make a person an officer; nothing happens where they are one. Raises GoneError."""
    resident = residents.find(writer, resident_id)
    if resident is None:
        raise GoneError
    if not may_act_as(resident, Role.OFFICER):
        residents.set_role(writer, resident_id, Role.OFFICER)
        journal.add(
            writer,
            at=now,
            actor_id=appointed_by,
            verb="appoint",
            noun="resident",
            noun_id=resident_id,
        )


def answer_request(
    writer: Writer,
    *,
    candidate_id: ResidentId,
    officer_id: ResidentId,
    accepted: bool,
    now: datetime,
) -> Resident:
    """Say yes or no to a candidate, who is told; gives them as they now stand.

    The first officer's answer decides; a later one changes nothing.

    Raises:
        NotAllowedError: the candidate answers for themselves.
        GoneError: the candidate is no longer there, this officer was never asked, or the request
            is older than REPORT_LIFETIME.
    """
    if candidate_id == officer_id:
        raise NotAllowedError
    candidate = residents.find(writer, candidate_id)
    request = _last_request(writer, candidate_id, officer_id, now=now)
    if candidate is None or request is None:
        raise GoneError
    decides = notices.owe(
        writer,
        Kind.TEAM_ANSWER,
        key=f"{request}:answer",
        chat_id=candidate.chat_id,
        now=now,
        expires_at=now + REPORT_LIFETIME,
        resident_id=candidate_id,
        facts={"accepted": accepted},
    )
    if decides and accepted:
        appoint(writer, resident_id=candidate_id, appointed_by=officer_id, now=now)
    return residents.get(writer, candidate_id)


def _request(candidate_id: ResidentId) -> str:
    """Give how the keys of a candidate's requests begin; facts do not outlive their message."""
    return f"team:{candidate_id}:"


def _last_request(
    reader: Reader, candidate_id: ResidentId, officer_id: ResidentId, *, now: datetime
) -> str | None:
    """Find the key that a candidate's last request to an officer has in common with the others'."""
    asked = [
        notice.dedupe_key.rpartition(":")[0]
        for notice in outbox.of_resident(reader, officer_id)
        if notice.dedupe_key.startswith(_request(candidate_id))
        and notice.kind == Kind.TEAM_REQUEST
        and notice.expires_at is not None
        and notice.expires_at > now
    ]
    return asked[-1] if asked else None


def forget_requests(writer: Writer, *, resident_id: ResidentId, now: datetime) -> None:
    """Withdraw the requests about a person, and forget that they invited others (erasure)."""
    for officer in residents.team(writer):
        for notice in outbox.of_resident(writer, officer.id):
            if notice.kind != Kind.TEAM_REQUEST:
                continue
            if notice.dedupe_key.startswith(_request(resident_id)):
                outbox.erase(writer, notice.id)
            elif notice.state is _OWED and notice.facts.get("invited_by") == resident_id:
                outbox.erase(writer, notice.id)
                _ask_again(writer, notice, now=now)


def _ask_again(writer: Writer, notice: Notice, *, now: datetime) -> None:
    """Owe a request anew without who invited."""
    notices.owe(
        writer,
        Kind.TEAM_REQUEST,
        key=notice.dedupe_key,
        chat_id=notice.chat_id,
        now=now,
        not_before=notice.not_before,
        expires_at=notice.expires_at,
        resident_id=notice.resident_id,
        facts={**notice.facts, "invited_by": None},
    )


def report_fault(writer: Writer, *, code: str, now: datetime) -> None:
    """Tell the officers, once a code, that something a person asked could not be done (F12)."""
    tell(writer, Kind.FAULT_ALERT, key=f"fault:{code}", now=now, code=code)


def report_mistake(writer: Writer, *, now: datetime) -> None:
    """Tell the officers, once a day, that the token or the database must be a wrong one (F30)."""
    tell(writer, Kind.MISTAKE_ALERT, key=f"mistake:{now:%Y%m%d}", now=now)
