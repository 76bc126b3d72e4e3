"""Pictures of the tour, as phones show it: for pages that cannot run it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.demo.scene import Scene
from sandbox import Message, Person
from sandbox.drawing import phones

PICTURE = "journey"


class Album:
    """The draft of the officer, a resident's answer, a seat offered: each as it is first seen."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Message]] = {}

    def look(self, scene: Scene) -> None:
        """Keep what is seen for the first time."""
        cast = scene.cast
        wanted = ((cast.karim, "events-create"), (cast.samira, "rsvps-leave"))
        for person, key in (*wanted, (cast.grace, "rsvps-take")):
            if key not in self._kept and (message := _showing(scene, person, key)) is not None:
                still = replace(message, body=dict(message.body))
                self._kept[key] = (person.user.first_name, still)

    def drawn(self) -> Mapping[str, str]:
        """Draw what was kept; gives SVG documents by their names."""
        return {PICTURE: phones([(name, [message]) for name, message in self._kept.values()])}


def _showing(scene: Scene, person: Person, key: str) -> Message | None:
    label = scene.label(person, key)
    return None if label is None else person.holding(label)
