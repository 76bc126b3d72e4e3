"""Typed identifiers, so that one noun's key is never handed in for another's.

`ChatId` is Telegram's: positive for a private chat (then equal to the person's id), negative for a
group (https://core.telegram.org/bots/api#chat). The others are this database's own row numbers.
"""

from typing import NewType

ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
UpdateId = NewType("UpdateId", int)

ResidentId = NewType("ResidentId", int)
CommissionId = NewType("CommissionId", int)
EventId = NewType("EventId", int)
BroadcastId = NewType("BroadcastId", int)
NoticeId = NewType("NoticeId", int)
