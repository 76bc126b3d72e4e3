"""Statements compiled once for each database."""

import pytest
from sqlalchemy import bindparam, literal_column, select

from storage.database import Database
from storage.statements import Look

SUM = Look(
    select(literal_column("1") + bindparam("one", type_=None) + bindparam("two", type_=None)), int
)


async def test_missing_value_is_an_error_and_never_null(database: Database) -> None:
    with pytest.raises(TypeError, match=r"wanted \['one', 'two'\], given \['one'\]"):
        await database.read(lambda reader: reader.all(SUM, one=1))


async def test_unknown_value_is_an_error(database: Database) -> None:
    with pytest.raises(TypeError, match="three"):
        await database.read(lambda reader: reader.all(SUM, one=1, two=2, three=3))


async def test_look_gives_records_of_its_rows(database: Database) -> None:
    assert await database.read(lambda reader: reader.one(SUM, one=1, two=2)) == 4


def test_form_is_compiled_once_for_each_dialect() -> None:
    assert SUM.form("sqlite") is SUM.form("sqlite")
    assert SUM.form("postgresql") is SUM.form("postgresql")
    assert SUM.form("sqlite").sql != SUM.form("postgresql").sql
