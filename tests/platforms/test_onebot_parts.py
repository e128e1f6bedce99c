"""The small parts of the OneBot adapter by themselves: lanes, memory, and what happens when it stops or its notes fail."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import WSMessage, WSMsgType, WSServerHandshakeError
from pydantic import SecretStr

from bot.budgets import Spending
from bot.messages import ChatKind
from bot.platforms.base import Temporary
from bot.platforms.bounded import Bounded
from bot.platforms.onebot import connected
from bot.platforms.onebot.calls import Failed, NeverSent, NotAnswered, Patience, result
from bot.platforms.onebot.standing import MISSING, STRANGER, WRONG
from bot.platforms.onebot.wire import Wire
from bot.sections.onebot import OneBot
from storage.keys import ChatKey
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import NOW, eventually, listening

TOKEN = "a token that nobody knows"


async def test_one_person_gets_so_many_messages_a_minute_and_no_more() -> None:
    """Many alike in a row get an account frozen, in private as in a group."""

    async def note(*_: object) -> None:
        raise AssertionError("nothing is said before a start")

    section = OneBot(accounts=("123456",), token=SecretStr(TOKEN))
    [platform] = connected(section, lambda: NOW, leads=asyncio.Event(), note=note, wake=lambda: None, exposed=False)
    spending, chat, now = Spending(), ChatKey("onebot", "123456", "u10001"), NOW
    for _ in range(section.private_per_minute):
        now += timedelta(seconds=1)
        assert spending.ready_at(chat, ChatKind.PRIVATE, platform.budget, now, marks=False) == now
        spending.spend(chat, ChatKind.PRIVATE, platform.budget, now)
    now += timedelta(seconds=1)
    assert spending.ready_at(chat, ChatKind.PRIVATE, platform.budget, now, marks=False) == NOW + timedelta(seconds=61)


def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    memory: Bounded[str, int] = Bounded(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        memory.keep(key, value)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (3, None, 4)


@pytest.mark.parametrize(
    ("answer", "data"),
    [
        ({"status": "ok", "retcode": 0, "data": {"a": 1}}, {"a": 1}),
        ({"status": "async", "retcode": 1, "data": None}, None),
        ({"retcode": 0, "data": []}, []),
        ({"status": "ok", "data": 5}, 5),
    ],
)
def test_an_answer_that_says_yes(answer: dict[str, object], data: object) -> None:
    assert result(answer) == data


@pytest.mark.parametrize(
    ("answer", "retcode", "said"),
    [
        ({"status": "failed", "retcode": 1200, "message": "no", "wording": "no"}, 1200, "no"),
        ({"status": "failed", "retcode": 100, "message": "MSG", "wording": "消息"}, 100, "MSG 消息"),
        ({"status": "ok", "retcode": 1404}, 1404, ""),
        ({"status": "failed"}, -1, ""),
        ({}, -1, ""),
        ({"status": ["ok"], "retcode": "x"}, -1, ""),
    ],
)
def test_an_answer_that_says_no(answer: dict[str, object], retcode: int, said: str) -> None:
    with pytest.raises(Failed) as raised:
        result(answer)
    assert (raised.value.retcode, raised.value.said) == (retcode, said)


async def test_a_onebot_that_calls_before_the_bot_is_ready_or_after_it_is_told_to_come_later() -> None:
    async with OneBotServer(token=TOKEN) as server, listening(server) as listener:
        await listener.platform.stop()
        await server.connect(listener.url)
        await server.until(lambda: 1013 in server.closed)
        with pytest.raises(Temporary):
            await listener.send(server.user("李小山", friend=True), "您好")
        await listener.platform.start(listener.receive, ())
        await server.connect(listener.url)
        await eventually(listener.platform.reachable)


async def test_what_nobody_foresaw_in_one_event_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async with OneBotServer(token=TOKEN) as server, listening(server) as listener:
        user = server.user("李小山", friend=True)
        whole = type(listener.platform._decoder).event

        def odd(decoder: object, value: dict[str, object]) -> object:
            if "odd" in value:
                raise KeyError("a member's words")
            return whole(decoder, value)  # type: ignore[arg-type]

        monkeypatch.setattr(type(listener.platform._decoder), "event", odd)
        await server.emit({**server.head("message"), "odd": True})
        await server.say(user, user, "签到")
        await listener.settled()
        assert listener.texts() == ["签到"]
        assert "words" not in listener.logged()


async def test_a_line_that_cannot_be_noted_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    async def note(*_: object) -> None:
        raise OSError("disk full")

    async with OneBotServer(token=TOKEN) as server, listening(server, connect=False) as listener:
        monkeypatch.setattr(listener.platform, "_note", note)
        await server.connect(listener.url)
        await eventually(listener.platform.reachable)
        await eventually(lambda: any("could not be noted" in each["event"] for each in listener.log))


async def test_a_friend_who_cannot_be_accepted_is_told_in_the_log() -> None:
    async with OneBotServer(token=TOKEN) as server, listening(server) as listener:
        await server.tell("request", "friend", user_id=10_009, comment="", flag="gone")
        await server.read()
        await eventually(lambda: any("could not be accepted" in each["event"] for each in listener.log))


class Deaf:
    """A socket whose far side reads nothing: what is sent piles up until the connection is closed."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    @property
    def closed(self) -> bool:
        return self.over.is_set()

    async def receive(self) -> WSMessage:
        await self.over.wait()
        return WSMessage(WSMsgType.CLOSED, None, None)

    async def send_str(self, data: str) -> None:
        await self.over.wait()
        raise ConnectionResetError("Cannot write to closing transport")

    async def ping(self, message: bytes = b"") -> None:
        await self.over.wait()

    async def pong(self, message: bytes = b"") -> None:
        await self.over.wait()

    async def close(self, *, code: int = 1000, message: bytes = b"") -> None:
        self.over.set()


async def test_who_does_not_even_read_is_left() -> None:
    async def take(*_: object) -> None:
        raise AssertionError("nothing comes")

    wire = Wire(Deaf(), "Universal", take, Patience())
    running = asyncio.create_task(wire.run())
    with pytest.raises(NotAnswered):
        await wire.call("send_private_msg", {}, 0.01)
    await running
    with pytest.raises(NeverSent):
        await wire.call("send_private_msg", {}, 0.01)


async def test_what_was_never_written_is_known_not_to_be_sent() -> None:
    """The far side is gone, and the reader does not know it yet."""
    async with OneBotServer(token=TOKEN) as server, listening(server) as listener:
        user = server.user("李小山", friend=True)
        wire = listener.platform._link._caller()
        assert wire is not None
        wire._socket._req.transport.close()  # type: ignore[attr-defined]
        assert wire.is_open()
        with pytest.raises(Temporary):
            await listener.send(user, "您好")
        assert server.messages(user) == []


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Authorization": ""}, MISSING),
        ({"Authorization": "Bearer another token"}, WRONG),
        ({"X-Self-ID": "999999"}, STRANGER),
    ],
)
async def test_who_is_turned_away_is_noted_for_the_doctor_while_nobody_is_there(headers: dict[str, str], told: str) -> None:
    async with OneBotServer(token=TOKEN) as server, listening(server, connect=False) as listener:
        with pytest.raises(WSServerHandshakeError):
            await server.connect(listener.url, headers=headers)
        await eventually(lambda: listener.noted[-1] == told)
        assert "999999" not in listener.logged() + "".join(listener.noted)
        await server.connect(listener.url)
        await eventually(listener.platform.reachable)
        with pytest.raises(WSServerHandshakeError):
            await server.connect(listener.url, headers=headers)
        await eventually(lambda: listener.noted[-1].startswith("connected"))
