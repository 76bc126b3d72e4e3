"""Photos, voices, documents, albums, and files fetched back.

https://core.telegram.org/bots/api#sending-files
"""

from collections.abc import Callable

from sandbox.errors import bad
from sandbox.files import StoredFile, content_of
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import deliver, send
from sandbox.params import Params, Upload
from sandbox.shapes import Json
from sandbox.texts import caption

ALBUM_LEAST, ALBUM_MOST = 2, 10  # https://core.telegram.org/bots/api#sendmediagroup
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})


def _stored(call: Request, kind: str, source: object) -> StoredFile:
    """Return the file that a parameter names, keeping it when it is sent along."""
    name = source.removeprefix("attach://") if isinstance(source, str) else ""
    attached = isinstance(source, str) and source.startswith("attach://")
    upload = call.params.uploads.get(name if attached else kind)
    if attached or (not name and upload):
        return _kept(call, kind, upload)
    if not name:
        raise bad(f"there is no {kind} in the request")
    if name.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")  # the room has no network
    found = call.world.files.by_id(name)
    if found is None:
        raise bad("wrong remote file identifier specified: Wrong string length")
    if found.kind != kind:
        raise bad(f"can't use file of type {found.kind.title()} as {kind.title()}")
    return found


def _kept(call: Request, kind: str, upload: Upload | None) -> StoredFile:
    if upload is None:
        raise bad(f"there is no {kind} in the request")
    if not upload.content:
        raise bad("file must be non-empty")
    return call.world.files.add(kind, upload.content, upload.name, upload.mime_type)


def _sender(kind: str) -> Method:
    def compose(call: Request) -> Json:
        stored = _stored(call, kind, call.params.values.get(kind))
        return content_of(stored) | caption(call.params, call.world.users)

    def method(call: Request) -> Json:
        return send(call, compose)

    return method


def media_content(call: Request, media: Json) -> Json:
    """Return what an InputMedia object shows: the file and its caption.

    Raises:
        Refusal: its kind is unknown, its file missing, or its caption refused.
    """
    kind = media.get("type")
    if kind not in ALBUM_KINDS:
        raise bad("media type is invalid" if kind else "can't parse InputMedia: type is empty")
    stored = _stored(call, kind, media.get("media"))
    return content_of(stored) | caption(Params(media), call.world.users)


def send_media_group(call: Request) -> list[Json]:
    """Send an album; return its messages in order."""
    chat = call.writable()
    items = call.params.listed("media")
    if not ALBUM_LEAST <= len(items) <= ALBUM_MOST:
        words = "number of media must be 2-10"
        raise bad(words if items else "there is no media in the request")
    contents = [media_content(call, item) for item in items]
    album = {"media_group_id": str(next(call.world.numbers) + 10**16)}
    return [deliver(call, chat, content | album).body for content in contents]


def get_file(call: Request) -> Json:
    """Return where a file can be fetched."""
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    stored = call.world.files.to_download(file_id)
    return {**stored.card(), "file_path": stored.path}


_KINDS: dict[str, str] = {
    "sendPhoto": "photo",
    "sendVoice": "voice",
    "sendDocument": "document",
    "sendAudio": "audio",
    "sendVideo": "video",
}
_OTHERS: dict[str, Callable[[Request], object]] = {
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
METHODS: dict[str, Method] = {name: _sender(kind) for name, kind in _KINDS.items()} | _OTHERS
