"""How an update ends otherwise than by being answered: settled in silence, or given up."""

from datetime import datetime

from telegram import Update
from telegram.error import ChatMigrated, TelegramError

from bot.outcomes import Outcome, classify
from community import broadcasts, rsvps, team
from storage import inbox
from storage import residents as people
from storage.database import Writer
from storage.ids import ChatId, UpdateId


def settle(
    writer: Writer, update_id: UpdateId, *, update: Update, error: TelegramError, now: datetime
) -> None:
    """End an update whose effect stands though its answer found nobody, or nobody knows."""
    chat = update.effective_chat
    if chat is not None and isinstance(error, ChatMigrated):
        new_chat_id = ChatId(error.new_chat_id)
        broadcasts.follow_group(writer, chat_id=ChatId(chat.id), new_chat_id=new_chat_id, now=now)
    elif chat is not None and classify(error) is Outcome.GONE:
        resident = people.find_speaking(writer, chat.id)
        if resident is not None:
            rsvps.lose_reach(writer, resident=resident, now=now)
    inbox.mark_done(writer, update_id)


def give_up(writer: Writer, update_id: UpdateId, *, code: str, now: datetime) -> None:
    """End an update that fails each time; the officers are told, once (F12)."""
    inbox.mark_dead(writer, update_id)
    team.report_fault(writer, code=code, now=now)
