"""A person who floods the bot is warned once and then not heard for a minute (F54)."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.floods import BURST, MOST_PEOPLE, Floods, Verdict
from handlers.words import words_for
from tests.bot.installation import Installation, town
from tests.clocks import MIDDAY

SAMIRA, BRUNO = 1, 2
SECOND = timedelta(seconds=1)
MEGABYTE = 1024 * 1024


def judged(floods: Floods, per_second: int, seconds: int) -> Counter[Verdict]:
    """Count the verdicts on a person who writes so often for so long."""
    instants = (MIDDAY + number * SECOND / per_second for number in range(per_second * seconds))
    return Counter(floods.judge(SAMIRA, now) for now in instants)


def test_f54_person_who_navigates_is_always_heard() -> None:
    floods = Floods()

    burst = [floods.judge(SAMIRA, MIDDAY) for _ in range(30)]

    assert set(burst) == {Verdict.HEAR}
    assert judged(Floods(), per_second=1, seconds=600) == {Verdict.HEAR: 600}


def test_f54_flood_is_warned_about_once_and_then_not_heard_for_a_minute() -> None:
    floods = Floods()

    verdicts = judged(floods, per_second=50, seconds=60)

    assert verdicts[Verdict.HEAR] == BURST
    assert verdicts[Verdict.WARN] == 1
    assert floods.judge(SAMIRA, MIDDAY + timedelta(seconds=59)) is Verdict.DROP


def test_f54_ten_minutes_of_flood_are_one_warning_a_minute() -> None:
    verdicts = judged(Floods(), per_second=50, seconds=600)

    assert verdicts[Verdict.WARN] == 10
    assert verdicts[Verdict.HEAR] <= 11 * BURST


def test_f54_person_is_heard_again_after_the_silence() -> None:
    floods = Floods()
    judged(floods, per_second=50, seconds=1)

    assert floods.judge(SAMIRA, MIDDAY + timedelta(seconds=62)) is Verdict.HEAR


def test_f54_flood_of_one_does_not_silence_another() -> None:
    floods = Floods()
    judged(floods, per_second=50, seconds=1)

    assert floods.judge(BRUNO, MIDDAY + SECOND) is Verdict.HEAR


def test_f16_silence_does_not_last_for_as_long_as_the_clock_was_put_back() -> None:
    floods = Floods()
    judged(floods, per_second=50, seconds=1)
    earlier = MIDDAY - timedelta(hours=3)

    verdicts = [floods.judge(SAMIRA, earlier + number * 62 * SECOND) for number in range(2)]

    assert verdicts[-1] is Verdict.HEAR


def test_most_people_are_remembered_and_the_quietest_forgotten_first() -> None:
    floods = Floods()
    judged(floods, per_second=50, seconds=1)
    now = MIDDAY + SECOND

    for number in range(1, MOST_PEOPLE):
        floods.judge(1000 + number, now)
    remembered = floods.judge(SAMIRA, now)
    for number in range(MOST_PEOPLE):
        floods.judge(100_000 + number, now)

    assert remembered is Verdict.DROP
    assert floods.judge(SAMIRA, now) is Verdict.HEAR


def updates_kept(palabre: Installation) -> int:
    with closing(sqlite3.connect(palabre.folder / "palabre.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM inbox").fetchone()
    return int(count)


def bytes_kept(palabre: Installation) -> int:
    return sum(path.stat().st_size for path in palabre.folder.glob("palabre.db*"))


async def test_f54_flood_over_http_is_warned_about_once_and_others_are_answered(
    tmp_path: Path,
) -> None:
    warning = words_for("fr")("refusal-flood")
    async with town(tmp_path) as here, here.living():
        before = bytes_kept(here.palabre)
        samira = here.room.person("Samira", language_code="fr")
        bruno = here.room.person("Bruno", language_code="fr")
        for number in range(200):
            samira.say(f"{number} " + "x" * 4000)
        bruno.start()
        await here.room.until(lambda: bool(bruno.received))
        await samira.sees(warning)
        kept, grown = updates_kept(here.palabre), bytes_kept(here.palabre) - before
        samira.say("and one more")
        await here.room.until(lambda: len(here.room.updates) == 0)
        more = updates_kept(here.palabre)

    assert BURST < kept <= BURST + 10
    assert more == kept
    assert grown < MEGABYTE
    assert sum(warning in message.text for message in samira.received) == 1
