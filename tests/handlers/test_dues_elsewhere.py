"""Dues paid where a member is, as people meet it."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import assess, pay, said

KEEPER = "赵国强"


async def test_who_pays_elsewhere_is_not_asked_here(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    assert "3月起您在流入地支部交党费" in await said(chat, "周海", "我在流入地支部交党费")
    assert "在外地交：周海" in await said(chat, KEEPER, "党费情况 3月")
    assert "这个月没有要提醒的。" in await said(chat, KEEPER, "催缴")
    assert "2026-03 起在外地交党费" in await said(chat, "周海", "我的")
    assert await said(chat, "周海", "撤销") == "好，在外地交党费的记录和原来一样。"
    assert "没交：周海" in await said(chat, KEEPER, "党费情况 3月")


async def test_months_that_are_named_are_noted_and_no_others(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "1–2月您在流入地支部交党费" in await said(chat, "周海", "我1–2月的党费在流入地支部交了")
    assert "没交（3月）：周海" in await said(chat, KEEPER, "党费情况")
    assert "2026-01–2026-02在外地交党费" in await said(chat, "周海", "我的")
    assert "没看懂是哪几个月" in await said(chat, "周海", "在外地交党费 13月")
    assert "3月起您在流入地支部交党费" in await said(chat, "周海", "在外地交党费 从3月起")
    assert await chat.group("周海", "回本支部交党费") == []


async def test_paying_here_again_ends_it(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "没有记着在外地交党费" in await said(chat, "周海", "回本支部交党费")
    await chat.private("周海", "我1月起在流入地支部交党费")
    assert await said(chat, "周海", "我以后党费在本支部交") == "好，从3月起您的党费又在本支部交。"
    assert "没交（3月）：周海" in await said(chat, KEEPER, "党费情况")
    await chat.private("周海", "撤销")
    assert "在外地交（1–3月）：周海" in await said(chat, KEEPER, "党费情况")


async def test_a_keeper_enters_it_for_somebody(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    assert await said(chat, KEEPER, "补录 周海 在外地支部交") == "好，已补录：周海3月起在外地支部交党费，不再向他要。"
    assert "在外地交：周海" in await said(chat, KEEPER, "党费情况 3月")
    await chat.private(KEEPER, "撤销")
    assert "没交：周海" in await said(chat, KEEPER, "党费情况 3月")


@pytest.mark.parametrize("words", ["我在流入地支部交党费", "我的党费在当地支部交了"])
async def test_said_among_people_it_is_talk(chat: Dialogue, words: str) -> None:
    assert await chat.group("周海", words) == []


async def test_a_month_that_was_paid_here_stays_paid(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await pay(chat, "周海", "2026-01", "2026-02", "2026-03")
    await chat.private("周海", "我1月起在流入地支部交党费")
    assert "3月：已交 1" in await said(chat, KEEPER, "党费情况 3月")


async def test_a_guest_who_pays_here_too_is_asked_about_the_home_branch(chat: Dialogue) -> None:
    await chat.join("郑安", "guest")
    await assess(chat, "郑安", since="2026-03")
    assert "您原支部是不是也在收？" in await said(chat, "郑安", "已交 20 三月")
    await assess(chat, "周海")
    assert "是不是" not in await said(chat, "周海", "已交 20 三月")


async def test_who_said_they_pay_elsewhere_and_claims_here_is_asked_whether_both_were_paid(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "我1月起在流入地支部交党费")
    told = await said(chat, "周海", "已交 20 三月")
    assert "C1" in told
    assert "您说过 3月在流入地支部交：是不是两边都交了？" in told


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("三个月", "是哪几个月在外地交"),
        ("我不知道", "是哪几个月在外地交"),
        ("好多年了", "是哪几个月在外地交"),
        ("从今年", "是哪几个月在外地交"),
        ("从2028年1月起", "最多记到 2027 年"),
        ("2026年1月到2030年1月", "最多记到 2027 年"),
    ],
)
async def test_a_span_is_asked_for_and_never_guessed(chat: Dialogue, words: str, part: str) -> None:
    await assess(chat, "周海")
    assert part in await said(chat, "周海", f"在外地交党费 {words}")
    assert await chat.in_branch(lambda work: work.dues_elsewhere.of(chat.members["周海"])) == []


async def test_months_of_long_ago_are_the_keepers_to_look_at(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-01")
    seen = await chat.private("周海", "在外地交党费 从2025年3月起")
    assert "2025年9–12月、1–2月" not in "".join(chat.to("周海", seen))
    assert "2025年3月到2025年8月太早了，我没有记，已请组织委员核实" in "".join(chat.to("周海", seen))
    told = "".join(chat.to(KEEPER, seen))
    assert "周海说2025年3月到2025年8月的党费在外地交了" in told
    assert "周海在流入地支部交党费：2025年9月起" in told
    (noted,) = await chat.in_branch(lambda work: work.dues_elsewhere.of(chat.members["周海"]))
    assert (noted.since, noted.until) == ("2025-09", None)
    assert await said(chat, "周海", "在外地交党费 2025年2月") == "2025年2月太早了，我没有记，已请组织委员核实。那边的收据请给组织委员看看。"
    assert "已补录：周海2025年2月" in await said(chat, KEEPER, "补录 周海 2025年2月在外地支部交党费")


async def test_the_keeper_hears_of_every_such_note_and_that_it_was_taken_back(chat: Dialogue) -> None:
    await assess(chat, "周海")
    seen = await chat.private("周海", "我在流入地支部交党费")
    assert [text for text in chat.to(KEEPER, seen) if "周海在流入地支部交党费：3月起" in text]
    seen = await chat.private("周海", "撤销")
    assert "刚才那条“在外地交党费”本人撤回了。" in chat.to(KEEPER, seen)
    seen = await chat.private(KEEPER, "补录 周海 3月在外地支部交党费")
    assert len(chat.to(KEEPER, seen)) == 1
    assert chat.to("王秀英", seen) == []
