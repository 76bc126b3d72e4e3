"""How the bot presents itself: names, descriptions, commands, menu buttons.

https://core.telegram.org/bots/api#setmycommands · #botcommandscope
"""

from dataclasses import dataclass, field

from sandbox.shapes import Json

Scope = tuple[str, int, int]  # type, chat, user


@dataclass(slots=True)
class Profile:
    """What BotFather and the bot's own calls have set, by scope and language."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # (field, language)
    menu_buttons: dict[int, Json] = field(default_factory=dict)  # 0 is the default

    def commands_for(self, user_id: int, language: str = "") -> list[Json]:
        """Return the commands that a person sees in a private chat, narrowest scope first."""
        scopes: list[Scope] = [
            ("chat", user_id, 0),
            ("all_private_chats", 0, 0),
            ("default", 0, 0),
        ]
        for scope in scopes:
            for tongue in (language, ""):
                if found := self.commands.get((scope, tongue)):
                    return found
        return []
