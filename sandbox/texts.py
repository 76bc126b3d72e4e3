"""Texts as Telegram keeps them: formatted, trimmed, measured, with links and commands marked.

Limits: https://core.telegram.org/bots/api#sendmessage (1-4096 characters after entities parsing)
and #sendphoto (caption 0-1024); both counted in UTF-16 code units.
"""

import re
from collections.abc import Mapping

from sandbox.chats import User
from sandbox.errors import bad
from sandbox.html import HtmlReader
from sandbox.params import Params
from sandbox.shapes import Json, names, utf16

TEXT_LIMIT = 4096  # https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024  # https://core.telegram.org/bots/api#sendphoto
GIVEN_TYPES = names(
    "bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre "
    "text_link text_mention custom_emoji mention hashtag cashtag bot_command url email "
    "phone_number"
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")  # TDLib, clean_input_string
_REMOVED = re.compile("[\r\u2028-\u202e]")
_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w{3,32})?(?![\w/<>])", re.ASCII)),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")),
    ("url", re.compile(r"(?<![\w@/.])t\.me/[\w/?=+\-]+")),
    ("email", re.compile(r"(?<![\w.])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
)


def formatted(
    params: Params, field: str, entities_field: str, users: Mapping[int, User]
) -> tuple[str, list[Json]]:
    """Return a text of the call and its entities, outer before inner.

    Raises:
        Refusal: its markup cannot be read.
    """
    mode = params.text("parse_mode").lower()
    source = cleaned(params.text(field))
    if mode == "html":
        text, entities = HtmlReader(source).read()
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        text, entities = source, _given(params.listed(entities_field), utf16(source))
    text, entities = _trimmed(text, _languages(entities))
    return text, with_detected(text, _people(entities, users))


def cleaned(text: str) -> str:
    """Return the text without what Telegram takes out before anything else."""
    return _CONTROL.sub(" ", _REMOVED.sub("", text))


def message_text(params: Params, users: Mapping[int, User]) -> Json:
    """Return the text part of a message.

    Raises:
        Refusal: it is empty, too long, or cannot be read.
    """
    if not params.text("text").strip():
        raise bad("message text is empty")
    text, entities = formatted(params, "text", "entities", users)
    if not text:
        raise bad("message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption(params: Params, users: Mapping[int, User]) -> Json:
    """Return the caption part of a message; nothing when there is none.

    Raises:
        Refusal: it is too long, or cannot be read.
    """
    text, entities = formatted(params, "caption", "caption_entities", users)
    if utf16(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def with_detected(text: str, entities: list[Json]) -> list[Json]:
    """Add the commands, links and names that Telegram marks by itself."""
    closed = [_span(entity) for entity in entities if entity["type"] in OPAQUE]
    found = list(entities)
    units = _Units(text)
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            start, end = units.at(match.start()), units.at(match.end())
            if not any(start < last and first < end for first, last in closed):
                closed.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


class _Units:
    """Turns positions in a text into UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._narrow = text.isascii() or max(text) <= "\uffff"

    def at(self, position: int) -> int:
        """Return the offset of a position."""
        return position if self._narrow else utf16(self._text[:position])


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _given(entities: list[Json], length: int) -> list[Json]:
    kept = []
    for entity in entities:
        if entity.get("type") not in GIVEN_TYPES:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        start, end = _span(entity)
        if start < 0 or end > length or start >= end:
            continue
        kept.append(dict(entity))
    return kept


def _languages(entities: list[Json]) -> list[Json]:
    """Join <pre><code class="language-…"> into one entity, and forget other languages."""
    codes = {
        _span(entity): entity.pop("code_language")
        for entity in entities
        if "code_language" in entity
    }
    joined = []
    for entity in entities:
        inside = entity["type"] == "code" and _span(entity) in codes
        twin = any(other["type"] == "pre" and _span(other) == _span(entity) for other in entities)
        if inside and twin:
            continue
        if entity["type"] == "pre" and _span(entity) in codes:
            entity["language"] = codes[_span(entity)]
        joined.append(entity)
    return joined


def _people(entities: list[Json], users: Mapping[int, User]) -> list[Json]:
    """Name the people who are mentioned; a mention of a stranger is plain text."""
    named = []
    for entity in entities:
        if "user_id" in entity:
            user = users.get(entity.pop("user_id"))
            if user is None:
                continue
            entity["user"] = user.card()
        named.append(entity)
    return named


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    left = len(text) - len(text.lstrip())
    short = text.strip()
    if len(short) == len(text):
        return text, entities
    shift, length = utf16(text[:left]), utf16(short)
    moved = [_clipped(entity, shift, length) for entity in entities]
    return short, [entity for entity in moved if entity["length"] > 0]


def _clipped(entity: Json, shift: int, length: int) -> Json:
    start, end = _span(entity)
    start, end = max(0, start - shift), min(length, end - shift)
    return {**entity, "offset": start, "length": end - start}
