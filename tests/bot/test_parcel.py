"""Messages as Telegram takes them: silent at night, and plain where it has refused them."""

import pytest

from bot.parcel import MOST_UNITS, plain

KEYBOARD = {"inline_keyboard": [[{"text": "✅", "callback_data": "1"}]]}
PARSE = "Bad Request: can't parse entities"


def refused(text: str, refusal: str = PARSE) -> dict[str, object]:
    message = {"chat_id": 1, "text": text, "parse_mode": "HTML", "reply_markup": KEYBOARD}
    return plain(message, refusal)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Repas</b> &lt;3 &amp; <i>fête</i>", "Repas <3 & fête"),
        ('<a href="https://x.fr">lien</a>', "lien"),
        ("1 < 2 <b>oui", "1 < 2 oui"),
    ],
)
def test_plain_text_has_no_marks_and_every_word(html: str, text: str) -> None:
    message = refused(html)

    assert message["text"] == text
    assert "parse_mode" not in message
    assert message["reply_markup"] == KEYBOARD


def test_too_much_text_is_cut_between_letters() -> None:
    message = refused("a" + "🏘" * MOST_UNITS, "Bad Request: message is too long")

    text = str(message["text"])
    assert len(text.encode("utf-16-le")) // 2 == MOST_UNITS - 1
    assert set(text) == {"a", "🏘"}


@pytest.mark.parametrize("refusal", ["Bad Request: BUTTON_DATA_INVALID", "inline keyboard button"])
def test_buttons_go_where_telegram_refuses_them(refusal: str) -> None:
    assert "reply_markup" not in refused("Repas", refusal)
