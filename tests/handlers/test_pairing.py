"""结对, as members and the secretary meet it."""

import pytest

from tests.care_fund import SECRETARY, press, say
from tests.dialogue import Dialogue


async def paired(chat: Dialogue, person: str = "周海", household: str = "村东李家") -> None:
    assert household in await say(chat, SECRETARY, f"安排结对 {person} {household}")


@pytest.mark.parametrize("words", ["我想结对帮扶一户", "结对", "我也想结对", "/pair"])
async def test_a_wish_goes_to_the_secretary_who_names_a_household(chat: Dialogue, words: str) -> None:
    seen = await chat.private("周海", words)
    assert "已告诉书记" in chat.to("周海", seen)[0]
    assert chat.to(SECRETARY, seen) == ["周海想结对帮扶一户。您来安排吗？"]
    assert chat.in_group(seen) == []
    assert "正在安排" in await say(chat, "周海", words)
    assert "写个简称" in await press(chat, SECRETARY, "安排")
    assert "12 个字以内" in await say(chat, SECRETARY, "身份证 411500199001011234")
    seen = await chat.private(SECRETARY, "村东李家")
    assert chat.to(SECRETARY, seen) == ["安排好了：村东李家。已告诉本人。"]
    assert "结对安排好了：村东李家" in chat.to("周海", seen)[0]
    assert "村东李家（2026-03-10起），记了 0 次" in await say(chat, "周海", "我的结对对象是谁")


async def test_the_secretary_may_say_not_now_or_later(chat: Dialogue) -> None:
    await say(chat, "周海", "我想结对")
    await press(chat, SECRETARY, "安排")
    assert "先不安排" in await say(chat, SECRETARY, "先不安排")
    assert "等书记安排" in await say(chat, "周海", "我的结对")
    await paired(chat)
    await say(chat, "吴芳", "我想结对")
    seen = await chat.press(SECRETARY, "这次不安排")
    assert "没有安排上" in chat.to("吴芳", seen)[0]
    assert "还没有结对" in await say(chat, "吴芳", "我的结对")
    assert "请写姓名和户的简称" in await say(chat, SECRETARY, "安排结对")


async def test_a_wish_is_undone_unless_it_was_seen_to(chat: Dialogue) -> None:
    await say(chat, "周海", "我想结对")
    assert "撤回了" in await say(chat, "周海", "撤销")
    assert "用过或过期" in await press(chat, SECRETARY, "安排")
    await say(chat, "周海", "我想结对")
    await press(chat, SECRETARY, "安排")
    await paired(chat)
    assert "已经有人处理了" in await say(chat, SECRETARY, "村西王家")
    assert "已经有人处理了" in await say(chat, "周海", "撤销")


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("走访 送米一袋", "2026-03-10 送物"),
        ("走访 昨天 陪诊去了县医院", "2026-03-09 就医"),
        ("走访 3月5日 帮工收麦子", "2026-03-05 帮工"),
        ("走访 12月30日 辅导作业", "2025-12-30 上学"),
        ("结对记一笔 看望了一下", "2026-03-10 走访"),
        ("走访 2026-02-28 别的事", "2026-02-28 其他"),
        ("走访 前天", "2026-03-08 走访"),
    ],
)
async def test_what_was_done_is_noted_by_day_and_kind(chat: Dialogue, words: str, noted: str) -> None:
    await paired(chat)
    assert f"村东李家，{noted}" in await say(chat, "周海", words)
    assert "记了 1 次" in await say(chat, "周海", "我的结对")
    assert "撤回了" in await say(chat, "周海", "撤销")
    assert "记了 0 次" in await say(chat, "周海", "我的结对")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("走访 2月30日 送米", "这一天不对"),
        ("走访 2026-13-01 送米", "这一天不对"),
        ("走访 2026-03-11 送米", "这一天不对"),
        ("走访 " + "送米" * 30, "写短一点"),
        ("走访", "请写做了什么"),
    ],
)
async def test_what_cannot_be_noted_is_said(chat: Dialogue, words: str, answer: str) -> None:
    await paired(chat)
    assert answer in await say(chat, "周海", words)
    assert "还没有结对" in await say(chat, "吴芳", "走访 送米")
    assert "记了 0 次" in await say(chat, "周海", "我的结对")


async def test_with_several_households_it_asks_which(chat: Dialogue) -> None:
    await paired(chat)
    await paired(chat, household="村西王家")
    assert "村西王家，2026-03-10 送物" in await say(chat, "周海", "走访 村西王家 送米")
    asked = await chat.private("周海", "走访 送油")
    assert asked[0].buttons == ("村东李家", "村西王家")
    assert "村东李家，2026-03-10 送物" in await press(chat, "周海", "村东李家")
    assert "请写上哪一户" in await say(chat, "周海", "结束结对")
    assert "村西王家的结对结束了" in await say(chat, "周海", "结束结对 村西王家")
    assert "村东李家的结对结束了" in await say(chat, "周海", "结束结对")
    assert "还没有结对" in await say(chat, "周海", "结束结对")


async def test_the_secretary_ends_the_household_of_two_that_was_matched_by_mistake(chat: Dialogue) -> None:
    await paired(chat)
    await paired(chat, household="村西王家")
    assert "补录 姓名 结束结对 [户名]" in await say(chat, SECRETARY, "撤销")
    assert "补录 姓名 结束结对 户名。有：村东李家、村西王家" in await say(chat, SECRETARY, "补录 周海 结束结对")
    assert "村西王家的结对结束了" in await say(chat, SECRETARY, "补录 周海 结束结对 村西王家")
    assert "请写上哪一户" in await say(chat, SECRETARY, "补录 周海 结束结对 村西王家")
    assert "村东李家的结对结束了" in await say(chat, SECRETARY, "补录 周海 结束结对")


async def test_the_secretary_enters_for_others_and_sees_counts(chat: Dialogue) -> None:
    await paired(chat)
    assert "村东李家，2026-03-10 送物" in await say(chat, SECRETARY, "补录 周海 走访 送米一袋")
    told = await say(chat, SECRETARY, "结对情况")
    assert "结对 1 户，等安排 0 位；半年里记了 1 次：送物 1" in told
    assert "周海—村东李家，最近 2026-03-10" in told
    assert "需要副书记或书记" in await say(chat, "周海", "结对情况")
    assert "村东李家的结对结束了" in await say(chat, SECRETARY, "补录 周海 结束结对")
    assert "已补录今天联系过" in await say(chat, SECRETARY, "补录 周海 走访过")
    assert "结对 0 户" in await say(chat, SECRETARY, "结对情况")


async def test_talk_in_the_group_is_left_alone(chat: Dialogue) -> None:
    await paired(chat)
    for words in ("走访 送米一袋", "结对", "我想结对帮扶一户", "我的结对", "结束结对", "今天走访了三户"):
        assert (words, await chat.group("周海", words)) == (words, [])
    for words in ("结对情况", "安排结对"):
        assert await chat.group(SECRETARY, words) == []
