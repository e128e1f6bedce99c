"""待确认, 全部确认, the cards, 更正缴费, 冲正 and 补录 已交, as the dues keepers meet them."""

from datetime import timedelta

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.dues_branch import KEEPER, SECRETARY, assess, balance, claims, said
from tests.elsewhere import Elsewhere

RACED = "已经确认了"


async def _claimed(chat: Dialogue, person: str = "周海", text: str = "已交 60 一月到三月") -> Seen:
    """A claim of somebody assessed; answers the keeper's card."""
    await assess(chat, person)
    seen = await chat.private(person, text)
    return next(each for each in seen if "没收到" in each.buttons)


async def test_a_card_confirms_books_and_gives_a_receipt(chat: Dialogue) -> None:
    card = await _claimed(chat)
    assert card.buttons == ("到账了", "更正", "没收到")
    seen = await chat.press(KEEPER, "到账了", card)
    assert "确认了 1 笔：D-2026-0001" in chat.to(KEEPER, seen)[0]
    assert chat.to("周海", seen) == ["1–3月 60 元党费已确认，收据 D-2026-0001。想查就发“党费”。"]
    assert (await balance(chat, "custody"), await balance(chat, "dues")) == (6000, -6000)
    entry = (await chat.in_branch(lambda work: work.ledger.entries("dues")))[0]
    assert [(line.member_id, line.month) for line in entry.lines[1:]] == [
        (chat.members["周海"], month) for month in ("2026-01", "2026-02", "2026-03")
    ]
    assert "校验码" in await said(chat, "李小山", "验账")


async def test_large_dues_are_booked_apart(chat: Dialogue) -> None:
    await _claimed(chat, text="自愿多交1500元党费")
    await chat.press(KEEPER, "到账了")
    assert (await balance(chat, "large"), await balance(chat, "dues")) == (-150_000, 0)


async def test_extra_dues_are_booked_without_a_month(chat: Dialogue) -> None:
    await _claimed(chat, text="自愿多交 20 元党费")
    await chat.press(KEEPER, "到账了")
    assert (await balance(chat, "large"), await balance(chat, "dues")) == (0, -2000)


async def test_all_that_was_listed_is_confirmed_and_nothing_that_came_since(chat: Dialogue) -> None:
    for person in ("周海", "吴芳", "李小山"):
        await assess(chat, person)
    await chat.private("周海", "已交 20 一月")
    await chat.private("吴芳", "已交 40 一月到二月")
    told = await said(chat, KEEPER, "待核对")
    assert "C1 周海 1月 20 元" in told
    assert "C2 吴芳 1–2月 40 元" in told
    await chat.private("李小山", "已交 20 一月")
    assert "确认了 2 笔：D-2026-0001、D-2026-0002" in await said(chat, KEEPER, "全部确认")
    assert [each[1] for each in await claims(chat)] == ["confirmed", "confirmed", "waiting"]


async def test_the_list_may_be_put_aside_and_confirmed_later_by_word(chat: Dialogue) -> None:
    await _claimed(chat)
    assert "请先发“待确认”" in await said(chat, KEEPER, "全部确认")
    await chat.private(KEEPER, "待确认")
    chat.now += timedelta(minutes=1)
    await chat.private(KEEPER, "党费")
    assert "确认了 1 笔" in await said(chat, KEEPER, "全部确认")
    await chat.private("周海", "已交 20 四月")
    await chat.private(KEEPER, "待确认")
    assert "先不动" in await said(chat, KEEPER, "先不")
    assert [each[1] for each in await claims(chat)] == ["confirmed", "waiting"]


async def test_a_long_list_is_shown_in_parts(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for month in range(1, 9):
        await chat.private("周海", f"已交 20 2026年{month}月")
    told = await said(chat, KEEPER, "待确认")
    assert "C6 " in told
    assert "C7 " not in told
    assert "还有 2 笔" in told
    assert len(told) <= 200
    assert "确认了 6 笔" in await said(chat, KEEPER, "全部确认")


async def test_long_lines_make_a_shorter_list_and_what_is_not_seen_is_not_confirmed(chat: Dialogue) -> None:
    for number in range(6):
        await chat.join(f"欧阳长名{'一二三四五六'[number]}号", "member")
        await chat.private(f"欧阳长名{'一二三四五六'[number]}号", "已交 12.12 去年9月、11月、今年1月、3月、5月、7月")
    told = await said(chat, KEEPER, "待确认")
    assert len(told) <= 200
    assert "C6" not in told
    count = told.count("（")
    assert f"还有 {6 - count} 笔" in told
    assert f"确认了 {count} 笔" in await said(chat, KEEPER, "全部确认")


async def test_what_has_to_be_sorted_out_is_listed_but_not_confirmed_with_the_rest(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-01")
    await chat.private("周海", "补去年3月的党费")
    seen = await chat.private(KEEPER, "待确认")
    assert "要更正" in chat.to(KEEPER, seen)[0]
    assert seen[-1].buttons == ()


async def test_nobody_confirms_their_own_and_the_secretary_does_it_for_the_keeper(chat: Dialogue) -> None:
    card = await _claimed(chat, KEEPER, "已交 20 三月")
    assert card.chat.endswith(SECRETARY)
    assert "没有等您核对的" in await said(chat, KEEPER, "待确认")
    assert "不能自己确认" in await said(chat, KEEPER, "更正缴费 C1 20 三月")
    assert [each[1] for each in await claims(chat)] == ["waiting"]
    await chat.press(SECRETARY, "到账了", card)
    assert [each[1] for each in await claims(chat)] == ["confirmed"]
    assert "不能自己确认" in await said(chat, KEEPER, "冲正 D-2026-0001 我自己的")
    assert "补录了 C2" in await said(chat, KEEPER, "补录 赵国强 已交 20 四月")
    assert [each[1] for each in await claims(chat)] == ["confirmed", "waiting"]


async def test_who_lost_the_role_cannot_confirm_any_more(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.private(SECRETARY, "免去 赵国强 组织委员")
    assert "核对党费" in "".join(chat.to(KEEPER, await chat.press(KEEPER, "到账了", card)))
    assert [each[1] for each in await claims(chat)] == ["waiting"]


@pytest.mark.parametrize(
    "text",
    ["待确认", "更正缴费 C1 20 三月", "冲正 D-2026-0001 因为", "全部确认", "核定 周海 在职 6000", "未核定", "补录 周海 已交 20 三月"],
)
async def test_members_do_none_of_this(chat: Dialogue, text: str) -> None:
    await _claimed(chat)
    assert "需要" in await said(chat, "吴芳", text)
    assert [each[1] for each in await claims(chat)] == ["waiting"]


async def test_a_confirmation_and_a_withdrawal_race_and_one_wins(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.private("周海", "撤回缴费 C1")
    seen = await chat.press(KEEPER, "到账了", card)
    assert "按钮已经用过" in chat.to(KEEPER, seen)[0]
    await chat.private("周海", "已交 60 一月到三月")
    await chat.private(KEEPER, "待确认")
    await chat.private("周海", "撤回缴费 C2")
    assert "C2 已经撤回了" in await said(chat, KEEPER, "全部确认")
    await chat.private("周海", "已交 60 一月到三月")
    await chat.press(KEEPER, "到账了")
    assert RACED in await said(chat, "周海", "撤回缴费 C3")
    assert await balance(chat, "custody") == 6000


async def test_two_keepers_decide_once(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "dues_keeper")
    await _claimed(chat)
    for person in (KEEPER, "何春梅"):
        await chat.private(person, "待确认")
    await chat.private(KEEPER, "全部确认")
    told = await said(chat, "何春梅", "全部确认")
    assert RACED in told
    assert "错了就发：冲正 D-2026-0001 原因" in told
    assert "找组织委员" not in told
    assert await balance(chat, "custody") == 6000


async def test_a_claim_is_corrected_to_what_came(chat: Dialogue) -> None:
    card = await _claimed(chat)
    seen = await chat.press(KEEPER, "更正", card)
    assert "实际到账多少" in chat.to(KEEPER, seen)[0]
    seen = await chat.private(KEEPER, "40 一月到二月")
    assert "C1 更正为 1–2月 40 元，收据 D-2026-0001" in chat.to(KEEPER, seen)[0]
    assert "按到账更正为 1–2月 40 元" in chat.to("周海", seen)[0]
    assert await claims(chat) == [(1, "confirmed", "months", 4000, ["2026-01", "2026-02"])]
    assert "没交：3月，共 20 元" in await said(chat, "周海", "党费")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("一月", "请写到账的金额和月份"),
        ("40", "登记的是 1–3月 每月 20 元，共 60 元，到账写的是 40 元"),
        ("-40 一月", "负数"),
        ("40 13月", "没有这样的月份"),
        ("40 一月、一月", "写了两次"),
        ("40 两个月", "请写到账的金额和月份"),
        ("20 一月到二月", "登记的是 1–2月 每月 20 元，共 40 元，到账写的是 20 元"),
        ("30", "登记的是 1–3月 每月 20 元，共 60 元，到账写的是 30 元"),
        ("61 一月到三月", "到账写的是 61 元"),
        ("40.01 去年11月到今年二月", "另外 2 个月还没有核定"),
        ("40 去年12月到今年二月", "另外 1 个月还没有核定"),
        ("40 交到去年12月", "请写到账的金额和月份"),
    ],
)
async def test_a_correction_has_to_come_out_even(chat: Dialogue, words: str, part: str) -> None:
    await _claimed(chat)
    assert part in await said(chat, KEEPER, f"更正缴费 C1 {words}")
    assert await balance(chat, "custody") == 0


async def test_a_correction_may_keep_the_months_or_make_it_extra(chat: Dialogue) -> None:
    await _claimed(chat)
    assert "1–3月 60 元" in await said(chat, KEEPER, "更正缴费 C1 60")
    await chat.private("周海", "已交 20 四月")
    assert "自愿多交 20 元" in await said(chat, KEEPER, "更正缴费 C2 自愿多交 20 元")
    await chat.private("周海", "已交 20 四月")
    assert "大额党费（另记） 1000 元" in await said(chat, KEEPER, "更正缴费 C3 自愿多交 1000 元党费")
    assert "请写编号" in await said(chat, KEEPER, "更正缴费 那个")
    assert "没有 C9 这一笔" in await said(chat, KEEPER, "更正缴费 C9 20 三月")
    await chat.private("周海", "已交 20 四月")
    assert "1月已经有收据了" in await said(chat, KEEPER, "更正缴费 C4 20 一月")


async def test_up_to_a_month_begins_where_the_member_left_off(chat: Dialogue) -> None:
    await _claimed(chat, text="已交 20 三月")
    assert "1–3月 60 元" in await said(chat, KEEPER, "更正缴费 C1 60 交到三月")
    found = await chat.in_branch(lambda work: work.dues_claims.numbered(1))
    assert found.months == [[f"2026-0{month}", 2000] for month in (1, 2, 3)]


async def test_months_that_are_not_assessed_share_what_is_left_and_exempt_ones_take_nothing(chat: Dialogue) -> None:
    await _claimed(chat)
    await chat.private(KEEPER, "更正缴费 C1 50 去年11月到今年一月")
    await chat.private("吴芳", "已交 20 二月到三月")
    await chat.private(KEEPER, "更正缴费 C2 15 二月到三月")
    found = await chat.in_branch(lambda work: work.dues_claims.of_state(["confirmed"]))
    assert [each.months for each in found] == [
        [["2025-11", 1500], ["2025-12", 1500], ["2026-01", 2000]],
        [["2026-02", 750], ["2026-03", 750]],
    ]
    await chat.private("周海", "已交 20 三月")
    await assess(chat, "周海", 0, state="waived", until="2026-03", since="2026-03")
    assert "核定为不用交" in await said(chat, KEEPER, "更正缴费 C3 20 三月")


@pytest.mark.parametrize("by_correcting", [True, False])
async def test_undoing_brings_a_claim_back_as_it_was(chat: Dialogue, by_correcting: bool) -> None:
    await assess(chat, "周海", since="2025-01")
    await chat.private("周海", "补去年3月的党费" if by_correcting else "已交 20 去年3月")
    before = await chat.in_branch(lambda work: work.dues_claims.numbered(1))
    assert before.state == "with_a_person"
    await chat.private(KEEPER, "更正缴费 C1 40 去年3月到去年4月")
    assert (await claims(chat))[0][1] == "confirmed"
    await chat.private(KEEPER, "撤销")
    assert await chat.in_branch(lambda work: work.dues_claims.numbered(1)) == before
    assert await balance(chat, "custody") == 0


async def test_back_pay_is_sorted_out_by_the_keeper(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-01")
    await chat.private("周海", "补去年3月的党费")
    await chat.press(KEEPER, "更正")
    assert "2025年3月 20 元，收据" in await said(chat, KEEPER, "20")
    assert await claims(chat) == [(1, "confirmed", "months", 2000, ["2025-03"])]


async def test_a_claim_is_declined_with_a_reason_and_may_be_said_again(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "没收到", card)
    seen = await chat.private(KEEPER, "账上没有这笔")
    assert "没有核对上" in chat.to(KEEPER, seen)[0]
    assert "没有核对上：账上没有这笔" in chat.to("周海", seen)[0]
    assert "编号 C2" in await said(chat, "周海", "已交 60 一月到三月")
    await chat.press(KEEPER, "没收到")
    seen = await chat.press(KEEPER, "没有到账")
    assert "没有到账" in chat.to("周海", seen)[0]
    assert "C2 已经处理过" in await said(chat, "周海", "撤回缴费 C2")


async def test_declining_and_correcting_may_be_called_off(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "没收到", card)
    assert "先不动" in await said(chat, KEEPER, "取消")
    await chat.private(KEEPER, "待确认")
    assert [each[1] for each in await claims(chat)] == ["waiting"]


async def test_a_reason_is_asked_for_and_kept_short(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "没收到", card)
    assert "请写短一点" in await said(chat, KEEPER, "很长" * 60)
    assert [each[1] for each in await claims(chat)] == ["waiting"]


async def test_confirming_and_declining_can_be_undone_by_entries(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "到账了", card)
    seen = await chat.private(KEEPER, "撤销")
    assert "1 笔确认撤回了" in chat.to(KEEPER, seen)[0]
    assert "收据 D-2026-0001 作废" in chat.to("周海", seen)[0]
    assert await balance(chat, "custody") == 0
    assert [each[1] for each in await claims(chat)] == ["waiting"]
    await chat.private(KEEPER, "待确认")
    assert "D-2026-0002" in await said(chat, KEEPER, "全部确认")
    await chat.private(KEEPER, "冲正 D-2026-0002 记错")
    await chat.private(KEEPER, "对")
    assert "收据冲正了，这一步撤不回来" in await said(chat, KEEPER, "撤销")


async def test_a_declined_claim_waits_again_after_undo(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-01")
    for text, state in (("已交 20 三月", "waiting"), ("补去年3月的党费", "with_a_person")):
        await chat.private("周海", text)
        await chat.press(KEEPER, "没收到")
        await chat.private(KEEPER, "没有这笔")
        assert "重新等待核对" in await said(chat, KEEPER, "撤销")
        assert (await claims(chat))[-1][1] == state


async def test_undoing_a_decline_that_is_gone_says_so(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "没收到", card)
    await chat.private(KEEPER, "没有这笔")

    async def change(work) -> None:  # type: ignore[no-untyped-def]
        work.dues_claims.change(await work.dues_claims.numbered(1), state="withdrawn")

    await chat.in_branch(change)
    assert "没有 C1 这一笔" in await said(chat, KEEPER, "撤销")


async def test_a_receipt_is_reversed_by_an_entry_and_the_member_is_told(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "到账了", card)
    assert "请写上原因" in await said(chat, KEEPER, "冲正 D-2026-0001")
    assert "冲正收据 D-2026-0001（60 元），原因：记错了人" in await said(chat, KEEPER, "冲正 d-2026-0001 记错了人")
    assert await said(chat, KEEPER, "不对") == "好，先不动。"
    assert await balance(chat, "custody") == 6000
    await chat.private(KEEPER, "冲正 d-2026-0001 记错了人")
    seen = await chat.private(KEEPER, "对")
    assert "账上记为第 2 笔" in chat.to(KEEPER, seen)[0]
    assert "收据 D-2026-0001（1–3月 60 元）冲正了：记错了人" in chat.to("周海", seen)[0]
    assert await balance(chat, "custody") == 0
    assert "没交：1–3月" in await said(chat, "周海", "党费")
    assert "已经冲正过了" in await said(chat, KEEPER, "冲正 D-2026-0001 再来")
    assert "没有收据 D-2026-0099" in await said(chat, KEEPER, "冲正 D-2026-0099 没有")
    assert "请写收据号和原因" in await said(chat, KEEPER, "冲正 那张")
    assert "（D-2026-0001）" in await said(chat, "周海", "撤回缴费 C1")
    entries = await chat.in_branch(lambda work: work.ledger.entries("dues"))
    assert [(each.kind, each.reverses, each.ref) for each in entries] == [("paid", None, "D-2026-0001"), ("reversal", 1, "D-2026-0001")]


async def _handed_up(chat: Dialogue, words: str) -> None:
    await chat.private(KEEPER, f"上缴 {words}")
    assert "记了上缴" in await said(chat, KEEPER, "对")


async def test_what_was_handed_up_is_not_reversed_before_the_handing_is(chat: Dialogue) -> None:
    await chat.press(KEEPER, "到账了", await _claimed(chat))
    await chat.press(KEEPER, "到账了", await _claimed(chat, "吴芳", "自愿多交1500元党费"))
    await _handed_up(chat, "3月 30")
    told = await said(chat, KEEPER, "冲正 D-2026-0001 记错了人")
    assert "D-2026-0001 的 60 元 已经上缴了：手里党费只剩 30 元" in told
    assert "请先发“冲正上缴 月份 原因”" in told
    await _handed_up(chat, "大额 3月 1")
    assert "手里大额党费只剩 1499 元" in await said(chat, KEEPER, "冲正 D-2026-0002 记错了人")
    assert await balance(chat, "custody") == 152_900
    await chat.private(KEEPER, "冲正上缴 3月 记错")
    await chat.private(KEEPER, "冲正上缴 3月 记错")
    await chat.private(KEEPER, "冲正 D-2026-0001 记错了人")
    assert "冲正了" in await said(chat, KEEPER, "对")


async def test_confirmations_are_not_undone_once_their_money_is_handed_up(chat: Dialogue) -> None:
    await chat.press(KEEPER, "到账了", await _claimed(chat))
    await chat.join("何春梅", "member", "dues_keeper")
    await chat.private("何春梅", "上缴 3月 60")
    await chat.private("何春梅", "对")
    assert "已经上缴了" in await said(chat, KEEPER, "撤销")
    assert await balance(chat, "custody") == 0
    assert [each[1] for each in await claims(chat)] == ["confirmed"]


async def test_why_a_receipt_was_reversed_stands_where_it_can_be_erased_and_not_in_the_ledger(chat: Dialogue) -> None:
    await chat.press(KEEPER, "到账了", await _claimed(chat))
    await chat.private(KEEPER, "冲正 D-2026-0001 周海住院没有交")
    seen = await chat.private(KEEPER, "对")
    assert "周海住院没有交" in "".join(chat.to("周海", seen))
    entries = await chat.in_branch(lambda work: work.ledger.entries("dues"))
    assert "住院" not in str(entries)
    assert (await chat.in_branch(lambda work: work.dues_claims.numbered(1))).reason == "周海住院没有交"


async def test_a_keeper_enters_for_somebody_in_one_step(chat: Dialogue) -> None:
    await assess(chat, "周海")
    seen = await chat.private(KEEPER, "补录 周海 已交 20 一月")
    assert "补录了 C1：1月 20 元" in chat.to(KEEPER, seen)[0]
    assert "D-2026-0001" in chat.to(KEEPER, seen)[0]
    assert [len(chat.to(KEEPER, seen)), len(chat.to("周海", seen))] == [1, 1]
    found = (await chat.in_branch(lambda work: work.dues_claims.of(chat.members["周海"])))[0]
    assert (found.flags, found.claimed_by) == (["entered"], chat.members[KEEPER])
    assert "登记的是" in await said(chat, KEEPER, "补录 周海 已交 25 二月")
    assert "已经交过" in await said(chat, KEEPER, "补录 周海 已交 20 一月")
    assert "自愿多交 30 元" in await said(chat, KEEPER, "补录 周海 自愿多交 30 元党费")
    assert "没看懂要给周海补录什么" in await said(chat, KEEPER, "补录 周海 吃饭了")
    assert "1 笔确认撤回了" in await said(chat, KEEPER, "撤销")


async def test_an_entry_without_an_amount_waits_to_be_corrected(chat: Dialogue) -> None:
    told = await said(chat, KEEPER, "补录 周海 补去年3月的党费")
    assert "还没有弄清金额和月份" in told
    assert [each[1] for each in await claims(chat)] == ["with_a_person"]


async def test_a_removed_members_claim_can_still_be_decided(chat: Dialogue) -> None:
    for name, act in (("周海", "到账了"), ("吴芳", "没收到"), ("李小山", "")):
        card = await _claimed(chat, name, "已交 20 三月")
        await chat.private(SECRETARY, f"移除 {name}")
        await chat.private(SECRETARY, "对")
        if act:
            seen = await chat.press(KEEPER, act, card)
            assert chat.to(name, seen) == []
    await chat.private(KEEPER, "没有这笔")
    assert "C3 李小山" in await said(chat, KEEPER, "待确认")
    assert "更正为 3月 20 元" in await said(chat, KEEPER, "更正缴费 C3 20 三月")
    await chat.private(KEEPER, "冲正 D-2026-0001 记错")
    assert "冲正了" in await said(chat, KEEPER, "对")
    assert [each[1] for each in await claims(chat)] == ["reversed", "declined", "confirmed"]


async def test_after_a_member_is_erased_the_books_still_stand(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "到账了", card)
    await _claimed(chat, "吴芳", "已交 20 三月")
    for name in ("周海", "吴芳"):
        await chat.private(SECRETARY, f"移除 {name}")
        await chat.private(SECRETARY, "对")
    await chat.days_pass(32)
    assert await claims(chat) == []
    assert "没有 C2 这一笔" in await said(chat, KEEPER, "更正缴费 C2 20 三月")
    await chat.private(KEEPER, "冲正 D-2026-0001 记错")
    assert "冲正了" in await said(chat, KEEPER, "对")
    assert "账平" in await said(chat, KEEPER, "验账")
    await _claimed(chat, "李小山", "已交 20 三月")
    assert "D-2026-0002" in "".join(chat.to(KEEPER, await chat.press(KEEPER, "到账了")))


async def test_in_the_group_the_officers_words_stay_unanswered(chat: Dialogue) -> None:
    await _claimed(chat)
    for text in ("待确认", "全部确认", "更正缴费", "冲正", "核定", "未核定", "党费政策", "减免申请"):
        assert await chat.group(SECRETARY, text) == []
    seen = await chat.group(KEEPER, "@支部机器人 待确认")
    assert chat.in_group(seen) == []
    assert "C1 周海" in chat.to(KEEPER, seen)[0]


async def test_on_a_platform_abroad_nobody_is_named_who_did_not_agree_to_it(chat: Dialogue) -> None:
    phone = Elsewhere(chat)

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members[KEEPER], phone.key.user_id)
        await work.accounts.change(phone.key, introduced_at=work.now)
        work.consents.put(chat.members[KEEPER], "abroad", given=True)

    await chat.in_branch(bind)
    chat.now += timedelta(minutes=11)
    await phone.says("党费")
    await _claimed_elsewhere(chat)
    told = "".join(await phone.queued())
    assert "党费 C1：这位同志报 3月 20 元" in told
    assert "C1 一位同志 3月 20 元" in "".join(await phone.says("待确认"))
    assert "另有 4 人，请在网页看" in "".join(await phone.says("未核定"))
    assert "这位同志（在职）：每月 90 元" in "".join(await phone.says("核定 吴芳 在职 6000"))
    assert "周海" not in "".join(await phone.queued())


async def _claimed_elsewhere(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "已交 20 三月")


async def test_another_branchs_claims_and_receipts_are_not_there(chat: Dialogue) -> None:
    card = await _claimed(chat)
    await chat.press(KEEPER, "到账了", card)
    await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    for text, part in (
        ("冲正 D-2026-0001 试试", "没有收据 D-2026-0001"),
        ("更正缴费 C1 20 三月", "没有 C1 这一笔"),
        ("撤回缴费 C1", "没有您能撤回的 C1"),
        ("待确认", "没有等您核对的"),
        ("核定 周海 在职 6000", "没有找到"),
        ("替周海已交 20 三月", "没有找到"),
    ):
        assert part in await said(chat, "郑平", text)
    assert await balance(chat, "custody") == 6000


async def test_a_card_of_another_claim_stays_open_when_one_is_decided(chat: Dialogue) -> None:
    first = await _claimed(chat)
    second = await _claimed(chat, "吴芳", "已交 20 三月")
    await chat.press(KEEPER, "到账了", second)
    assert "确认了 1 笔" in "".join(chat.to(KEEPER, await chat.press(KEEPER, "到账了", first)))
    assert "按钮已经用过" in "".join(chat.to(KEEPER, await chat.press(KEEPER, "没收到", second)))


async def test_what_waits_is_asked_for_and_confirmed_by_name(chat: Dialogue) -> None:
    await _claimed(chat)
    await assess(chat, "李小山")
    for month in ("一月", "二月"):
        await chat.private("李小山", f"已交 20 {month}")
    assert "C1 周海" in await said(chat, KEEPER, "有什么要我确认的")
    assert "确认了 1 笔：D-2026-0001" in await said(chat, KEEPER, "确认周海的")
    assert "周海没有等您核对的党费" in await said(chat, KEEPER, "确认到账 周海")
    cards = await chat.private(KEEPER, "李小山的到账了")
    assert [each.buttons[0] for each in cards] == ["到账了", "到账了"]
    assert "D-2026-0002" in chat.to(KEEPER, await chat.press(KEEPER, "到账了", cards[1]))[0]
    assert "C2" in await said(chat, KEEPER, "确认到账")
    assert "没有找到" in await said(chat, KEEPER, "确认收货的")
    assert "需要" in await said(chat, "周海", "李小山的到账了")
    assert await chat.group(KEEPER, "李小山的到账了") == []
    assert await chat.group(KEEPER, "确认到账 李小山") == []


async def test_nobody_confirms_their_own_by_name(chat: Dialogue) -> None:
    await assess(chat, KEEPER)
    for month in ("一月", "二月"):
        await chat.private(KEEPER, f"已交 20 {month}")
        assert "不能自己确认" in await said(chat, KEEPER, "确认到账 赵国强")
