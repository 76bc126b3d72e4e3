"""Who does not agree leaves no trace, and no log ever holds a word, a name or a secret (F62)."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot import logs
from handlers.context import Context
from sandbox import Fault, Person, raw, status
from storage import inbox
from tests.bot.breaking import breaking
from tests.community.world import rows
from tests.handlers.making import an_event
from tests.house import House

NAME = "CanarySamira"
WORDS = "CANARYWORDS"
DAY = timedelta(days=1)


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Give what is logged at DEBUG; the process's own logging is put back after."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook
    stream = io.StringIO()
    logs.configure("DEBUG", stream=stream)
    yield stream
    sys.excepthook, threading.excepthook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def files(folder: Path) -> dict[str, bytes]:
    """Give the database's own files: the tables and the write-ahead log."""
    return {path.name: path.read_bytes() for path in folder.glob("palabre.db*")}


def traces(folder: Path, person: Person) -> list[str]:
    """List the files that hold a person's name or id, in text or in SQLite's own numbers."""
    needles = [NAME.encode(), str(person.id).encode(), WORDS.encode()]
    wanted = [*needles, person.id.to_bytes(4, "big")]
    return [name for name, held in files(folder).items() if any(one in held for one in wanted)]


def a_visitor(house: House) -> Person:
    return house.room.person(NAME, language_code="fr", id=1_482_913_577)


async def test_visitor_who_says_no_thanks_is_in_no_table_no_log_and_no_write_ahead_log(
    house: House, tmp_path: Path, stream: io.StringIO
) -> None:
    await an_event(house)
    visitor = a_visitor(house)
    visitor.start()
    await visitor.sees("Votre langue")
    await house.say(visitor, WORDS)
    await house.tap(visitor, "Français")

    await house.tap(visitor, "❌")
    await house.room.until(lambda: not traces(tmp_path, visitor), what="the files are wiped")

    everything = str(await house.read(rows))
    assert NAME not in everything
    assert str(visitor.id) not in everything
    assert not {NAME, WORDS, str(visitor.id)} & set(stream.getvalue().split("="))
    assert str(visitor.id) not in stream.getvalue()
    assert NAME not in stream.getvalue()


async def test_canaries_would_be_seen_in_the_files_of_one_who_agrees(
    house: House, tmp_path: Path
) -> None:
    visitor = a_visitor(house)

    await house.welcome(visitor)

    assert traces(tmp_path, visitor)


async def test_nothing_of_a_visitor_is_in_the_tables_before_consent_whatever_they_do(
    house: House,
) -> None:
    await an_event(house)
    visitor = a_visitor(house)
    before = await house.read(rows)
    visitor.start()
    await house.rest()
    for text in (WORDS, "/agenda", "/aide", "/donnees", "/inscriptions", "STOP", "/start zzz"):
        await house.say(visitor, text)
    for data in ("1ag:0", "1ev:1", "1wl:fr:", "1wm:fr:", "1ra:1:yes:1", "1de", "1dx"):
        await visitor.tap_data(data).answered()
        await house.rest()
    visitor.block()
    await house.rest()

    after = await house.read(rows)
    # A link to the event that was tapped is anybody's: it names nobody.
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"inbox", "bookmarks", "links"}
    assert str(visitor.id) not in str(after)
    assert await house.read(inbox.count_new) == 0


async def test_visitor_who_never_answers_is_out_of_the_files_within_a_day(
    house: House, tmp_path: Path
) -> None:
    visitor = a_visitor(house)
    visitor.start()
    await visitor.sees("Votre langue")
    await house.rest()
    written = traces(tmp_path, visitor)

    for _ in range(24):
        await house.advance(timedelta(hours=1))

    assert written
    assert not traces(tmp_path, visitor)


async def test_f62_no_feature_logs_a_word_a_name_or_the_token(
    house: House, stream: io.StringIO
) -> None:
    house.karim.rename(first_name=f"{NAME}Karim")
    await house.welcome(house.karim)
    samira = await house.join(NAME)
    await house.karim.tap_data("1cn").answered()
    await house.rest()
    for text in (WORDS, f"{WORDS} samedi 14h espace Linné 12 places"):
        await house.say(house.karim, text)
    await house.tap(house.karim, "✅")
    for data in ("1ra:1:yes:1", "1rn:1:2", "1my", "1da", "1cj:1", "1rx:1", "1dc"):
        await samira.tap_data(data).answered()
        await house.rest()
    await house.say(samira, WORDS)
    await house.karim.tap_data("1xa:1").answered()
    await house.rest()
    await house.say(house.karim, WORDS)
    await house.karim.tap_data("1xn:1").answered()
    await house.advance(DAY)
    await samira.tap_data("1dx").answered()
    await house.rest()

    logged = stream.getvalue()
    assert logged
    assert "handler_failed" not in logged
    for canary in (NAME, WORDS, house.room.token, house.room.token.partition(":")[2]):
        assert canary not in logged, canary


async def test_f62_no_failure_logs_a_word_a_name_or_the_token(
    house: House, stream: io.StringIO
) -> None:
    samira = await house.join(NAME)

    async def fails(context: Context) -> None:
        message = f"{WORDS} {context.resident.first_name} {context.bot.token}"
        raise RuntimeError(message) from KeyError(WORDS)

    breaking(house, WORDS, fails)
    await house.say(samira, WORDS)
    house.room.updates.put(
        "message",
        {"message_id": WORDS, "date": NAME, "chat": {"id": samira.id, "first_name": NAME}},
        samira.id,
    )
    await house.rest()
    bad = status(400, f"Bad Request: can't parse entities: {WORDS} {NAME}")
    house.room.faults.add(Fault(bad, method="sendMessage", times=3))
    await house.say(samira, "/aide")
    await house.server.refuse()
    await house.room.until(lambda: "poll_failed" in stream.getvalue())
    house.room.faults.add(Fault(raw(WORDS.encode()), method="getUpdates", times=1))
    await house.server.accept()
    await house.room.advance(timedelta(seconds=31))
    await house.room.advance(timedelta(seconds=31))
    await house.say(samira, "/agenda")

    logged = stream.getvalue()
    assert "handler_failed" in logged
    assert "RuntimeError < KeyError" in logged
    for canary in (NAME, WORDS, house.room.token, house.room.token.partition(":")[2]):
        assert canary not in logged, canary
