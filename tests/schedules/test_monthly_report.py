"""On the 25th the secretary hears of the report, once, where a register is kept."""

from datetime import UTC, datetime

from tests.dialogue import Dialogue

SECRETARY = "王秀英"


async def _on(chat: Dialogue, month: int, day: int) -> list[str]:
    chat.now = datetime(2026, month, day, 1, 0, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert chat.in_group(seen) == []
    return [each for each in chat.to(SECRETARY, seen) if "该报这个月的了" in each]


async def test_it_is_told_once_a_month_where_a_register_is_kept(chat: Dialogue) -> None:
    assert await _on(chat, 3, 25) == []
    await chat.private("周海", "我的手机换成13800001234")
    assert len(await _on(chat, 4, 25)) == 1
    assert await _on(chat, 4, 26) == []
