"""B2: CPU of a full tap, all threads together, against a stock PTB that only answers it.

Ours does all that B1 tells. The other has no database and no screen: update in, then
answerCallbackQuery. The API answers at once, 64 taps are under way, flood control is off and
`limits.*` are raised. The figures are the kernel's, of the bot's process, read before and after.
"""

from bench import rounds, street
from bench.b1_taps import QUICK_PEOPLE
from bench.street import Visit
from bench.table import Line, Side, alone

FULL = Visit(for_s=6, warm_up_s=2, under_way=64, latency_s=0)
BARE = Visit(for_s=6, warm_up_s=2, under_way=64, latency_s=0, wants_edit=False)
QUICK_FULL = Visit(for_s=0.5, warm_up_s=0.5, under_way=8, latency_s=0)
QUICK_BARE = Visit(for_s=0.5, warm_up_s=0.5, under_way=8, latency_s=0, wants_edit=False)


def bench(count: int, quick: bool) -> list[Line]:  # noqa: FBT001 - see table.Bench
    """Run the arms; gives the table's line."""
    full, bare = (QUICK_FULL, QUICK_BARE) if quick else (FULL, BARE)
    people = QUICK_PEOPLE if quick else street.PEOPLE
    got = rounds.run(
        {
            "palabre": lambda: street.visit(street.palabre, full, people=people),
            "bare": lambda: street.visit(street.other("bot_bare"), bare, people=people),
        },
        count,
    )
    ratio = got.ratio("palabre", "bare", "cpu_ms")
    arms = "stock PTB that only answers the callback"
    return [Line("B2", "CPU of a full tap", arms, ratio, Side.AT_MOST, 0.5, 0.25)]


if __name__ == "__main__":
    alone(bench, __doc__)
