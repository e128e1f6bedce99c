"""到账、退款、冲正, as who keeps the care fund's books meets them."""

import pytest

from tests.care_fund import KEEPER, SECRETARY, appeal, close, give, press, say, sums
from tests.dialogue import Dialogue


async def pledged(chat: Dialogue, person: str = "李小山", words: str = "认捐 A1 100") -> None:
    await appeal(chat)
    await say(chat, person, words)


async def test_money_that_came_is_noted_and_its_giver_hears_in_private(chat: Dialogue) -> None:
    await pledged(chat)
    seen = await chat.private(KEEPER, "到账 P1 100")
    assert chat.to(KEEPER, seen) == ["记好了：P1 到账，共 100.00 元。记错了，十分钟内发“撤销”。"]
    assert chat.to("李小山", seen) == ["到账了：P1 A1 100.00 元。谢谢您，账上记好了。"]
    assert chat.in_group(seen) == []
    assert await sums(chat, 1) == ("A1：收 100.00、支 0.00、余 100.00。", 100_00)
    assert "P1 已到账，不能记到账" in await say(chat, KEEPER, "到账 P1")


async def test_an_amount_alone_means_the_one_pledge_that_lacks_it(chat: Dialogue) -> None:
    await pledged(chat)
    assert "没有正好差 80.00 元的认捐" in await say(chat, KEEPER, "到账 80")
    assert "P1 到账" in await say(chat, KEEPER, "到账 100")
    await say(chat, "吴芳", "认捐 A1 50")
    await say(chat, "周海", "认捐 A1 50")
    asked = await chat.private(KEEPER, "到账 50")
    assert asked[0].buttons == ("P2", "P3")
    assert "P3 到账" in await press(chat, KEEPER, "P3")
    assert "没有正好差 50.00" in await say(chat, KEEPER, "到账 50 A7")
    assert "P2 到账" in await say(chat, KEEPER, "到账 50 A1")


async def test_nobody_confirms_their_own_and_another_does(chat: Dialogue) -> None:
    await pledged(chat, KEEPER)
    assert "自己的认捐，由另一位同志核对" in await say(chat, KEEPER, "到账 P1")
    assert "没有正好差" in await say(chat, KEEPER, "到账 100")
    assert "P1 到账" in await say(chat, SECRETARY, "到账 P1")


async def test_a_part_is_noted_and_the_rest_stays_open_until_it_is_dropped(chat: Dialogue) -> None:
    await pledged(chat)
    seen = await chat.private(KEEPER, "到账 P1 60")
    assert "还差 40.00 元" in chat.to(KEEPER, seen)[0]
    assert "还差 40.00 元。余下的不给了也行" in chat.to("李小山", seen)[0]
    assert "待到账（2026-03-10），已到 60.00 元" in await say(chat, "李小山", "我的认捐")
    assert "P1 余下的不用给了，到账的 60.00 元照记" in await say(chat, "李小山", "撤回认捐")
    assert "P1：A1 60.00 元，已到账" in await say(chat, "李小山", "我的认捐")
    assert await sums(chat, 1) == ("A1：收 60.00、支 0.00、余 60.00。", 60_00)


async def test_more_than_promised_is_asked_back(chat: Dialogue) -> None:
    await pledged(chat)
    assert "还差 100.00 元，您写的是 120.00 元" in await say(chat, KEEPER, "到账 P1 120")
    assert await say(chat, KEEPER, "不对") == "好，先不记。"
    await say(chat, KEEPER, "到账 P1 120")
    assert "共 120.00 元" in await say(chat, KEEPER, "对")
    assert (await sums(chat, 1))[1] == 120_00


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("到账 P9", "没有认捐 P9"),
        ("到账", "请写上金额"),
        ("到账 P1 0", "金额是 0"),
        ("到账 P1 -3", "负数"),
        ("退款", "请写编号"),
        ("退款 P1 原因", "没有收到过钱"),
        ("退款 P9 原因", "没有认捐 P9"),
        ("冲正认捐 P1", "没有能冲正的账"),
        ("冲正认捐", "请写编号和原因"),
        ("退款 P1 0.001 原因", "细到分"),
    ],
)
async def test_what_cannot_be_noted_is_said_and_changes_nothing(chat: Dialogue, words: str, answer: str) -> None:
    await pledged(chat)
    assert answer in await say(chat, KEEPER, words)
    assert await sums(chat, 1) == ("A1：收 0.00、支 0.00、余 0.00。", 0)


async def test_only_who_keeps_the_books_notes_and_lists(chat: Dialogue) -> None:
    await pledged(chat)
    for words in ("到账 P1", "认捐情况", "冲正认捐 P1 错了"):
        assert "需要组织委员或书记" in await say(chat, "吴芳", words)
    assert await chat.group(KEEPER, "到账") == []
    assert await chat.group(KEEPER, "认捐情况") == []
    assert "没有待到账" not in await say(chat, KEEPER, "认捐情况")
    assert chat.in_group(await chat.group(KEEPER, "到账 P1")) == []


async def test_a_receipt_is_undone_by_an_entry(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, KEEPER, "到账 P1 60")
    await say(chat, KEEPER, "到账 P1 40")
    seen = await chat.private(KEEPER, "撤销")
    assert chat.to(KEEPER, seen) == ["P1 那笔到账冲正了。"]
    assert "P1 上一笔 40.00 元记错了，已经冲正" in chat.to("李小山", seen)[0]
    assert await sums(chat, 1) == ("A1：收 60.00、支 0.00、余 60.00。", 60_00)
    assert "P1 到账" in await say(chat, KEEPER, "到账 P1 40")


async def test_a_card_is_answered_by_received(chat: Dialogue) -> None:
    await pledged(chat)
    await chat.private("李小山", "钱已经转给书记了")
    seen = await chat.press(KEEPER, "到账")
    assert "P1 到账，共 100.00 元" in chat.to(KEEPER, seen)[0]
    assert "这个按钮已经用过" in await press(chat, SECRETARY, "到账")


async def test_a_card_is_answered_by_not_here(chat: Dialogue) -> None:
    await pledged(chat)
    await chat.private("李小山", "钱已经转给书记了")
    seen = await chat.press(KEEPER, "没到")
    assert "已告诉他还没看到" in chat.to(KEEPER, seen)[0]
    assert "核对的同志还没看到" in chat.to("李小山", seen)[0]


async def test_a_card_is_answered_by_another_amount(chat: Dialogue) -> None:
    await pledged(chat)
    await chat.private("李小山", "钱已经转给书记了")
    assert "实际到账多少元" in await press(chat, KEEPER, "金额不对")
    assert "请写上金额" in await say(chat, KEEPER, "不清楚")
    assert "共 80.00 元。还差 20.00 元" in await say(chat, KEEPER, "八十块")
    await chat.private("李小山", "钱已经转给书记了")
    await press(chat, KEEPER, "金额不对")
    assert await say(chat, KEEPER, "先不记") == "好，先不记。"


async def test_the_cards_of_others_stay_until_something_is_booked(chat: Dialogue) -> None:
    await pledged(chat)
    await chat.private("李小山", "钱已经转给书记了")
    await press(chat, KEEPER, "金额不对")
    assert "多出来的也一起记" in await say(chat, KEEPER, "150")
    assert await say(chat, KEEPER, "不") == "好，先不记。"
    assert "P1 到账，共 100.00 元" in await press(chat, SECRETARY, "到账")


async def test_a_receipt_that_is_typed_ends_the_cards(chat: Dialogue) -> None:
    await pledged(chat)
    await chat.private("李小山", "钱已经转给书记了")
    await say(chat, KEEPER, "到账 P1 60")
    assert "用过或过期" in await press(chat, SECRETARY, "没到")


async def test_who_alone_keeps_the_books_cannot_have_their_own_looked_at(chat: Dialogue) -> None:
    await pledged(chat, SECRETARY)
    await say(chat, SECRETARY, f"免去 {KEEPER} 组织委员")
    assert "请书记任命一位组织委员" in await say(chat, SECRETARY, "钱已经转了")


async def test_a_gift_is_given_back_by_an_entry_with_a_reason(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, KEEPER, "到账 P1")
    assert "请写上原因" in await say(chat, KEEPER, "退款 P1")
    seen = await chat.private(KEEPER, "退款 P1 他多转了100元")
    assert "P1 退了" in chat.to(KEEPER, seen)[0]
    assert "P1 退给您 100.00 元" in chat.to("李小山", seen)[0]
    assert await sums(chat, 1) == ("A1：收 0.00、支 0.00、余 0.00。", 0)
    assert "P1：A1 100.00 元，已退款" in await say(chat, "李小山", "我的认捐")
    assert "冲正了" in await say(chat, KEEPER, "冲正 P1 退错人了")
    assert (await sums(chat, 1))[1] == 100_00


async def test_a_correction_asks_for_its_reason(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, KEEPER, "到账 P1")
    for words in ("冲正认捐 P1", "冲正 P1"):
        assert await say(chat, KEEPER, words) == "请写上原因：冲正认捐 P1 原因。"
    assert (await sums(chat, 1))[1] == 100_00
    assert "冲正了" in await say(chat, KEEPER, "冲正认捐 P1 记错了")


async def test_a_part_is_given_back(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, KEEPER, "到账 P1 60")
    assert "退了" in await say(chat, KEEPER, "退款 P1 20 多转了")
    assert await sums(chat, 1) == ("A1：收 40.00、支 0.00、余 40.00。", 40_00)
    assert "退不了 100.00 元" in await say(chat, KEEPER, "退款 P1 100 多转了")
    assert "冲正了" in await say(chat, KEEPER, "冲正认捐 P1 没退")
    assert "P1：A1 100.00 元，待到账（2026-03-10），已到 60.00 元" in await say(chat, "李小山", "我的认捐")


async def test_a_giver_asks_for_it_back_and_the_keeper_decides(chat: Dialogue) -> None:
    await pledged(chat)
    assert "没有收到过钱" in await say(chat, "李小山", "退款 P1")
    await say(chat, KEEPER, "到账 P1")
    assert "没有您的认捐 P1" in await say(chat, "吴芳", "退款 P1")
    seen = await chat.private("李小山", "退款 P1 我老婆住院了")
    assert "已请记账的同志办" in chat.to("李小山", seen)[0]
    assert chat.to(KEEPER, seen) == ["李小山想退 P1（A1 100.00 元）。"]
    kept = await chat.in_branch(lambda work: work.questions.of_kind("refund_card"))
    assert [each.data for each in kept] == [{"number": 1}, {"number": 1}]
    assert "没有退" in await press(chat, KEEPER, "不退")
    assert "用过或过期" in await press(chat, SECRETARY, "退")
    await chat.private("李小山", "退款 P1")
    assert "P1 退了" in await press(chat, KEEPER, "退")
    assert (await sums(chat, 1))[1] == 0


async def test_a_member_who_was_removed_with_money_open_is_decided_by_number(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, SECRETARY, "移除 李小山")
    await say(chat, SECRETARY, "对")
    assert "P1" in await say(chat, KEEPER, "认捐情况")
    assert "P1 到账" in await say(chat, KEEPER, "到账 P1 60")
    await chat.days_pass(31)
    assert "已离开的同志" in await say(chat, KEEPER, "认捐情况")
    assert "P1 到账" in await say(chat, KEEPER, "到账 P1 40")
    assert "退了" in await say(chat, KEEPER, "退款 P1 联系到本人")
    assert await sums(chat, 1) == ("A1：收 0.00、支 0.00、余 0.00。", 0)


async def test_money_on_its_way_when_the_appeal_closed_is_noted_and_a_withdrawn_pledge_is_not(chat: Dialogue) -> None:
    await pledged(chat)
    await say(chat, "吴芳", "认捐 A1 50")
    await give(chat, "周海", "A1", 30)
    await say(chat, "吴芳", "撤回认捐 P2")
    await close(chat, 1)
    await chat.pass_time(days=1)
    assert "P1：A1 100.00 元，不用给了" in await say(chat, "李小山", "我的认捐")
    assert "P1 到账" in await say(chat, KEEPER, "到账 P1")
    assert "P2 已撤回，不能记到账" in await say(chat, KEEPER, "到账 P2")
    assert "冲正了" in await say(chat, KEEPER, "冲正 P1 记错")
    assert "P1：A1 100.00 元，不用给了" in await say(chat, "李小山", "我的认捐")
    assert (await sums(chat, 1))[1] == 30_00
