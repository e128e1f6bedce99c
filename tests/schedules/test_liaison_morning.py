"""What a liaison is told in the morning: who moved, whose day it is, that a festival comes – and nothing on other days."""

from datetime import UTC, datetime

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY, LIAISON = "王秀英", "孙丽"


@pytest.fixture
async def looked_after(chat: Dialogue) -> Dialogue:
    await chat.private(SECRETARY, f"安排联系人 李小山、周海 {LIAISON}")
    return chat


async def _in_the_morning_of(chat: Dialogue, month: int, day: int, year: int = 2026) -> str:
    chat.now = datetime(year, month, day, 0, 40, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert not any(chat.to(name, seen) for name in ("李小山", "周海"))
    return "\n".join(chat.to(LIAISON, seen))


async def test_who_moved_is_told_once_and_not_where_to(looked_after: Dialogue) -> None:
    await looked_after.private("周海", "同意记位置")
    await looked_after.private("周海", "我在哈尔滨")
    assert "换了地方" not in await _in_the_morning_of(looked_after, 3, 11)
    await looked_after.private("周海", "我到成都了")
    told = await _in_the_morning_of(looked_after, 3, 12)
    assert "周海换了地方" in told
    assert "成都" not in told
    assert "李小山" not in told
    assert await _in_the_morning_of(looked_after, 3, 13) == ""


async def test_a_move_that_was_taken_back_is_not_told(looked_after: Dialogue) -> None:
    await looked_after.private("周海", "同意记位置")
    await looked_after.private("周海", "我在哈尔滨")
    await looked_after.private("周海", "我到成都了")
    await looked_after.private("周海", "撤销")
    assert await _in_the_morning_of(looked_after, 3, 11) == ""


async def test_a_political_birthday_is_told_unless_they_do_not_want_it(looked_after: Dialogue) -> None:
    await looked_after.private("李小山", "我是2012年6月9日入党的")
    await looked_after.private("周海", "我是2015年6月入党的")
    told = await _in_the_morning_of(looked_after, 6, 9)
    assert "今天是李小山的入党纪念日" in told
    assert "入党纪念日" not in told.replace("今天是李小山的入党纪念日", "")
    assert "不提醒" in await said(looked_after, "李小山", "不要生日问候")
    assert "入党" not in await _in_the_morning_of(looked_after, 6, 9, 2027)
    assert "会提醒" in await said(looked_after, "李小山", "要生日问候")
    await looked_after.private("李小山", "撤销")
    assert "入党" not in await _in_the_morning_of(looked_after, 6, 9, 2028)


async def test_before_a_festival_everybody_is_thought_of(looked_after: Dialogue) -> None:
    told = await _in_the_morning_of(looked_after, 6, 29)
    assert "七一" in told
    assert "李小山" in told
    assert "周海" in told
    assert await _in_the_morning_of(looked_after, 6, 30) == ""


async def test_who_wants_a_word_gets_it_without_a_reason(looked_after: Dialogue) -> None:
    seen = await looked_after.private("周海", "找联系人")
    assert any("周海想请您联系一下" in each for each in looked_after.to(LIAISON, seen))
    assert any("告诉孙丽" in each for each in looked_after.to("周海", seen))
    assert looked_after.to(SECRETARY, seen) == []
    seen = await looked_after.private("吴芳", "找联系人")
    assert any("吴芳想有人联系一下" in each for each in looked_after.to(SECRETARY, seen))
