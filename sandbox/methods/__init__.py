"""The methods of the Bot API, one module a family, gathered in one table by name.

https://core.telegram.org/bots/api#available-methods. A method is a plain function from a call to
the JSON of its result; it raises Refusal. getUpdates alone waits, so the server has it.
"""

from sandbox.methods import (
    chats,
    deleting,
    editing,
    invites,
    media,
    polls,
    profile,
    queries,
    sending,
    topics,
    webhook,
)
from sandbox.methods.request import Method, Request

METHODS: dict[str, Method] = {
    **sending.METHODS,
    **media.METHODS,
    **editing.METHODS,
    **deleting.METHODS,
    **queries.METHODS,
    **chats.METHODS,
    **invites.METHODS,
    **topics.METHODS,
    **polls.METHODS,
    **profile.METHODS,
    **webhook.METHODS,
}
SPELLING = {name.lower(): name for name in [*METHODS, "getUpdates"]}

__all__ = ["METHODS", "SPELLING", "Method", "Request"]
