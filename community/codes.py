"""Codes that open something: long ones ride in links, short ones are typed in a group.

Random, and only their hashes are kept (F58). Telegram lets a start parameter hold 64 of A-Z a-z
0-9 _ - (https://core.telegram.org/bots/features#deep-linking).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from storage import links
from storage.database import Reader, Writer
from storage.ids import ResidentId
from storage.links import Link, Purpose

LINK_BYTES = 16
"""128 bits, which nobody guesses (F58); 22 letters in a link."""
TYPED_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters that are not taken for one another when read aloud."""
TYPED_LENGTH = 8
"""40 bits: used once, within TYPED_LIFETIME, in a chat where each try is an update."""
TYPED_LIFETIME = timedelta(minutes=15)
MOST_CODE = 64
"""Nothing longer is a code: Telegram carries no more."""


def hash_code(code: str) -> bytes:
    """Give what is kept of a code."""
    return hashlib.sha256(code.encode("utf-8", "replace")).digest()


def new_link_code() -> str:
    """Make a code for a link."""
    return secrets.token_urlsafe(LINK_BYTES)


def new_typed_code() -> str:
    """Make a code for a person to type."""
    return "".join(secrets.choice(TYPED_LETTERS) for _ in range(TYPED_LENGTH))


def keep(
    writer: Writer,
    code: str,
    purpose: Purpose,
    *,
    target_id: int | None,
    created_by: ResidentId | None,
    expires_at: datetime,
    uses: int | None,
) -> None:
    """Keep what a code opens, `uses` times (None: any number) until `expires_at`."""
    links.add(writer, Link(hash_code(code), purpose, target_id, created_by, expires_at, uses))


def look_up(reader: Reader, code: str, *, now: datetime) -> Link | None:
    """Find what a code opens, or None: forged, expired and used up look alike."""
    return links.find(reader, hash_code(code), now=now) if len(code) <= MOST_CODE else None
