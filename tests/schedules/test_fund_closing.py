"""What becomes of the money when an appeal is over."""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.permissions import Actor, ActorKind
from bot.services import fund, fund_closing
from storage.unit_of_work import UnitOfWork
from tests.care_fund import KEEPER, SECRETARY, appeal, close, give, say, sums
from tests.dialogue import Dialogue


async def _day(chat: Dialogue) -> dict[str, str]:
    """What each heard within a day."""
    seen = await chat.pass_time(days=1)
    told = {person: "\n".join(chat.to(person, seen)) for person in chat.members}
    return told | {"group": "\n".join(chat.in_group(seen))}


async def test_open_promises_end_givers_hear_what_is_left_and_after_a_week_it_goes_to_the_fund(chat: Dialogue) -> None:
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await say(chat, "吴芳", "认捐 A1 50")
    await close(chat, 1)
    told = await _day(chat)
    assert told["吴芳"] == "A1 已经结束，您认捐的 50.00 元（P2）不用给了。谢谢您。"
    assert "还余 100.00 元。7 天后转入爱心基金" in told["李小山"]
    assert told["group"].startswith("A1：收 100.00、支 0.00、余 100.00。求助已结束，谢谢大家。账目校验码")
    assert "李小山" not in told["group"]
    assert (await _day(chat))["group"] == ""
    await chat.days_pass(6)
    assert await sums(chat, None) == ("爱心基金：收 100.00、支 0.00、余 100.00。", 100_00)
    assert await sums(chat, 1) == ("A1：收 100.00、支 0.00、余 0.00。", 100_00)
    assert "A1 已经结清，余款转入爱心基金了" in await say(chat, KEEPER, "退款 P1 想退")
    assert "余款转入总账 100.00" in await say(chat, "周海", "爱心基金 A1")
    await chat.days_pass(3)
    assert await sums(chat, None) == ("爱心基金：收 100.00、支 0.00、余 100.00。", 100_00)


async def test_within_the_week_a_giver_gets_theirs_back(chat: Dialogue) -> None:
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await give(chat, "吴芳", "A1", 60)
    await close(chat, 1, "expired")
    await chat.days_pass(1)
    seen = await chat.private(KEEPER, "退款 P1 本人要求")
    posted = [(each.edited, each.text[:30]) for each in seen if each.chat == chat.group_id()]
    assert posted == [(True, "A1：收 60.00、支 0.00、余 60.00。求助已结")]
    await chat.days_pass(8)
    assert await sums(chat, None) == ("爱心基金：收 60.00、支 0.00、余 60.00。", 60_00)


async def test_it_waits_for_what_is_still_to_be_paid(chat: Dialogue) -> None:
    for person in ("何春梅", "罗建民"):
        await chat.join(person, "member", "committee")
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await say(chat, SECRETARY, "付 100 A1")
    await close(chat, 1)
    assert (await _day(chat))["group"] == ""
    for person in ("何春梅", "罗建民"):
        await say(chat, person, "批准 B1")
    await say(chat, KEEPER, "已付 B1")
    told = await _day(chat)
    assert told["group"].startswith("A1：收 100.00、支 100.00、余 0.00。求助已结束")
    assert told["李小山"] == ""
    await say(chat, KEEPER, "冲正 B1 没付成")
    assert (await _day(chat))["group"] == ""
    await say(chat, SECRETARY, "取消付款 B1")
    await chat.days_pass(8)
    assert await sums(chat, None) == ("爱心基金：收 100.00、支 0.00、余 100.00。", 100_00)


async def test_an_appeal_that_got_nothing_is_closed_in_silence(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 50")
    await close(chat, 1, "withdrawn")
    told = await _day(chat)
    assert told["group"] == ""
    assert "不用给了" in told["李小山"]
    assert "撤回" not in (await _day(chat))["李小山"]


async def test_who_asked_for_theirs_in_time_is_answered_first(chat: Dialogue) -> None:
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await close(chat, 1)
    await chat.days_pass(1)
    await say(chat, "李小山", "退款 P1 家里急用")
    await chat.days_pass(9)
    assert (await sums(chat, 1))[0] == "A1：收 100.00、支 0.00、余 100.00。"
    assert "P1 退了" in "".join(chat.to(KEEPER, await chat.press(KEEPER, "退")))
    await chat.days_pass(1)
    assert await sums(chat, None) == ("爱心基金：收 0.00、支 0.00、余 0.00。", 0)


async def _crowded(chat: Dialogue, givers: int) -> None:
    """An appeal that is over, with so many givers of whom each promised a second gift too."""

    async def add(work: UnitOfWork) -> None:
        asker = chat.members["周海"]
        about = await work.appeals.add(asker, "closed", money=True, posted_at=work.now, closed_at=work.now)
        for number in range(givers):
            giver = chat.members[f"捐款人{number}"]
            given = await work.pledges.add(giver, about.number, 100, anonymous=False)
            work.pledges.change(given, state="received", received_fen=100)
            await work.ledger.append("fund", fund.RECEIVED, fund.gift(100, about.number, giver), actor=None)
            await work.pledges.add(giver, about.number, 50, anonymous=False)
            await work.ledger.append("fund", fund.PROMISED, fund.promise(50, about.number, giver), actor=None)

    await chat.in_branch(add)


async def test_many_givers_take_no_more_reading_than_few_and_what_is_settled_is_left_alone(
    chat: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        await chat.join(f"捐款人{number}")
    reads: list[str] = []
    execute = Connection.execute

    def counted(connection: Connection, statement: Any, *args: Any) -> Any:
        if getattr(statement, "is_select", False):
            reads.append(str(statement))
        return execute(connection, statement, *args)

    async def run(work: UnitOfWork) -> None:
        await fund_closing.close_due(work, Actor(ActorKind.JOB, chat.branch, None, frozenset()))

    monkeypatch.setattr(Connection, "execute", counted)
    taken = []
    for givers in (5, 40):
        await _crowded(chat, givers)
        reads.clear()
        await chat.in_branch(run)
        taken.append(len(reads))
    assert taken[1] <= taken[0] + 2
    for _ in range(2):
        chat.now += fund_closing.WORD_TO_GIVERS
        await chat.in_branch(run)
    reads.clear()
    await chat.in_branch(run)
    assert not any("FROM pledge" in each for each in reads)
    assert (await sums(chat, 1))[0] == "A1：收 5.00、支 0.00、余 0.00。"
