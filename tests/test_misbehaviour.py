"""A platform that repeats, reorders, cuts off, hangs and throttles, through the real adapter, router and outbox: what people see."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.messages import Outgoing, Priority
from bot.platforms.telegram.transport import HttpLine
from bot.services import posting
from bot.texts import Text
from storage.tables import check_in, outbox
from storage.unit_of_work import UnitOfWork
from tests.telegram_branch import TelegramBranch, telegram_branch
from tests.telegram_server import TelegramServer

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
DONE = "收到，一路平安。想撤回，十分钟内发“撤销”。"
GROUP = "今日报平安 {} 人，谢谢大家。"


@pytest.fixture
async def branch(empty_database: Path, tmp_path: Path) -> AsyncIterator[TelegramBranch]:
    path = tmp_path / "zhibu.db"
    shutil.copy(empty_database, path)
    async with telegram_branch(path) as opened:
        yield opened


async def _wait(branch: TelegramBranch, times: int = 6, **span: float) -> None:
    for _ in range(times):
        branch.now += timedelta(**(span or {"seconds": 3}))
        await branch.app.drain()


async def _count(branch: TelegramBranch, what: Any) -> int:
    async def count(work: UnitOfWork) -> int:
        return int((await work.rows(what))[0][0])

    counted: int = await branch.app.database.run(count)
    return counted


async def _tell(branch: TelegramBranch, name: str, *texts: str, priority: Priority = Priority.ANSWER, **content: Any) -> None:
    async def tell(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for text in texts:
            await posting.to_member(work, branch.members[name], Outgoing(Text.plain(text), **content), priority=priority)

    await branch.app.database.run(tell)


# Receiving


async def test_an_update_that_is_repeated_counts_and_is_answered_once(branch: TelegramBranch) -> None:
    branch.server.say(branch.users["李小山"], branch.users["李小山"], "签到")
    update = branch.server.pending[0]
    await branch.settle()
    for _ in range(3):
        branch.server.duplicate(update)
        await branch.settle()
    await _wait(branch)
    assert branch.shown("李小山") == [DONE]
    assert branch.shown(branch.group) == [GROUP.format(1)]
    assert await _count(branch, select(func.count()).select_from(check_in)) == 1


@pytest.mark.parametrize("fault", ["429", "500", "drop_before", "drop_after", "garbage", "half", "hollow"])
async def test_whatever_becomes_of_the_poll_everybody_counts_once(branch: TelegramBranch, fault: Any) -> None:
    branch.server.fail_next("getUpdates", fault, times=2, retry_after=0)
    for name in ("李小山", "周海"):
        branch.server.say(branch.users[name], branch.users[name], "签到")
    await branch.settle()
    await _wait(branch, 2, seconds=16)
    assert (branch.shown("李小山"), branch.shown("周海")) == ([DONE], [DONE])
    assert branch.shown(branch.group) == [GROUP.format(2)]


async def test_a_poll_that_hangs_is_given_up_and_made_again(branch: TelegramBranch) -> None:
    _hasty(branch)
    telegram: Any = branch.app.platforms[-1]
    telegram._poll_seconds = 0
    await branch.server.until(lambda: branch.server.called("getUpdates"))
    branch.server.fail_next("getUpdates", "hang", times=2)
    for name in ("李小山", "周海"):
        await branch.says(name, "签到", group=False)
    await _wait(branch, 2, seconds=16)
    assert (branch.shown("李小山"), branch.shown("周海")) == ([DONE], [DONE])
    assert branch.shown(branch.group) == [GROUP.format(2)]


async def test_updates_that_come_shuffled_are_acted_upon_in_the_order_of_their_chat(branch: TelegramBranch) -> None:
    user = branch.users["李小山"]
    await branch.server.until(lambda: branch.server.called("getUpdates"))
    poll, branch.server.poll = branch.server.poll, None
    for text in ("签到", "撤销", "签到", "撤销"):
        branch.server.say(user, user, text)
    branch.server.pending.reverse()
    branch.server.poll = poll
    branch.server.duplicate(branch.server.pending[-1])
    await branch.settle()
    await _wait(branch)
    assert await _count(branch, select(func.count()).select_from(check_in)) == 0
    assert "\n".join(branch.shown("李小山")).count(DONE) == 2


async def test_what_the_line_held_back_for_hours_counts_for_when_it_was_said(branch: TelegramBranch) -> None:
    branch.server.date = int(branch.now.timestamp()) - 10 * 3600
    await branch.says("李小山", "签到", group=False)
    assert await _count(branch, select(func.count()).select_from(check_in).where(check_in.c.day < branch.now.date())) == 1


@pytest.fixture
async def hooked(empty_database: Path, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[TelegramBranch]:
    """The same behind a webhook."""
    path, port = tmp_path / "zhibu.db", unused_tcp_port
    shutil.copy(empty_database, path)
    how = {"mode": "webhook", "webhook_url": f"http://127.0.0.1:{port}/telegram/main", "webhook_secret": "s3cret"}
    async with TelegramServer() as server:
        opened = TelegramBranch(server, path, port=port, **how)
        await opened.app.open()
        await opened.found()
        await opened.app._serve()
        for platform in opened.app.platforms:
            await platform.start(opened.app.router.receive, opened.app.registry.hints())
        await server.until(lambda: server.webhook)
        yield opened
        await opened.app.stop()


async def test_a_webhook_whose_answer_was_lost_comes_again_and_counts_once(hooked: TelegramBranch) -> None:
    hooked.server.say(hooked.users["李小山"], hooked.users["李小山"], "签到")
    update = hooked.server.pending[0]
    await hooked.settle()
    hooked.server.duplicate(update)
    hooked.server.duplicate(update)
    await hooked.settle()
    await _wait(hooked)
    assert hooked.shown("李小山") == [DONE]
    assert await _count(hooked, select(func.count()).select_from(check_in)) == 1


async def test_half_a_request_and_a_caller_that_hangs_up_cost_nothing_and_stop_nobody(hooked: TelegramBranch) -> None:
    host, port = hooked.server.webhook.removeprefix("http://").split("/")[0].split(":")
    for body in (b'{"update_id": 1, "message": {', b""):
        _, writer = await asyncio.open_connection(host, int(port))
        head = "POST /telegram/main HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Telegram-Bot-Api-Secret-Token: s3cret\r\nContent-Length: 500\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.transport.abort()
    await hooked.says("李小山", "签到", group=False)
    await _wait(hooked)
    assert hooked.shown("李小山") == [DONE]


async def test_two_copies_of_an_update_at_the_same_moment_count_once(hooked: TelegramBranch) -> None:
    user = hooked.users["李小山"]
    said = hooked.server.add(user, user, text="签到")
    update = {"update_id": 1, "message": said.json(hooked.server.bot)}
    headers = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def post() -> int:
            async with session.post(hooked.server.webhook, json=update) as answer:
                return answer.status

        assert await asyncio.gather(*(post() for _ in range(5))) == [200] * 5
    await _wait(hooked)
    assert hooked.shown("李小山") == [DONE]


# Sending

ARRIVED = {"drop_after", "garbage", "half", "hollow", "hang"}
UNCERTAIN = {*ARRIVED, "drop_before"}
FAULTS = ["429", "429_page", "500", "502", "drop_before", "drop_after", "garbage", "half", "hollow", "hang"]


def _hasty(branch: TelegramBranch) -> None:
    """The bot waits a moment only for an answer of the platform."""
    telegram: Any = branch.app.platforms[-1]
    telegram._api._answer_seconds = 0.2


@pytest.mark.parametrize("fault", FAULTS)
async def test_answers_arrive_in_their_order_and_none_is_lost(branch: TelegramBranch, fault: Any) -> None:
    if fault == "hang":
        _hasty(branch)
    branch.server.fail_next("sendMessage", fault)
    await _tell(branch, "李小山", "一" * 120, "二" * 120, "三" * 120)
    await branch.app.drain()
    await _wait(branch)
    repeated = ["一"] if fault in ARRIVED else []
    assert [text[0] for text in branch.shown("李小山")] == [*repeated, "一", "二", "三"]
    doubted = await _count(branch, select(func.sum(outbox.c.doubts)))
    assert doubted == (1 if fault in UNCERTAIN else 0)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_reminder_is_never_there_twice_and_what_follows_it_is_not_held_up(branch: TelegramBranch, fault: Any) -> None:
    if fault == "hang":
        _hasty(branch)
    branch.server.fail_next("sendMessage", fault)
    await _tell(branch, "李小山", "一" * 120, "二" * 120, priority=Priority.REMINDER)
    await branch.app.drain()
    await _wait(branch)
    assert [text[0] for text in branch.shown("李小山")] == (["二"] if fault == "drop_before" else ["一", "二"])
    assert await _count(branch, select(func.count()).where(outbox.c.state == "uncertain", outbox.c.member_id.is_not(None))) == (
        1 if fault in UNCERTAIN else 0
    )


@pytest.mark.parametrize("fault", ["429", "500", "drop_before", "drop_after", "garbage", "half", "hollow"])
async def test_the_groups_count_is_right_in_the_end_and_one_message(branch: TelegramBranch, fault: Any) -> None:
    await branch.says("李小山", "签到")
    branch.server.fail_next("editMessageText", fault, times=2)
    for name in ("周海", "吴芳"):
        await branch.says(name, "签到")
    await _wait(branch, 4, seconds=16)
    assert branch.shown(branch.group) == [GROUP.format(3)]


@pytest.mark.parametrize("fault", ["429", "502"])
async def test_a_picture_is_not_shown_twice_because_its_words_were_not_taken(branch: TelegramBranch, fault: Any) -> None:
    branch.server.fail_next("sendMessage", fault)
    await _tell(branch, "李小山", "长" * 1200, picture=PNG)
    await branch.app.drain()
    await _wait(branch)
    assert [bool(each.photo) for each in branch.server.messages(branch.users["李小山"])] == [True, False]


async def test_when_several_chats_are_asked_to_wait_the_whole_account_does(branch: TelegramBranch) -> None:
    names = ["李小山", "周海", "吴芳", "孙丽", "赵国强"]
    branch.server.fail_next("sendMessage", "429", times=3, retry_after=600)
    for name in names[:3]:
        await _tell(branch, name, "你好")
        await branch.app.drain()
    tried = len(branch.server.called("sendMessage"))
    for name in names[3:]:
        await _tell(branch, name, "你好")
    await _wait(branch, 5, minutes=1)
    assert len(branch.server.called("sendMessage")) == tried == 3
    await _wait(branch, 2, minutes=3)
    assert [branch.shown(name) for name in names] == [["你好"]] * 5


async def test_what_a_server_that_is_away_for_an_hour_missed_comes_in_order_when_it_is_back(branch: TelegramBranch) -> None:
    telegram: Any = branch.app.platforms[-1]
    line, telegram._api._line = telegram._api._line, HttpLine(branch.server.token, "http://127.0.0.1:9/bot", 1.0)
    await _tell(branch, "李小山", "一" * 120, "二" * 120)
    await branch.app.drain()
    await _wait(branch, 6, minutes=10)
    assert branch.shown("李小山") == []
    await telegram._api._line.close()
    telegram._api._line = line
    await _wait(branch, 3, minutes=13)
    assert [text[0] for text in branch.shown("李小山")] == ["一", "二"]
