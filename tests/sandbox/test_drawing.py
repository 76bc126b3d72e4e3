"""Phones drawn as SVG: well-formed, with what stands on the screen and nothing a page could run."""

from xml.etree import ElementTree as ET

from sandbox.drawing import phones
from sandbox.messages import Message

SVG = "{http://www.w3.org/2000/svg}"


def message(text: str, *labels: str) -> Message:
    """Give a message of the bot with one row of buttons."""
    row = [{"text": label, "callback_data": "x"} for label in labels]
    markup = {"inline_keyboard": [row]} if labels else None
    body = {"message_id": 1, "chat": {"id": 1}, "text": text, "reply_markup": markup}
    return Message(body, by_bot=True)


def read(picture: str) -> ET.Element:
    """Parse an SVG."""
    return ET.fromstring(picture)  # noqa: S314 - we have just drawn it


def texts(picture: str) -> list[str]:
    """Give the texts of an SVG, in order."""
    return [str(node.text) for node in read(picture).iter(f"{SVG}text")]


def test_phones_show_names_lines_and_buttons() -> None:
    picture = phones([("Samira", [message("Bonjour\nAtelier", "✅ Oui", "❌ Non")])])

    assert texts(picture) == ["Samira", "Bonjour", "Atelier", "✅ Oui", "❌ Non"]


def test_phones_text_that_looks_like_markup_stays_text() -> None:
    picture = phones([("<b>", [message("</svg><script>1</script>")])])

    assert "".join(texts(picture)) == "<b></svg><script>1</script>"
    assert not list(read(picture).iter(f"{SVG}script"))


def test_phones_long_line_is_wrapped_without_loss() -> None:
    line = " ".join(f"mot{number}" for number in range(40))

    picture = phones([("Samira", [message(line)])])

    assert " ".join(texts(picture)[1:]) == line


def test_phones_stand_side_by_side_as_high_as_the_highest() -> None:
    picture = phones([("A", [message("1")]), ("B", [message("1\n2\n3\n4")])])

    heights = {
        node.get("height")
        for node in read(picture).iter(f"{SVG}rect")
        if node.get("class") == "screen"
    }
    assert len(heights) == 1
