"""Files that were sent, given to the page: shown where a browser may show them, else downloaded.

Nothing that was sent can act: a file is served under a policy that lets it do nothing.
"""

from urllib.parse import quote

from aiohttp import web

from sandbox.files import StoredFile
from sandbox.room import Room

SEALED = "default-src 'none'; sandbox"
PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
SOUNDS = ((b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"))
SHOWN = {"photo": PICTURES, "voice": SOUNDS, "audio": SOUNDS}
ANYTHING = "application/octet-stream"


def served(room: Room, request: web.Request) -> web.Response:
    """Return a file, or the part of it that was asked for.

    Raises:
        HTTPNotFound: no such file.
        HTTPRequestRangeNotSatisfiable: the part lies outside of it.
    """
    stored = room.files.by_id(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound
    kind = _kind(stored)
    headers = {"Content-Type": kind, "Content-Security-Policy": SEALED, "Accept-Ranges": "bytes"}
    if kind == ANYTHING:
        name = quote(stored.name or stored.path.rpartition("/")[2])
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    if "Range" not in request.headers:
        return web.Response(body=stored.content, headers=headers)
    return _part(stored.content, _asked(request, len(stored.content)), headers)


def _kind(stored: StoredFile) -> str:
    """Tell by its first bytes what a browser may show it as; whatever its sender called it."""
    known = SHOWN.get(stored.kind, ())
    return next((kind for start, kind in known if stored.content.startswith(start)), ANYTHING)


def _asked(request: web.Request, length: int) -> slice:
    try:
        asked = request.http_range
    except ValueError:
        raise web.HTTPRequestRangeNotSatisfiable from None
    start, stop, _ = slice(asked.start, asked.stop).indices(length)
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable
    return slice(start, stop)


def _part(content: bytes, part: slice, headers: dict[str, str]) -> web.Response:
    where = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    return web.Response(status=206, body=content[part], headers={**headers, "Content-Range": where})
