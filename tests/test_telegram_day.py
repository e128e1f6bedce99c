"""A branch's first day on Telegram, over the real protocol, by polling and by webhook: from the code to the announcement."""

import re
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.permissions import OPERATOR
from bot.services import membership
from tests.telegram_branch import TelegramBranch
from tests.telegram_server import TelegramServer
from tests.telegram_server.model import User

CODE = re.compile(r"\b[A-Z0-9]{8}\b")


class Newcomers(TelegramBranch):
    """A deployment that nobody has set up yet."""

    async def found(self) -> None:
        self.users = {name: self.server.user(name) for name in ("王秀英", "李小山", "周海", "路人")}
        self.group = self.server.add_group("红旗村支部群", *self.users.values())

    async def all_shown(self, name: str) -> str:
        """What somebody sees in private once everything that is due has arrived."""
        for _ in range(8):
            await self.pass_time(seconds=2)
        return "\n".join(self.shown(name))

    async def presses(self, name: str, label: str, where: Any = None) -> None:
        """Somebody presses the newest button of a label."""
        await self.all_shown(name)
        place = where or self.users[name]
        found = next(
            (message, data)
            for message in reversed(self.server.messages(place))
            for row in message.buttons
            for shown, data in row
            if shown == label
        )
        self.server.press(self.users[name], *found)
        await self.settle()

    async def starts(self, user: User, payload: str) -> None:
        """Somebody opens a deep link."""
        self.server.start(user, payload)
        await self.settle()

    async def tells(self, name: str, text: str, *, group: bool = False) -> None:
        """Somebody writes."""
        user = self.users[name]
        self.server.say(user, self.group if group else user, text)
        await self.settle()

    async def begins(self, answer: str) -> None:
        """The branch is founded, and its secretary answers whether Telegram may be used."""
        code = await self.app.database.run(membership.found, OPERATOR, "红旗村支部", "王秀英")
        await self.starts(self.users["王秀英"], code)
        await self.presses("王秀英", answer)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["polling", "webhook"])
async def branch(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Newcomers]:
    port = _free_port()
    how = {"mode": "webhook", "webhook_url": f"http://127.0.0.1:{port}/telegram/main", "webhook_secret": "s3cret-token"}
    async with TelegramServer() as server:
        opened = Newcomers(server, database_url, port=port, members_own_choice=False, **(how if request.param == "webhook" else {}))
        await opened.app.open()
        await opened.found()
        await opened.app._serve()  # without the background tasks: the test itself says when time passes
        for platform in opened.app.platforms:
            await platform.start(opened.app.router.receive, opened.app.registry.hints())
        yield opened
        await opened.app.stop()


async def test_from_the_first_code_to_an_announcement_that_two_have_read(branch: Newcomers) -> None:
    await branch.begins("同意")
    assert "归支部书记管" in await branch.all_shown("王秀英")

    await branch.tells("王秀英", "绑定本群", group=True)
    assert "红旗村支部群" in await branch.all_shown("王秀英")
    await branch.presses("王秀英", "对")

    await branch.tells("王秀英", "邀请 李小山")
    invited = CODE.findall(await branch.all_shown("王秀英"))[-1]
    assert f"https://t.me/zhibu_bot?start={invited}" in await branch.all_shown("王秀英")
    await branch.starts(branch.users["李小山"], invited)
    await branch.presses("李小山", "同意")

    await branch.tells("路人", "签到", group=True)
    await branch.tells("李小山", "签到", group=True)
    await branch.pass_time(seconds=20)
    assert "今日报平安 1 人，谢谢大家。" in branch.shown(branch.group)

    await branch.tells("李小山", "我到哈尔滨了")
    await branch.presses("李小山", "同意")
    assert "哈尔滨" in await branch.all_shown("李小山")

    await branch.tells("王秀英", "公告 周六上午九点视频会")
    await branch.presses("王秀英", "发")
    await branch.pass_time(seconds=5)
    await branch.presses("李小山", "收到", branch.group)
    await branch.tells("王秀英", "收到", group=True)
    await branch.pass_time(seconds=20)
    [announced] = [text for text in branch.shown(branch.group) if "视频会" in text]
    assert "2 人" in announced

    await branch.starts(branch.users["路人"], "")
    assert "我还不认识您" in await branch.all_shown("路人")
    await branch.tells("王秀英", "分布图")
    assert "李小山" in await branch.all_shown("王秀英")


async def test_until_a_member_agrees_nothing_about_them_goes_to_telegram(branch: Newcomers) -> None:
    await branch.begins("同意")
    await branch.tells("王秀英", "邀请 李小山")
    invited = CODE.findall(await branch.all_shown("王秀英"))[-1]
    await branch.starts(branch.users["李小山"], invited)
    await branch.tells("李小山", "签到")
    await branch.tells("王秀英", "签到情况")
    assert "另有 1 人" in await branch.all_shown("王秀英")
    assert "一路平安" not in await branch.all_shown("李小山")
    await branch.presses("李小山", "同意")
    assert "一路平安" in await branch.all_shown("李小山")


async def test_somebody_who_declines_telegram_is_told_once_why_there_is_no_answer(branch: Newcomers) -> None:
    await branch.begins("不同意")
    for _ in range(2):
        await branch.tells("王秀英", "我的")
    shown = await branch.all_shown("王秀英")
    assert shown.count("您没有同意经 Telegram") == 1
    assert "角色" not in shown
