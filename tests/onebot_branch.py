"""A branch on our local OneBot: the real App, the real platform, the real protocol; only the far side is ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.platforms.onebot import OneBotPlatform
from bot.sections.onebot import OneBot
from storage.keys import AccountKey, BranchId, ChatKey, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, address
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import drained
from tests.onebot_server.model import Group, Place, User

TOKEN = "a token that nobody knows"


class OneBotBranch:
    """People with QQ numbers, a bound group, and the time in one's hands."""

    def __init__(self, server: OneBotServer, database: Path | str, **onebot: Any) -> None:
        self.server = server
        self.now = START
        server.date = int(START.timestamp())
        section = OneBot(**{"accounts": (str(server.account),), "token": SecretStr(TOKEN), "jitter": 0, **onebot})
        settings = Settings(database=DatabaseSection(url=address(str(database))), web=Web(port=0), onebot=section)
        self.app = App(settings, lambda: self.now)
        self.users: dict[str, User] = {}
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self.group: Group

    @property
    def platform(self) -> OneBotPlatform:
        """The account's platform."""
        return next(each for each in self.app.platforms if isinstance(each, OneBotPlatform))

    @property
    def key(self) -> ChatKey:
        """The key of the group."""
        return ChatKey("onebot", str(self.server.account), f"g{self.group.id}")

    async def found(self) -> None:
        """A bound group and its people, all of whom are friends of the bot and have been introduced."""
        self.users = {name: self.server.user(name, friend=True) for name in PEOPLE}
        self.group = self.server.add_group("红旗村支部群", *self.users.values())
        await self.app.database.run(self._found)

    async def _found(self, work: UnitOfWork) -> None:
        branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
        self.branch = branch.id
        work.enter(branch.id)
        work.chats.bind(self.key, self.group.title)
        for name, roles in PEOPLE.items():
            member = work.members.add(name, latin(name), roles)
            self.members[name] = member.id
            key = AccountKey("onebot", str(self.server.account), str(self.users[name].id))
            work.accounts.bind(key, member.id, f"u{key.user_id}")
            await work.accounts.change(key, introduced_at=work.now)

    async def says(self, name: str, text: str, *, group: bool = True, **more: Any) -> Any:
        """Somebody writes, the bot takes it, and what is due is delivered."""
        self.server.date = max(self.server.date, int(self.now.timestamp()))
        user = self.users[name]
        said = await self.server.say(user, self.group if group else user, text, **more)
        await self.settle()
        return said

    async def settle(self) -> None:
        """Everything that was told is taken, and what is due is delivered."""
        await drained(self.server, self.platform)
        await self.app.drain()

    async def pass_time(self, **span: float) -> None:
        """Time passes and what is due is delivered."""
        self.now += timedelta(**span)
        await self.app.scheduler.tick()
        await self.app.drain()

    def shown(self, place: Place | str) -> list[str]:
        """The bot's texts that a chat shows now."""
        where = self.users[place] if isinstance(place, str) else place
        return [message.text for message in self.server.messages(where) if message.sender is None]


@asynccontextmanager
async def onebot_branch(database: Path | str, *, server: OneBotServer | None = None, **onebot: Any) -> AsyncIterator[OneBotBranch]:
    """A started branch that a OneBot of its own calls."""
    async with server or OneBotServer(token=TOKEN) as running:
        branch = OneBotBranch(running, database, **onebot)
        await branch.app.open()
        await branch.found()
        await branch.app._serve()
        hints = branch.app.registry.hints()
        for platform in branch.app.platforms:
            await platform.start(branch.app.router.receive, hints)
        await running.connect(branch.app.address.replace("http", "ws") + "onebot/v11/ws")
        await running.until(lambda: running.called("get_group_list"))
        try:
            yield branch
        finally:
            await branch.app.stop()
