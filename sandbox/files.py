"""Files that were sent: their bytes, the ids they go by, the path they are fetched from.

Limits: https://core.telegram.org/bots/api#getfile (20 MB down) and #sending-files (50 MB up).
"""

import hashlib
from dataclasses import dataclass

from sandbox.errors import bad
from sandbox.shapes import Json

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # https://core.telegram.org/bots/api#getfile
FOLDERS = {
    "photo": ("photos", "jpg"),
    "voice": ("voice", "oga"),
    "document": ("documents", "bin"),
    "audio": ("music", "mp3"),
    "video": ("videos", "mp4"),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file, kept for as long as the room stands."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    content: bytes
    name: str
    mime_type: str

    def card(self) -> Json:
        """Return what every Bot API file object has."""
        size = len(self.content)
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": size}


class FileStore:
    """All files of the room, by their ids and by their paths."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, content: bytes, name: str = "", mime_type: str = "") -> StoredFile:
        """Keep a file; return its record."""
        folder, extension = FOLDERS[kind]
        number = len(self._by_id) + 1
        if "." in name:
            extension = name.rsplit(".", 1)[1] if name.rsplit(".", 1)[1].isalnum() else extension
        path = f"{folder}/file_{number}.{extension}"
        digest = hashlib.sha256(content).hexdigest()[:16]
        file_id = f"AgAD{kind}{number:08d}{digest}"
        stored = StoredFile(file_id, f"AQAD{digest}", kind, path, content, name, mime_type)
        self._by_id[file_id] = stored
        self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile gave."""
        return self._by_path.get(path)

    def to_download(self, file_id: str) -> StoredFile:
        """Return the file of that id.

        Raises:
            Refusal: no such file, or one too big to be fetched.
        """
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad("invalid file_id")
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        return stored


def content_of(stored: StoredFile) -> Json:
    """Return the part of a message that shows this file."""
    return {stored.kind: _SHOWN[stored.kind](stored)}


def _photo(stored: StoredFile) -> list[Json]:
    small = {**stored.card(), "width": 90, "height": 60}
    return [small, {**stored.card(), "width": 1280, "height": 853}]


def _timed(stored: StoredFile) -> Json:
    return {**stored.card(), "duration": 1, "mime_type": stored.mime_type or "audio/ogg"}


def _video(stored: StoredFile) -> Json:
    shown = {**stored.card(), "duration": 1, "width": 640, "height": 360}
    return {**shown, "mime_type": stored.mime_type or "video/mp4"}


def _document(stored: StoredFile) -> Json:
    mime_type = stored.mime_type or "application/octet-stream"
    return {**stored.card(), "file_name": stored.name or "file", "mime_type": mime_type}


_SHOWN = {
    "photo": _photo,
    "voice": _timed,
    "audio": _timed,
    "video": _video,
    "document": _document,
}
