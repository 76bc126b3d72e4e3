"""Telegram's own HTML: which tags it takes, and the very words in which it refuses the others.

https://core.telegram.org/bots/api#html-style. Offsets in refusals are bytes of the UTF-8 text,
offsets of entities are UTF-16 code units; both as TDLib's parse_html counts them.
"""

import re
from dataclasses import dataclass

from sandbox.errors import Refusal, bad
from sandbox.shapes import Json, utf16

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_GAP = re.compile(r"[ \t\r\n\v]*")
_NAME = re.compile(r"[^ \t\r\n\0\v=]*")
_EXPANDABLE = re.compile(r"expandable(?=[ \t\r\n>])")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
REFERENCE_LENGTH = 10  # a numeric reference this long is left as it stands (TDLib)
LAST_CODE_POINT = 0x10FFFF


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    start: int
    text_start: int


class HtmlReader:
    """Reads one text; `text` and `entities` hold what was understood."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._units = 0
        self._letters = 0
        self._open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities, outer before inner.

        Raises:
            Refusal: a tag is unknown, unclosed or out of place.
        """
        steps = {"&": self._reference, "<": self._tag}
        while self._at < len(self._source):
            steps.get(self._source[self._at], self._plain)()
        if self._open:
            words = f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            raise _unparsed(words)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._parts), self.entities

    def _plain(self) -> None:
        end = self._at + 1
        while end < len(self._source) and self._source[end] not in "&<":
            end += 1
        self._add(self._source[self._at : end])
        self._at = end

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._letters += len(text)
        self._units += utf16(text)

    def _reference(self) -> None:
        text, self._at = _referenced(self._source, self._at)
        self._add(text)

    def _tag(self) -> None:
        begin = self._at
        if self._source.startswith("</", begin):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        match = _TAG_NAME.match(self._source, begin + 1)
        written = match.group() if match else ""
        tag = written.lower()
        self._at = begin + 1 + len(written)
        if self._at >= len(self._source):
            raise self._refused("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._refused(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise self._refused('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, argument, self._units, self._letters))
        self._at += 1

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_gap()
            if self._peek() == ">":
                return argument
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        match = _NAME.match(self._source, self._at)
        name = match.group() if match else ""
        if tag == "blockquote" and _EXPANDABLE.match(self._source, self._at):
            self._at += len("expandable")
            return "expandable", "expandable"
        if not name:
            raise self._refused(f'Empty attribute name in the tag "{tag}"', begin)
        self._at += len(name)
        self._skip_gap()
        if self._peek() != "=":
            words = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            raise self._refused(words, begin)
        self._at += 1
        self._skip_gap()
        if not self._peek():
            raise self._refused(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if not self._peek():
            raise self._refused("Unclosed start tag", begin)
        return name, value

    def _token(self) -> str:
        begin = self._at
        match = _TOKEN.match(self._source, begin)
        value = match.group() if match else ""
        self._at += len(value)
        if self._peek() and self._peek() not in SPACES + ">":
            raise self._refused("Unexpected end of name token", begin)
        return value.lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self._at += 1
        parts: list[str] = []
        while self._peek() and self._peek() != quote:
            if self._peek() == "&":
                part, self._at = _referenced(self._source, self._at)
            else:
                part = self._peek()
                self._at += 1
            parts.append(part)
        self._at += 1
        return "".join(parts)

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise self._refused("Unexpected end tag", begin)
        match = _TAG_NAME.match(self._source, begin + 2)
        name = match.group().lower() if match else ""
        self._at = begin + 2 + len(name)
        self._skip_gap()
        if self._peek() != ">":
            raise self._refused("Unclosed end tag", begin)
        opened = self._open[-1]
        if name and name != opened.tag:
            expected = f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</'
            raise _unparsed(f'{expected}{opened.tag}>", found "</{name}>"')
        self._open.pop()
        self._at += 1
        if self._units > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": TAGS[opened.tag],
            "offset": opened.start,
            "length": self._units - opened.start,
        }
        bare = opened.tag == "a" and not opened.argument
        text = "".join(self._parts)[opened.text_start :] if bare else ""
        complete = _COMPLETE.get(opened.tag, lambda made, _argument, _text: made)
        if made := complete(entity, opened.argument, text):
            self.entities.append(made)

    def _skip_gap(self) -> None:
        match = _GAP.match(self._source, self._at)
        self._at = match.end() if match else self._at

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _refused(self, words: str, position: int) -> Refusal:
        return _unparsed(f"{words} at byte offset {self._bytes(position)}")


def _unparsed(words: str) -> Refusal:
    return bad(f"can't parse entities: {words}")


def _referenced(source: str, at: int) -> tuple[str, int]:
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    hexadecimal, decimal, name = match.groups()
    if name:
        known = NAMED.get(name)
        return (known, match.end()) if known else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    length = len(match.group().rstrip(";"))
    if code == 0 or code >= LAST_CODE_POINT or length >= REFERENCE_LENGTH:
        return "&", at + 1
    return chr(code), match.end()


def _argument(tag: str, name: str, value: str) -> str:
    wanted, prefix = _ARGUMENTS.get(tag, ("", ""))
    if name != wanted or not value.startswith(prefix):
        return ""
    return value.removeprefix(prefix)


_ARGUMENTS = {
    "a": ("href", ""),
    "code": ("class", "language-"),
    "span": ("class", "tg-"),
    "tg-emoji": ("emoji-id", ""),
    "blockquote": ("expandable", ""),
}


def _link(entity: Json, argument: str, text: str) -> Json | None:
    url = argument or text
    if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
        return {**entity, "type": "text_mention", "user_id": int(user.group(1))}
    checked = checked_url(url)
    return {**entity, "url": checked} if checked else None


def _emoji(entity: Json, argument: str, _text: str) -> Json:
    if not argument.isdigit() or int(argument) == 0:
        raise _unparsed("Invalid custom emoji identifier specified")
    return {**entity, "custom_emoji_id": argument}


def _code(entity: Json, argument: str, _text: str) -> Json:
    return {**entity, "code_language": argument} if argument else entity


def _quote(entity: Json, argument: str, _text: str) -> Json:
    return {**entity, "type": "expandable_blockquote"} if argument else entity


_COMPLETE = {"a": _link, "tg-emoji": _emoji, "code": _code, "blockquote": _quote}


def checked_url(url: str) -> str:
    """Return the address as Telegram would store it; empty when it is none."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*)://", url)
    if scheme is None:
        url = f"http://{url}"
    elif scheme.group(1).lower() in {"tg", "ton", "tonsite"}:
        return url
    match = re.fullmatch(r"(?i)https?://([^\s/?#<>]+)([/?#]\S*)?", url)
    if match is None or not _is_host(match.group(1)):
        return ""
    return url if match.group(2) else f"{url}/"


def _is_host(host: str) -> bool:
    name = host.rpartition("@")[2].partition(":")[0]
    return "." in name.strip(".") or name == "localhost"
