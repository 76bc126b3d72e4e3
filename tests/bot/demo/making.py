"""What the tests of the demonstration make: a seeded database, and a stage that is listened to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.demo import home as homes
from bot.demo import opening
from bot.demo import sight as sights
from bot.demo.home import Home
from bot.demo.opening import USERNAME, settings_values
from bot.demo.plan import plan
from bot.demo.seed import Place, sow
from bot.demo.sight import Sight
from bot.demo.stage import Stage
from bot.house import premises_of
from bot.settings import Settings
from tests.databases import opened

GROUP = Place(-1_002_000_000_001, "https://t.me/+room")
TOKEN = "7000000001:" + 35 * "x"


@asynccontextmanager
async def sown(folder: Path, *, seed: int = 7, language: str = "fr") -> AsyncIterator[Sight]:
    """Give a sight of a database in which a quarter's past was written."""
    home = Home(folder, TOKEN, seed, language)
    values = settings_values(home, "http://127.0.0.1:1")
    settings = Settings.model_validate(values, context={"folder": folder})
    async with opened(settings.database.url) as database:
        await database.write(
            sow,
            plan=plan(seed, language=language),
            premises=premises_of(settings, USERNAME),
            group=GROUP,
            language=language,
            seed=seed,
        )
    with sights.opened(home.database) as sight:
        yield sight


class Played:
    """A stage, and the last that its page was told of each event."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.told: dict[str, object] = {}
        self.complaints: list[str] = []
        page = stage.tell
        stage.complain = self.complaints.append

        def tell(name: str, told: object) -> None:
            self.told[name] = told
            page(name, told)

        stage.tell = tell


@asynccontextmanager
async def playing(folder: Path | None = None, *, language: str = "fr") -> AsyncIterator[Played]:
    """Give a stage on which a bot lives."""
    with homes.opened(folder, language=language) as home:
        async with opening.opened(home, port=0, complain=lambda _line: None) as stage:
            yield Played(stage)
