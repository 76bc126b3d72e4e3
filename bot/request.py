"""Every call to the Bot API, over one aiohttp session kept alive between calls.

It raises what python-telegram-bot raises, plus two errors of its own that say whether Telegram
may have executed the call (reliability.md, §1.2): NotSentError and AmbiguousError. No message of
an error and no log holds the address, which holds the token; so aiohttp's own errors, whose text
quotes it, are not chained either, and are named by their type only.
Format: https://core.telegram.org/bots/api#making-requests
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, cast

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.wire import Wire

# python-telegram-bot's opt-in (22.2): durations are timedeltas. Without it the mere making of a
# RetryAfter warns, and warnings are errors in the tests.
os.environ.setdefault("PTB_TIMEDELTA", "true")

TOTAL_DEADLINE: Final = timedelta(seconds=35)
"""A call ends after this, even when its answer trickles in (reliability.md, F41)."""

READ_TIMEOUT: Final = timedelta(seconds=30)
"""Silence on the line after which nobody will answer any more."""

READ_MARGIN: Final = timedelta(seconds=5)
"""What a caller who asks for a longer silence gets beyond it, to read the answer."""

CONNECT_TIMEOUT: Final = timedelta(seconds=10)
POOL_TIMEOUT: Final = timedelta(seconds=5)

KEEP_ALIVE: Final = timedelta(seconds=75)
"""A new connection costs 3 ms and two round trips (performance.md, "Measured")."""

CONNECTIONS: Final = 320
"""Room for what is handled side by side (256), what leaves by itself, and always the poll."""

BARE_FLOOD_PAUSE: Final = timedelta(seconds=30)
"""The pause after a 429 that names none (reliability.md, §1.2, HOLD)."""

_NEVER_LEFT: Final = (
    aiohttp.ClientConnectorError,  # refused, unreachable, DNS, TLS
    aiohttp.ConnectionTimeoutError,  # connecting, or waiting for the pool
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
_MAY_HAVE_LEFT: Final = (aiohttp.ClientError, TimeoutError, OSError)

_DEFAULT: Final = BaseRequest.DEFAULT_NONE
_COMPACT: Final = json.JSONEncoder(separators=(",", ":"))


class TransportError(NetworkError):
    """A call without an answer that can be trusted; `status` is the HTTP status, if one came.

    ├── NotSentError     it never reached Telegram
    └── AmbiguousError   Telegram may have executed it
    """

    __slots__ = ("status",)

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class NotSentError(TransportError):
    """The call never reached Telegram: trying again cannot do it twice."""

    __slots__ = ()


class AmbiguousError(TransportError):
    """The call may have been executed: trying again may do it twice."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Plain:
    """Parameters that are plain values already; the library's RequestData would wrap each one."""

    parameters: dict[str, object]
    contains_files: bool = False


class _Reply(dict[str, Any]):
    """A decoded answer, in which a missing `result` is an outcome and not a KeyError."""

    def __missing__(self, key: str) -> object:
        raise AmbiguousError(f"an answer without {key}", HTTPStatus.OK)


class AiohttpRequest(BaseRequest):
    """Carries the calls of one bot; the session opens at `initialize` and closes at `shutdown`."""

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        *,
        total_deadline: timedelta = TOTAL_DEADLINE,
        read_timeout: timedelta = READ_TIMEOUT,
        connect_timeout: timedelta = CONNECT_TIMEOUT,
        pool_timeout: timedelta = POOL_TIMEOUT,
        connections: int = CONNECTIONS,
    ) -> None:
        self._methods_url = f"{api_url.rstrip('/')}/bot{token}"
        self._total = total_deadline.total_seconds()
        self._read = read_timeout.total_seconds()
        self._connect = connect_timeout.total_seconds()
        self._pool = pool_timeout.total_seconds()
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._wire: Wire | None = None
        self._usual_timeout = self._timeout(self._read, self._connect, self._pool)

    @property
    @override
    def read_timeout(self) -> float | None:
        """Seconds of silence on the line that end a call."""
        return self._read

    @override
    async def initialize(self) -> None:
        """Open the session; nothing is connected yet."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE.total_seconds()
            )
            self._wire = Wire(connector, self.USER_AGENT)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    @override
    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def call(
        self, method: str, parameters: Mapping[str, object], *, read_timeout: float | None = None
    ) -> Any:  # noqa: ANN401 - each method has a result of its own
        """Call a method of the Bot API; gives its decoded `result`, without building objects.

        Args:
            method: as Telegram writes it ("sendMessage").
            parameters: what JSON can hold; None stands for absent.
            read_timeout: seconds, where the usual ones are too short (a long poll).

        Raises:
            NotSentError: it never reached Telegram.
            AmbiguousError: it may have been executed.
            TelegramError: Telegram has refused it: RetryAfter, Forbidden, BadRequest, ….
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self.post(
            f"{self._methods_url}/{method}",
            # The base class hands it to `do_request` unread.
            cast("RequestData", _Plain(given)),
            read_timeout=_DEFAULT if read_timeout is None else read_timeout,
        )

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _DEFAULT,
        write_timeout: ODVInput[float] = _DEFAULT,
        connect_timeout: ODVInput[float] = _DEFAULT,
        pool_timeout: ODVInput[float] = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Send one request; gives status and body where the base class can tell what they mean.

        A write has no timeout of its own: the total deadline ends it.

        Raises:
            NotSentError: it never reached Telegram.
            AmbiguousError: it may have been executed; any status of 5xx too.
            RetryAfter: a 429.
        """
        if self._session is None:
            raise NotSentError("the session is not open")
        timeout = self._timeout_for(read_timeout, connect_timeout, pool_timeout)
        status, body = await self._exchange(
            self._session, method, url, timeout, _encode(request_data)
        )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise AmbiguousError(f"HTTP {status}", status)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise RetryAfter(_pause_asked(body))
        return status, body

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer.

        The base class would log the body of one that it cannot read: people's words.

        Raises:
            AmbiguousError: it is not a JSON object; only a 2xx lets this one through.
        """
        try:
            decoded = json.loads(payload)
        except ValueError:
            decoded = None
        if not isinstance(decoded, dict):
            raise AmbiguousError("an answer that is no JSON object", HTTPStatus.OK)
        return _Reply(decoded)

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own, several in one
        body: Mapping[str, Any],
    ) -> tuple[int, bytes]:
        try:
            if method == "POST" and self._wire is not None and "data" not in body:
                document = _COMPACT.encode(body.get("json", {}))
                return await self._wire.post(url, document.encode(), timeout)
            async with session.request(
                method, url, timeout=timeout, allow_redirects=False, **body
            ) as response:
                return response.status, await response.read()
        except _NEVER_LEFT as error:
            failure: TransportError = NotSentError(type(error).__name__)
        except _MAY_HAVE_LEFT as error:
            failure = AmbiguousError(type(error).__name__)
        # Outside the handlers, so that no traceback prints what it was raised from: see above.
        raise failure

    def _timeout_for(
        self, read: ODVInput[float], connect: ODVInput[float], pool: ODVInput[float]
    ) -> aiohttp.ClientTimeout:
        if read is connect is pool is _DEFAULT:
            return self._usual_timeout
        return self._timeout(
            self._read if isinstance(read, DefaultValue) else read,
            self._connect if isinstance(connect, DefaultValue) else connect,
            self._pool if isinstance(pool, DefaultValue) else pool,
        )

    def _timeout(
        self, read: float | None, connect: float | None, pool: float | None
    ) -> aiohttp.ClientTimeout:
        total = self._total
        if read is None or read > self._read:
            total = max(total, (read or 0) + READ_MARGIN.total_seconds())
        return aiohttp.ClientTimeout(
            total=total,
            connect=None if connect is None else connect + (pool or 0),
            sock_connect=connect,
            sock_read=read,
        )


def _encode(request_data: RequestData | None) -> dict[str, Any]:
    """Put parameters into a body: JSON, or a form of many parts where there are files."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"json": request_data.parameters}
    # Names of files go out as they are, in UTF-8, as browsers send them.
    form = aiohttp.FormData(quote_fields=False)
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}


def _pause_asked(body: bytes) -> timedelta:
    """Read out of a 429 how long to wait."""
    try:
        seconds = json.loads(body)["parameters"]["retry_after"]
        return timedelta(seconds=seconds) if seconds > 0 else BARE_FLOOD_PAUSE
    except (ValueError, LookupError, TypeError, OverflowError):
        return BARE_FLOOD_PAUSE
