"""A word to the keeper on the 25th."""

from datetime import UTC, datetime

from tests.dialogue import Dialogue
from tests.dues_books import pay, said

KEEPER = "赵国强"
NUDGE = "2月党费还没有结账。方便时发“党费结账 2月”，先给您看合计。"


async def _on(chat: Dialogue, day: int) -> list[str]:
    chat.now = datetime(2026, 3, day, 1, 0, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert chat.in_group(seen) == []
    return chat.to(KEEPER, seen)


async def test_if_last_month_is_open_the_keeper_is_told_once(chat: Dialogue) -> None:
    chat.now = datetime(2026, 2, 20, 1, tzinfo=UTC)
    await pay(chat, "李小山", "2026-01")
    assert await _on(chat, 24) == []
    assert await _on(chat, 25) == [NUDGE]
    assert await _on(chat, 26) == []


async def test_not_after_a_closing_nor_where_there_are_no_books(chat: Dialogue) -> None:
    assert await _on(chat, 25) == []
    await pay(chat, "李小山", "2026-01")
    assert "3月还没过完" in await said(chat, KEEPER, "党费结账 3月")


async def test_a_month_that_is_closed_needs_no_word(chat: Dialogue) -> None:
    chat.now = datetime(2026, 2, 20, 1, tzinfo=UTC)
    await pay(chat, "李小山", "2026-01")
    chat.now = datetime(2026, 3, 3, 1, tzinfo=UTC)
    await chat.private(KEEPER, "党费结账 2月")
    await chat.private(KEEPER, "结账")
    assert await _on(chat, 25) == []


async def test_what_was_missed_for_long_is_let_go(chat: Dialogue) -> None:
    chat.now = datetime(2026, 2, 20, 1, tzinfo=UTC)
    await pay(chat, "李小山", "2026-01")
    chat.now = datetime(2026, 4, 3, 1, tzinfo=UTC)
    assert chat.to(KEEPER, await chat.pass_time(minutes=1)) == []
