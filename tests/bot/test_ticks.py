"""The table of ticks: each deals with all that is due, however late it comes."""

from datetime import timedelta

from bot.ticks import INBOX_KEPT, OUTBOX_KEPT, table
from storage import outbox
from storage.ids import ChatId
from storage.outbox import OutboxState
from tests.house import House

HOUR = timedelta(hours=1)


async def run(house: House, name: str) -> None:
    (tick,) = [tick for tick in table(house.bot.services) if tick.name == name]
    await tick.run()


async def owe(house: House, kind: str) -> None:
    """Owe a message for later that is of no use any more in two hours."""
    await house.write(
        outbox.enqueue,
        kind=kind,
        dedupe_key=kind,
        chat_id=ChatId(1),
        lane=1,
        not_before=house.now() + 24 * HOUR,
        expires_at=house.now() + 2 * HOUR,
    )


async def states(house: House) -> dict[str, OutboxState]:
    return {one.kind: one.state for one in await house.read(outbox.all_)}


async def test_ticks_have_names_of_their_own_and_come_round_within_the_hour(
    house: House,
) -> None:
    ticks = table(house.bot.services)

    assert len({tick.name for tick in ticks}) == len(ticks)
    assert all(timedelta() < tick.every <= HOUR for tick in ticks)


async def test_k11_receipt_that_is_too_late_goes_whole_and_others_expire(house: House) -> None:
    await owe(house, "erasure_receipt")
    await owe(house, "moved")
    await run(house, "expire")
    before = await states(house)

    await house.room.advance(3 * HOUR)
    await run(house, "expire")

    assert before == {"erasure_receipt": OutboxState.PENDING, "moved": OutboxState.PENDING}
    assert await states(house) == {"moved": OutboxState.EXPIRED}


async def test_tidy_forgets_what_is_kept_no_longer(house: House) -> None:
    await owe(house, "moved")
    await house.advance(3 * HOUR)
    await house.room.advance(OUTBOX_KEPT - HOUR)
    await run(house, "tidy")
    kept = await states(house)

    await house.room.advance(2 * HOUR)
    await run(house, "tidy")

    assert kept == {"moved": OutboxState.EXPIRED}
    assert await states(house) == {}
    assert INBOX_KEPT < OUTBOX_KEPT
