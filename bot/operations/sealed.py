"""Sealed files: a back-up encrypted in chunks, so that a wrong key, a cut file and a swapped or changed chunk are all found.

A file is a header (mark, id of the key, salt) and chunks. Each file has a key of its own, derived from the master key and the salt; each
chunk is AES-256-GCM under its number and whether it is the last, with the header as associated data (the STREAM construction of
Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

import base64
import os
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.operations.trouble import Trouble

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"ZHIBU-SEALED-1\n"
CHUNK = 1024 * 1024
_TAG, _ID, _SALT = 16, 8, 16
_HEADER = len(MARK) + _ID + _SALT
_WORD = "zhibu-backup-key-1:"


class Interrupted(Exception):
    """Whoever asked for it wants it no longer."""


@dataclass(frozen=True, slots=True)
class Key:
    """A master key of 32 bytes; never shown."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Tells keys apart without saying anything about them."""
        return _derived(self.secret, b"", b"zhibu backup key id", _ID)

    def of_file(self, salt: bytes) -> bytes:
        """The key of one file."""
        return _derived(self.secret, salt, b"zhibu backup file", 32)


def _derived(secret: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  only who seals or opens needs the library
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415  as above

    return HKDF(SHA256(), length, salt, purpose).derive(secret)


def new_key(path: Path) -> None:
    """Write a new key into a file that only its owner may read; overwrites nothing. Raises `Trouble`."""
    words = _WORD + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n"
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Trouble(f"{path} is there already, and a key is never overwritten") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be written ({error.strerror})") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> Key:
    """The key of a file. Raises `Trouble`."""
    try:
        words = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise Trouble(f"the key {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        words = ""
    try:
        secret = base64.urlsafe_b64decode(words.removeprefix(_WORD))
    except ValueError:
        secret = b""
    if not words.startswith(_WORD) or len(secret) != 32:
        raise Trouble(f"{path} is not a key of zhibu's; “zhibu backup --new-key FILE” makes one")
    return Key(secret)


def is_sealed(path: Path) -> bool:
    """Whether a file is a sealed one. Raises `Trouble` for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK
    except OSError as error:
        raise Trouble(f"{path} cannot be read ({error.strerror})") from None


def seal(source: Path, target: BinaryIO, key: Key, give_up: Callable[[], bool] = lambda: False) -> None:
    """Write a file sealed. Raises `Interrupted`."""
    salt = secrets.token_bytes(_SALT)
    header = MARK + key.id + salt
    target.write(header)
    encrypt = _cipher(key.of_file(salt)).encrypt
    with source.open("rb") as file:
        for number, (chunk, last) in enumerate(_chunks(file, CHUNK)):
            if give_up():
                raise Interrupted
            target.write(encrypt(_nonce(number, last=last), chunk, header))


def unseal(source: Path, key: Key, give_up: Callable[[], bool] = lambda: False) -> Iterator[bytes]:
    """What is in a sealed file, chunk by chunk. Each is genuine, but only the end says that it is all. Raises `Trouble`."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  as above

    with source.open("rb") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER or not header.startswith(MARK):
            raise Trouble(f"{source} is no sealed back-up, or only the beginning of one")
        if header[len(MARK) : len(MARK) + _ID] != key.id:
            raise Trouble(f"{source} was sealed with another key")
        decrypt = _cipher(key.of_file(header[-_SALT:])).decrypt
        for number, (chunk, last) in enumerate(_chunks(file, CHUNK + _TAG)):
            if give_up():
                raise Interrupted
            try:
                yield decrypt(_nonce(number, last=last), chunk, header)
            except InvalidTag:
                raise Trouble(f"{source} is damaged or cut off (from megabyte {number} on); use another back-up") from None


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a file, and of each whether it is the last; there is always one."""
    chunk = file.read(size)
    while True:
        following = file.read(size)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  as above

    return AESGCM(key)
