"""One process for one database file: SQLite has one writer, and so have we. On a PostgreSQL server any number of processes may work."""

import fcntl
import os
from pathlib import Path
from typing import Self

from bot.operations.trouble import Trouble


class InUse(Exception):
    """Another process works on this database; `address` is where its page is, if it said so."""

    def __init__(self, address: str) -> None:
        super().__init__("another zhibu is running on this database" + (f" ({address})" if address else ""))
        self.address = address


def holder(database: Path) -> str | None:
    """Where the program that runs on a database file is reached, empty if it has not said; None if none runs. Looks only."""
    try:
        file = _opened(database.with_suffix(".lock"), os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return os.read(file, 200).decode(errors="replace")
    finally:
        os.close(file)
    return None


def _opened(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags, 0o600)
    except PermissionError as error:
        raise Trouble(f"{path} cannot be opened ({error.strerror}); does it belong to another user?") from None


class Lock:
    """Held as long as the process lives; the system lets go of it even after kill -9. Without a file there is nothing to hold."""

    def __init__(self, database: Path | None) -> None:
        self._path = database.with_suffix(".lock") if database else None
        self._file: int | None = None

    def __enter__(self) -> Self:
        if self._path is None:
            return self
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = _opened(self._path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            address = os.read(self._file, 200).decode(errors="replace")
            os.close(self._file)
            self._file = None
            raise InUse(address) from None
        os.ftruncate(self._file, 0)
        return self

    def publish(self, address: str) -> None:
        """Tell others where this process is reached."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, address.encode(), 0)

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None
