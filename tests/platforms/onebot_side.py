"""A person with a QQ account, at our local OneBot, which calls the bot as NapCat does."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSServerHandshakeError

from bot.platforms.onebot.calls import Patience
from storage.keys import ChatKey
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import Listener, drained, eventually, listening
from tests.onebot_server.model import Json, Message
from tests.onebot_server.server import Fault as ServerFault
from tests.platforms.sides import BOT, HUGE, MEMBERS_WORDS, OTHER, PERSON, Attack, Fault, Inbox, Shown, Tells

TOKEN = "a token that nobody knows"
_REFUSALS = {Fault.SLOW_DOWN: "发送过于频繁，请稍后再试", Fault.TROUBLE: "群已被全员禁言", Fault.NEVER: "消息体无法解析"}
_ODD: tuple[object, ...] = (
    {"post_type": "message", "message_type": "group", "group_id": [], "user_id": {}, "message": 7},
    {"post_type": "message", "message_type": "private", "user_id": 10_001, "message": [{"type": "新", "data": []}, None, 7, {"type": []}]},
    {"post_type": "message", "message_type": "private", "user_id": "x", "message": "[CQ:at,qq=,[CQ:[CQ:", "time": "x"},
    {"post_type": "notice", "notice_type": "notify", "sub_type": "poke", "user_id": 10_001, "target_id": 123_456},
    {"post_type": "meta_event", "meta_event_type": "heartbeat", "status": [], "interval": "soon"},
    {"post_type": ["message"], "self_id": 999},
    {"status": "ok", "retcode": 0, "data": None, "echo": {"a": 1}},
    [{"post_type": "message"}],
)


class OneBotSide:
    """Reverse WebSocket, as most branches have it."""

    tells = frozenset(Tells) - {Tells.EDITS, Tells.QUOTES}
    faults = frozenset(Fault) - {Fault.PIECES}  # a frame is one; over HTTP see the tests of that
    attacks = frozenset({Attack.HUGE, Attack.SECOND, Attack.FORGED, Attack.SHOWN})
    secrets = (TOKEN,)
    traps = ("[CQ:at,qq=all] &#91;&amp;", "[CQ:image,file=base64://AAAA]", "@全体成员", "*不是粗体* <b>也不是</b>", "/start abc")
    oddities = tuple(json.dumps(each, ensure_ascii=False).encode() for each in _ODD)
    links = True
    line = True

    def __init__(self, server: OneBotServer, inbox: Inbox) -> None:
        self.server = server
        self.inbox = inbox
        self.user = server.user(PERSON, friend=True)
        self.other = server.user(OTHER)
        self.group = server.add_group("红旗村支部", self.user)
        self.group.cards[self.user.id] = PERSON
        self._listener: Listener
        self._last: Json = {}

    def open(self, listener: Listener) -> None:
        """There is a platform now."""
        self._listener = listener
        self.platform = listener.platform

    async def _settled(self) -> None:
        await drained(self.server, self.platform)

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        self.platform._encoder._patience = Patience()
        said = await self.server.say(self.user, self.group if group else self.user, text.replace(BOT, "@支部"), answer=reply_to)
        self._last = self.server.events[-1]
        await self._settled()
        return str(said.id)

    async def presses(self, message_id: str, data: str) -> None:
        """There are no buttons."""

    async def edits(self, message_id: str, text: str) -> None:
        """Nothing can be changed on QQ."""

    async def shares_location(self) -> None:
        place = {"type": "location", "data": {"lat": "45.8", "lon": "126.5", "title": "哈尔滨站", "content": ""}}
        await self.server.say(self.user, self.user, place)
        await self._settled()

    async def speaks(self, heard: str) -> None:
        await self.server.say(self.user, self.user, {"type": "record", "data": {"file": "a.amr", "url": ""}})
        await self._settled()

    async def joins(self) -> None:
        await self.server.join(self.other, self.group)
        await self._settled()

    async def leaves(self) -> None:
        await self.server.leave(self.other, self.group)
        await self._settled()

    async def adds_bot(self) -> None:
        await self._bot("group_increase", "invite")

    async def removes_bot(self) -> None:
        await self._bot("group_decrease", "kick_me")

    async def _bot(self, kind: str, how: str) -> None:
        account, group = self.server.account, self.group.id
        await self.server.tell("notice", kind, sub_type=how, group_id=group, user_id=account, operator_id=self.user.id)
        await self._settled()

    async def asks_to_join(self, words: str) -> None:
        await self.server.ask_to_join(self.other, self.group, words)
        await self._settled()

    def admitted(self) -> bool | None:
        return self.server.admitted[-1][2] if self.server.admitted else None

    async def echoes(self, text: str) -> None:
        message = self.server.add(self.group, None, [{"type": "text", "data": {"text": text}}])
        shown = self.server.message_json(message)
        await self.server.emit(shown)
        await self.server.emit({**shown, "post_type": "message_sent"})

    async def replays(self) -> None:
        await self.server.emit(self._last)

    async def puts(self, raw: bytes) -> None:
        await self.server.raw(raw)

    def key(self, *, group: bool = False) -> ChatKey:
        return ChatKey("onebot", str(self.server.account), f"g{self.group.id}" if group else f"u{self.user.id}")

    def nowhere(self, *, group: bool = False) -> ChatKey:
        return ChatKey("onebot", str(self.server.account), "g424242" if group else f"u{self.other.id}")

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        found = self.server.find(message_id)
        assert found
        assert found.place is (self.group if group else self.user)
        return _seen(found)

    async def said(self, *, group: bool = False) -> list[Shown]:
        return [_seen(each) for each in self.server.messages(self.group if group else self.user) if each.sender is None]

    async def attacked(self, attack: Attack) -> bool:
        url, headers = self._listener.url, {"Authorization": f"Bearer {TOKEN}"}
        if attack is Attack.HUGE:
            await self.server.raw(json.dumps({"raw_message": MEMBERS_WORDS + "x" * HUGE}, ensure_ascii=False))
            return True
        if attack is Attack.FORGED:
            headers = {"Authorization": "Bearer another token"}
        elif attack is Attack.SHOWN:
            url, headers = f"{url}?access_token={TOKEN.replace(' ', '+')}", {"Authorization": "", "X-Forwarded-For": "203.0.113.9"}
        try:
            await self.server.connect(url, headers=headers)
        except WSServerHandshakeError:
            return True
        return False

    def connection(self) -> object:
        return list(self.server.sockets)

    def allow_deleting(self) -> None:
        self.group.bot_is_admin = True

    async def is_gone(self, message_id: str) -> bool:
        return self.server.find(message_id) is None

    def fails_next(self, fault: Fault) -> None:
        kind: ServerFault = "silence" if fault is Fault.HANG else "refuse"
        if fault is Fault.HANG:
            self.platform._encoder._patience = Patience(answer=0.05)  # until the next word
        for action in ("send_private_msg", "send_group_msg"):
            self.server.forget_faults(action)
            self.server.fail_next(action, kind, wording=_REFUSALS.get(fault, ""))

    async def goes_down(self) -> None:
        await self.server.down()
        await eventually(lambda: not self.platform.reachable())

    async def comes_back(self) -> None:
        await self.server.keep(self._listener.url)
        await eventually(self.platform.reachable)

    async def falls_silent(self) -> None:
        """There are no windows."""


def _seen(message: Message) -> Shown:
    file = next((each["data"]["file"] for each in message.segments if each["type"] == "file"), None)
    return Shown(str(message.id), message.text, [], message.marks, "image" in message.kinds, file, message.reply_to)


@asynccontextmanager
async def opened(_: pytest.FixtureRequest) -> AsyncIterator[OneBotSide]:
    """The side against a server of its own."""
    inbox = Inbox()
    async with OneBotServer(token=TOKEN) as server:
        side = OneBotSide(server, inbox)
        async with listening(server, connect=False, receive=inbox.receive, captured=False) as listener:
            side.open(listener)
            await server.keep(listener.url)
            await server.until(lambda: server.called("get_group_list"))
            yield side
            await server.down()
