"""How WeCom signs and encrypts what it calls a self-built app with (PLATFORMS.md): SHA1 over sorted parts, AES-256-CBC."""

import base64
import binascii
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
"""Bytes that the padding fills up to, twice AES's own block."""
_RANDOM, _LENGTH = 16, 4


class BadCallback(Exception):
    """It was not signed or encrypted by whoever has the token and the key. The words hold nothing of either."""


class Envelope:
    """Opens what was meant for one enterprise."""

    def __init__(self, token: str, key: str, receive_id: str) -> None:
        self._token = token
        self._key = base64.b64decode(f"{key}=")
        self._receive_id = receive_id.encode()

    def check(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Whether these were signed with our token, in constant time. Raises `BadCallback`."""
        parts = sorted([self._token, timestamp, nonce, encrypted])
        told = "".join(parts).encode("utf-8", "surrogateescape")
        wanted = hashlib.sha1(told, usedforsecurity=False).hexdigest()
        if not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "surrogateescape")):
            raise BadCallback("bad signature")

    def opened(self, encrypted: str) -> bytes:
        """What was encrypted. Raises `BadCallback`."""
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise BadCallback("no base64") from None
        if not sealed or len(sealed) % 16:
            raise BadCallback("not whole blocks")
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16])).decryptor()
        plain = _unpadded(decryptor.update(sealed) + decryptor.finalize())
        length = int.from_bytes(plain[_RANDOM : _RANDOM + _LENGTH], "big")
        start = _RANDOM + _LENGTH
        if len(plain) < start + length:
            raise BadCallback("shorter than it says")
        if not hmac.compare_digest(plain[start + length :], self._receive_id):
            raise BadCallback("meant for another enterprise")
        return plain[start : start + length]


def _unpadded(plain: bytes) -> bytes:
    number = plain[-1]
    if not 1 <= number <= _BLOCK or plain[-number:] != bytes([number]) * number:
        raise BadCallback("bad padding")
    return plain[:-number]
