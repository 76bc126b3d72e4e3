"""Each section's values: defaults, what is impossible, and what follows from several."""

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.settings import DEFAULT_WEBHOOK_PORT
from community.lead_times import Ahead, DaysBefore
from tests.bot.settings_files import SECRET, read, refusal


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    settings = read(tmp_path, "")

    assert settings.telegram.api_url == "https://api.telegram.org"
    assert settings.telegram.mode == "polling"
    assert settings.community.timezone == ZoneInfo("Europe/Paris")
    assert settings.reminders.lead_times == (
        DaysBefore(7, time(18)),
        DaysBefore(1, time(18)),
        Ahead(timedelta(hours=2)),
    )
    assert (settings.quiet_hours.start, settings.quiet_hours.end) == (time(20), time(8))
    assert settings.limits.messages_per_second == 30
    assert settings.limits.messages_per_minute_group == 18
    assert settings.broadcast.hold_seconds == 60
    assert settings.http_address is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('telegram = "x"', "telegram"),
        ("[telegram]\ntoken = 12", "telegram.token"),
        ('[telegram]\ntoken = "12:ab/cd"', "telegram.token"),
        ('[telegram]\napi_url = "ftp://example.org"', "telegram.api_url"),
        ('[telegram]\nmode = "both"', "telegram.mode"),
        ('[telegram.webhook]\nsecret = "short"', "telegram.webhook.secret"),
        (f'[telegram.webhook]\nsecret = "{SECRET}é"', "telegram.webhook.secret"),
        ("[telegram.webhook]\nport = 70000", "telegram.webhook.port"),
        ('[database]\nurl = "mysql://x"', "database.url"),
        ('[database]\nurl = "sqlite:///:memory:"', "database.url"),
        ('[database]\nurl = "sqlite:///"', "database.url"),
        ('[community]\nname = ""', "community.name"),
        ('[community]\nname = "a\\u0000b"', "community.name"),
        ('[community]\ntimezone = "Europe/Mulhouse"', "community.timezone"),
        ('[community]\ntimezone = "../etc/passwd"', "community.timezone"),
        ('[community]\ndefault_language = "French"', "community.default_language"),
        ("[people]\nadmins = [-1]", "people.admins.0"),
        ('[people]\nadmins = ["@somebody"]', "people.admins.0"),
        ('[reminders]\nlead_times = ["7 days"]', "reminders.lead_times.0"),
        ("[quiet_hours]\nstart = 20", "quiet_hours.start"),
        ('[quiet_hours]\nend = "24:00"', "quiet_hours.end"),
        ("[limits]\nmessages_per_second = 0", "limits.messages_per_second"),
        ("[broadcast]\nhold_seconds = -1", "broadcast.hold_seconds"),
    ],
)
def test_impossible_value_is_refused_in_one_line_with_its_key(
    tmp_path: Path, text: str, key: str
) -> None:
    problem = refusal(tmp_path, text)

    assert problem.startswith(f"{key}: ")
    assert "\n" not in problem


def test_settings_shown_in_a_traceback_hide_their_secrets(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        f'[telegram]\ntoken = "12:CANARY"\n[telegram.webhook]\nsecret = "{SECRET}"\n'
        '[database]\nurl = "postgresql+psycopg://palabre:CANARY@localhost/palabre"',
    )

    assert "CANARY" not in repr(settings)
    assert SECRET not in repr(settings)


def test_relative_sqlite_path_starts_from_the_settings_file(tmp_path: Path) -> None:
    settings = read(tmp_path, '[database]\nurl = "sqlite:///kept/palabre.db"')

    assert settings.database.sqlite_path == tmp_path / "kept" / "palabre.db"
    assert settings.database.url == f"sqlite:///{tmp_path}/kept/palabre.db"
    assert settings.state_folder == tmp_path / "kept"


def test_default_sqlite_path_starts_from_the_settings_file(tmp_path: Path) -> None:
    assert read(tmp_path, "").database.sqlite_path == tmp_path / "palabre.db"


def test_absolute_sqlite_path_stays(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.db"

    settings = read(tmp_path, "", PALABRE_DATABASE__URL=f"sqlite:///{other}")

    assert settings.database.sqlite_path == other


def test_postgresql_keeps_its_state_beside_the_settings_file(tmp_path: Path) -> None:
    settings = read(tmp_path, '[database]\nurl = "postgresql+psycopg:///palabre"')

    assert settings.database.sqlite_path is None
    assert settings.state_folder == tmp_path


def test_settings_are_frozen(tmp_path: Path) -> None:
    settings = read(tmp_path, "")

    with pytest.raises(ValidationError):
        settings.limits.messages_per_second = 1000  # type: ignore[misc] # what is tested


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[telegram]\nmode = "webhook"', "telegram.webhook.secret"),
        (
            f'[telegram]\nmode = "webhook"\n[telegram.webhook]\nsecret = "{SECRET}"',
            "telegram.webhook.url",
        ),
    ],
)
def test_f61_webhook_without_what_it_needs_is_refused(tmp_path: Path, text: str, key: str) -> None:
    assert refusal(tmp_path, text).startswith(f"{key}: is needed")


def test_f61_webhook_secret_of_31_characters_is_refused_and_of_32_accepted(tmp_path: Path) -> None:
    text = '[telegram.webhook]\nsecret = "{}"'

    problem = refusal(tmp_path, text.format("s" * 31))
    settings = read(tmp_path, text.format("s" * 32))

    assert problem.startswith("telegram.webhook.secret: needs 32")
    assert settings.telegram.webhook.secret.get_secret_value() == "s" * 32


def test_webhook_address_defaults_to_the_http_server(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        f'[telegram]\nmode = "webhook"\n[telegram.webhook]\nsecret = "{SECRET}"\n'
        '[http]\nhost = "0.0.0.0"\nport = 8443\npublic_url = "https://bot.example.org/"',
    )

    assert settings.webhook_url == "https://bot.example.org/telegram"
    assert settings.webhook_path == "/telegram"
    assert settings.http_address == ("0.0.0.0", 8443)  # noqa: S104 - an address read, not bound


def test_webhook_address_of_its_own_beats_the_http_server(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        '[telegram]\nmode = "webhook"\n[telegram.webhook]\n'
        f'secret = "{SECRET}"\nurl = "https://bot.example.org/hook/"\nport = 9000\n',
    )

    assert settings.webhook_url == "https://bot.example.org/hook/"
    assert settings.webhook_path == "/hook/"
    assert settings.http_address == ("127.0.0.1", 9000)


def test_webhook_without_a_port_listens_on_the_usual_one(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        '[telegram]\nmode = "webhook"\n'
        f'[telegram.webhook]\nsecret = "{SECRET}"\nurl = "https://bot.example.org"',
    )

    assert settings.http_address == ("127.0.0.1", DEFAULT_WEBHOOK_PORT)


def test_http_server_runs_beside_polling_when_a_port_is_given(tmp_path: Path) -> None:
    assert read(tmp_path, "[http]\nport = 8081").http_address == ("127.0.0.1", 8081)
