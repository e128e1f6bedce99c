"""A person with a Telegram account, at our local Bot API server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.platforms.telegram import TelegramPlatform
from storage.keys import ChatKey
from tests.platforms.sides import BOT, HUGE, OTHER, PERSON, Attack, Fault, Inbox, Shown, Tells
from tests.telegram_server import TelegramServer
from tests.telegram_server.model import Json, Message
from tests.telegram_server.server import Fault as ServerFault

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_FAULTS: dict[Fault, ServerFault] = {
    Fault.HANG: "hang",
    Fault.SLOW_DOWN: "429",
    Fault.TROUBLE: "502",
    Fault.NEVER: "400",
    Fault.PIECES: "pieces",
}
_ODD: tuple[object, ...] = (
    [{"update_id": 1, "shout": {"text": "嘿"}}],
    [{"update_id": "x", "message": {"text": "嘿"}}],
    [{"update_id": 2, "message": {"chat": {"id": []}, "from": 7, "text": {"a": "嘿"}}}],
    [{"update_id": 3, "message": {"chat": {"id": 5_000_001, "type": "private"}, "from": {"id": 5}, "text": 5}}],
    [None, 7, "x", []],
    {"message": {}},
)


class TelegramSide:
    """Polling, as most branches have it."""

    tells = frozenset(Tells) - {Tells.ADMISSIONS}
    faults = frozenset(Fault)
    attacks = frozenset({Attack.HUGE, Attack.SECOND})
    traps = ("*不是粗体* <b>也不是</b>", "[x](https://example.org)", "/start abc", "_a_ `b` ||c||", "@all")
    oddities = tuple(json.dumps({"ok": True, "result": each}).encode() for each in _ODD)
    links = True
    line = False

    def __init__(self, server: TelegramServer, platform: TelegramPlatform) -> None:
        self.server = server
        self.platform = platform
        self.inbox = Inbox()
        self.secrets = (server.token, server.token.partition(":")[2])
        self.user = server.user(PERSON, started=True)
        self.other = server.user(OTHER)
        self.group = server.add_group("红旗村支部", self.user)
        self._last: Json = {}

    def _message(self, message_id: str) -> Message:
        found = self.server.find(self.user, message_id) or self.server.find(self.group, message_id)
        assert found
        return found

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        replied = self._message(reply_to) if reply_to else None
        said = self.server.say(self.user, self.group if group else self.user, text.replace(BOT, "@zhibu_bot"), reply_to=replied)
        self._last = self.server.pending[-1]
        await self.server.acknowledged()
        return str(said.id)

    async def presses(self, message_id: str, data: str) -> None:
        self.server.press(self.user, self._message(message_id), data)
        await self.server.acknowledged()

    async def edits(self, message_id: str, text: str) -> None:
        self.server.edit(self._message(message_id), text)
        await self.server.acknowledged()

    async def shares_location(self) -> None:
        self.server.share_location(self.user, self.user, 45.8, 126.5)
        await self.server.acknowledged()

    async def speaks(self, heard: str) -> None:
        said = self.server.add(self.user, self.user)
        voice = {"voice": {"file_id": "v1", "file_unique_id": "v", "duration": 3}}
        self.server.update("message", said.json(self.server.bot) | voice)
        await self.server.acknowledged()

    async def joins(self) -> None:
        self.server.join(self.other, self.group)
        await self.server.acknowledged()

    async def leaves(self) -> None:
        self.server.leave(self.other, self.group)
        await self.server.acknowledged()

    async def adds_bot(self) -> None:
        self.server.add_bot(self.user, self.group)
        await self.server.acknowledged()

    async def removes_bot(self) -> None:
        self.server.remove_bot(self.user, self.group)
        await self.server.acknowledged()

    async def asks_to_join(self, words: str) -> None:
        """Updates of this kind are not asked for."""

    def admitted(self) -> bool | None:
        return None

    async def echoes(self, text: str) -> None:
        self.server.update("message", self.server.add(self.group, None, text=text).json(self.server.bot))

    async def replays(self) -> None:
        self.server.duplicate(self._last)

    async def puts(self, raw: bytes) -> None:
        self.server.answer_next_poll(raw)

    def key(self, *, group: bool = False) -> ChatKey:
        return ChatKey("telegram", "main", str(self.group.id if group else self.user.id))

    def nowhere(self, *, group: bool = False) -> ChatKey:
        return ChatKey("telegram", "main", "-1001900424242" if group else str(self.other.id))

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        found = self.server.find(self.group if group else self.user, message_id)
        assert found
        return _seen(found)

    async def said(self, *, group: bool = False) -> list[Shown]:
        return [_seen(each) for each in self.server.messages(self.group if group else self.user) if each.sender is None]

    async def attacked(self, attack: Attack) -> bool:
        if attack is Attack.SECOND:
            self.server.fail_next("getUpdates", "409")
        else:
            self.server.answer_next_poll(b'{"ok": true, "result": ["' + b"x" * HUGE)
        return True

    def connection(self) -> object:
        return None

    def allow_deleting(self) -> None:
        self.group.bot_may_delete = True

    async def is_gone(self, message_id: str) -> bool:
        return self.server.find(self.group, message_id) is None

    def fails_next(self, fault: Fault) -> None:
        self.server.fail_next("sendMessage", _FAULTS[fault])

    async def goes_down(self) -> None:
        await self.server.down()

    async def comes_back(self) -> None:
        await self.server.up()

    async def falls_silent(self) -> None:
        """There are no windows."""


def _seen(message: Message) -> Shown:
    return Shown(
        str(message.id),
        message.text,
        [[label for label, _ in row] for row in message.buttons],
        message.reactions,
        message.photo is not None,
        message.document[0] if message.document else None,
        str(message.reply_to.id) if message.reply_to else None,
    )


@asynccontextmanager
async def opened(_: pytest.FixtureRequest) -> AsyncIterator[TelegramSide]:
    """A bot that polls a server of its own."""
    async with TelegramServer() as server:
        platform = TelegramPlatform(
            server.token, clock=lambda: NOW, base_url=server.base_url, poll_seconds=5, first_wait=0.001, answer_seconds=0.3
        )
        side = TelegramSide(server, platform)
        await platform.start(side.inbox.receive, [])
        try:
            yield side
        finally:
            await platform.stop()
            await asyncio.sleep(0)
