"""Every way in which a call can fail, and whether Telegram may have executed it."""

import asyncio
import io
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.outcomes import Outcome, classify
from bot.request import AiohttpRequest, AmbiguousError, NotSentError
from sandbox.room import Room
from sandbox.server import Server
from tests.bot.lines import (
    Answer,
    Telegram,
    nothing,
    refuses,
    reset,
    says,
    says_ok,
    silent,
    then_cuts,
    trickles,
)

TOKEN = "123456:canary-of-a-token"
SHORT = timedelta(milliseconds=150)
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 11, "type": "private"}, "text": "Salut"}


@asynccontextmanager
async def calling(
    answer: Answer,
    *,
    total_deadline: timedelta = timedelta(seconds=5),
    read_timeout: timedelta = timedelta(seconds=5),
) -> AsyncIterator[tuple[Telegram, AiohttpRequest]]:
    """Open a server that answers so, and a request that calls it."""
    async with (
        Telegram(answer).open() as telegram,
        AiohttpRequest(
            TOKEN, telegram.url, total_deadline=total_deadline, read_timeout=read_timeout
        ) as request,
    ):
        yield telegram, request


async def failure(request: AiohttpRequest, *, read_timeout: float | None = None) -> TelegramError:
    """Call, and give the error."""
    with pytest.raises(TelegramError) as raised:
        await request.call(
            "sendMessage", {"chat_id": 11, "text": "Salut"}, read_timeout=read_timeout
        )
    return raised.value


# ---------------------------------------------------------------- what goes out


async def test_call_sends_json_and_gives_the_result_as_it_came() -> None:
    async with calling(says_ok([{"update_id": 5}])) as (telegram, request):
        result = await request.call("getUpdates", {"offset": 5, "limit": None})

    [call] = telegram.received
    assert result == [{"update_id": 5}]
    assert (call.method, call.path) == ("POST", f"/bot{TOKEN}/getUpdates")
    assert call.headers["Content-Type"].startswith("application/json")
    assert json.loads(call.body) == {"offset": 5}


async def test_calls_in_turn_share_one_connection() -> None:
    async with calling(says_ok(result=True)) as (telegram, request):
        for _ in range(5):
            await request.call("getMe", {})

    assert (len(telegram.received), telegram.connections) == (5, 1)


async def test_bot_sends_through_it_a_message_with_buttons() -> None:
    async with calling(says_ok(MESSAGE)) as (telegram, request):
        bot = ExtBot(TOKEN, base_url=f"{telegram.url}/bot", request=request)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Je viens", callback_data="1")]])

        message = await bot.send_message(11, "Salut é 🎉", reply_markup=markup)

    sent = json.loads(telegram.received[0].body)
    assert message.message_id == 7
    assert sent["text"] == "Salut é 🎉"
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "Je viens"


async def test_bot_sends_through_it_a_file_as_a_form() -> None:
    async with calling(says_ok(MESSAGE)) as (telegram, request):
        bot = ExtBot(TOKEN, base_url=f"{telegram.url}/bot", request=request)

        await bot.send_document(
            11, InputFile(io.BytesIO(b'{"a": 1}'), filename="données.json"), caption="Voilà"
        )

    parts = telegram.received[0].parts()
    assert parts["document"].get_payload(decode=True) == b'{"a": 1}'
    assert parts["caption"].get_payload(decode=True) == "Voilà".encode()
    assert 'filename="données.json"'.encode() in telegram.received[0].body


async def test_bot_fetches_a_file_through_it() -> None:
    async with calling(says(200, b"\x00voice")) as (telegram, request):
        content = await request.retrieve(f"{telegram.url}/file/bot{TOKEN}/voice.oga")

    assert content == b"\x00voice"


async def test_bot_speaks_through_it_to_a_server_written_from_the_reference() -> None:
    room = Room()
    zohra = room.person("Zohra")
    zohra.start()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Je viens", callback_data="1")]])

    async with Server(room) as server, AiohttpRequest(room.token, server.api_url) as request:
        bot = ExtBot(room.token, base_url=f"{server.api_url}/bot", request=request)
        message = await bot.send_message(zohra.id, "<b>Fête</b>", "HTML", reply_markup=markup)
        again = await request.call(
            "editMessageText",
            {"chat_id": zohra.id, "message_id": message.message_id, "text": "Fête de rue"},
        )
        updates = await request.call("getUpdates", {"timeout": 0, "allowed_updates": ["message"]})

    assert (message.text, again["text"]) == ("Fête", "Fête de rue")
    assert updates[0]["message"]["text"] == "/start"


# ---------------------------------------------------------------- what Telegram refuses


@pytest.mark.parametrize(
    ("answer", "kind", "outcome"),
    [
        (refuses(400, "Bad Request: chat not found"), BadRequest, Outcome.GONE),
        (refuses(400, "Bad Request: message is too long"), BadRequest, Outcome.CONTENT),
        (refuses(400, "Bad Request: message to edit not found"), BadRequest, Outcome.STALE),
        (refuses(401, "Unauthorized"), InvalidToken, Outcome.AUTH),
        (refuses(404, "Not Found"), InvalidToken, Outcome.AUTH),
        (refuses(403, "Forbidden: bot was blocked by the user"), Forbidden, Outcome.GONE),
        (refuses(403, "Forbidden: something new"), Forbidden, Outcome.CONTENT),
        (refuses(409, "Conflict: terminated by other getUpdates"), Conflict, Outcome.CONFLICT),
        (refuses(413, "Request Entity Too Large"), NetworkError, Outcome.CONTENT),
        (says(403, b"<html>proxy</html>"), Forbidden, Outcome.CONTENT),
        (says(302, b""), NetworkError, Outcome.AMBIGUOUS),
        (
            refuses(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009),
            ChatMigrated,
            Outcome.MIGRATED,
        ),
    ],
)
async def test_refusal_of_telegram_is_told_as_the_library_tells_it(
    answer: Answer, kind: type[TelegramError], outcome: Outcome
) -> None:
    async with calling(answer) as (_, request):
        error = await failure(request)

    assert type(error) is kind
    assert classify(error) is outcome


async def test_answer_that_points_elsewhere_is_not_followed() -> None:
    async with Telegram(says_ok(result=True)).open() as elsewhere:
        lured = says(302, b"", headers=f"Location: {elsewhere.url}/bot{TOKEN}/sendMessage\r\n")
        async with calling(lured) as (_, request):
            error = await failure(request)

    assert classify(error) is Outcome.AMBIGUOUS
    assert elsewhere.received == []


async def test_f31_migrated_group_tells_its_new_id() -> None:
    async with calling(refuses(400, "x", migrate_to_chat_id=-1009)) as (_, request):
        error = await failure(request)

    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == -1009


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (refuses(429, "Too Many Requests: retry after 7", retry_after=7), 7),
        (refuses(429, "Too Many Requests: retry after 3600", retry_after=3600), 3600),
        (refuses(429, "Too Many Requests"), 30),
        (refuses(429, "slow down", retry_after=0), 30),
        (says(429, {"parameters": {"retry_after": "soon"}}), 30),
        (says(429, ["not an object"]), 30),
        (says(429, b"<html>slow down</html>"), 30),
        (says(429, b""), 30),
    ],
)
async def test_f25_flood_tells_the_pause_or_thirty_seconds(answer: Answer, seconds: int) -> None:
    async with calling(answer) as (_, request):
        error = await failure(request)

    assert isinstance(error, RetryAfter)
    assert error.retry_after == timedelta(seconds=seconds)


# ---------------------------------------------------------------- what may have been executed


@pytest.mark.parametrize(
    "answer",
    [
        refuses(500, "Internal Server Error: message is not modified"),
        refuses(502, "Bad Gateway", retry_after=5),
        says(502, b"<html><h1>502 Bad Gateway</h1></html>"),
        says(503, b""),
        says(504, b"<html>"),
    ],
    ids=["500 json", "502 json", "502 html", "503 empty", "504 html"],
)
async def test_f33_server_error_is_ambiguous_and_keeps_its_status(answer: Answer) -> None:
    async with calling(answer) as (_, request):
        error = await failure(request)

    assert isinstance(error, AmbiguousError)
    assert error.status is not None
    assert error.status >= 500


@pytest.mark.parametrize(
    "answer",
    [
        says(200, {"ok": True}),
        says(200, b'{"ok": true, "resu'),
        says(200, b"<html>welcome to our free wifi</html>"),
        says(200, b""),
        says(200, b"null"),
        says(200, b"\xff\xfe"),
        says(200, [1]),
    ],
    ids=["no result", "truncated", "html", "empty", "null", "no utf-8", "list"],
)
async def test_f41_success_that_cannot_be_read_is_ambiguous(answer: Answer) -> None:
    async with calling(answer) as (_, request):
        error = await failure(request)

    assert isinstance(error, AmbiguousError)
    assert error.status == 200


@pytest.mark.parametrize(
    "answer",
    [
        then_cuts(nothing),
        reset,
        then_cuts(says(200, b'{"ok": tr', length=100)),
        then_cuts(says(200, b"", length=100)),
        says(200, b"x", length=-1),
    ],
    ids=["cut before", "reset", "partial body", "cut after headers", "broken headers"],
)
async def test_f24_connection_cut_once_the_call_has_left_is_ambiguous(answer: Answer) -> None:
    async with calling(answer) as (telegram, request):
        error = await failure(request)

    assert isinstance(error, AmbiguousError)
    assert len(telegram.received) == 1


async def test_f22_silence_after_the_call_has_left_is_ambiguous() -> None:
    async with calling(silent, read_timeout=SHORT) as (telegram, request):
        error = await failure(request)

    assert isinstance(error, AmbiguousError)
    assert error.message == "SocketTimeoutError"
    assert len(telegram.received) == 1


async def test_f41_answer_of_a_byte_at_a_time_ends_at_the_total_deadline() -> None:
    async with calling(trickles, total_deadline=SHORT, read_timeout=SHORT) as (_, request):
        async with asyncio.timeout(4):
            error = await failure(request)

    assert isinstance(error, AmbiguousError)
    assert error.message == "TimeoutError"


async def test_f41_without_the_total_deadline_such_an_answer_does_not_end() -> None:
    async with calling(trickles, read_timeout=SHORT) as (_, request):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(4 * SHORT.total_seconds()):
                await failure(request)


async def test_long_poll_may_be_silent_for_longer_than_other_calls() -> None:
    let_go = asyncio.Event()

    async def answers_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        await says_ok([])(reader, writer)

    async with calling(answers_late, total_deadline=SHORT, read_timeout=SHORT) as (_, request):
        poll = asyncio.ensure_future(request.call("getUpdates", {}, read_timeout=60))
        assert isinstance(await failure(request), AmbiguousError)
        let_go.set()
        updates = await poll

    assert updates == []


# ---------------------------------------------------------------- what never left


async def test_f21_connection_refused_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    async with AiohttpRequest(TOKEN, f"http://127.0.0.1:{port}") as request:
        error = await failure(request)

    assert isinstance(error, NotSentError)
    assert error.status is None


async def test_f21_unknown_name_is_not_sent() -> None:
    async with AiohttpRequest(TOKEN, "http://nowhere.invalid") as request:
        error = await failure(request)

    assert isinstance(error, NotSentError)


async def test_f21_connection_never_accepted_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        with socket.create_connection(address):
            async with AiohttpRequest(
                TOKEN, f"http://127.0.0.1:{address[1]}", connect_timeout=SHORT, pool_timeout=SHORT
            ) as request:
                error = await failure(request)

    assert isinstance(error, NotSentError)
    assert error.message == "ConnectionTimeoutError"


async def test_call_that_finds_no_free_connection_is_not_sent() -> None:
    async with (
        Telegram(silent).open() as telegram,
        AiohttpRequest(
            TOKEN, telegram.url, connections=1, connect_timeout=SHORT, pool_timeout=SHORT
        ) as request,
    ):
        first = asyncio.ensure_future(request.call("getMe", {}))
        await telegram.called.wait()
        error = await failure(request)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)

    assert isinstance(error, NotSentError)
    assert len(telegram.received) == 1


async def test_call_over_a_closed_session_is_not_sent() -> None:
    request = AiohttpRequest(TOKEN)
    await request.shutdown()

    error = await failure(request)

    assert isinstance(error, NotSentError)


# ---------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    "answer",
    [
        silent,
        then_cuts(nothing),
        says(200, b"<html>Bonjour Zohra</html>"),
        says(502, b"Zohra"),
        refuses(401, "Unauthorized"),
    ],
    ids=["silent", "cut", "no json", "502", "401"],
)
async def test_f62_neither_token_nor_words_are_in_error_traceback_or_log(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with calling(answer, read_timeout=SHORT) as (_, request):
        error = await failure(request)
    told = "".join(traceback.format_exception(error)) + repr(error) + caplog.text

    assert TOKEN not in told
    assert "Zohra" not in told


async def test_f62_token_is_in_no_traceback_of_a_call_that_never_left() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        with socket.create_connection(address):
            async with AiohttpRequest(
                TOKEN, f"http://127.0.0.1:{address[1]}", connect_timeout=SHORT, pool_timeout=SHORT
            ) as request:
                error = await failure(request)

    assert TOKEN not in "".join(traceback.format_exception(error))
