"""What people may do, and what they decide about themselves.

Roles: resident < facilitator < officer < admin; the admins are named in the settings and may do
all that an officer may (reliability.md §4). An officer joins by a single-use link; where another
officer is there besides the one who invites, that one says yes or no.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from community import codes, notices, texts
from community.errors import GoneError, NotAllowedError
from community.notices import Kind
from storage import cards, journal, links, outbox, residents
from storage.database import Reader, Writer
from storage.ids import ResidentId, UpdateId
from storage.links import Link, Purpose
from storage.outbox import Notice, OutboxState
from storage.residents import Resident, Role

NOTICE_VERSION = 1
"""The notice that people now agree to; a new text gets a new number."""
MOST_FIRST_NAME = 32
INVITATION_LIFETIME = timedelta(hours=24)
"""An officer's invitation lives a day (F58)."""
REPORT_LIFETIME = timedelta(hours=48)
"""A report is of use for two days (K10)."""
_OWED = OutboxState.PENDING
_RANK = {role: rank for rank, role in enumerate(Role)}


def may_act_as(resident: Resident | None, role: Role) -> bool:
    """Whether a person's role reaches at least as far as `role`; a visitor's reaches nowhere."""
    return resident is not None and _RANK[resident.role] >= _RANK[role]


def first_name(text: str) -> str:
    """Give a first name fit to keep; raises InvalidInputError ("first_name")."""
    return texts.line(text, field="first_name", most=MOST_FIRST_NAME)


def usable_first_name(text: str, *, otherwise: str) -> str:
    """Give a name that Telegram knows as one fit to keep, `otherwise` where nothing of it is."""
    cleaned = texts.clean(text)
    candidates = (cleaned, cleaned.partition(" ")[0])
    return next((one for one in candidates if _is_first_name(one)), otherwise)


def _is_first_name(text: str) -> bool:
    says = any(letter.isalpha() and texts.is_seen(letter) for letter in text)
    return says and texts.length(text) <= MOST_FIRST_NAME


def rename(writer: Writer, *, resident_id: ResidentId, name: str) -> None:
    """Call a person otherwise; raises InvalidInputError."""
    residents.set_first_name(writer, resident_id, first_name(name))


def speak(writer: Writer, *, resident_id: ResidentId, language: str) -> None:
    """Write to a person in a language from now on."""
    residents.set_language(writer, resident_id, language)


def pause(writer: Writer, *, resident_id: ResidentId, now: datetime) -> None:
    """Send a person nothing that they did not ask for, until they resume.

    Raises:
        NotFoundError: nobody has this id (any more).
    """
    resident = residents.get(writer, resident_id)
    if resident.paused_at is None:
        residents.set_paused(writer, resident_id, now)


def resume(writer: Writer, *, resident_id: ResidentId) -> None:
    """Write to a person again."""
    residents.set_paused(writer, resident_id, None)


def welcome_back(writer: Writer, *, resident_id: ResidentId) -> None:
    """Note that a person can be reached again: they wrote, or have unblocked the bot (F28).

    Their cards show the present: seats that they were offered have gone on meanwhile (F52).
    """
    resident = residents.find(writer, resident_id)
    if resident is None or resident.unreachable_at is None:
        return
    residents.set_unreachable(writer, resident_id, None)
    for card in cards.of_chat(writer, resident.chat_id):
        cards.refresh_one(writer, card.chat_id, card.message_id)


def turn_away(writer: Writer, *, resident_id: ResidentId, now: datetime) -> None:
    """Note that a person asked for what their role does not reach (F59)."""
    journal.add(writer, at=now, actor_id=resident_id, verb="turn_away", noun="resident")


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
    others = [one for one in team if one.id not in {resident_id, link.created_by}]
    if not others:
        appoint(writer, resident_id=resident_id, appointed_by=link.created_by, now=now)
        return True
    for officer in others:
        notices.owe(
            writer,
            Kind.TEAM_REQUEST,
            key=f"{request}:{officer.id}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
            facts={"candidate_id": resident_id, "invited_by": link.created_by},
        )
    return False


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
    for officer in residents.team(writer):
        notices.owe(
            writer,
            Kind.FAULT_ALERT,
            key=f"fault:{code}:{officer.id}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
            facts={"code": code},
        )


def report_mistake(writer: Writer, *, now: datetime) -> None:
    """Tell the officers, once a day, that the token or the database must be a wrong one (F30)."""
    for officer in residents.team(writer):
        notices.owe(
            writer,
            Kind.MISTAKE_ALERT,
            key=f"mistake:{now:%Y%m%d}:{officer.id}",
            chat_id=officer.chat_id,
            now=now,
            expires_at=now + REPORT_LIFETIME,
            resident_id=officer.id,
        )
