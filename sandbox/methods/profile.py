"""How the bot presents itself: commands by scope and language, words, menu buttons.

https://core.telegram.org/bots/api#setmycommands (100 commands; 1-32; description 1-256)
"""

import re

from sandbox.errors import bad
from sandbox.methods.request import Method, Request
from sandbox.profile import Scope
from sandbox.shapes import Json

COMMANDS_LIMIT = 100  # https://core.telegram.org/bots/api#setmycommands
DESCRIPTION_LIMIT = 256  # https://core.telegram.org/bots/api#botcommand
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
WORDS = {
    "Name": ("name", 64, "BOT_TITLE_INVALID"),
    "Description": ("description", 512, "BOT_DESCRIPTION_INVALID"),
    "ShortDescription": ("short_description", 120, "BOT_ABOUT_INVALID"),
}


def _scope(call: Request) -> Scope:
    scope = call.params.mapping("scope")
    kind = scope.get("type", "default")
    if kind in PLAIN_SCOPES:
        return kind, 0, 0
    if kind not in CHAT_SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    chat_id = scope.get("chat_id")
    if isinstance(chat_id, str) and chat_id.lstrip("-").isdigit():
        chat_id = int(chat_id)
    if chat_id not in call.world.chats:
        raise bad("chat not found")
    return kind, int(chat_id), int(scope.get("user_id", 0))


def _language(call: Request) -> str:
    language = call.params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("BOT_COMMAND_LANGCODE_INVALID" if "commands" in call.params else "LANG_INVALID")
    return language


def _checked(command: Json) -> Json:
    name = str(command.get("command", "")).removeprefix("/").lower()
    description = str(command.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def set_commands(call: Request) -> bool:
    """Set the commands of a scope and a language."""
    commands = [_checked(command) for command in call.params.listed("commands")]
    if len(commands) > COMMANDS_LIMIT:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    call.world.profile.commands[_scope(call), _language(call)] = commands
    return True


def get_commands(call: Request) -> list[Json]:
    """Return the commands of that very scope and language."""
    return call.world.profile.commands.get((_scope(call), _language(call)), [])


def delete_commands(call: Request) -> bool:
    """Forget the commands of a scope and a language."""
    call.world.profile.commands.pop((_scope(call), _language(call)), None)
    return True


def _setter(field: str, limit: int, refusal: str) -> Method:
    def method(call: Request) -> bool:
        value, language = call.params.text(field), _language(call)
        if len(value) > limit:
            raise bad(refusal)
        call.world.profile.words[field, language] = value
        return True

    return method


def _getter(field: str) -> Method:
    def method(call: Request) -> Json:
        words, language = call.world.profile.words, _language(call)
        default = call.world.bot.first_name if field == "name" else ""
        return {field: words.get((field, language)) or words.get((field, ""), default)}

    return method


def set_menu_button(call: Request) -> bool:
    """Set what stands beside the text field, for one chat or for all."""
    button = call.params.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("can't parse menu button: MenuButton has unsupported type")
    call.world.profile.menu_buttons[_menu_chat(call)] = button
    return True


def get_menu_button(call: Request) -> Json:
    """Return what stands beside the text field of a chat."""
    buttons = call.world.profile.menu_buttons
    default = buttons.get(0, {"type": "commands"})
    own = buttons.get(_menu_chat(call), default)
    return default if own["type"] == "default" else own


def _menu_chat(call: Request) -> int:
    return call.chat().id if "chat_id" in call.params else 0


METHODS: dict[str, Method] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    **{f"setMy{name}": _setter(*rule) for name, rule in WORDS.items()},
    **{f"getMy{name}": _getter(rule[0]) for name, rule in WORDS.items()},
}
