"""When a hardship bulletin's time is over."""

from tests.care_fund import SECRETARY, say
from tests.dialogue import Dialogue


async def _posted(chat: Dialogue) -> None:
    await say(chat, "周海", "困难通报 家里房子被水淹了，要人帮忙清理")
    await say(chat, "周海", "同意发")
    await chat.press(SECRETARY, "发")


async def test_after_its_days_it_is_taken_down(chat: Dialogue) -> None:
    await _posted(chat)
    assert "【困难通报 T1 已撤下】" not in chat.in_group(await chat.days_pass(13))
    assert "【困难通报 T1 已撤下】" in chat.in_group(await chat.days_pass(2))
    assert chat.in_group(await chat.days_pass(2)) == []


async def test_who_leaves_takes_theirs_along(chat: Dialogue) -> None:
    await _posted(chat)
    await say(chat, SECRETARY, "移除 周海")
    await say(chat, SECRETARY, "对")
    assert "【困难通报 T1 已撤下】" in chat.in_group(await chat.days_pass(1))
