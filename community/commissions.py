"""Founding commissions, joining them and leaving them. All are target states: twice is as once."""

import unicodedata
from datetime import datetime, timedelta

from community import codes, texts
from community.errors import GoneError, InvalidInputError
from storage import commissions, journal
from storage.commissions import Commission
from storage.database import Writer
from storage.errors import DuplicateError
from storage.ids import CommissionId, ResidentId, UpdateId
from storage.links import Purpose

MOST_NAME = 17
"""UTF-16 units: with a pictogram, a space and a tick a label keeps its 20 (product.md, rule 4)."""
MOST_PICTOGRAM = 16
"""UTF-16 units: the longest emoji, two people with their skins, has 15."""
MOST_FOLDED = 64
"""Letters of a name to compare with: some letters come apart into many."""
PICTOGRAM = "👥"
"""What stands before a commission whose name begins with none."""
LINK_LIFETIME = timedelta(days=366)
"""A poster's link to a commission lives a year."""


def parted(text: str) -> tuple[str, str]:
    """Part « 🩺 Santé » into its pictogram and its name; PICTOGRAM where it begins with none.

    Raises:
        InvalidInputError: the name ("commission") is empty, or it or the pictogram is long.
    """
    cleaned = texts.clean(text)
    first, _, rest = cleaned.partition(" ")
    pictogram, name = (first, rest) if _is_pictogram(first) else (PICTOGRAM, cleaned)
    if texts.length(pictogram) > MOST_PICTOGRAM:
        raise InvalidInputError("commission", "long")
    return pictogram, texts.line(name, field="commission", most=MOST_NAME)


def _is_pictogram(word: str) -> bool:
    """Whether a word draws something and says nothing."""
    draws = any(unicodedata.category(letter) == "So" for letter in word)
    return draws and not any(letter.isalnum() for letter in word)


def found(
    writer: Writer, *, text: str, founder_id: ResidentId, now: datetime, cause: UpdateId
) -> Commission:
    """Found a commission from what an officer typed; the same cause founds it once.

    Raises:
        InvalidInputError: the name is empty, long, or taken.
    """
    known = commissions.find_caused(writer, cause)
    if known is not None:
        return known
    pictogram, name = parted(text)
    name_folded = texts.folded(name)
    if len(name_folded) > MOST_FOLDED:
        raise InvalidInputError("commission", "long")
    try:
        commission = commissions.add(
            writer,
            name=name,
            name_folded=name_folded,
            pictogram=pictogram,
            now=now,
            cause=cause,
        )
    except DuplicateError as error:
        raise InvalidInputError("commission", "taken") from error
    journal.add(
        writer,
        at=now,
        actor_id=founder_id,
        verb="found",
        noun="commission",
        noun_id=commission.id,
    )
    return commission


def join(
    writer: Writer, *, commission_id: CommissionId, resident_id: ResidentId, now: datetime
) -> Commission:
    """Enter a person; gives the commission. Raises GoneError where it is not there."""
    commission = _existing(writer, commission_id)
    if commissions.add_member(writer, commission_id, resident_id, now=now):
        _note(writer, "join", commission_id, resident_id, now)
    return commission


def leave(
    writer: Writer, *, commission_id: CommissionId, resident_id: ResidentId, now: datetime
) -> Commission:
    """Take a person out; gives the commission. Raises GoneError where it is not there."""
    commission = _existing(writer, commission_id)
    if commissions.remove_member(writer, commission_id, resident_id):
        _note(writer, "leave", commission_id, resident_id, now)
    return commission


def share(
    writer: Writer, *, commission_id: CommissionId, officer_id: ResidentId, now: datetime
) -> str:
    """Make a link's code that opens a commission; raises GoneError. Each call makes another."""
    _existing(writer, commission_id)
    code = codes.new_link_code()
    codes.keep(
        writer,
        code,
        Purpose.COMMISSION,
        target_id=commission_id,
        created_by=officer_id,
        expires_at=now + LINK_LIFETIME,
        uses=None,
    )
    return code


def _existing(writer: Writer, commission_id: CommissionId) -> Commission:
    commission = commissions.find(writer, commission_id)
    if commission is None:
        raise GoneError
    return commission


def _note(
    writer: Writer, verb: str, commission_id: CommissionId, actor_id: ResidentId, now: datetime
) -> None:
    journal.add(
        writer, at=now, actor_id=actor_id, verb=verb, noun="commission", noun_id=commission_id
    )
