"""Whatever people type, wherever they may: a clear answer, and nothing kept that could do harm."""

import unicodedata
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from sandbox import Message, Person
from sandbox.shapes import Json, utf16
from storage import commissions, residents
from tests.bot.breaking import handled
from tests.community.world import rows
from tests.handlers.making import a_commission
from tests.house import House, open_house

HOSTILE = {
    "mirror": "\u202eariamaS\u202c \u2066x\u2069",
    "zalgo": "S" + "\u0301" * 400 + "amira",
    "pile": "Sam" + "\u0323\u0301" * 6 + "ira",
    "nul": "Sa\x00mira",
    "controls": "\x01\x02\x1b[31mSamira\x7f",
    "half a pair": "Samira \ud83d",
    "blank": "\u2800\u3164 \u200b",
    "emoji": "👨‍👩‍👧‍👦" * 300,
    "4096": "x" * 4096,
    "100000": "word " * 20_000,
    "html": "<b>Gras</b> & <script>",
    "template": "{ $name } %s {0} ${HOME}",
    "sql": "'; DROP TABLE residents; --",
}
HTML = "<b>Gras</b>&amp;"
A_REST = timedelta(seconds=45)
"""A text of 100 000 letters is 25 messages, and one a second is no flood."""
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


@pytest_asyncio.fixture
async def either(database_url: str) -> AsyncIterator[House]:
    """Give a living bot on each kind of database."""
    async with open_house(database_url) as one:
        yield one


async def answered(house: House, person: Person, text: str) -> Message:
    """Write something, and give the bot's answer to it, which is no apology for a fault."""
    await house.room.advance(A_REST)
    seen = person.glance()
    person.say(text)
    await handled(house)
    answer = await person.sees(lambda message: message.changed > seen)
    said = [message.text for message in person.received]
    assert not [one for one in said if "Code :" in one], text[:40]
    return answer


async def safely_kept(house: House) -> None:
    """Check that what is kept holds nothing that turns, hides or breaks."""
    everything = await house.read(rows)
    for name, table in everything.items():
        for row in table:
            for value in row:
                if isinstance(value, str):
                    assert is_safe(value), (name, ascii(value[:60]))


def is_safe(text: str) -> bool:
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if letter in _BIDI or letter == "\x00" or "\ud800" <= letter <= "\udfff" or marks > 3:
            return False
    return True


# ------------------------------------------------------------------------------------------- F55


async def test_f55_first_name(either: House) -> None:
    samira = await either.join("Samira")

    for name, text in HOSTILE.items():
        await samira.tap_data("1wo:").answered()
        await either.rest()
        await answered(either, samira, text)
        await safely_kept(either)
        found = await either.read(residents.find_speaking, samira.id)
        assert found is not None, name
        assert 1 <= utf16(found.first_name) <= 32, name


async def test_f55_first_name_that_telegram_gives(either: House) -> None:
    for name, text in HOSTILE.items():
        if len(text) > 200:
            continue
        person = either.room.person(text, language_code="fr")
        person.start()
        await person.sees("Votre langue")
        await either.tap(person, "Français")
        await either.tap(person, "✅")
        found = await either.read(residents.find_speaking, person.id)
        assert found is not None, name
        assert 1 <= utf16(found.first_name) <= 32, name
    await safely_kept(either)


async def test_f55_visitor_writes_anything_and_nothing_is_kept(either: House) -> None:
    visitor = either.room.person("Visiteuse", language_code="fr")
    before = await either.read(rows)

    for text in HOSTILE.values():
        await answered(either, visitor, text)

    after = await either.read(rows)
    assert {name for name in after if after[name] != before[name]} <= {"inbox", "bookmarks"}


async def test_f55_commission_name(either: House) -> None:
    await either.welcome(either.karim)

    for text in HOSTILE.values():
        await either.karim.tap_data("1cn").answered()
        await either.rest()
        await answered(either, either.karim, text)
        await safely_kept(either)

    names = [one.name for one in await either.read(commissions.all_)]
    assert all(0 < utf16(name) <= 64 for name in names)


async def test_f55_sentence_of_an_event(either: House) -> None:
    await either.welcome(either.karim)

    for text in HOSTILE.values():
        await answered(either, either.karim, f"/nouveau {text}")
        await safely_kept(either)


@pytest.mark.parametrize("field", ["📝", "📅", "🕑", "📍", "🪑", "👶", "👥"])
async def test_f55_each_field_of_a_draft(house: House, field: str) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "Atelier cuisine samedi 14h espace Linné 12 places garde")
    draft = house.karim.newest

    for text in HOSTILE.values():
        await house.tap(house.karim, field, draft) if draft.key(field) else None
        await answered(house, house.karim, text)
        await safely_kept(house)
        draft = house.karim.holding("📝") if house.karim.newest.key("📝") else draft


async def test_f55_reason_of_a_cancellation(either: House) -> None:
    await either.welcome(either.karim)
    await either.say(either.karim, "Atelier cuisine samedi 14h espace Linné 12 places")
    await either.tap(either.karim, "✅")

    for text in HOSTILE.values():
        await either.karim.tap_data("1xa:1").answered()
        await either.rest()
        await answered(either, either.karim, text)
        await safely_kept(either)


# ------------------------------------------------------------------------------------------- F56


def marked(message: Json) -> list[str]:
    """Give what a message marks up, by its entities."""
    units = str(message["text"]).encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.get("entities", [])
    ]


def literal_everywhere(house: House, *people: Person) -> int:
    """Check that no message ever marked up a part of what an author wrote; gives how many hold it.

    The house may mark up all of it, as it does with a title.
    """
    calls = [call for one in people for call in house.room.ledger.calls(chat=one.id) if call.ok]
    said = [call.result for call in calls if isinstance(call.result, dict)]
    found = [message for message in said if "Gras" in str(message.get("text"))]
    for message in found:
        assert HTML in message["text"]
        assert all(HTML in text for text in marked(message) if "Gras" in text)
    return len(found)


async def test_f56_html_in_a_first_name_is_read_as_it_was_written(house: House) -> None:
    samira = await house.join("Samira")
    await house.welcome(house.karim)
    await samira.tap_data("1wo:").answered()
    await house.rest()

    await house.say(samira, HTML)
    await house.tap(samira, "🏠")

    assert literal_everywhere(house, samira) >= 1


async def test_f56_html_in_an_event_and_its_commission_is_read_as_it_was_written(
    house: House,
) -> None:
    await a_commission(house, HTML)
    await house.welcome(house.karim)
    await house.say(house.karim, "Atelier cuisine samedi 14h espace Linné 12 places")
    for field in ("📝", "📍"):
        await house.tap(house.karim, field)
        await house.say(house.karim, HTML)
    await house.tap(house.karim, "👥")
    await house.tap(house.karim, "<b>Gras")
    await house.tap(house.karim, "✅")
    samira = await house.join("Samira")
    await house.say(samira, "/agenda")
    await samira.tap_data("1ev:1").answered()
    await house.rest()
    await house.tap(samira, "✅")
    await house.say(samira, "/groupes")

    assert literal_everywhere(house, house.karim) >= 1
    assert literal_everywhere(house, samira) >= 1


async def test_f56_html_in_a_cancellation_reaches_people_as_it_was_written(
    house: House,
) -> None:
    await house.welcome(house.karim)
    await house.say(house.karim, "Atelier cuisine samedi 14h espace Linné 12 places")
    await house.tap(house.karim, "📝")
    await house.say(house.karim, HTML)
    await house.tap(house.karim, "✅")
    samira = await house.join("Samira")
    await samira.tap_data("1ra:1:yes:1").answered()
    await house.rest()
    await house.karim.tap_data("1xa:1").answered()
    await house.rest()

    await house.say(house.karim, HTML)
    await house.tap(house.karim, "❌ Annuler et dire")
    await house.tap(house.karim, "⚡ Maintenant")
    await samira.sees("Gras")
    await house.rest()

    assert literal_everywhere(house, house.karim) >= 1
    assert literal_everywhere(house, samira) >= 1
