"""A person with a QQ account, at our local open platform: the official API, with nothing granted beyond what everybody has."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientError

from bot.platforms.qq import QQPlatform
from storage.keys import ChatKey
from tests.platforms.sides import BOT, HUGE, MEMBERS_WORDS, OTHER, PERSON, Attack, Fault, Inbox, Shown, Tells
from tests.qq_server import Message, QQServer
from tests.qq_server.listener import Moment, key_of, served
from tests.qq_server.model import Json, Place
from tests.qq_server.server import Fault as ServerFault

_FAULTS: dict[Fault, list[ServerFault]] = {
    Fault.HANG: ["hang", "hang"],  # a reply is asked for twice under the same number
    Fault.SLOW_DOWN: ["429"],
    Fault.TROUBLE: ["503_page"],
    Fault.NEVER: ["400"],
    Fault.PIECES: ["pieces"],
}
_ODD: tuple[Json, ...] = (
    {"op": 0, "id": "SHOUT:1", "t": "SHOUT", "d": {"content": "嘿"}},
    {"op": 0, "id": 7, "t": "C2C_MESSAGE_CREATE", "d": {"id": [], "content": "嘿", "author": {"user_openid": "A"}}},
    {"op": 0, "id": "x", "t": "C2C_MESSAGE_CREATE", "d": {"id": "m", "content": {"a": "嘿"}, "author": {"user_openid": 5}}},
    {"op": 0, "id": "x", "t": "GROUP_AT_MESSAGE_CREATE", "d": {"id": "m", "content": "嘿", "author": [], "group_openid": "G"}},
    {"op": 0, "id": "x", "t": "INTERACTION_CREATE", "d": {"id": "i", "type": "11", "data": []}},
    {"op": 0, "id": "x", "t": ["C2C_MESSAGE_CREATE"], "d": []},
    {"op": 0, "id": "x", "t": "GROUP_DEL_ROBOT", "d": {"group_openid": None, "timestamp": 1e300}},
    {"op": 7, "d": None},
    {"op": True, "t": None},
)


class QQSide:
    """The official API as it is given to everybody: @ in groups, replies in their time, no buttons."""

    tells = frozenset({Tells.NAMES, Tells.REPLIES, Tells.QUOTES, Tells.VOICE, Tells.BOT, Tells.REPLAYS})
    faults = frozenset(Fault)
    attacks = frozenset({Attack.HUGE, Attack.CLOCK, Attack.REPLAY, Attack.FORGED})
    traps = ("*不是粗体* <b>也不是</b>", "@everyone", "/签到", "<faceType=1>", '<img src="x">')
    oddities = tuple(json.dumps(each).encode() for each in _ODD)
    links = False
    line = False

    def __init__(self, server: QQServer, platform: QQPlatform, time: Moment) -> None:
        self.server = server
        self.platform = platform
        self.time = time
        self.inbox = Inbox()
        self.secrets = (server.secret, "token1")
        self.user = server.person(PERSON)
        self.other = server.person(OTHER)
        self.group = server.group("红旗村支部群")
        self.elsewhere = server.group("别的群", bot_inside=False)
        self._last: Json = {}

    def _place(self, *, group: bool) -> Place:
        return self.group if group else self.user

    def _message(self, message_id: str) -> Message:
        found = self.server.find(self.user, message_id) or self.server.find(self.group, message_id)
        assert found
        return found

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        replied = self._message(reply_to) if reply_to else None
        if group and BOT not in text:  # the bot is not told
            return self.server.add(self.group, self.user, text=text).id
        said = self.server.say(self.user, text.replace(BOT, "").strip(), self.group if group else None, reply_to=replied)
        self._last = self.server.pending[-1]
        await self.server.acknowledged()
        return said.id

    async def presses(self, message_id: str, data: str) -> None:
        self.server.press(self.user, self._message(message_id), data)
        await self.server.acknowledged()

    async def edits(self, message_id: str, text: str) -> None:
        """Nobody changes a message in QQ."""

    async def shares_location(self) -> None:
        self.server.say(self.user, "", attachments=[], card={"ark_type": "map", "fields": {"lat": "45.8", "lng": "126.5"}})
        await self.server.acknowledged()

    async def speaks(self, heard: str) -> None:
        voice = {"content_type": "voice", "filename": "v.amr", "url": "https://multimedia.nt.qq.com.cn/v", "asr_refer_text": heard}
        self.server.say(self.user, "", attachments=[voice])
        await self.server.acknowledged()

    async def joins(self) -> None:
        self.server.changes("GROUP_MEMBER_ADD", self.other, self.group)
        await self.server.acknowledged()

    async def leaves(self) -> None:
        self.server.changes("GROUP_MEMBER_REMOVE", self.other, self.group)
        await self.server.acknowledged()

    async def adds_bot(self) -> None:
        self.server.changes("GROUP_ADD_ROBOT", self.user, self.group)
        await self.server.acknowledged()

    async def removes_bot(self) -> None:
        self.server.changes("GROUP_DEL_ROBOT", self.user, self.group)
        await self.server.acknowledged()

    async def asks_to_join(self, words: str) -> None:
        self.server.changes("GROUP_JOIN_REQUEST", self.other, self.group)
        await self.server.acknowledged()

    def admitted(self) -> bool | None:
        return None

    async def echoes(self, text: str) -> None:
        self.server.echo(self.group, text)

    async def replays(self) -> None:
        self.server.pending.append(self._last)
        self.server.changed()

    async def puts(self, raw: bytes) -> None:
        await self.server.post(raw)

    def key(self, *, group: bool = False) -> ChatKey:
        return key_of(self._place(group=group))

    def nowhere(self, *, group: bool = False) -> ChatKey:
        return key_of(self.elsewhere if group else self.other)

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        found = self.server.find(self._place(group=group), message_id)
        assert found
        return _seen(found)

    async def said(self, *, group: bool = False) -> list[Shown]:
        return [_seen(each) for each in self.server.messages(self._place(group=group)) if each.sender is None]

    async def attacked(self, attack: Attack) -> bool:
        message = {"id": "forged", "content": MEMBERS_WORDS, "author": {"user_openid": self.user.user_openid}}
        payload: Json = {"op": 0, "id": "C2C_MESSAGE_CREATE:forged", "t": "C2C_MESSAGE_CREATE", "d": message}
        if attack is Attack.HUGE:
            message["content"] += "x" * HUGE
        elif attack is Attack.REPLAY:
            payload = self._last
        body = json.dumps(payload, ensure_ascii=False).encode()
        posted = int(self.time().timestamp())
        if attack is Attack.CLOCK:
            posted -= 3600
        elif attack is Attack.REPLAY:
            self.time.now += timedelta(hours=1)
        signed = self.server.sign(str(posted), b"another body" if attack is Attack.FORGED else body)
        try:
            status, _ = await self.server.post(body, {"X-Signature-Ed25519": signed, "X-Signature-Timestamp": str(posted)})
        except ClientError:  # it was hung up on before all of it was sent
            return True
        return status in {401, 413}

    def connection(self) -> object:
        return None

    def allow_deleting(self) -> None:
        self.group.bot_is_admin = True

    async def is_gone(self, message_id: str) -> bool:
        return self.server.find(self.group, message_id) is None

    def fails_next(self, fault: Fault) -> None:
        for each in _FAULTS[fault]:
            self.server.fail_next("messages", each)

    async def goes_down(self) -> None:
        await self.server.down()

    async def comes_back(self) -> None:
        await self.server.up()

    async def falls_silent(self) -> None:
        self.time.now += timedelta(hours=2)


def _seen(message: Message) -> Shown:
    return Shown(
        message.index,
        message.text,
        [[label for label, _ in row] for row in message.buttons],
        [],
        message.picture is not None,
        message.file[0] if message.file else None,
    )


@asynccontextmanager
async def opened(_: pytest.FixtureRequest) -> AsyncIterator[QQSide]:
    """A bot at an open platform of its own. `OTHER` has deleted it from their friends."""
    time = Moment()
    async with QQServer(time) as server:
        platform = QQPlatform(server.app_id, server.secret, clock=time, api_url=server.url, token_url=server.token_url, answer_seconds=0.3)
        side = QQSide(server, platform, time)
        async with served(platform, server):
            await platform.start(side.inbox.receive, [])
            side.server.changes("FRIEND_DEL", side.other)
            await server.acknowledged()
            side.inbox.taken.clear()
            side.inbox.tried.clear()
            try:
                yield side
            finally:
                await platform.stop()
                await asyncio.sleep(0)
