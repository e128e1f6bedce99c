"""That an agreement ends is told thirty days before, once, in private."""

from datetime import UTC, datetime

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

BOSS = "王秀英"


async def _on(chat: Dialogue, month: int, day: int) -> list[str]:
    chat.now = datetime(2026, month, day, 1, 0, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert chat.in_group(seen) == []
    assert not any("双向管理协议" in each for each in chat.to("周海", seen))
    return [each for each in chat.to(BOSS, seen) if "到期" in each and "协议" in each]


async def test_the_secretary_is_told_once_and_anew_after_a_renewal(chat: Dialogue) -> None:
    await chat.private(BOSS, "签协议 新南街道 到 2026年6月30日")
    assert await _on(chat, 5, 30) == []
    [told] = await _on(chat, 5, 31)
    assert "新南街道的双向管理协议 2026-06-30 到期" in told
    assert await _on(chat, 6, 1) == []
    await chat.private(BOSS, "续协议 新南街道 到 2026年8月31日")
    assert await _on(chat, 6, 2) == []
    assert len(await _on(chat, 8, 1)) == 1
    assert await _on(chat, 8, 31) == []
    [told] = await _on(chat, 9, 1)
    assert "和新南街道的双向管理协议到期了。要续" in told
    assert await _on(chat, 9, 2) == []


async def test_when_it_is_over_what_was_given_is_to_be_deleted(chat: Dialogue) -> None:
    await chat.private(BOSS, "签协议 新南街道 到 2026年6月30日")

    async def give(work: UnitOfWork) -> None:
        [about] = await work.agreements.every()
        work.agreements.share(chat.members["周海"], about, "name", None)

    await chat.in_branch(give)
    assert len(await _on(chat, 6, 30)) == 1
    [told] = await _on(chat, 7, 1)
    assert "给过对方 1 位同志的资料，请通知对方删除" in told
    await chat.private(BOSS, "续协议 新南 到 2026年12月31日")
    assert len(await _on(chat, 12, 2)) == 1


async def test_of_one_that_was_ended_nothing_is_said(chat: Dialogue) -> None:
    await chat.private(BOSS, "签协议 新南街道 到 2026年6月30日")
    await chat.private(BOSS, "结束协议 新南")
    assert await _on(chat, 6, 10) == []
