"""The half-yearly question about a household."""

from tests.care_fund import SECRETARY, say
from tests.dialogue import Dialogue


async def _prompted(chat: Dialogue, days: int) -> list[str]:
    chat.now = chat.now.replace(hour=3)
    seen = await chat.pass_time(days=days)
    assert not any("结对" in each for each in chat.in_group(seen))
    return [each for each in chat.to("周海", seen) if "半年没记走访" in each]


async def test_after_half_a_year_without_a_note_it_asks_once_and_gently(chat: Dialogue) -> None:
    await say(chat, SECRETARY, "安排结对 周海 村东李家")
    assert await _prompted(chat, 100) == []
    assert len(await _prompted(chat, 90)) == 1
    assert await _prompted(chat, 100) == []
    await say(chat, "周海", "走访 送米")
    assert await _prompted(chat, 100) == []
    assert len(await _prompted(chat, 100)) == 1
    await say(chat, "周海", "结束结对")
    assert await _prompted(chat, 300) == []
