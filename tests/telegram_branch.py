"""A branch on our local Bot API server: the real App, the real platform, the real protocol; only the far side is ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.sections.telegram import Telegram
from storage.keys import AccountKey, BranchId, ChatKey, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, address
from tests.telegram_server import TelegramServer
from tests.telegram_server.model import Group, Place, User


class TelegramBranch:
    """People with Telegram accounts, a bound group, and the time in one's hands."""

    def __init__(self, server: TelegramServer, database: Path | str, *, port: int = 0, **telegram: Any) -> None:
        self.server = server
        self.now = START
        section = Telegram(token=SecretStr(server.token), base_url=server.base_url, **{"members_own_choice": True, **telegram})
        settings = Settings(database=DatabaseSection(url=address(str(database))), web=Web(port=port), telegram=section)
        self.app = App(settings, lambda: self.now)
        self.users: dict[str, User] = {}
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self.group: Group

    @property
    def key(self) -> ChatKey:
        """The key of the group."""
        return ChatKey("telegram", "main", str(self.group.id))

    async def found(self) -> None:
        """A bound group and its people, all of whom have pressed Start and been introduced."""
        self.users = {name: self.server.user(name, started=True) for name in PEOPLE}
        self.group = self.server.add_group("红旗村支部群", *self.users.values())
        await self.app.database.run(self._found)

    async def _found(self, work: UnitOfWork) -> None:
        branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
        self.branch = branch.id
        work.enter(branch.id)
        work.chats.bind(ChatKey("telegram", "main", str(self.group.id)), self.group.title)
        for name, roles in PEOPLE.items():
            member = work.members.add(name, latin(name), roles)
            self.members[name] = member.id
            key = AccountKey("telegram", "main", str(self.users[name].id))
            work.accounts.bind(key, member.id, key.user_id)
            await work.accounts.change(key, introduced_at=work.now)

    async def says(self, name: str, text: str, *, group: bool = True, **more: Any) -> Any:
        """Somebody writes, the bot takes it, and what is due is delivered."""
        user = self.users[name]
        said = self.server.say(user, self.group if group else user, text, **more)
        await self.settle()
        return said

    async def settle(self) -> None:
        """Everything that happened is acknowledged, and what is due is delivered."""
        await self.server.acknowledged()
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
async def telegram_branch(database: Path | str, *, server: TelegramServer | None = None, **telegram: Any) -> AsyncIterator[TelegramBranch]:
    """A started branch on a server of its own."""
    async with server or TelegramServer() as running:
        branch = TelegramBranch(running, database, **telegram)
        await branch.app.open()
        await branch.found()
        hints = branch.app.registry.hints()
        for platform in branch.app.platforms:
            vars(platform).update(_first_wait=0.01)  # after a failure nobody waits a second here
            await platform.start(branch.app.router.receive, hints)
        try:
            yield branch
        finally:
            await branch.app.stop()
