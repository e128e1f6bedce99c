"""What needs the secretary, told on the third of the month."""

from datetime import UTC, datetime

from tests.dialogue import Dialogue

SECRETARY = "王秀英"


async def _on(chat: Dialogue, month: int, day: int) -> list[str]:
    chat.now = datetime(2026, month, day, 1, 0, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert chat.in_group(seen) == []
    assert not any("这个月要办的" in each for each in chat.to("周海", seen))
    return [each for each in chat.to(SECRETARY, seen) if "这个月要办的" in each]


async def test_the_secretary_is_told_once_a_month_in_private(chat: Dialogue) -> None:
    await chat.private("周海", "我的手机换成13800001234")
    [told] = await _on(chat, 4, 3)
    assert "没确认" in told
    assert await _on(chat, 4, 4) == []
    assert len(await _on(chat, 5, 3)) == 1


async def test_where_no_register_is_kept_nobody_is_asked(chat: Dialogue) -> None:
    assert await _on(chat, 4, 3) == []
