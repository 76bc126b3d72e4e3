"""Telegram's HTML: entities with UTF-16 offsets, and each refusal."""

import pytest

from sandbox import Person
from sandbox.errors import Refusal
from sandbox.html import HtmlReader
from tests.sandbox.conftest import Api


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é < b", 'Unsupported start tag "" at byte offset 3'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        (
            "<a href>y</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<i  a = ", 'Unclosed start tag "i" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_html_reader_wrong_markup_refused(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        HtmlReader(source).read()

    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_html_reader_nested_offsets_in_utf16() -> None:
    text, entities = HtmlReader("😀 <b>a<i>é😀</i></b> <code>z</code>").read()

    assert text == "😀 aé😀 z"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "italic", "offset": 4, "length": 3},
        {"type": "code", "offset": 8, "length": 1},
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&#233;&#xe9;", "éé"),
        ("&nbsp; & &#0; &#x110000;", "&nbsp; & &#0; &#x110000;"),
        ("a > b", "a > b"),
        ("<B>x</>", "x"),
    ],
)
def test_html_reader_references_decoded(source: str, text: str) -> None:
    assert HtmlReader(source).read()[0] == text


async def test_send_message_html_links_and_languages(api: Api, samira: Person) -> None:
    text = (
        "<a href='https://a.org/?q=1&amp;b=2'>lien</a> <a href='tg://user?id="
        f"{samira.id}'>vous</a> <a href='javascript:x'>rien</a> <a>b.org</a>"
        "<pre><code class='language-python'>x</code></pre>"
        "<blockquote expandable>cité</blockquote>"
    )

    sent = await api.result("sendMessage", chat_id=samira.id, text=text, parse_mode="html")

    kinds = {entity["type"]: entity for entity in sent["entities"]}
    assert kinds["text_link"]["url"] in {"https://a.org/?q=1&b=2", "http://b.org/"}
    assert kinds["text_mention"]["user"]["id"] == samira.id
    assert kinds["pre"]["language"] == "python"
    assert set(kinds) == {"text_link", "text_mention", "pre", "expandable_blockquote"}


async def test_send_message_plain_commands_and_links_marked(api: Api, samira: Person) -> None:
    text = "😀 /agenda puis https://a.org/x, @palabre_test_bot ou x@a.org #fête <b>"

    sent = await api.result("sendMessage", chat_id=samira.id, text=text)

    assert [(one["type"], one["offset"], one["length"]) for one in sent["entities"]] == [
        ("bot_command", 3, 7),
        ("url", 16, 15),
        ("mention", 33, 17),
        ("email", 54, 7),
        ("hashtag", 62, 5),
    ]
    assert sent["text"] == text


async def test_send_message_given_entities_checked(api: Api, samira: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    odd = {"type": "blinking", "offset": 0, "length": 2}

    sent = await api.result("sendMessage", chat_id=samira.id, text="oui", entities=[bold])
    refused = await api.refusal("sendMessage", chat_id=samira.id, text="oui", entities=[odd])

    assert sent["entities"] == [bold]
    assert refused[0] == 400
