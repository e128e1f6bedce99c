"""The file with the keys of sealed columns: one line each, the newest last. Only its owner may read it.

A line is `zhibu-data-key-1 ID SECRET`, and `until YYYY-MM-DD` for one that nothing uses any more but back-ups. The id is derived from the
secret, so that a damaged line is found.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL, make_url

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

OF_SERVER = Path("var/zhibu.keys")
"""Where the keys of a database on a server are, unless somebody says otherwise."""
_WORD = "zhibu-data-key-1"
_SIZE = 32
_Stamp = tuple[int, int, int]


class BadKeyFile(Exception):
    """The key file cannot be read or written; the message says how it is mended."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of 256 bits; its secret is never shown. `until` is the day to which back-ups need it, once nothing else does."""

    id: str
    secret: bytes = field(repr=False)
    until: date | None = None
    cipher: "AESGCM" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  30 ms that who seals nothing can spare

        object.__setattr__(self, "cipher", AESGCM(self.secret))


def made() -> Key:
    """A new key."""
    return _of(secrets.token_bytes(_SIZE))


def _of(secret: bytes, until: date | None = None) -> Key:
    return Key(hashlib.sha256(b"zhibu data key id" + secret).hexdigest()[:8], secret, until)


def beside(url: URL) -> Path:
    """Where the keys of a database are, unless somebody says otherwise: beside the file, if it is one."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return OF_SERVER
    return Path(url.database).with_suffix(".keys")


def of(url: str, chosen: Path | None) -> Path:
    """The key file of a database's address, as it was chosen or beside it."""
    return chosen or beside(make_url(url))


class KeyFile:
    """The keys of a file, read again whenever it is another one than before: a rotation changes it under a running program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: _Stamp | None = None
        self._keys: tuple[Key, ...] = ()

    def every(self) -> tuple[Key, ...]:
        """Every key, the newest last; none where there is no file. Raises `BadKeyFile`."""
        stamp = self._stamped()
        if stamp != self._stamp:
            self._keys = _read(self.path) if stamp is not None else ()
            self._stamp = stamp
        return self._keys

    def newest(self) -> Key | None:
        """The key that new values are sealed with."""
        keys = [each for each in self.every() if each.until is None]
        return keys[-1] if keys else None

    def get(self, key_id: str) -> Key | None:
        """The key of an id."""
        return next((each for each in self.every() if each.id == key_id), None)

    def write(self, keys: Sequence[Key]) -> None:
        """Let the file hold these keys, at once and for good. Raises `BadKeyFile`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside_it = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.new")
        try:
            handle = os.open(beside_it, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write("".join(_line(each) for each in keys))
                file.flush()
                os.fsync(file.fileno())
            beside_it.replace(self.path)
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise BadKeyFile(f"the key file {self.path} cannot be written ({error.strerror})") from None

    def prune(self, today: date) -> list[str]:
        """Drop the keys that not even back-ups need any more; answers their ids. Raises `BadKeyFile`."""
        over = [each.id for each in self.every() if each.until is not None and each.until < today]
        if over:
            self.write([each for each in self.every() if each.id not in over])
        return over

    def _stamped(self) -> _Stamp | None:
        try:
            seen = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadKeyFile(f"the key file {self.path} cannot be read ({error.strerror})") from None
        return seen.st_ino, seen.st_mtime_ns, seen.st_size


def _line(key: Key) -> str:
    until = f" until {key.until.isoformat()}" if key.until else ""
    return f"{_WORD} {key.id} {base64.urlsafe_b64encode(key.secret).decode()}{until}\n"


def _read(path: Path) -> tuple[Key, ...]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise BadKeyFile(f"the key file {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise BadKeyFile(f"{path} is not a key file of zhibu's; put the right one back") from None
    return tuple(_parsed(line, f"line {number} of the key file {path}") for number, line in enumerate(lines, 1) if line.strip())


def _parsed(line: str, where: str) -> Key:
    word, key_id, secret, *until = [*line.split(), "", "", ""][:6]
    try:
        key = _of(base64.urlsafe_b64decode(secret), date.fromisoformat(until[1]) if until[:1] == ["until"] else None)
    except ValueError:
        key = None
    if key is None or word != _WORD or key.id != key_id or len(key.secret) != _SIZE or until[0] not in {"", "until"}:
        raise BadKeyFile(f"{where} is damaged; put the whole file back from where its copy is kept")
    return key
