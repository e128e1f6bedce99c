"""验账, as people meet it."""

from sqlalchemy import update

from storage.ledger import Line
from storage.tables_ledger import ledger_line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _pay(work: UnitOfWork) -> None:
    await work.ledger.append("dues", "paid", [Line("custody", 2000), Line("dues", -2000)], actor=None)


async def test_empty_and_sound_books_are_told_to_anybody(chat: Dialogue) -> None:
    assert "党费：还没有账。" in chat.to("李小山", await chat.private("李小山", "验账"))[0]
    await chat.in_branch(_pay)
    told = chat.to("李小山", await chat.private("李小山", "验账"))[0]
    assert "党费：1 笔，账平，没有被改过，校验码 " in told
    assert "机器人不收钱" in told


async def test_a_tampered_row_is_named(chat: Dialogue) -> None:
    await chat.in_branch(_pay)
    await chat.in_branch(lambda work: work.change(update(ledger_line).where(ledger_line.c.fen > 0).values(fen=3000)))
    assert "党费：第 1 笔对不上" in chat.to("李小山", await chat.private("李小山", "验账"))[0]
    assert await chat.group("李小山", "验账") == []
