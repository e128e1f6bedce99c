"""A branch on our local WeCom: the real App, the real platforms, the real protocol; only the far side is ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.messages import Incoming
from bot.sections.wecom import WeCom
from storage.keys import AccountKey, BranchId, ChatKey, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, address
from tests.wecom_server import Group, Person, Shown, WeComServer

USERS = {
    "王秀英": "WangXiuYing",
    "赵国强": "ZhaoGuoQiang",
    "孙丽": "SunLi",
    "李小山": "LiXiaoShan",
    "周海": "ZhouHai",
    "吴芳": "WuFang",
}


class WeComBranch:
    """People in an enterprise, a bound group, and the time in one's hands."""

    def __init__(self, server: WeComServer, database: Path | str, **wecom: Any) -> None:
        self.server = server
        self.now = START
        server.created = lambda: int(self.now.timestamp())
        told = {"bot_id": server.bot_id, "secret": SecretStr(server.secret), "url": server.long_url, "bot_name": server.bot_name}
        section = WeCom(**{**told, "api_url": server.api_url, **wecom})
        settings = Settings(database=DatabaseSection(url=address(str(database))), web=Web(port=0), wecom=section)
        self.app = App(settings, lambda: self.now)
        self.people: dict[str, Person] = {}
        self.members: dict[str, MemberId] = {}
        self.group: Group
        self.branch = BranchId(0)
        self.handled = 0

    async def found(self) -> None:
        """A bound group and its people, all of whom have spoken to the bot and been introduced."""
        self.people = {name: self.server.person(USERS[name], conversed=True) for name in PEOPLE}
        self.group = self.server.group("红旗村支部群", conversed=True)
        await self.app.database.run(self._found)

    async def _found(self, work: UnitOfWork) -> None:
        branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
        self.branch = branch.id
        work.enter(branch.id)
        work.chats.bind(ChatKey("wecom", "main", f"g{self.group.chatid}"), self.group.title)
        for name, roles in PEOPLE.items():
            member = work.members.add(name, latin(name), roles)
            self.members[name] = member.id
            key = AccountKey("wecom", "main", USERS[name])
            work.accounts.bind(key, member.id, f"u{USERS[name]}")
            await work.accounts.change(key, introduced_at=work.now)

    async def receive(self, incoming: Incoming) -> None:
        """What the platforms hand over."""
        await self.app.router.receive(incoming)
        self.handled += incoming.chat.key.instance == "main"

    async def says(self, name: str, text: str, *, group: bool = False) -> None:
        """Somebody writes, in a group to the bot, and what is due is delivered."""
        person = self.people[name]
        said = f"@{self.server.bot_name} {text}" if group else text
        await self.server.say(person, said, self.group if group else None)
        await self.settle()

    async def presses(self, name: str, label: str, *, group: bool = False) -> None:
        """Somebody presses the newest button of a label."""
        place = self.group if group else self.people[name]
        card, key = next((shown, key) for shown in reversed(place.shown) for told, key in shown.buttons if told == label)
        await self.server.press(self.people[name], card.task_id, key, self.group if group else None)
        await self.settle()

    async def settle(self) -> None:
        """Everything that happened is taken in, and what is due is delivered."""
        expected = self.server._counts["request"]
        await self.server.until(lambda: self.handled >= expected)
        await self.app.drain()

    async def pass_time(self, **span: float) -> None:
        """Time passes and what is due is delivered."""
        self.now += timedelta(**span)
        self.server.later += timedelta(**span).total_seconds()
        await self.app.scheduler.tick()
        await self.app.drain()

    def shown(self, name: str = "") -> list[Shown]:
        """What the bot said to somebody, or in the group."""
        place = self.people[name] if name else self.group
        return [each for each in place.shown if each.by not in USERS.values()]

    def texts(self, name: str = "") -> list[str]:
        """The words of that."""
        return [each.text for each in self.shown(name)]


@asynccontextmanager
async def wecom_branch(database: Path | str, *, server: WeComServer | None = None, **wecom: Any) -> AsyncIterator[WeComBranch]:
    """A started branch on a server of its own."""
    async with nullcontext(server) if server else WeComServer() as running:
        branch = WeComBranch(running, database, **wecom)
        await branch.app.open()
        await branch.found()
        hints = branch.app.registry.hints()
        for platform in branch.app.platforms:
            if (keeper := vars(platform).get("_keeper")) is not None:
                keeper._first_wait = 0.01  # after a failure nobody waits a second here
            await platform.start(branch.receive, hints)
        await running.until(lambda: all(each.reachable() for each in branch.app.platforms))
        try:
            yield branch
        finally:
            await branch.app.stop()
