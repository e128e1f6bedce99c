"""The far side of OneBot for the bench: it plays NapCat, calls a bot's reverse WebSocket, tells what people write and takes what is sent.

The same for our bot, for the naive one and for the floor: each is a process of its own, so that what this costs is charged to none of them.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any, Self

import aiohttp

from benchmarks.ours import Time

SELF_ID = 90_001
TOKEN = "bench-token"
_TO_PEOPLE = {"send_private_msg", "send_msg"}
_ANSWERS: dict[str, Any] = {
    "get_login_info": {"user_id": SELF_ID, "nickname": "支部"},
    "get_version_info": {"app_name": "NapCat.Onebot", "app_version": "4.18.0", "protocol_version": "v11"},
    "get_status": {"online": True, "good": True},
    "get_group_list": [],
}


class Wire:
    """One connection to a bot. `say` returns when the person has got an answer, and the bot has been told so."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._clock = Time()
        self._messages = 0
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def to(cls, session: aiohttp.ClientSession, url: str) -> Self:
        """Connects as NapCat does, with its headers and its first event. Raises `aiohttp.ClientError` while nothing listens."""
        headers = {"X-Self-ID": str(SELF_ID), "X-Client-Role": "Universal", "Authorization": f"Bearer {TOKEN}"}
        wire = cls(await session.ws_connect(url, headers=headers, max_msg_size=2**20, compress=0))
        await wire._tell({"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"})
        return wire

    async def say(self, user_id: int, text: str) -> None:
        """Somebody writes to the bot in private, and waits."""
        self._messages += 1
        answered = self._waiting[user_id] = asyncio.get_running_loop().create_future()
        await self._tell(
            {
                "post_type": "message",
                "message_type": "private",
                "sub_type": "friend",
                "message_id": self._messages,
                "user_id": user_id,
                "message": [{"type": "text", "data": {"text": text}}],
                "raw_message": text,
                "font": 14,
                "sender": {"user_id": user_id, "nickname": "党员", "card": ""},
            }
        )
        await answered

    async def close(self) -> None:
        """Hang up."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self._socket.close()

    async def _tell(self, event: dict[str, Any]) -> None:
        whole = {"time": int(self._clock().timestamp()), "self_id": SELF_ID, **event}
        await self._socket.send_str(json.dumps(whole, ensure_ascii=False))

    async def _read(self) -> None:
        async for frame in self._socket:
            asked = json.loads(frame.data)
            parameters = asked.get("params") or {}
            self._messages += 1
            data = _ANSWERS.get(asked["action"], {"message_id": self._messages})
            told = {"status": "ok", "retcode": 0, "data": data, "message": "", "wording": "", "echo": asked.get("echo")}
            await self._socket.send_str(json.dumps(told))
            if asked["action"] in _TO_PEOPLE and "user_id" in parameters:
                future = self._waiting.pop(int(parameters["user_id"]), None)
                if future is not None and not future.done():
                    future.set_result(None)
        for future in self._waiting.values():
            future.set_exception(RuntimeError("the bot hung up"))
