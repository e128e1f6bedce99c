"""A branch on our local QQ open platform: the real App, the real platform, the real protocol; only the far side is ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.platforms.qq import QQPlatform
from bot.sections.qq import QQ
from storage.keys import AccountKey, BranchId, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, address
from tests.qq_server import Group, Message, Person, QQServer
from tests.qq_server.listener import key_of, served


class QQBranch:
    """People with QQ accounts, bound in the group and in private, a bound group, and the time in one's hands."""

    def __init__(self, server: QQServer, database: Path | str, **qq: Any) -> None:
        self.server = server
        self.now = START
        section = QQ(app_id=server.app_id, secret=SecretStr(server.secret), api_url=server.url, token_url=server.token_url, **qq)
        settings = Settings(database=DatabaseSection(url=address(str(database))), web=Web(port=0), qq=section)
        self.app = App(settings, lambda: self.now)
        self.people: dict[str, Person] = {}
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self.group: Group

    @property
    def platform(self) -> QQPlatform:
        """The platform of the official API."""
        return next(each for each in self.app.platforms if isinstance(each, QQPlatform))

    async def found(self) -> None:
        """A bound group and its people."""
        self.people = {name: self.server.person(name) for name in PEOPLE}
        self.group = self.server.group("红旗村支部群")
        await self.app.database.run(self._found)

    async def _found(self, work: UnitOfWork) -> None:
        branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
        self.branch = branch.id
        work.enter(branch.id)
        work.chats.bind(key_of(self.group), self.group.title)
        for name, roles in PEOPLE.items():
            member = work.members.add(name, latin(name), roles)
            self.members[name] = member.id
            person = self.people[name]
            private = AccountKey("qq", "main", person.user_openid)
            work.accounts.bind(private, member.id, key_of(person).chat_id)
            await work.accounts.change(private, introduced_at=work.now)
            work.accounts.bind(AccountKey("qq", "main", person.member_openid(self.group)), member.id, None)
            await work.members.change(member.id, heard_at=work.now)

    async def says(self, name: str, text: str, *, group: bool = True, **more: Any) -> Message:
        """Somebody writes, the bot takes it, and what is due is delivered."""
        person = self.people.get(name) or self.people.setdefault(name, self.server.person(name))
        said = self.server.say(person, text, self.group if group else None, **more)
        await self.settle()
        await self.wait()
        return said

    async def settle(self) -> None:
        """Everything that happened is acknowledged, and what is due is delivered."""
        await self.server.acknowledged()
        await self.app.drain()

    async def wait(self, turns: int = 1) -> None:
        """So many seconds pass in which what may go goes: one message of a chat in each."""
        for _ in range(turns):
            self.now += timedelta(seconds=1)
            await self.app.drain()

    async def pass_time(self, **span: float) -> None:
        """Time passes and what is due is delivered."""
        self.now += timedelta(**span)
        await self.app.scheduler.tick()
        await self.app.drain()

    def shown(self, place: Group | str) -> list[str]:
        """The bot's texts that a chat shows now."""
        return self.server.shown(self.people[place] if isinstance(place, str) else place)


@asynccontextmanager
async def qq_branch(database: Path | str, **qq: Any) -> AsyncIterator[QQBranch]:
    """A started branch on an open platform of its own."""
    branch: QQBranch
    async with QQServer(lambda: branch.now) as server:
        branch = QQBranch(server, database, **qq)
        await branch.app.open()
        await branch.found()
        async with served(branch.platform, server):
            for platform in branch.app.platforms:
                await platform.start(branch.app.router.receive, branch.app.registry.hints())
            try:
                yield branch
            finally:
                await branch.app.stop()
