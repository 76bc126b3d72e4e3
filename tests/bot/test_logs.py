"""The log holds no words of people, no name, no secret (F62), whoever writes to it."""

import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import logs

NAME = "Canary-Amina"
TOKEN = "123456789:CANARYCANARYCANARYCANARYCANARYCANARY"
SECRET = "CANARY-webhook-secret-0123456789abc"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Give what is logged in the test; the process's own logging is put back after."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook
    stream = io.StringIO()
    logs.configure("DEBUG", hidden=[SECRET], stream=stream)
    yield stream
    sys.excepthook, threading.excepthook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def stumble_over(word: str) -> None:
    try:
        dict[str, int]()[word]
    except KeyError as error:
        raise ValueError(f"no {word}") from error


def stumbled() -> ValueError:
    with pytest.raises(ValueError, match=NAME) as caught:
        stumble_over(NAME)
    return caught.value


def test_line_is_keys_and_values_on_one_line(stream: io.StringIO) -> None:
    structlog.get_logger("bot.receiver").info("update_kept", update_id=7, again=True)

    line = stream.getvalue()
    assert line.startswith("time=20")
    assert line.endswith(
        "Z level=info logger=bot.receiver event=update_kept update_id=7 again=true\n"
    )


def test_exception_is_logged_by_its_types_and_places(stream: io.StringIO) -> None:
    structlog.get_logger("bot.receiver").error("failed", exc_info=stumbled())

    assert 'fault="ValueError < KeyError"' in stream.getvalue()
    assert "tests/bot/test_logs.py:" in stream.getvalue()
    assert ":stumble_over" in stream.getvalue()


@pytest.mark.parametrize(
    "write",
    [
        lambda error: structlog.get_logger("bot").error("failed", exc_info=error),
        lambda error: logging.getLogger("telegram.ext").error("failed", exc_info=error),
        lambda error: logging.getLogger("handlers.errors").error("failed", exc_info=error),
        lambda error: sys.excepthook(type(error), error, error.__traceback__),
        lambda error: logging.getLogger("telegram").error("bad %s", error),
        lambda error: logging.getLogger("aiohttp").error("bad", extra={"text": str(error)}),
        lambda error: logging.getLogger("bot.gate").error("bad %s", error),
        lambda error: logging.getLogger("apscheduler").error("bad job\n%s", error),
    ],
)
def test_f62_words_of_an_exception_never_reach_the_log(
    stream: io.StringIO, write: Callable[[Exception], None]
) -> None:
    write(stumbled())

    assert stream.getvalue().count("\n") == 1
    assert NAME not in stream.getvalue()


async def test_f62_task_that_fails_unseen_is_logged_without_its_words(
    stream: io.StringIO,
) -> None:
    loop = asyncio.get_running_loop()

    loop.call_exception_handler(
        {"message": f"Task failed\n{NAME}", "exception": stumbled(), "task": NAME}
    )

    assert "Task failed" in stream.getvalue()
    assert NAME not in stream.getvalue()


@pytest.mark.parametrize("secret", [TOKEN, TOKEN.replace(":", "%3A"), SECRET])
@pytest.mark.parametrize(
    "write",
    [
        lambda text: structlog.get_logger("bot").info("called", url=f"x/bot{text}/getMe"),
        lambda text: structlog.get_logger("bot").info(text),
        lambda text: structlog.get_logger("bot").info("called", parts=[{"header": text}]),
        lambda text: logging.getLogger("handlers.a").info("called", extra={"header": text}),
        lambda text: logging.getLogger("unknown").info(text),
    ],
)
def test_f62_secret_is_struck_out_wherever_it_comes_from(
    stream: io.StringIO, write: Callable[[str], None], secret: str
) -> None:
    write(secret)

    assert logs.STRUCK_OUT in stream.getvalue()
    assert "CANARY" not in stream.getvalue()


def test_floors_below_log_by_the_standard_library_with_extras(stream: io.StringIO) -> None:
    logging.getLogger("handlers.errors").error("fault", extra={"code": "BCDFGH"})

    assert "event=fault code=BCDFGH\n" in stream.getvalue()


@pytest.mark.parametrize("name", logs.QUIET)
def test_libraries_are_silent_below_a_warning(stream: io.StringIO, name: str) -> None:
    logging.getLogger(f"{name}.inner").info("GET /bot/getMe")
    logging.getLogger(f"{name}.inner").warning("slow")

    assert stream.getvalue().count("\n") == 1


def test_uncaught_exception_of_a_process_is_logged_without_its_words() -> None:
    program = f"from bot import logs; logs.configure(); raise ValueError({NAME!r})"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "event=uncaught" in done.stderr
    assert NAME not in done.stderr


def test_thread_that_fails_is_logged_without_its_words() -> None:
    program = (
        "import threading; from bot import logs; logs.configure()\n"
        f"def fail(): raise ValueError({json.dumps(NAME)})\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "event=uncaught_in_thread" in done.stderr
    assert NAME not in done.stderr


def test_fault_code_is_six_letters_without_a_vowel() -> None:
    codes = {logs.fault_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(len(code) == 6 and set(code) <= set(logs.FAULT_LETTERS) for code in codes)
