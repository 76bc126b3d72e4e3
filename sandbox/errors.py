"""How the room says no: the code and the words that Telegram itself would use.

Words and codes follow the Bot API server's own source (telegram-bot-api, Client.cpp) and
https://core.telegram.org/bots/api#making-requests.

Refusal
└── raised by a method, turned into {"ok": false, …} by the server
"""

from sandbox.shapes import Json


class Refusal(Exception):  # noqa: N818 — Telegram refuses; the room has not failed
    """A call that Telegram would not carry out."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Json:
        """Return the body of the answer, as Telegram writes it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(description: str) -> Refusal:
    """Make a 400 out of the words after "Bad Request: "."""
    return Refusal(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refusal:
    """Make a 403 out of the words after "Forbidden: "."""
    return Refusal(403, f"Forbidden: {description}")


def too_many(seconds: int) -> Refusal:
    """Make a 429 that says after how many seconds to come back."""
    words = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, words, {"retry_after": seconds})


def migrated(new_id: int) -> Refusal:
    """Make the 400 of a group that has become a supergroup."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, words, {"migrate_to_chat_id": new_id})
