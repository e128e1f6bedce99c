"""A member of an enterprise in WeCom, at our local counterpart: a 智能机器人 over its long connection."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.base import Platform
from bot.platforms.wecom import WeComApp
from bot.platforms.wecom.crypto import Envelope
from storage.keys import ChatKey
from tests.platforms.sides import BOT, HUGE, MEMBERS_WORDS, Attack, Fault, Inbox, Shown, Tells
from tests.wecom_server import Group, Person, WeComError, WeComServer
from tests.wecom_server import Shown as Message
from tests.wecom_server.callbacks import AES_KEY, CORP_ID, TOKEN, Caller, xml
from tests.wecom_server.listener import Listener, listening
from tests.wecom_server.reading import read

_FAULTS: dict[Fault, WeComError | str] = {
    Fault.HANG: "silent",
    Fault.SLOW_DOWN: WeComError(45009, "api freq out of limit"),
    Fault.TROUBLE: WeComError(-1, "system busy"),
    Fault.NEVER: WeComError(40058, "invalid param"),
}
_FROM = {"from": {"userid": "LiXiaoShan"}, "chattype": "single"}
_ODD = (
    {"cmd": "aibot_msg_callback", "headers": {"req_id": "o1"}, "body": {**_FROM, "msgid": "o1", "msgtype": "dance", "dance": {"steps": 3}}},
    {"cmd": "aibot_msg_callback", "headers": {"req_id": "o2"}, "body": {**_FROM, "msgid": "o2", "msgtype": "text", "text": "嘿"}},
    {"cmd": "aibot_msg_callback", "headers": {}, "body": {"from": [], "msgid": {}, "chattype": 3, "msgtype": "text"}},
    {
        "cmd": "aibot_msg_callback",
        "headers": {"req_id": "o4"},
        "body": {**_FROM, "msgtype": "mixed", "mixed": {"msg_item": 7}, "quote": []},
    },
    {"cmd": "aibot_event_callback", "headers": {"req_id": "o5"}, "body": {**_FROM, "event": {"eventtype": "template_card_event"}}},
    {"cmd": "aibot_event_callback", "headers": {"req_id": "o6"}, "body": {"event": "enter_chat"}},
    {"cmd": "aibot_nobody_knows", "headers": {"req_id": "o7"}},
    {"headers": {"req_id": ["x"]}, "errcode": "0"},
)


class WeComSide:
    """People of one enterprise: @ in internal groups, private chats with the bot, cards with buttons."""

    tells = frozenset({Tells.REPLIES, Tells.QUOTES, Tells.VOICE, Tells.REPLAYS})
    faults = frozenset(Fault) - {Fault.PIECES}  # a frame is one; over HTTP see the tests of that
    attacks = frozenset({Attack.HUGE, Attack.CLOCK, Attack.REPLAY, Attack.FORGED})
    traps = (
        *("**粗**", "<@all>", "[点这里](https://example.org)", "`码`", '<font color="warning">红</font>', "~~划掉~~", "<think>想</think>"),
        *("![图](https://example.org/a.png)", "_斜_", "&lt;b&gt;", "@所有人", "\\*", "a | b\n--- | ---\nc | d"),
    )
    oddities = tuple(json.dumps(each).encode() for each in _ODD)
    links = True
    line = True

    def __init__(self, server: WeComServer, listener: Listener) -> None:
        self.server = server
        self.listener = listener
        self.platform: Platform = listener.platform
        self.inbox = Inbox()
        self.secrets = (server.secret, server.app_secret, TOKEN, AES_KEY)
        self.user = server.person("LiXiaoShan", conversed=True)
        self.group = server.group("红旗村支部群", conversed=True)

    def _place(self, *, group: bool) -> Person | Group:
        return self.group if group else self.user

    def _message(self, message_id: str, place: Person | Group) -> Message:
        return next(each for each in place.shown if re.sub(r"_\d+$", "", each.id) == message_id)

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        place = self._place(group=group)
        quote = {}
        if reply_to:
            quoted = self._message(reply_to, place)
            quote = {"quote": {"msgtype": "text", "text": {"content": read(quoted)}}}
        told = not group or BOT in text
        before = len(self.inbox.taken)
        said = await self.server.say(self.user, text.replace(BOT, "@助手"), self.group if group else None, **quote)
        if told:
            await self.server.until(lambda: len(self.inbox.taken) > before)
        return said

    async def presses(self, message_id: str, data: str) -> None:
        before = len(self.inbox.taken)
        await self.server.press(self.user, self._message(message_id, self.user).task_id, data)
        await self.server.until(lambda: len(self.inbox.taken) > before)

    async def edits(self, message_id: str, text: str) -> None:
        """Nobody changes a message in WeCom."""

    async def shares_location(self) -> None:
        """A location card is not brought to the bot."""

    async def speaks(self, heard: str) -> None:
        before = len(self.inbox.taken)
        await self.server.message(self.user, {"msgtype": "voice", "voice": {"content": heard}})
        await self.server.until(lambda: len(self.inbox.taken) > before)

    async def joins(self) -> None:
        """Who comes into a group is not told."""

    async def leaves(self) -> None:
        """Nor who leaves it."""

    async def adds_bot(self) -> None:
        self.group.bot_inside = True

    async def removes_bot(self) -> None:
        self.group.bot_inside = False

    async def asks_to_join(self, words: str) -> None:
        """People are let in by hand."""

    def admitted(self) -> bool | None:
        return None

    async def echoes(self, text: str) -> None:
        """What the bot said is not brought to it."""

    async def replays(self) -> None:
        await self.server.raw(json.dumps(self.server.last))

    async def puts(self, raw: bytes) -> None:
        await self.server.raw(raw)

    def key(self, *, group: bool = False) -> ChatKey:
        return ChatKey("wecom", "main", f"g{self.group.chatid}" if group else f"u{self.user.userid}")

    def nowhere(self, *, group: bool = False) -> ChatKey:
        return ChatKey("wecom", "main", "gwrNowhere" if group else "uNobody")

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        return self._seen(self._message(message_id, self._place(group=group)))

    async def said(self, *, group: bool = False) -> list[Shown]:
        return [self._seen(each) for each in self._place(group=group).shown if each.by == "bot"]

    def _seen(self, message: Message) -> Shown:
        asked = self.server.asked.get(message.answers)
        return Shown(
            re.sub(r"_\d+$", "", message.id),
            read(message),
            [[label for label, _ in message.buttons]] if message.buttons else [],
            [],
            message.kind == "image",
            message.name if message.kind == "file" else None,
            asked.msgid if asked else None,
        )

    async def attacked(self, attack: Attack) -> bool:
        if attack is Attack.HUGE:
            await self.server.raw(json.dumps({"cmd": "aibot_msg_callback", "body": MEMBERS_WORDS + "x" * HUGE}, ensure_ascii=False))
            return True
        async with self._called() as caller:
            if attack is Attack.FORGED:
                told = xml(FromUserName="LiXiaoShan", MsgType="text", Content=MEMBERS_WORDS, MsgId=1)
                return await caller.sends(told, msg_signature="0" * 40) == 403
            if attack is Attack.REPLAY:
                assert await caller.says("LiXiaoShan", "签到") == 200
                self.inbox.taken.pop()
                at_once = await caller.again()
                self.listener.now += timedelta(hours=1)
                return at_once == await caller.again() == 403
            caller.now -= 3600
            return await caller.says("LiXiaoShan", MEMBERS_WORDS) == 403

    @asynccontextmanager
    async def _called(self) -> AsyncIterator[Caller]:
        """A self-built app of the same enterprise, which WeCom calls."""
        server, app = self.server, web.Application()
        envelope = Envelope(TOKEN, AES_KEY, CORP_ID)
        called = WeComApp(
            server.corp_id, server.agent_id, server.app_secret, envelope=envelope, api_url=server.api_url, clock=lambda: self.listener.now
        )
        app.add_routes(called.routes())
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await called.start(self.inbox.receive, [])
        try:
            yield Caller(f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/app", int(self.listener.now.timestamp()))
        finally:
            await called.stop()
            await runner.cleanup()

    def connection(self) -> object:
        return self.server.handshakes

    def allow_deleting(self) -> None:
        """Nobody can."""

    async def is_gone(self, message_id: str) -> bool:
        return False

    def fails_next(self, fault: Fault) -> None:
        self.server.fault("says", _FAULTS[fault])  # type: ignore[arg-type]

    async def goes_down(self) -> None:
        self.server.refusing = 10_000
        await self.server.drop_all()
        await self.server.until(lambda: not self.platform.reachable())

    async def comes_back(self) -> None:
        self.server.refusing = 0
        await self.server.until(lambda: self.server.subscribed and self.platform.reachable())

    async def falls_silent(self) -> None:
        self.listener.now += timedelta(hours=2)
        self.server.later += 7200


@asynccontextmanager
async def opened(_: pytest.FixtureRequest) -> AsyncIterator[WeComSide]:
    """A bot with an enterprise of its own."""
    async with WeComServer(limits=False) as server, listening(server, ack_seconds=0.3, log=None) as listener:
        side = WeComSide(server, listener)
        listener.instead = side.inbox.receive
        yield side
