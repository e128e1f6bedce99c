"""What a liaison is told on the second of the month: three at most, in private, once."""

from datetime import UTC, datetime

from tests.dialogue import Dialogue

SECRETARY, LIAISON = "王秀英", "孙丽"


async def _on(chat: Dialogue, month: int, day: int) -> list[str]:
    chat.now = datetime(2026, month, day, 1, 0, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert chat.in_group(seen) == []
    return [each for each in chat.to(LIAISON, seen) if "这个月请惦记一下" in each]


async def _looks_after(chat: Dialogue, *names: str) -> None:
    await chat.private(SECRETARY, f"联系人上限 {len(names)}")
    await chat.private(SECRETARY, f"安排联系人 {'、'.join(names)} {LIAISON}")


async def test_who_is_due_a_word_is_listed_once_a_month(chat: Dialogue) -> None:
    await _looks_after(chat, "李小山", "周海")
    assert await _on(chat, 4, 2) == []
    [told] = await _on(chat, 5, 2)
    assert "李小山：2026-03-10 以来没有消息，该谈心了" in told
    assert "周海" in told
    assert await _on(chat, 5, 3) == []
    await chat.private(LIAISON, "谈过 李小山 周海")
    await chat.private(LIAISON, "走访过 李小山 周海")
    await chat.private(LIAISON, "谈过 李小山 周海")
    chat.now = datetime(2026, 5, 20, 1, 0, tzinfo=UTC)
    await chat.private("李小山", "签到")
    [told] = await _on(chat, 6, 2)
    assert "李小山" not in told
    assert "周海：2026-05-03 以来没有消息" in told
    assert "该谈心" not in told


async def test_no_more_than_three_are_named(chat: Dialogue) -> None:
    await _looks_after(chat, "李小山", "周海", "吴芳", "赵国强")
    [told] = await _on(chat, 5, 2)
    assert sum(name in told for name in ("李小山", "周海", "吴芳", "赵国强")) == 3
    assert "其余 1 位" in told
    assert len(told) <= 200


async def test_a_list_that_is_weeks_late_is_left_out(chat: Dialogue) -> None:
    await _looks_after(chat, "李小山")
    assert await _on(chat, 5, 20) == []
