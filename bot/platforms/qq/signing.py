"""QQ's signatures: Ed25519 with a key that both sides make of the AppSecret."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SEED, _SIGNATURE = 32, 64


class Signer:
    """Makes and checks signatures. The seed is the secret, repeated and cut to 32 bytes."""

    def __init__(self, secret: str) -> None:
        whole = secret.encode()
        if not whole:
            raise ValueError("QQ needs the AppSecret.")
        self._key = Ed25519PrivateKey.from_private_bytes((whole * _SEED)[:_SEED])
        self._public = self._key.public_key()

    def sign(self, timestamp: str, body: bytes) -> str:
        """The signature in hexadecimal of what came, or goes, at a time."""
        return self._key.sign(timestamp.encode() + body).hex()

    def is_good(self, signature: str, timestamp: str, body: bytes) -> bool:
        """Whether QQ signed this body at this time."""
        try:
            given = bytes.fromhex(signature) if len(signature) == 2 * _SIGNATURE else b""
            self._public.verify(given, timestamp.encode("utf-8", "surrogateescape") + body)
        except (ValueError, InvalidSignature):
            return False
        return True
