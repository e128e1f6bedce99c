"""支出, 已付: payments out of the care fund, as officers and the group meet them."""

import re
from datetime import timedelta

import pytest

from bot.services import fund, payouts
from bot.services.ledgers import Book
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.care_fund import KEEPER, SECRETARY, appeal, close, give, press, say, sums
from tests.dialogue import Dialogue

COMMITTEE, OTHER = "何春梅", "罗建民"


async def funded(chat: Dialogue, **values: object) -> None:
    """An appeal of 周海 with 3020 yuan received, and two of the committee who may approve."""
    await chat.join(COMMITTEE, "member", "committee")
    await chat.join(OTHER, "member", "committee")
    await appeal(chat, **values)
    await give(chat, "李小山", "A1", 2000)
    await give(chat, "吴芳", "A1", 20)
    told = await say(chat, "孙丽", "认捐 A1 1000")
    if "对吗" in told:
        await say(chat, "孙丽", "对")
    await say(chat, KEEPER, "到账 1000")


async def approved(chat: Dialogue, words: str = "付 3000 A1 挂号和路费") -> None:
    await say(chat, SECRETARY, words)
    await say(chat, COMMITTEE, "批准 B1")
    await say(chat, OTHER, "批准 B1")


async def test_two_others_approve_then_it_is_paid_and_the_group_sees_the_sums_once_at_the_end(chat: Dialogue) -> None:
    await funded(chat)
    seen = await chat.private(SECRETARY, "付 3000 A1 挂号和路费")
    assert chat.to(SECRETARY, seen)[0].startswith("记下了：付款 B1，A1 3000.00 元。要两位批准人确认")
    for person in (COMMITTEE, OTHER, KEEPER):
        assert chat.to(person, seen) == ["付款 B1：A1 3000.00 元。用途：挂号和路费。经办：王秀英。同意吗？"]
    assert chat.to("周海", seen) == chat.in_group(seen) == []
    assert "现在 1 位同意" in await press(chat, COMMITTEE, "同意")
    assert "还没批够：要两位，现在 1 位" in await say(chat, KEEPER, "已付 B1")
    assert "够两位了，可以付" in await say(chat, OTHER, "批准 3000")
    paid = await chat.private(KEEPER, "已付 B1")
    assert chat.to(KEEPER, paid) == ["B1 记为已付，3000.00 元。求助结束时，群里报一次收支，不写名字。机器人不动钱。"]
    assert chat.in_group(paid) == []
    assert "A1的 3000.00 元付出了（B1）。是 3 位同志捐的。" in chat.to("周海", paid)[0]
    assert await press(chat, "周海", "钱收到了") == "好，知道您收到了。"
    assert await sums(chat, 1) == ("A1：收 3020.00、支 3000.00、余 20.00。", 20_00)
    assert "B1 已经付过了" in await say(chat, KEEPER, "已付 B1")
    await close(chat, 1)
    posted = chat.in_group(await chat.days_pass(3))
    assert len(posted) == 1
    assert re.fullmatch(
        r"A1：收 3020.00、支 3000.00、余 20.00。求助已结束，谢谢大家。账目校验码 [0-9a-f]{8}（私聊“验账”可自己算）。仅限本支部，请勿外传。",
        posted[0],
    )
    code = posted[0].split("校验码 ")[1][:8]
    assert code in await say(chat, "吴芳", "验账")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("付 5000 A1", "A1能付的只有 3020.00 元，付不了 5000.00 元。账上不能是负数。差的 1980.00 元，可以从总账补：付 1980.00 爱心基金 A1"),
        ("付 10 爱心基金 慰问", "爱心基金能付的只有 0.00 元"),
        ("付 10 A9", "没有收过捐款的求助 A9"),
        ("付 10", "请写明付给哪一件"),
        ("付 A1", "请写上金额"),
        ("付 -10 A1", "负数"),
        ("付 10 爱心基金", "请写上用途"),
        (f"付 10 A1 {'路费' * 40}", "用途请写短一点"),
        ("已付 B9", "没有付款 B9"),
        ("已付", "请写编号"),
        ("取消付款", "请写编号"),
        ("取消付款 B9", "没有付款 B9"),
        ("冲正付款 B9 错了", "没有付款 B9"),
        ("冲正付款", "请写编号"),
    ],
)
async def test_what_cannot_be_paid_is_said_and_changes_nothing(chat: Dialogue, words: str, answer: str) -> None:
    await funded(chat)
    assert answer in await say(chat, SECRETARY, words)
    assert await say(chat, SECRETARY, "付款情况") == "没有等着付的。"


async def test_what_others_wait_for_is_not_promised_twice(chat: Dialogue) -> None:
    await funded(chat)
    await say(chat, SECRETARY, "付 3000 A1")
    assert "能付的只有 20.00 元" in await say(chat, KEEPER, "支出 100 A1")
    assert "B1：A1 3000.00 元，等批准，0/2 位同意" in await say(chat, COMMITTEE, "付款情况")
    assert "B1 取消了，没有付" in await say(chat, SECRETARY, "取消付款 B1")
    assert "付款 B2" in await say(chat, KEEPER, "支出 100 A1")


async def test_who_approved_does_not_pay(chat: Dialogue) -> None:
    await funded(chat)
    await say(chat, SECRETARY, "付 3000 A1")
    await say(chat, COMMITTEE, "批准 B1")
    assert "够两位了" in await press(chat, KEEPER, "同意")
    assert "B1 是您批的，按规矩批的人不经手" in await say(chat, KEEPER, "已付 B1")
    assert "B1 记为已付" in await say(chat, SECRETARY, "已付 B1")


async def test_who_asked_or_benefits_neither_proposes_nor_pays(chat: Dialogue) -> None:
    await chat.join(COMMITTEE, "member", "committee")
    await appeal(chat, KEEPER)
    await appeal(chat, "吴芳", beneficiary_id=chat.members[SECRETARY])
    await give(chat, "李小山", "A1", 100)
    await say(chat, "周海", "认捐 A2 100")
    await say(chat, KEEPER, "到账 P2")
    assert "这件求助是您提的" in await say(chat, KEEPER, "付 50 A1")
    assert "这笔钱是帮您的" in await say(chat, SECRETARY, "付 50 A2")
    assert await say(chat, SECRETARY, "付款情况") == "没有等着付的。"


async def test_the_balance_is_asked_again_when_it_is_paid(chat: Dialogue) -> None:
    await funded(chat)
    await approved(chat)
    await say(chat, KEEPER, "退款 P1 他要退")
    assert "A1能付的只有 1020.00 元，付不了 3000.00 元" in await say(chat, KEEPER, "已付 B1")
    assert (await sums(chat, 1))[1] == 1020_00


async def test_a_cancellation_and_a_payment_race_and_one_wins(chat: Dialogue) -> None:
    await funded(chat)
    await approved(chat)
    assert "B1 取消了" in await say(chat, SECRETARY, "取消付款 B1")
    assert "B1 已取消，不能取消" in await say(chat, KEEPER, "已付 B1")
    assert "B1 已取消" in await say(chat, COMMITTEE, "批准 B1")
    assert "B1 已取消，不能取消" in await say(chat, SECRETARY, "取消付款 B1")
    assert await sums(chat, 1) == ("A1：收 3020.00、支 0.00、余 3020.00。", 3020_00)


async def test_a_payment_noted_by_mistake_is_taken_back_and_the_group_sees_it(chat: Dialogue) -> None:
    await funded(chat)
    await approved(chat)
    assert "没有付过" in await say(chat, KEEPER, "冲正付款 B1 记错了")
    await say(chat, KEEPER, "已付 B1")
    await close(chat, 1)
    await chat.days_pass(1)
    assert "B1 已付，不能取消" in await say(chat, SECRETARY, "取消付款 B1")
    assert "请写上原因" in await say(chat, KEEPER, "冲正 B1")
    seen = await chat.private(KEEPER, "冲正 B1 记错了")
    assert "B1 那笔付款冲正了" in chat.to(KEEPER, seen)[0]
    assert [(each.edited, each.text[:40]) for each in seen if each.chat == chat.group_id()] == [
        (True, "更正，A1：收 3020.00、支 0.00、余 3020.00。求助已结束，谢")
    ]
    assert "B1 记为已付" in await say(chat, KEEPER, "已付 B1")


async def test_the_fund_in_general_fills_what_is_lacking_for_an_appeal(chat: Dialogue) -> None:
    await funded(chat)
    await give(chat, "周海", "爱心基金", 300)
    await say(chat, SECRETARY, "付 200 爱心基金 A1")
    await say(chat, COMMITTEE, "批准 B1")
    await say(chat, OTHER, "批准 B1")
    seen = await chat.private(KEEPER, "已付 B1")
    assert "群里发了收支，不写名字" in chat.to(KEEPER, seen)[0]
    assert chat.in_group(seen)[0].startswith("A1由爱心基金付 200.00 元。爱心基金：收 300.00、支 200.00、余 100.00。")
    assert (await sums(chat, 1))[0] == "A1：收 3020.00、支 0.00、余 3020.00。"


async def test_at_night_the_answer_says_when_the_group_hears_of_it(chat: Dialogue) -> None:
    await funded(chat)
    await give(chat, "周海", "爱心基金", 300)
    await say(chat, SECRETARY, "付 200 爱心基金 过冬")
    await say(chat, COMMITTEE, "批准 B1")
    await say(chat, OTHER, "批准 B1")
    await chat.pass_time(hours=14)
    assert "收支明早发到群里，不写名字" in await say(chat, KEEPER, "已付 B1")


async def test_a_payment_to_a_member_from_the_fund_bars_that_member(chat: Dialogue) -> None:
    await funded(chat)
    await give(chat, "周海", "爱心基金", 300)
    seen = await chat.private(SECRETARY, f"付 200 爱心基金 {COMMITTEE} 慰问")
    assert chat.to(COMMITTEE, seen) == []
    assert "这笔钱是帮您的" in await say(chat, COMMITTEE, "批准 B1")
    for person in (KEEPER, OTHER):
        await say(chat, person, "批准 B1")
    assert "爱心基金的 200.00 元付出了" in "".join(chat.to(COMMITTEE, await chat.private(SECRETARY, "已付 B1")))


async def test_in_the_group_it_is_not_heard_unless_it_names_a_case(chat: Dialogue) -> None:
    await funded(chat)
    for words in ("付 100", "付款情况", "已付", "取消付款", "冲正付款", "付了"):
        assert (words, await chat.group(SECRETARY, words)) == (words, [])
    seen = await chat.group(SECRETARY, "付 100 A1")
    assert chat.in_group(seen) == []
    assert "需要书记" in await say(chat, "吴芳", "付 100 A1") or "组织委员" in await say(chat, "吴芳", "付 100 A1")


async def test_a_settled_appeal_is_paid_for_from_the_fund(chat: Dialogue) -> None:
    await funded(chat)
    await close(chat, 1)
    await chat.days_pass(10)
    assert "A1 已经结清" in await say(chat, SECRETARY, "付 100 A1")
    assert "付款 B1" in await say(chat, SECRETARY, "付 100 爱心基金 A1")


async def test_ones_own_part_in_payments_is_told_to_oneself(chat: Dialogue) -> None:
    await funded(chat)
    await give(chat, "周海", "爱心基金", 300)
    await say(chat, SECRETARY, f"付 200 爱心基金 {COMMITTEE} 慰问")
    for person in (KEEPER, OTHER):
        await say(chat, person, "批准 B1")
    await say(chat, SECRETARY, "已付 B1")

    async def told(work: UnitOfWork) -> list[list[str]]:
        members = [await work.members.get(chat.members[person]) for person in (SECRETARY, COMMITTEE, KEEPER, "吴芳")]
        return [[line.zh for line in await payouts.mine(work, actor_of(each))] for each in members if each]

    assert await chat.in_branch(told) == [
        ["付款 B1：200.00 元，2026-03-10，您经办、您记的已付"],
        ["付款 B1：200.00 元，2026-03-10，付给您"],
        ["付款 B1：2026-03-10 同意"],
        [],
    ]


async def test_a_purpose_is_kept_and_shown_without_illness_names_and_numbers(chat: Dialogue) -> None:
    await funded(chat)
    await give(chat, "周海", "爱心基金", 300)
    seen = await chat.private(SECRETARY, f"付 200 爱心基金 慰问得了肺癌的{COMMITTEE}，微信 abc_hao88")
    told = chat.to(OTHER, seen)[0]
    assert f"帮的是：{COMMITTEE}。" in told
    assert "就医" in told
    for gone in ("肺癌", "hao88"):
        assert gone not in told
    found = await chat.in_branch(lambda work: work.payouts.numbered(1))
    assert COMMITTEE not in found.purpose
    assert "肺癌" not in found.purpose


async def test_free_text_is_in_no_book_and_erased_after_half_a_year(chat: Dialogue) -> None:
    await funded(chat)
    await approved(chat, "付 100 A1 路费")
    await say(chat, KEEPER, "已付 B1")
    await say(chat, KEEPER, "冲正 B1 他住院没去成")
    await say(chat, KEEPER, "已付 B1")
    await say(chat, KEEPER, "退款 P2 她家里有病人")
    await say(chat, KEEPER, "冲正 P3 写错名字了")
    await say(chat, SECRETARY, "付 100 A1 住宿")
    await say(chat, COMMITTEE, "不批准 B2 他病了去不了")
    await say(chat, SECRETARY, "取消付款 B2")

    async def texts(work: UnitOfWork) -> list[str]:
        memos = [each.memo for each in await work.ledger.entries(Book.FUND.value)]
        assert not any(memos)
        known = [await work.payouts.numbered(number) for number in (1, 2)]
        words = [word for each in known if each for word in (each.purpose, each.reason)]
        words += [said.reference for each in known if each for said in await work.payouts.said(each)]
        words += [each.reason for each in await work.pledges.newest(20)]
        words += [each.reason for each in await work.pledges.of_state("refunded")]
        return sorted(filter(None, words))

    async def tidy(work: UnitOfWork) -> None:
        await fund.tidy(work)

    assert await chat.in_branch(texts) == sorted(["路费", "他住院没去成", "住宿", "他病了去不了", "写错名字了", "她家里有病人"])
    assert "已退款（2026-03-10），原因：她家里有病人" in await say(chat, "吴芳", "我的认捐")
    await chat.in_branch(tidy)
    assert len(await chat.in_branch(texts)) == 6
    chat.now += timedelta(days=181)
    await chat.in_branch(tidy)
    assert await chat.in_branch(texts) == []
