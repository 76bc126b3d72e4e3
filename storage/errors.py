"""What storage raises.

StorageError
├── NotFoundError         the key names no row
├── DuplicateError        such a row is there already
├── BusyError             others kept the database locked for too long
├── ClosedError           it was closed before
├── UnreachableError      its server does not answer, its file cannot be opened
├── DamagedError          the file is not a sound database
├── NewerSchemaError      a newer program has written this database
└── OtherBotError         this database belongs to another bot
"""


class StorageError(Exception):
    """Anything that the database refuses or lacks."""


class NotFoundError(StorageError):
    """No row of `noun` has this `key`."""

    def __init__(self, noun: str, key: object) -> None:
        super().__init__(f"no {noun} {key}")
        self.noun = noun
        self.key = key


class DuplicateError(StorageError):
    """A row of `noun` with the same key is there already."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"this {noun} is there already")
        self.noun = noun


class BusyError(StorageError):
    """Others hold the database; nothing was changed and the action may be tried again."""


class ClosedError(StorageError):
    """The database was closed before; nothing was run."""

    def __init__(self) -> None:
        super().__init__("the database is closed")


class UnreachableError(StorageError):
    """The database's server does not answer, or its file cannot be opened."""


class DamagedError(StorageError):
    """The database failed its integrity check; nothing may be written until it is restored."""


class NewerSchemaError(StorageError):
    """The schema is newer than this program; the program to run is the newer one."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the database has schema {found}, which this program does not know")
        self.found = found


class OtherBotError(StorageError):
    """The database was written by the bot with id `owner`."""

    def __init__(self, owner: int) -> None:
        super().__init__(f"the database belongs to bot {owner}")
        self.owner = owner
