"""What has happened is written down, however long others keep the database locked (F09)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import Clock
from storage.database import Database, Writer
from storage.errors import BusyError

Values = ParamSpec("Values")
Result = TypeVar("Result")

BUSY_PAUSE = timedelta(seconds=1)


async def keep(
    database: Database,
    clock: Clock,
    action: Callable[Concatenate[Writer, Values], Result],
    /,
    *args: Values.args,
    **values: Values.kwargs,
) -> Result:
    """Run an action, again and again while others keep the database locked; gives its result."""
    while True:
        try:
            return await database.write(action, *args, **values)
        except BusyError:
            await clock.sleep_until(clock.now() + BUSY_PAUSE)
