"""Sealed values: AES-256-GCM, bound to table, column and row, so that one that was altered or moved elsewhere is refused.

A sealed value is the text `v1.KEY.BASE64`, where KEY is the id of its key and the rest is nonce and ciphertext. An empty text stays
empty: that there is nothing is no secret. No message of an error holds a value or a key.
"""

import base64
import binascii
import os
from pathlib import Path

from storage.key_file import BadKeyFile, Key, KeyFile

__all__ = ["BadKeyFile", "Forged", "KeyLost", "Unopened", "Vault"]

_FORM = "v1"
_NONCE = 12
_PROOF = "zhibu"


class Unopened(Exception):
    """A sealed value cannot be opened."""


class KeyLost(Unopened):
    """The key of a sealed value is not in the key file. `key_id` says which."""

    def __init__(self, key_id: str, path: Path) -> None:
        super().__init__(f"the key {key_id} is not in {path}; put the key file back, or see “zhibu keys forget”")
        self.key_id = key_id


class Forged(Unopened):
    """A sealed value was altered, or was sealed for another table, column or row."""


class Vault:
    """Seals and opens the values of one database, with the keys of a file."""

    def __init__(self, path: Path) -> None:
        self.file = KeyFile(path)
        self.takes_plain = False
        """Whether a value that is not sealed is taken as it is: only until all that was written before there were keys has been sealed."""

    def seal(self, table: str, column: str, row: int | str, text: str) -> str:
        """A text sealed for a column of a row, which is known by its primary key. Raises `KeyLost` where there is no key."""
        if not text:
            return ""
        key = self.file.newest()
        if key is None:
            raise KeyLost("(any)", self.file.path)
        return _sealed(key, _bound(table, column, row), text)

    def open(self, table: str, column: str, row: int | str, sealed: str) -> str:
        """The text that was sealed for a column of a row. Raises `KeyLost` or `Forged`."""
        if not sealed:
            return ""
        where = f"{table}.{column} of row {row}"
        key_id = key_of(sealed)
        if key_id is None:
            if self.takes_plain:
                return sealed
            raise Forged(f"{where} is not a sealed value")
        key = self.file.get(key_id)
        if key is None:
            raise KeyLost(key_id, self.file.path)
        text = _opened(key, _bound(table, column, row), sealed)
        if text is None:
            raise Forged(f"{where} was altered, or sealed for another place")
        return text


def key_of(sealed: str) -> str | None:
    """The id of the key that a value was sealed with; None for one that is not sealed."""
    parts = sealed.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == _FORM and len(parts[1]) == 8 else None


def form(key_id: str) -> str:
    """What every value begins with that was sealed with a key."""
    return f"{_FORM}.{key_id}."


def proof(key: Key) -> str:
    """Known words sealed with a key."""
    return _sealed(key, _bound("vault_key", "proof", key.id), _PROOF)


def proves(key: Key, sealed: str) -> bool:
    """Whether known words were sealed with this very key."""
    return _opened(key, _bound("vault_key", "proof", key.id), sealed) == _PROOF


def _bound(table: str, column: str, row: int | str) -> bytes:
    return f"{table}\0{column}\0{row}".encode()


def _sealed(key: Key, bound: bytes, text: str) -> str:
    nonce = os.urandom(_NONCE)
    held = nonce + key.cipher.encrypt(nonce, text.encode(), bound)
    return f"{form(key.id)}{base64.urlsafe_b64encode(held).decode()}"


def _opened(key: Key, bound: bytes, sealed: str) -> str | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  only who opens needs the library

    try:
        written = sealed.rpartition(".")[2]
        held = base64.urlsafe_b64decode(written)
        if base64.urlsafe_b64encode(held).decode() != written:  # its last signs have bits that say nothing
            return None
        return key.cipher.decrypt(held[:_NONCE], held[_NONCE:], bound).decode()
    except (InvalidTag, binascii.Error, ValueError):
        return None
