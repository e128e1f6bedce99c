"""Whatever is told to somebody who comes and goes reaches them once, and nothing unasked while they are away."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from tests.databases import Template
from tests.dialogue import Dialogue

WHO = "周海"
STEPS = st.lists(st.sampled_from(["notice", "reminder", "emergency", "出海", "回来了", "撤销", "少发点", "正常发", "time"]), max_size=10)


class _Telling:
    """What was told, and what came of it."""

    def __init__(self, chat: Dialogue) -> None:
        self.chat = chat
        self.told = 0
        self.came: list[str] = []

    async def away(self) -> bool:
        member = await self.chat.in_branch(lambda work: work.members.get(self.chat.members[WHO]))
        return member.away_since is not None

    async def step(self, step: str) -> None:
        away = await self.away()
        if step.upper() in Priority.__members__:
            self.told += 1
            words = Text.plain(f"<{self.told}>")
            priority = Priority[step.upper()]
            await self.chat.in_branch(posting.to_member, self.chat.members[WHO], Outgoing(words), priority=priority)
            seen = self.chat.to(WHO, await self.chat.pass_time(minutes=1))
            assert not (away and priority >= Priority.NOTICE and any("<" in each for each in seen))
            assert priority > Priority.EMERGENCY or f"<{self.told}>" in "".join(seen)
        elif step == "time":
            seen = self.chat.to(WHO, await self.chat.pass_time(minutes=7))
            assert not (away and any("<" in each for each in seen))
        else:
            seen = self.chat.to(WHO, await self.chat.private(WHO, step))
        self.came += seen

    async def rest(self) -> None:
        """At last they are back and want everything."""
        for step in ("回来了", "正常发", "time"):
            await self.step(step)


async def _play(steps: list[str], database: str) -> None:
    chat = Dialogue(database)
    await chat.open()
    try:
        telling = _Telling(chat)
        for step in steps:
            await telling.step(step)
        await telling.rest()
        said = "\n".join(telling.came)
        assert {number: said.count(f"<{number}>") for number in range(1, telling.told + 1)} == dict.fromkeys(range(1, telling.told + 1), 1)
    finally:
        await chat.close()


@settings(max_examples=10)
@given(STEPS)
def test_nothing_is_lost_doubled_or_pushed_while_away(empty_database: Template, steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = empty_database.copy(Path(folder) / "zhibu.db")
        asyncio.run(_play(steps, database))
        empty_database.databases.drop(database)
