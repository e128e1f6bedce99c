"""党费结账, as who keeps the dues meets it."""

from datetime import UTC, datetime

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess, claims, pay, said

KEEPER = "赵国强"
APRIL = datetime(2026, 4, 2, 2, tzinfo=UTC)


async def _march(chat: Dialogue) -> None:
    """Two people paid in March, one of them large dues; then it is April."""
    for person in ("李小山", "周海"):
        await assess(chat, person)
    await pay(chat, "李小山", "2026-01", "2026-02", "2026-03")
    await pay(chat, "周海", "2026-03")
    await pay(chat, "周海", fen=150_000, kind="large")
    chat.now = APRIL


async def test_a_month_is_shown_first_then_closed_with_papers(chat: Dialogue) -> None:
    await _march(chat)
    seen = await chat.private(KEEPER, "党费结账 3月")
    totals, sure = chat.to(KEEPER, seen)
    for part in (
        "3月里记账的党费 80 元，2 人交（含补交、预交别的月份的）。",
        "其中：按月交的 80 元，自愿多交 0 元，冲正扣掉 0 元。",
        "大额党费另计：1500 元。",
        "月末在组织委员手里：1580 元。账本校验码 ",
        "没核定的 4 人",
    ):
        assert part in totals
    assert sure == "这样结账吗？结了以后，更正记在以后的月份。"
    seen = await chat.press(KEEPER, "结账")
    assert [each.raw["file"]["name"] for each in seen] == ["dues-2026-03.pdf", "dues-2026-03.xlsx"]
    assert chat.in_group(seen) == []
    closing = await chat.in_branch(lambda work: work.dues_closings.of("2026-03"))
    assert (closing.totals["months"], closing.totals["large"], closing.totals["payers"], closing.totals["custody"]) == (
        8000,
        150_000,
        2,
        158_000,
    )
    seen = await chat.private(KEEPER, "党费结账 3月")
    assert chat.to(KEEPER, seen)[0].startswith("3月已经结过账了（2026-04-02）。")
    assert [each.raw["file"]["name"] for each in seen if each.raw["file"]] == ["dues-2026-03.pdf", "dues-2026-03.xlsx"]


async def test_claims_that_wait_are_decided_first(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for month in ("2026-01", "2026-02"):
        await claims(chat, "周海", month)
    chat.now = APRIL
    told = await said(chat, KEEPER, "党费结账 3月")
    assert told == "3月还不能结：C1、C2还没核对。请先确认、更正或退回，再结账。"
    assert await chat.in_branch(lambda work: work.dues_closings.of("2026-03")) is None


async def test_a_month_that_runs_cannot_be_closed_and_without_a_month_it_is_the_last(chat: Dialogue) -> None:
    assert await said(chat, KEEPER, "党费结账 3月") == "3月还没过完，2026-04-01 起可以结。"
    assert "2月里记账的党费 0 元" in await said(chat, KEEPER, "党费结账")
    assert await said(chat, KEEPER, "不结") == "好，先不结。"
    assert "一次一个月" in await said(chat, KEEPER, "党费结账 1-2月")
    assert "还没到" in await said(chat, KEEPER, "党费结账 5月")


async def test_a_closing_is_undone_within_ten_minutes(chat: Dialogue) -> None:
    await _march(chat)
    await chat.private(KEEPER, "党费结账 3月")
    await chat.private(KEEPER, "结账")
    assert await said(chat, KEEPER, "撤销") == "好，3月的结账撤回了。"
    assert await chat.in_branch(lambda work: work.dues_closings.of("2026-03")) is None


async def test_two_who_close_at_once_close_once(chat: Dialogue) -> None:
    await _march(chat)
    await chat.private(KEEPER, "党费结账 3月")
    await chat.private("王秀英", "党费结账 3月")
    await chat.private(KEEPER, "结账")
    assert chat.to("王秀英", await chat.private("王秀英", "结账")) == ["3月已经结过账了（2026-04-02）。"]


async def test_what_is_corrected_after_a_closing_is_booked_in_the_open_month(chat: Dialogue) -> None:
    await _march(chat)
    await chat.private(KEEPER, "党费结账 3月")
    await chat.private(KEEPER, "结账")

    async def reverse(work: UnitOfWork) -> None:
        first = await work.ledger.entry("dues", 1)
        assert first
        lines = [type(line)(line.account, -line.fen, line.member_id, line.month) for line in first.lines]
        await work.ledger.append("dues", "reversal", lines, actor=None, reverses=1, ref=first.ref)

    await chat.in_branch(reverse)
    assert "3月里记账的党费 80 元" in await said(chat, KEEPER, "党费结账 3月")
    chat.now = datetime(2026, 5, 2, 2, tzinfo=UTC)
    told = await said(chat, KEEPER, "党费结账 4月")
    assert "4月里记账的党费 -60 元，0 人交" in told
    assert "冲正扣掉 60 元" in told
    seen = await chat.press(KEEPER, "结账")
    assert [each.raw["file"]["name"] for each in seen] == ["dues-2026-04.pdf", "dues-2026-04.xlsx"]


async def test_members_do_not_close(chat: Dialogue) -> None:
    assert "组织委员" in await said(chat, "李小山", "党费结账 2月")
    assert chat.in_group(await chat.group(KEEPER, "@支部机器人 党费结账 2月")) == []


async def test_the_oldest_open_month_is_closed_first_and_only_the_last_deed_is_taken_back(chat: Dialogue) -> None:
    await _march(chat)
    chat.now = datetime(2026, 5, 6, 2, tzinfo=UTC)
    assert "3月里记账的党费 80 元" in await said(chat, KEEPER, "月结")
    await chat.private(KEEPER, "结账")
    assert "4月里记账的党费 0 元" in await said(chat, KEEPER, "结账")
    await chat.private(KEEPER, "不结")
    assert "已经结过账了" in await said(chat, KEEPER, "结3月的账")
    assert await said(chat, KEEPER, "撤销结账") == "好，3月的结账撤回了。"
    assert "十分钟内" in await said(chat, KEEPER, "撤销结账")
    for text in ("月结", "结账", "撤销结账"):
        assert await chat.group(KEEPER, text) == []


async def test_before_anything_was_booked_the_last_month_is_shown(chat: Dialogue) -> None:
    assert "2月里记账的党费 0 元" in await said(chat, KEEPER, "月结")
