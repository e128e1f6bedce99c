"""Pages of the browser chat that repeat themselves, break off in the middle, and are older than the program they speak to."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, Dialogue

DONE = "收到，一路平安。想撤回，十分钟内发“撤销”。"


class Served:
    """A sample that is served, and may be served again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def start(self) -> None:
        settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{self.path}"), web=Web(port=0))
        self.app = App(settings, lambda: START)
        await self.app.open()
        await self.app.start()

    async def restart(self) -> None:
        await self.app.stop()
        await self.start()

    async def open(self, session: ClientSession, person: str = "李小山") -> ClientWebSocketResponse:
        return await session.ws_connect(f"{self.app.address}ws?as={person}")


@pytest.fixture
async def served(empty_database: Path, tmp_path: Path) -> AsyncIterator[Served]:
    path = tmp_path / "zhibu.db"
    shutil.copy(empty_database, path)
    founding = Dialogue(str(path))
    await founding.app.open()
    await founding.run(founding._found, "红旗村支部", PEOPLE)

    async def mark(work: UnitOfWork) -> None:
        work.settings.put("sample", "yes")

    await founding.run(mark)
    await founding.close()
    opened = Served(path)
    await opened.start()
    yield opened
    await opened.app.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


async def _next(socket: ClientWebSocketResponse, *kinds: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=15)
        if frame["type"] in kinds:
            return frame


async def _private(socket: ClientWebSocketResponse) -> str:
    return str((await _next(socket, "welcome"))["chats"][1]["id"])


async def _texts(served: Served, session: ClientSession, least: int, person: str = "李小山") -> list[str]:
    """What a page that is opened now shows of the private chat, once it shows so many messages."""
    async with await served.open(session, person) as socket:
        private = await _private(socket)
        shown: dict[str, str] = {}
        while True:
            frame = await _next(socket, "history", "message", "edit")
            listed = frame["messages"] if frame["type"] == "history" else [frame["message"]]
            shown.update({each["id"]: each["text"]["zh"] for each in listed if each["chat"] == private})
            if len(shown) >= least and frame["type"] != "history":
                return list(shown.values())
            if len(shown) >= least and frame["type"] == "history" and frame["chat"] == private:
                return list(shown.values())


async def test_a_page_that_breaks_off_before_the_answer_and_sends_again_is_answered_once(served: Served, session: ClientSession) -> None:
    socket = await served.open(session)
    frame = {"type": "send", "chat": await _private(socket), "text": "签到", "nonce": "n1"}
    await socket.send_json(frame)
    await socket.close()
    async with await served.open(session) as again:
        await _private(again)
        for _ in range(3):
            await again.send_json(frame)
        acks = [await _next(again, "ack") for _ in range(3)]
    assert len({each["message"] for each in acks}) == 1
    assert await _texts(served, session, 2) == ["签到", DONE]


async def test_a_page_that_is_older_than_the_program_sends_again_what_that_knows_already(served: Served, session: ClientSession) -> None:
    async with await served.open(session) as socket:
        frame = {"type": "send", "chat": await _private(socket), "text": "签到", "nonce": "n1"}
        await socket.send_json(frame)
        first = await _next(socket, "ack")
    await served.restart()
    async with await served.open(session) as old:
        await _private(old)
        await old.send_json(frame)
        assert await _next(old, "ack") == first
        await old.send_json({**frame, "text": "签到情况", "nonce": "n2"})
        assert (await _next(old, "ack"))["message"] != first["message"]
    assert (await _texts(served, session, 3))[:2] == ["签到", DONE]


async def test_the_same_nonce_from_two_pages_at_once_is_one_message(served: Served, session: ClientSession) -> None:
    async with await served.open(session) as one, await served.open(session) as other:
        chats = [await _private(each) for each in (one, other)]
        frame = {"type": "send", "chat": chats[0], "text": "签到", "nonce": "n1"}
        await asyncio.gather(one.send_json(frame), other.send_json(frame))
        acks = [await _next(each, "ack") for each in (one, other)]
    assert acks[0] == acks[1]
    assert await _texts(served, session, 2) == ["签到", DONE]


async def test_a_press_that_is_repeated_after_a_break_is_acted_upon_once(served: Served, session: ClientSession) -> None:
    async with await served.open(session, "王秀英") as socket:
        chat = await _private(socket)
        await socket.send_json({"type": "send", "chat": chat, "text": "公告 周六开会", "nonce": "n1"})
        while not (asked := (await _next(socket, "message"))["message"])["buttons"]:
            pass
        press = {"type": "press", "chat": chat, "message": asked["id"], "data": asked["buttons"][0][0]["data"], "nonce": "n2"}
        await socket.send_json(press)
    async with await served.open(session, "王秀英") as again:
        await _private(again)
        await again.send_json(press)
        await _next(again, "ack")
        await again.send_json({**press, "nonce": "n3"})
        while "已经发过了" not in (await _next(again, "message"))["message"]["text"]["zh"]:
            pass
    async with await served.open(session, "周海") as other:
        history = await _next(other, "history")
        while not any("周六开会" in each["text"]["zh"] for each in history["messages"]):
            history = {"messages": [(await _next(other, "message"))["message"]]}
    async with await served.open(session, "周海") as other:
        shown = (await _next(other, "history"))["messages"]
    assert sum("周六开会" in each["text"]["zh"] for each in shown) == 1


async def test_what_is_said_while_a_page_is_away_stands_there_once_when_it_is_back(served: Served, session: ClientSession) -> None:
    async with await served.open(session, "周海") as away:
        await _private(away)
    async with await served.open(session) as socket:
        welcome = await _next(socket, "welcome")
        await socket.send_json({"type": "send", "chat": welcome["chats"][0]["id"], "text": "签到", "nonce": "n1"})
        await _next(socket, "ack")
        while not (await _next(socket, "edit"))["message"]["reactions"]:
            pass
    async with await served.open(session, "周海") as back:
        messages = (await _next(back, "history"))["messages"]
    assert [each["text"]["zh"] for each in messages] == ["签到", "今日报平安 1 人，谢谢大家。"]
