"""Several accounts beside each other: none holds up another, and of several processes only one sends through an account."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.delivery import AT_ONCE, Delivery
from bot.messages import Budget, Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.sink_branch import SinkBranch, sink_branch
from tests.sink_platform import Limits, SinkPlatform, Trouble


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


async def _until(branch: SinkBranch, delivery: Delivery, **span: float) -> None:
    """Time passes, and what is due goes at its moment."""
    until = branch.now + timedelta(**span)
    await delivery.drain()
    while (due := await delivery.next_due()) is not None and due <= until:
        branch.now = max(due, branch.now + timedelta(milliseconds=20))
        await delivery.drain()
    branch.now = until


async def test_what_nobody_asked_for_goes_at_odd_moments_within_the_budget_and_an_answer_at_once(branch: SinkBranch) -> None:
    second = timedelta(seconds=1)
    budget = Budget(1, 10, 3, jitter=2 * second)
    qq = SinkPlatform(lambda: branch.now, name="qq", budget=budget, limits=Limits(all=((second, 3),)))
    delivery = Delivery(branch.app.database, [qq], lambda: branch.now, random.Random(6).random)
    began = branch.now
    await _post(branch, "qq", 30, Priority.NOTICE)
    await delivery.drain()
    assert qq.delivered == []
    await _post(branch, "qq", 1, first=100)
    await delivery.drain()
    assert [(each.chat, each.at) for each in qq.delivered] == [("g100", began)]
    await _until(branch, delivery, seconds=60)
    assert len(qq.delivered) == 31
    assert qq.violations == []
    gaps = {later.at - earlier.at for earlier, later in pairwise(qq.delivered)}
    assert len(gaps) > 20, "a machine's regularity is what gets an account frozen"
    assert max(gaps) <= 2 * second + second


async def test_what_was_put_off_keeps_its_order_within_a_chat(branch: SinkBranch) -> None:
    qq = SinkPlatform(lambda: branch.now, name="qq", budget=Budget(1, 10, 3, jitter=timedelta(seconds=2)))
    delivery = Delivery(branch.app.database, [qq], lambda: branch.now, random.Random(6).random)
    for text in ("一", "二", "三", "四"):
        chat = ChatKey("qq", "main", "g1")
        await branch.run(posting.to_chat, chat, Outgoing(Text.plain(text)), priority=Priority.NOTICE)
    await _until(branch, delivery, seconds=60)
    assert "".join(each.text for each in qq.delivered).replace("\n", "") == "一二三四"


async def test_of_several_processes_the_one_that_leads_sends_alone_and_the_next_counts_what_it_sent(branch: SinkBranch) -> None:
    budget, minute = Budget(1, 20, 4), timedelta(minutes=1)
    sinks = [SinkPlatform(lambda: branch.now, name="telegram", budget=budget) for _ in range(2)]
    leads = [asyncio.Event(), asyncio.Event()]
    both = [Delivery(branch.app.database, [sink], lambda: branch.now, leads=event) for sink, event in zip(sinks, leads, strict=True)]
    leads[0].set()
    for each in both:
        await each.start()
    await _post(branch, "telegram", 40)
    for _ in range(5):
        await asyncio.gather(*(each.drain() for each in both))
        branch.now += timedelta(seconds=1)
    assert [len(each.delivered) for each in sinks] == [20, 0]
    assert await both[1].next_due() is None, "who does not lead waits for nothing"
    for _ in range(20):
        await _post(branch, "telegram", 1, Priority.EMERGENCY, first=999)
        await both[0].drain()
        branch.now += timedelta(seconds=1)
    said = [each for each in sinks[0].delivered if each.chat == "g999"]
    assert len(said) == 20
    leads[0].clear()
    leads[1].set()
    await _post(branch, "telegram", 1, Priority.EMERGENCY, first=999)
    await _until(branch, both[1], seconds=120)
    last = next(each for each in sinks[1].delivered if each.chat == "g999")
    assert last.at >= said[0].at + minute, "a group gets twenty a minute, whoever sends them"
    assert len(sinks[0].delivered) + len(sinks[1].delivered) == 61


async def test_an_account_of_one_process_alone_is_served_by_it_whoever_leads(branch: SinkBranch) -> None:
    sink = SinkPlatform(lambda: branch.now, name="onebot", budget=Budget(by_any=True))
    delivery = Delivery(branch.app.database, [sink], lambda: branch.now, leads=asyncio.Event())
    await _post(branch, "onebot", 3)
    await delivery.drain()
    assert len(sink.delivered) == 3
