"""`make bench`: runs every script and prints one table."""

from bench import b1_taps, b2_cpu, b3_actions, b7_rows, b10_start
from bench.table import Bench, arguments, show

ALL: tuple[Bench, ...] = (
    b1_taps.bench,
    b2_cpu.bench,
    b3_actions.bench,
    b7_rows.bench,
    b10_start.bench,
)


def main() -> None:
    """Run all and print the table."""
    rounds, quick = arguments(__doc__)
    show([line for bench in ALL for line in bench(rounds, quick)])


if __name__ == "__main__":
    main()
