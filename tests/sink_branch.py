"""A branch whose group and people are on a sink: a platform whose far side is a list. The time is ours."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.app import App
from bot.config import DatabaseSection, Settings, Study, Web
from bot.language.names import latin
from bot.messages import ChatKind
from storage.keys import BranchId, ChatKey, MemberId
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START
from tests.sink_platform import SinkPlatform, account_key, private_chat

GROUP = "g-branch"


class SinkBranch:
    """The branch of the dialogue fixture, on a sink. `make` gets the clock and answers the platform."""

    def __init__(self, database: str, make: Callable[[Callable[[], datetime]], SinkPlatform], lessons: str = "") -> None:
        self.now = START
        settings = Settings(database=DatabaseSection(url=database), web=Web(port=0, chat=False), study=Study(lessons=lessons))
        self.app = App(settings, lambda: self.now)
        self.sink = make(lambda: self.now)
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self.group = ChatKey(self.sink.name, "main", GROUP)

    async def open(self) -> None:
        await self.app.open([self.sink])
        await self.sink.start(self.app.router.receive, ())
        await self.app.database.run(self._found)

    async def _found(self, work: UnitOfWork) -> None:
        self.branch = work.branches.add("红旗村支部", latin("红旗村支部")).id
        work.enter(self.branch)
        work.chats.bind(self.group, "红旗村支部")
        for person, roles in PEOPLE.items():
            member = work.members.add(person, latin(person), roles)
            self.members[person] = member.id
            key = account_key(person, self.sink.name)
            work.accounts.bind(key, member.id, private_chat(person))
            await work.accounts.change(key, introduced_at=work.now)

    async def run(self, function: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Run something in a transaction of the branch."""

        async def entered(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            return await function(work, *args, **kwargs)

        return await self.app.database.run(entered)

    async def says(self, person: str, text: str, *, group: bool = False) -> None:
        """Somebody writes; nothing is delivered yet."""
        await self.sink.says(person, text, group=GROUP if group else "", mentioned=group)

    async def pass_time(self, **span: float) -> list[str]:
        """Time passes, what is due goes at its moment, and at the end the scheduler ticks; answers what was delivered."""
        before, until = len(self.sink.delivered), self.now + timedelta(**span)
        await self.app.drain()
        while (due := await self.app.next_due()) is not None and due <= until:
            self.now = max(due, self.now + timedelta(milliseconds=20))
            await self.app.drain()
        self.now = max(self.now, until)
        await self.app.scheduler.tick()
        await self.app.drain()
        return [each.text for each in self.sink.delivered[before:]]

    def shown(self, person: str = "") -> list[str]:
        """The messages of the group, or of somebody's private chat."""
        chat = private_chat(person) if person else GROUP
        return [each.text for each in self.sink.delivered if each.chat == chat and each.what != "mark"]

    async def states(self, kind: ChatKind | None = None) -> dict[str, int]:
        """How many letters are in which state."""

        async def count(work: UnitOfWork) -> dict[str, int]:
            found: dict[str, int] = {}
            for row in await work.rows(select(outbox.c.state, outbox.c.kind)):
                if kind is None or row.kind == kind:
                    found[row.state] = found.get(row.state, 0) + 1
            return found

        counted: dict[str, int] = await self.app.database.run(count)
        return counted


@asynccontextmanager
async def sink_branch(
    database: str, make: Callable[[Callable[[], datetime]], SinkPlatform], lessons: str = ""
) -> AsyncIterator[SinkBranch]:
    """An opened branch."""
    branch = SinkBranch(database, make, lessons)
    await branch.open()
    try:
        yield branch
    finally:
        await branch.app.stop()
