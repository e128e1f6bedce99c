"""A branch on an open platform that is slow, rude, restarts, replays and is lied about: everything arrives once, no rule is broken."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.tables import check_in
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE
from tests.qq_branch import QQBranch, qq_branch
from tests.qq_server.listener import key_of
from tests.qq_server.server import Fault

STEPS = 24
FAULTS: list[tuple[str, Fault]] = [
    *(("messages", each) for each in ("429", "500", "502_page", "drop_before", "drop_after", "garbage", "nameless", "hang")),
    *(("bot_state", each) for each in ("500", "hang", "429")),
    ("token", "500"),
]


class Trouble:
    """What goes wrong, by chance; what was promised is written down."""

    def __init__(self, branch: QQBranch, seed: int) -> None:
        self.branch = branch
        self.chance = random.Random(seed)
        self.promised: list[str] = []
        self.checked_in: set[str] = set()
        self.happened: list[dict[str, object]] = []

    async def step(self, number: int) -> None:
        """Somebody does something while something goes wrong."""
        branch, server = self.branch, self.branch.server
        if self.chance.random() < 0.6:
            server.fail_next(*self.chance.choice(FAULTS))
        match self.chance.randrange(6):
            case 0:
                await self._announces(number)
            case 1 | 2:
                name = self.chance.choice(list(PEOPLE))
                server.say(branch.people[name], "签到", branch.group)
                self.happened.append(server.pending[-1])
                self.checked_in.add(name)
            case 3:
                server.say(branch.people["周海"], "帮助")
            case 4 if self.happened:
                replayed = self.chance.choice(self.happened)
                assert (await server.post(replayed))[0] == 200  # type: ignore[arg-type]
                assert (await server.post(replayed, {"X-Signature-Ed25519": "00" * 64, "X-Signature-Timestamp": "1"}))[0] == 401  # type: ignore[arg-type]
            case _:
                await server.down()
                await self._announces(number)
                await branch.app.drain()
                await server.up()
        await branch.settle()
        await branch.wait(self.chance.randrange(1, 4))

    async def _announces(self, number: int) -> None:
        text = f"第 {number} 号：" + "说来话长，不与别的并在一起。" * 10
        self.promised.append(text)

        async def post(work: UnitOfWork) -> None:
            work.enter(self.branch.branch)
            said = Outgoing(Text.plain(text), repeatable=False)
            await posting.to_chat(work, key_of(self.branch.group), said, priority=Priority.ANSWER)

        await self.branch.app.database.run(post)


async def _counted(work: UnitOfWork) -> int:
    return int((await work.rows(select(func.count()).select_from(check_in)))[0][0])


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_goes_wrong_everything_arrives_once(database_url: str, seed: int) -> None:
    async with qq_branch(database_url) as branch:
        vars(branch.platform._line).update(_answer_seconds=0.3, _connect_seconds=0.5)
        trouble = Trouble(branch, seed)
        for number in range(STEPS):
            await trouble.step(number)
        for faults in branch.server._faults.values():
            faults.clear()
        for _ in range(4):  # each word lets five through
            await branch.says("周海", "在吗")
            await branch.wait(4)
            branch.now += timedelta(minutes=2)
            await branch.app.drain()
        shown = Counter(each for each in branch.shown(branch.group) if each.startswith("第 "))
        assert shown == Counter(trouble.promised)
        assert await branch.app.database.run(_counted) == len(trouble.checked_in)
        assert not branch.server.refused & {40034128, 40034105, 40034024, 40054010}, "nothing was tried that QQ forbids"
        assert max(anchor.replies for anchor in branch.server.anchors.values()) <= 5
