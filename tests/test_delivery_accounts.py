"""Several accounts beside each other: none holds up another, and of several processes only one sends through an account."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.delivery import AT_ONCE, Delivery
from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.sink_branch import SinkBranch, sink_branch
from tests.sink_platform import SinkPlatform, Trouble


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[SinkBranch]:
    async with sink_branch(database_url, SinkPlatform) as opened:
        yield opened


async def _post(branch: SinkBranch, platform: str, number: int, priority: Priority = Priority.ANSWER, first: int = 0) -> None:
    async def post(work: UnitOfWork) -> None:
        for chat in range(first, first + number):
            await posting.to_chat(work, ChatKey(platform, "main", f"g{chat}"), Outgoing(Text.plain("答复")), priority=priority)

    await branch.run(post)


async def test_an_account_that_hangs_holds_up_no_other(branch: SinkBranch) -> None:
    slow, fast = SinkPlatform(lambda: branch.now, name="qq"), SinkPlatform(lambda: branch.now, name="wecom")
    slow.trouble = Trouble.HANGS
    delivery = Delivery(branch.app.database, [slow, fast], lambda: branch.now)
    await _post(branch, "qq", 2 * AT_ONCE)
    running = asyncio.create_task(delivery.run())
    try:
        async with asyncio.timeout(20):
            while len(slow.delivered) < AT_ONCE:
                await asyncio.sleep(0)
            await _post(branch, "wecom", 1, Priority.EMERGENCY)
            delivery.wake()
            while not fast.delivered:
                await asyncio.sleep(0)
        assert len(slow.delivered) == AT_ONCE
    finally:
        running.cancel()
        for task in delivery._under_way:
            task.cancel()
        await asyncio.gather(running, *delivery._under_way, return_exceptions=True)
