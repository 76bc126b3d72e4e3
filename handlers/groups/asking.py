"""What the bot asks of Telegram about groups, where a refusal is an answer and no fault."""

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from storage.ids import ChatId


async def leave(bot: Bot, chat_id: ChatId) -> None:
    """Leave a group; nothing happens where the bot is not in it any more."""
    try:
        await bot.leave_chat(chat_id)
    except (BadRequest, Forbidden):
        return


async def invite_link(bot: Bot, chat_id: ChatId) -> str | None:
    """Have a link made by which people join a group; None where the bot is no administrator.

    https://core.telegram.org/bots/api#createchatinvitelink
    """
    try:
        return (await bot.create_chat_invite_link(chat_id)).invite_link
    except (BadRequest, Forbidden):
        return None


async def moved_to(bot: Bot, chat_id: ChatId) -> ChatId | None:
    """Find out which supergroup a group has become, None where it is what it was.

    A call to a group that has moved is refused with its new id
    (https://core.telegram.org/bots/api#responseparameters); this one shows people next to nothing.
    """
    try:
        await bot.send_chat_action(chat_id, "typing")
    except ChatMigrated as error:
        return ChatId(error.new_chat_id)
    except (BadRequest, Forbidden):
        return None
    return None
