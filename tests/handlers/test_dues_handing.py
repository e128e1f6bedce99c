"""上缴, as who keeps the dues meets it."""

import pytest

from bot.services import ledgers
from bot.services.ledgers import Book
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import pay, said

KEEPER = "赵国强"


async def _held(chat: Dialogue) -> int:
    return int(await chat.in_branch(lambda work: work.ledger.sum("dues", "custody")))


async def test_what_was_handed_upward_is_booked_after_a_yes(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01", "2026-02")
    seen = await chat.private(KEEPER, "上缴 2月 30")
    assert chat.to(KEEPER, seen) == ["记上缴：2月党费 30 元，对吗？（钱由您交，我只记账）"]
    assert await _held(chat) == 4000
    assert "账本第 2 笔）。手里还有党费 10 元" in await said(chat, KEEPER, "对")
    assert await _held(chat) == 1000

    async def audit(work: UnitOfWork) -> ledgers.Audit:
        member = await work.members.get(chat.members[KEEPER])
        assert member
        return await ledgers.audit(work, actor_of(member), Book.DUES)

    assert (await chat.in_branch(audit)).faults == ()


async def test_no_more_than_is_held_can_be_handed_upward(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01")
    assert await said(chat, KEEPER, "上缴 2月 20.01") == "手里党费只有 20 元，不能上缴 20.01 元。请核对一下，没有记。"
    await chat.private(KEEPER, "上缴 2月 20")
    await chat.private("王秀英", "上缴 2月 20")
    assert "账本第 2 笔" in await said(chat, KEEPER, "对")
    assert "手里党费只有 0 元" in await said(chat, "王秀英", "对")
    assert await _held(chat) == 0


async def test_large_dues_are_held_and_handed_apart(chat: Dialogue) -> None:
    await pay(chat, "李小山", fen=150_000, kind="large")
    assert "手里党费只有 0 元" in await said(chat, KEEPER, "上缴 3月 100")
    assert "记上缴：3月大额党费 1500 元" in await said(chat, KEEPER, "上缴 大额 3月 1500")
    await chat.private(KEEPER, "记上")
    assert "手里大额党费只有 0 元" in await said(chat, KEEPER, "上缴 大额 3月 1")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "请写月份和金额"),
        ("3月", "请写月份和金额"),
        ("560", "请写月份和金额"),
        ("13月 10", "请写月份和金额"),
        ("1-2月 10", "请写月份和金额"),
        ("3月 10元 20元", "请写月份和金额"),
        ("4月 10", "4月还没到。"),
        ("2月 -10", "不能是负数"),
        ("2月 0", "不能是 0"),
        ("2月 99999999", "太大了"),
        ("2月 ５元", "手里党费只有 0 元"),
    ],
)
async def test_what_is_unclear_or_impossible_is_said_and_books_nothing(chat: Dialogue, words: str, answer: str) -> None:
    assert answer in await said(chat, KEEPER, f"上缴 {words}")
    assert await chat.in_branch(lambda work: work.ledger.entries("dues")) == []


async def test_a_mistake_is_undone_or_reversed_by_an_entry(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01")
    await chat.private(KEEPER, "上缴 2月 20")
    await chat.private(KEEPER, "对")
    assert "账本第 3 笔" in await said(chat, KEEPER, "撤销")
    assert await _held(chat) == 2000
    assert await said(chat, KEEPER, "冲正上缴 2月 写错了") == "2月没有能冲正的上缴。"
    await chat.private(KEEPER, "上缴 2月 15")
    await chat.private(KEEPER, "对")
    assert "请写上原因" in await said(chat, KEEPER, "冲正上缴 2月")
    assert "请写上原因" in await said(chat, KEEPER, "冲正上缴 13月 写错了")
    assert "那笔上缴冲正了（账本第 5 笔）" in await said(chat, KEEPER, "冲正上缴 2月 数目写错了")
    assert await _held(chat) == 2000
    assert await said(chat, KEEPER, "撤销") == "那笔上缴冲正了，这一步撤不回来。其实缴了，重新发“上缴 …”。"
    assert await chat.in_branch(_reason) == "数目写错了"


async def _reason(work: UnitOfWork) -> str:
    return str((await work.ledger.entries("dues"))[-1].memo["reason"])


async def test_saying_no_books_nothing_and_members_do_not_hand_up(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01")
    await chat.private(KEEPER, "上缴 2月 20")
    assert await said(chat, KEEPER, "不对") == "好，没有记。"
    assert await _held(chat) == 2000
    assert "组织委员" in await said(chat, "李小山", "上缴 2月 20")
    assert await chat.group(KEEPER, "上缴 2月 20") == []


async def test_the_other_word_for_handing_up_is_known(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01", "2026-02")
    assert "记上缴：2月党费 30 元，对吗" in await said(chat, KEEPER, "上交 2月 30")
    assert await chat.group(KEEPER, "上交 2月 30") == []
