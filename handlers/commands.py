"""The commands that Telegram lists beside the field where people type, by who they are and read.

A list is not an authorisation: each command is authorised when it comes (product.md, rule 12). One
chat's list goes before everybody's (https://core.telegram.org/bots/api#botcommandscope).
"""

from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from handlers.premises import Services
from handlers.words import Words, languages, words_for
from storage import residents
from storage.ids import ChatId

ISO_639_1 = 2
"""Letters of the language codes that it takes (https://core.telegram.org/bots/api#setmycommands)."""
FOR_EVERYBODY = (
    "start",
    "agenda",
    "groupes",
    "inscriptions",
    "donnees",
    "langue",
    "aide",
    "stop",
    "help",
    "settings",
)
FOR_OFFICERS = ("nouveau", "diffuser", "presences", "equipe")


def listed(words: Words, names: Iterable[str]) -> list[BotCommand]:
    """Give commands with what they do, in one language."""
    return [BotCommand(name, words(f"command-{name}")) for name in names]


async def publish(bot: Bot, services: Services) -> None:
    """Set everybody's list in each language, and the officers' own."""
    default = words_for(services.premises.default_language)
    await bot.set_my_commands(listed(default, FOR_EVERYBODY))
    for language in languages():
        if len(language) != ISO_639_1:
            continue
        await bot.set_my_commands(
            listed(words_for(language), FOR_EVERYBODY), language_code=language
        )
    for officer in await services.database.read(residents.team):
        await publish_to_officer(bot, officer.chat_id, language=officer.language)


async def publish_to_officer(bot: Bot, chat_id: ChatId, *, language: str) -> None:
    """Set one officer's list, in the language that they read."""
    commands = listed(words_for(language), (*FOR_OFFICERS, *FOR_EVERYBODY))
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
    except (BadRequest, Forbidden):
        # The officer has blocked the bot or left Telegram: there is nobody to list anything to.
        return


async def withdraw(bot: Bot, chat_id: ChatId) -> None:
    """Delete one chat's own list."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
    except (BadRequest, Forbidden):
        return
