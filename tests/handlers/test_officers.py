"""待办, as officers meet it."""

from tests.dialogue import Dialogue


async def _said(chat: Dialogue, person: str, text: str = "待办") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def test_each_officer_is_told_how_much_waits_and_which_word_shows_it(chat: Dialogue) -> None:
    await chat.join("沈国栋", "member", "curator")
    assert await _said(chat, "沈国栋") == "没有等着您办的事，歇着吧。"
    await chat.private("李小山", "心得 今天学了欠薪怎么办。")
    await chat.private("周海", "心得 先留证据。")
    assert await _said(chat, "沈国栋") == "等您的：\n2 篇心得等您看，发“看心得”"
    assert await _said(chat, "赵国强") == "没有等着您办的事，歇着吧。"
    await chat.private("李小山", "申请减免 家里有病人")
    assert await _said(chat, "王秀英") == "等您的：\n2 篇心得等您看，发“看心得”\n1 件减免申请在办，发“减免申请”"


async def test_what_is_ones_own_waits_for_others_and_members_and_the_group_hear_nothing(chat: Dialogue) -> None:
    await chat.private("王秀英", "心得 我的。")
    assert await _said(chat, "王秀英") == "没有等着您办的事，歇着吧。"
    assert "需要" in await _said(chat, "李小山")
    assert await chat.group("王秀英", "待办") == []
