"""Polls: sent, and closed.

https://core.telegram.org/bots/api#sendpoll (question 1-300, 2-12 options of 1-100 characters)
"""

from sandbox.errors import bad
from sandbox.markup import inline_of
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import send
from sandbox.shapes import Json

QUESTION_LIMIT = 300  # https://core.telegram.org/bots/api#sendpoll
OPTION_LIMIT = 100
OPTIONS_LEAST, OPTIONS_MOST = 2, 12


def _options(call: Request) -> list[Json]:
    given = call.params.listed("options")
    texts = [option["text"] if isinstance(option, dict) else str(option) for option in given]
    if len(texts) < OPTIONS_LEAST:
        raise bad("poll must have at least 2 option")
    if len(texts) > OPTIONS_MOST:
        raise bad(f"poll can't have more than {OPTIONS_MOST} options")
    for text in texts:
        if not text.strip():
            raise bad("poll options must be non-empty")
        if len(text) > OPTION_LIMIT:
            raise bad(f"poll options length must not exceed {OPTION_LIMIT}")
    return [
        {"text": text, "voter_count": 0, "persistent_id": str(number)}
        for number, text in enumerate(texts)
    ]


def _poll(call: Request) -> Json:
    question = call.params.text("question").strip()
    if not question:
        raise bad("poll question must be non-empty")
    if len(question) > QUESTION_LIMIT:
        raise bad(f"poll question length must not exceed {QUESTION_LIMIT}")
    anonymous = call.params.flag("is_anonymous") if "is_anonymous" in call.params else True
    poll: Json = {
        "id": str(next(call.world.numbers) + 5 * 10**15),
        "question": question,
        "options": _options(call),
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": call.params.text("type") or "regular",
        "allows_multiple_answers": call.params.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": poll}


def send_poll(call: Request) -> Json:
    """Send a poll."""
    return send(call, _poll)


def stop_poll(call: Request) -> Json:
    """Close a poll; return it with its final counts."""
    chat = call.writable()
    message = call.message(chat, "message with poll to stop not found")
    if not message.by_bot or "poll" not in message.body:
        raise bad("message with poll to stop not found")
    if message.body["poll"]["is_closed"]:
        raise bad("poll has already been closed")
    body = {**message.body, "poll": {**message.body["poll"], "is_closed": True}}
    body.pop("reply_markup", None)
    if keyboard := inline_of(call.params):
        body["reply_markup"] = keyboard
    message.body = body
    call.world.touch(chat, message)
    closed: Json = body["poll"]
    return closed


METHODS: dict[str, Method] = {"sendPoll": send_poll, "stopPoll": stop_poll}
