"""A row of the ledger that was changed long ago is found at night, and by whoever recomputes everything."""

from sqlalchemy import update

from bot.permissions import OPERATOR
from bot.services import ledgers
from bot.services.ledgers import Book
from storage.ledger import Fault, Line
from storage.tables_ledger import ledger_line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _pay(work: UnitOfWork) -> None:
    await work.ledger.append("dues", "paid", [Line("custody", 2000), Line("dues", -2000)], actor=None)


async def _asked(chat: Dialogue) -> str:
    return chat.to("李小山", await chat.private("李小山", "验账"))[0]


async def test_what_was_changed_before_the_last_audit_is_found_at_night_and_then_told_to_everybody(chat: Dialogue) -> None:
    await chat.in_branch(_pay)
    assert "党费：1 笔，账平" in await _asked(chat)
    await chat.in_branch(lambda work: work.change(update(ledger_line).where(ledger_line.c.fen > 0).values(fen=3000)))
    await chat.in_branch(_pay)
    assert "党费：2 笔，账平" in await _asked(chat)
    whole = await chat.in_branch(ledgers.audit, OPERATOR, Book.DUES)
    assert whole.faults[0] == Fault(1, "altered")
    told = chat.to("王秀英", await chat.days_pass(1))
    assert any(text.startswith("夜里把党费的账从头算了一遍，第 1 笔起对不上。") for text in told)
    assert "党费：第 1 笔对不上" in await _asked(chat)


async def test_a_missing_end_is_found_at_once_and_sound_books_are_not_spoken_of(chat: Dialogue) -> None:
    await chat.in_branch(_pay)
    assert "党费：1 笔，账平" in await _asked(chat)
    assert not any("从头算了一遍" in text for text in chat.to("王秀英", await chat.days_pass(1)))
    await chat.in_branch(_pay)
    await chat.in_branch(lambda work: work.change(update(ledger_line).where(ledger_line.c.fen > 0).values(fen=3000)))
    assert "党费：第 2 笔对不上" in await _asked(chat)
