"""WeCom's side of a self-built app's callbacks: what happens is signed and encrypted as PLATFORMS.md says, or not quite."""

import base64
import hashlib
import itertools
from dataclasses import dataclass

import aiohttp
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TOKEN = "QDG6eK-callback"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP_ID = "ww1234"


def sealed(message: bytes, *, receive_id: str = CORP_ID, aes_key: str = AES_KEY) -> str:
    """A message as WeCom encrypts it: 16 signs, its length, itself, whom it is for, and padding to whole blocks of 32 bytes."""
    key = base64.b64decode(f"{aes_key}=")
    plain = b"0123456789abcdef" + len(message).to_bytes(4, "big") + message + receive_id.encode()
    missing = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()


def signature(timestamp: str, nonce: str, encrypted: str, token: str = TOKEN) -> str:
    """The signature over sorted parts."""
    return hashlib.sha1("".join(sorted((token, timestamp, nonce, encrypted))).encode(), usedforsecurity=False).hexdigest()


def xml(**fields: object) -> str:
    """The XML of a message as WeCom writes it."""
    told = "".join(
        f"<{name}>{value}</{name}>" if isinstance(value, int) else f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items()
    )
    return f"<xml>{told}</xml>"


@dataclass
class Caller:
    """WeCom calls an address. `now` is its clock in Unix seconds."""

    url: str
    now: int
    last: tuple[dict[str, str], bytes] | None = None

    def __post_init__(self) -> None:
        self._nonces = itertools.count(1)
        self._ids = itertools.count(7_000_000_001)

    async def checks(self, echo: str = "1616140317555161061", **lies: str) -> tuple[int, str]:
        """The address is saved in the admin pages."""
        encrypted = sealed(echo.encode())
        query = self._query(encrypted) | {"echostr": encrypted} | lies
        async with aiohttp.ClientSession() as session, session.get(self.url, params=query) as answer:
            return answer.status, await answer.text()

    async def says(self, person: str, text: str, **more: object) -> int:
        """A person writes to the app."""
        return await self.tells(person, MsgType="text", Content=text, MsgId=next(self._ids), **more)

    async def tells(self, person: str, **fields: object) -> int:
        """Anything that happens."""
        told: dict[str, object] = {"ToUserName": CORP_ID, "FromUserName": person, "CreateTime": self.now, "AgentID": 1000002}
        return await self.sends(xml(**{**told, **fields}))

    async def sends(self, inside: str | bytes, *, receive_id: str = CORP_ID, aes_key: str = AES_KEY, **lies: str) -> int:
        """A callback of any content, whose query may lie."""
        message = inside.encode() if isinstance(inside, str) else inside
        encrypted = sealed(message, receive_id=receive_id, aes_key=aes_key)
        body = f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return await self.posts(self._query(encrypted) | lies, body.encode())

    async def again(self) -> int:
        """The last callback once more, byte for byte."""
        assert self.last is not None
        return await self.posts(*self.last)

    async def posts(self, query: dict[str, str], body: bytes) -> int:
        """Whatever it is."""
        self.last = (query, body)
        async with aiohttp.ClientSession() as session, session.post(self.url, params=query, data=body) as answer:
            return answer.status

    def signed(self, encrypted: str) -> dict[str, str]:
        """The query that goes with something encrypted."""
        return self._query(encrypted)

    def _query(self, encrypted: str) -> dict[str, str]:
        timestamp, nonce = str(self.now), f"nonce{next(self._nonces)}"
        return {"msg_signature": signature(timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}
