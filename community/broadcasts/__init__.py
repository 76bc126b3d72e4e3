"""Telling many people of an event: preview, a minute to take it back, then each once at most.

The audience counted in the preview is looked up again when the sending starts and written down
then. A click too many, or two officers, make one broadcast (F47).
"""

from community.broadcasts.drafts import (
    REPEAT_WITHIN,
    draft,
    hold,
    hurry,
    stop,
    take_back,
    was_out,
)
from community.broadcasts.leaving import (
    LIFETIME,
    finish_done,
    follow_group,
    launch,
    launch_due,
    withdraw,
)
from community.broadcasts.progress import (
    Progress,
    check_announceable,
    existing_broadcast,
    groups_of,
    is_announceable,
    progress,
)

__all__ = [
    "LIFETIME",
    "REPEAT_WITHIN",
    "Progress",
    "check_announceable",
    "draft",
    "existing_broadcast",
    "finish_done",
    "follow_group",
    "groups_of",
    "hold",
    "hurry",
    "is_announceable",
    "launch",
    "launch_due",
    "progress",
    "stop",
    "take_back",
    "was_out",
    "withdraw",
]
