"""The stage that bots are killed on, and the nursery that they come from."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.stage import Stage, open_stage
from tests.nursery import Nursery, open_nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Give what starts bots as processes: one for all tests, for it takes seconds to begin."""
    with open_nursery(tmp_path_factory.mktemp("nursery")) as one:
        yield one


@pytest_asyncio.fixture
async def stage(nursery: Nursery, house_template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """Give a stage on a database of the test's own; no bot lives there yet."""
    async with open_stage(nursery, house_template, tmp_path) as one:
        yield one
