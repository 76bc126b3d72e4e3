"""One log: a line of key=value for each thing that happened, on stderr.

It never holds what people wrote, their names, the token or a secret (reliability.md F62). So an
exception is logged as its type and the places it went through, never its message nor its
variables, which quote what it choked on; a library's line is kept as its template, without what
the library fills in. What passes all that and looks like a secret is struck out.
"""

import logging
import re
import secrets
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

BOT_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.ASCII | re.IGNORECASE)
"""https://core.telegram.org/bots/api#authorizing-your-bot"""

STRUCK_OUT = "[secret]"
FAULT_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowel, so that no code is a word in anyone's language."""

HOUSE = ("bot.", "handlers.", "community.", "storage.")
QUIET = ("aiohttp", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "telegram")
_MOST_FRAMES = 12
_MOST_CAUSES = 4
_ROOT = Path(__file__).resolve().parent.parent


def configure(
    level: str = "INFO", hidden: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Set up every log of the process, stderr by default; `hidden` are secrets to strike out.

    Uncaught exceptions are logged like the others. Calling it again replaces what was set.
    """
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(_formatter(hidden))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread


def fault_code() -> str:
    """Give six letters that tie an apology to a line of the log."""
    return "".join(secrets.choice(FAULT_LETTERS) for _ in range(6))


def places(error: BaseException) -> str:
    """Tell where an exception went, as file:line:function, the raising place last."""
    frames = [
        f"{_short(frame.f_code.co_filename)}:{line}:{frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return " > ".join(frames[-_MOST_FRAMES:])


def kinds(error: BaseException) -> str:
    """Tell an exception's type and those of its causes, the first cause last."""
    return " < ".join(type(cause).__qualname__ for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _short(filename: str) -> str:
    """Name a file from the project's root, or from its library's folder."""
    path = Path(filename)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(_ROOT))
    return "/".join(path.parts[-2:])


def _without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its types and places."""
    error = _exception(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if error is not None:
        event.update(fault=kinds(error), at=places(error))
    return event


def _exception(found: object) -> BaseException | None:
    """Take the exception out of any of the forms in which logging passes it."""
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        error: BaseException | None = found[1]
        return error
    return sys.exc_info()[1] if found else None


def _from_logging(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Keep of a line its first line, before anything was filled in; extras only from the house.

    The floors below log by the standard library: `log.error("card_lost", extra={"event_id": 7})`.
    """
    record: logging.LogRecord = event["_record"]
    event["event"] = str(record.msg).partition("\n")[0][:120]
    return _add_extras(logger, method, event) if record.name.startswith(HOUSE) else event


def _formatter(hidden: Iterable[str]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_BEFORE, _from_logging],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_words,
            _render(hidden),
        ],
        use_get_message=False,
    )


def _render(hidden: Iterable[str]) -> Processor:
    """Give the last step: one line, without anything hidden, whatever brought it there."""
    known = [re.escape(secret) for secret in hidden if secret]
    pattern = re.compile("|".join([*known, BOT_TOKEN.pattern]), BOT_TOKEN.flags)
    logfmt = structlog.processors.LogfmtRenderer(
        key_order=["time", "level", "logger", "event"], drop_missing=True, bool_as_flag=False
    )

    def render(logger: WrappedLogger, method: str, event: EventDict) -> str:
        return pattern.sub(STRUCK_OUT, logfmt(logger, method, event))

    return render


def _log_uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    structlog.get_logger("bot").critical("uncaught", code=fault_code(), exc_info=error)


def _log_thread(arguments: threading.ExceptHookArgs) -> None:
    structlog.get_logger("bot").critical(
        "uncaught_in_thread", code=fault_code(), exc_info=arguments.exc_value
    )


_BEFORE: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
]
_add_extras = structlog.stdlib.ExtraAdder()
