"""The settings by section, with their defaults and what each accepts.

Frozen once read. Explained for people in config.example.toml; read by bot/config.py. What depends
on several settings (where the webhook listens, where locks lie) is worked out here, once.
"""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from community import lead_times
from community.lead_times import Ahead, DaysBefore, LeadTime

WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}", re.ASCII)
"""https://core.telegram.org/bots/api#setwebhook, secret_token; 32 at least by F61."""

LARGEST_ID = 2**52
"""https://core.telegram.org/bots/api#user: at most 52 significant bits."""

DEFAULT_WEBHOOK_PORT = 8080

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql+psycopg://"


def _clock_time(value: object) -> time:
    """Read "20:00"; pydantic alone would take 8 for eight seconds past midnight."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write an hour like "20:00"')
    return time.fromisoformat(value)


def _lead_time(value: object) -> LeadTime:
    return value if isinstance(value, LeadTime) else lead_times.parse(str(value))


def _address(value: object) -> object:
    """Check an http or https address; an empty one passes."""
    if not isinstance(value, str) or (value and not re.fullmatch(r"https?://[^\s/?#]+\S*", value)):
        raise ValueError("write an address that begins with https:// or http://")
    return value


def _line(value: object) -> object:
    if isinstance(value, str) and not value.isprintable():
        raise ValueError("has a character that cannot be shown")
    return value


def _path_part(value: object) -> object:
    """Refuse what would change the address that the token becomes a part of."""
    if isinstance(value, str) and re.search(r"[\s/?#]", value):
        raise ValueError("has a character that no token has")
    return value


def _base(address: str) -> str:
    return address.rstrip("/")


Address = Annotated[str, BeforeValidator(_address)]
BaseAddress = Annotated[Address, AfterValidator(_base)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Line = Annotated[str, BeforeValidator(_line), StringConstraints(strip_whitespace=True)]
Port = Annotated[int, Field(ge=1, le=65535)]
TelegramId = Annotated[int, Field(gt=0, lt=LARGEST_ID)]
Token = Annotated[SecretStr, BeforeValidator(_path_part)]


class Section(BaseModel):
    """A table of the settings file: frozen, and no key but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Webhook(Section):
    """Where Telegram calls, when `telegram.mode` is "webhook"."""

    url: Address = ""
    secret: SecretStr = SecretStr("")
    host: Line | None = None
    port: Port | None = None

    @field_validator("secret")
    @classmethod
    def _is_strong(cls, secret: SecretStr) -> SecretStr:
        if secret.get_secret_value() and not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("needs 32 to 256 characters among A-Z a-z 0-9 _ -")
        return secret


class Telegram(Section):
    """The bot's account, and how updates reach it."""

    token: Token = SecretStr("")
    token_file: str = ""
    api_url: BaseAddress = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()


class Database(Section):
    """Where everything is kept."""

    url: str = Field(default="sqlite:///palabre.db", repr=False, validate_default=True)

    @field_validator("url")
    @classmethod
    def _from_folder(cls, url: str, info: ValidationInfo) -> str:
        """Check the address; a relative SQLite path starts from the settings file's folder."""
        if url.startswith(POSTGRESQL):
            return url
        name = url.removeprefix(SQLITE)
        if name in ("", ":memory:", url):
            raise ValueError(f"write {SQLITE}FILE or {POSTGRESQL}…")
        folder: Path = (info.context or {}).get("folder", Path())
        return f"{SQLITE}{folder / name}"

    @property
    def sqlite_path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        if self.url.startswith(SQLITE):
            return Path(self.url.removeprefix(SQLITE))
        return None


class Http(Section):
    """The one HTTP server; off when polling unless a port is given."""

    host: Line = "127.0.0.1"
    port: Port | None = None
    public_url: BaseAddress = ""


class Community(Section):
    """Whose bot it is."""

    name: Line = Field(default="Palabre", min_length=1, max_length=64)
    timezone: ZoneInfo = ZoneInfo("Europe/Paris")
    default_language: str = Field(default="fr", pattern=r"^[a-z]{2,3}$")
    contact_phone: Line = ""


class People(Section):
    """Who may do everything, by Telegram id."""

    admins: tuple[TelegramId, ...] = ()


class Reminders(Section):
    """When reminders leave."""

    lead_times: tuple[Annotated[LeadTime, BeforeValidator(_lead_time)], ...] = (
        DaysBefore(7, time(18)),
        DaysBefore(1, time(18)),
        Ahead(timedelta(hours=2)),
    )


class QuietHours(Section):
    """When nothing is sent that can wait; equal hours mean never quiet."""

    start: ClockTime = time(20)
    end: ClockTime = time(8)


class Limits(Section):
    """The pace that Telegram allows: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

    messages_per_second: int = Field(default=30, ge=1)
    messages_per_minute_group: int = Field(default=18, ge=1)


class Broadcast(Section):
    """Announcements to many."""

    hold_seconds: int = Field(default=60, ge=0, le=3600)


class Settings(Section):
    """All of them. Made by `bot.config.load`, whose context gives the settings file's folder."""

    telegram: Telegram = Telegram()
    database: Database = Database()
    http: Http = Http()
    community: Community = Community()
    people: People = People()
    reminders: Reminders = Reminders()
    quiet_hours: QuietHours = QuietHours()
    limits: Limits = Limits()
    broadcast: Broadcast = Broadcast()

    _folder: Path = PrivateAttr(default=Path())

    def model_post_init(self, context: dict[str, Path] | None, /) -> None:
        """Keep the settings file's folder."""
        self._folder = (context or {}).get("folder", Path())

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.telegram.mode == "webhook":
            if not self.telegram.webhook.secret.get_secret_value():
                raise ValueError("telegram.webhook.secret: is needed when telegram.mode is webhook")
            if not self.webhook_url:
                raise ValueError("telegram.webhook.url: is needed, or http.public_url")
        return self

    @property
    def state_folder(self) -> Path:
        """Where the bot keeps what is not in the database: the SQLite file's folder, else ours."""
        database = self.database.sqlite_path
        return database.parent if database else self._folder

    @property
    def webhook_url(self) -> str:
        """The address to give to Telegram; empty when there is none."""
        public_url = self.http.public_url
        return self.telegram.webhook.url or (f"{public_url}/telegram" if public_url else "")

    @property
    def webhook_path(self) -> str:
        """The path of that address, where our server listens for Telegram."""
        return urlsplit(self.webhook_url).path or "/"

    @property
    def http_address(self) -> tuple[str, int] | None:
        """Where the one HTTP server listens; None when there is to be none."""
        webhook = self.telegram.webhook
        if self.telegram.mode == "webhook":
            port = webhook.port or self.http.port or DEFAULT_WEBHOOK_PORT
            return webhook.host or self.http.host, port
        return (self.http.host, self.http.port) if self.http.port else None
