"""What is read of an update, before anything is known of who sent it."""

from telegram import Message, Update

from storage.ids import MessageId


def tapped_message(update: Update) -> MessageId | None:
    """Give the message that a tap was on, None for anything else."""
    query = update.callback_query
    message = query.message if query is not None else None
    return MessageId(message.message_id) if message is not None else None


def plain_text(message: Message) -> str | None:
    """Give what a person typed themselves; None for a forward, a bot's message or no text (F71)."""
    if message.forward_origin is not None or message.via_bot is not None:
        return None
    return message.text
