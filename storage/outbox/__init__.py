"""Messages owed: facts that are put into words when they leave.

States: pending → sending → sent | failed | expired | cancelled | skipped | uncertain
(reliability.md §1.1). A claim is one committed transaction, its result another. A chat gets one
message at a time, in the order in which they were owed; only a message of a faster lane goes before
those that wait in a slower one. Facts are erased at the end; keys stay, so that nothing is owed
twice.
"""

from storage.outbox.leaving import (
    claim,
    erase_expired,
    expire,
    mark,
    next_at,
    pending,
    postpone,
    sending,
)
from storage.outbox.looking import all_, count, get, of_resident, tally
from storage.outbox.owing import (
    cancel,
    cancel_broadcast,
    cancel_key,
    enqueue,
    erase,
    erase_chat,
    forget,
    move_chat,
    skip_chat,
)
from storage.outbox.rows import OUTBOX, Notice, OutboxState

__all__ = [
    "OUTBOX",
    "Notice",
    "OutboxState",
    "all_",
    "cancel",
    "cancel_broadcast",
    "cancel_key",
    "claim",
    "count",
    "enqueue",
    "erase",
    "erase_chat",
    "erase_expired",
    "expire",
    "forget",
    "get",
    "mark",
    "move_chat",
    "next_at",
    "of_resident",
    "pending",
    "postpone",
    "sending",
    "skip_chat",
    "tally",
]
