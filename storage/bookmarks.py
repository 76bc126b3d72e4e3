"""What the bot notes about itself: which bot it is, and where it stopped reading updates."""

from sqlalchemy import BigInteger, Column, String, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.columns import CATALOGUE
from storage.database import Reader, Writer
from storage.errors import OtherBotError
from storage.statements import Change, Look

OWNER = "bot_id"
"""The bookmark of the bot that the database belongs to."""

BOOKMARKS = Table(
    "bookmarks",
    CATALOGUE,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

_FIND = Look(select(BOOKMARKS.c.value).where(BOOKMARKS.c.name == bindparam("name")), int)
_add = insert(BOOKMARKS).values(name=bindparam("name"), value=bindparam("value"))
_PUT = Change(
    _add.on_conflict_do_update(index_elements=["name"], set_={"value": _add.excluded.value})
)


def find(reader: Reader, name: str) -> int | None:
    """Find a bookmark's value, or None."""
    return reader.first(_FIND, name=name)


def put(writer: Writer, name: str, value: int) -> None:
    """Set a bookmark."""
    writer.change(_PUT, name=name, value=value)


def put_owner(writer: Writer, bot_id: int) -> None:
    """Note which bot the database belongs to; nothing happens where it is this one (F70).

    Raises:
        OtherBotError: it belongs to another.
    """
    owner = find(writer, OWNER)
    if owner is not None and owner != bot_id:
        raise OtherBotError(owner)
    put(writer, OWNER, bot_id)
