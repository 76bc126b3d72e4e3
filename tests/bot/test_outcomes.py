"""Telegram's texts, and what each means for the message that drew it."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outcomes import Outcome, classify, retry_after
from bot.request import AmbiguousError, NotSentError

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)

TOLD: list[tuple[Exception, Outcome]] = [
    (NotSentError("ClientConnectorError"), Outcome.NOT_SENT),
    (AmbiguousError("SocketTimeoutError"), Outcome.AMBIGUOUS),
    (AmbiguousError("HTTP 502", 502), Outcome.AMBIGUOUS),
    (TimedOut(), Outcome.AMBIGUOUS),
    (NetworkError("Im a Teapot (418)"), Outcome.AMBIGUOUS),
    (TelegramError("Invalid server response"), Outcome.AMBIGUOUS),
    (ValueError("not of Telegram at all"), Outcome.AMBIGUOUS),
    (RetryAfter(timedelta(seconds=7)), Outcome.HOLD),
    (NetworkError("Too Many Requests (429)"), Outcome.HOLD),
    (NetworkError("Too Many Requests: retry later"), Outcome.HOLD),
    (Forbidden("Forbidden: bot was blocked by the user"), Outcome.GONE),
    (Forbidden("Forbidden: user is deactivated"), Outcome.GONE),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Outcome.GONE),
    (Forbidden("Forbidden: bot was kicked from the group chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot was kicked from the channel chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot is not a member of the group chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot is not a member of the supergroup chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Outcome.GONE),
    (Forbidden("Forbidden: the group chat was deleted"), Outcome.GONE),
    (BadRequest("Bad Request: chat not found"), Outcome.GONE),
    (BadRequest("Bad Request: private chat not found"), Outcome.GONE),
    (ChatMigrated(-1001234567890), Outcome.MIGRATED),
    (BadRequest("Bad Request: can't parse entities: unclosed start tag at 4"), Outcome.CONTENT),
    (BadRequest("Bad Request: message is too long"), Outcome.CONTENT),
    (BadRequest("Bad Request: message text is empty"), Outcome.CONTENT),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Outcome.CONTENT),
    (NetworkError("Request Entity Too Large"), Outcome.CONTENT),
    (BadRequest(NOT_MODIFIED), Outcome.STALE),
    (BadRequest("Bad Request: message to edit not found"), Outcome.STALE),
    (BadRequest("Bad Request: message to delete not found"), Outcome.STALE),
    (BadRequest("Bad Request: message can't be edited"), Outcome.STALE),
    (BadRequest("Bad Request: message can't be deleted for everyone"), Outcome.STALE),
    (BadRequest("Bad Request: MESSAGE_ID_INVALID"), Outcome.STALE),
    (
        BadRequest(
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        ),
        Outcome.STALE,
    ),
    (InvalidToken("Unauthorized"), Outcome.AUTH),
    (InvalidToken("Not Found"), Outcome.AUTH),
    (
        Conflict("Conflict: terminated by other getUpdates request; make sure that only one bot"),
        Outcome.CONFLICT,
    ),
]


@pytest.mark.parametrize(("error", "outcome"), TOLD, ids=lambda value: str(value)[:60])
def test_error_of_a_known_text_is_told_its_class(error: Exception, outcome: Outcome) -> None:
    told = classify(error)

    assert told is outcome


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: a reason that Telegram invents tomorrow"),
        Forbidden("Forbidden: not enough rights to send text messages to the chat"),
        Forbidden("Forbidden: chat not found"),
        BadRequest("Bad Request: a reason that Telegram invents tomorrow"),
        BadRequest("Bad Request: bot was blocked by the user"),
        BadRequest("Bad Request: PEER_ID_INVALID"),
    ],
    ids=str,
)
def test_refusal_of_an_unknown_text_never_disables_a_contact(error: TelegramError) -> None:
    told = classify(error)

    assert told is Outcome.CONTENT


def test_every_class_but_done_has_a_text_that_leads_to_it() -> None:
    reached = {outcome for _, outcome in TOLD}

    assert reached == set(Outcome) - {Outcome.DONE}


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RetryAfter(timedelta(seconds=7)), 7),
        (RetryAfter(3600), 3600),
        (NetworkError("Too Many Requests (429)"), 30),
    ],
    ids=["seven", "an hour", "bare"],
)
def test_retry_after_tells_the_pause_or_thirty_seconds(error: TelegramError, seconds: int) -> None:
    pause = retry_after(error)

    assert pause == timedelta(seconds=seconds)
