"""A branch with an appeal that asks for money, for the dialogues about the care fund."""

from typing import Any

from bot.services import fund
from bot.services.ledgers import Book
from storage.ledger import faults
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY, KEEPER = "王秀英", "赵国强"


async def appeal(chat: Dialogue, asker: str = "周海", **values: Any) -> int:
    """An appeal in the group that asks for money; answers its number."""

    async def add(work: UnitOfWork) -> int:
        known = {"money": True, "posted_at": work.now, "public_text": "一位同志家中遇到困难。", **values}
        return (await work.appeals.add(chat.members[asker], known.pop("state", "open"), **known)).number

    return int(await chat.in_branch(add))


async def close(chat: Dialogue, number: int, state: str = "closed") -> None:
    """The appeal ends."""

    async def end(work: UnitOfWork) -> None:
        found = await work.appeals.numbered(number)
        assert found
        work.appeals.change(found, state=state, closed_at=work.now)

    await chat.in_branch(end)


async def say(chat: Dialogue, person: str, text: str) -> str:
    """What a person is told in private after saying something there."""
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def press(chat: Dialogue, person: str, label: str) -> str:
    """What a person is told in private after pressing a button."""
    return "\n".join(chat.to(person, await chat.press(person, label)))


async def give(chat: Dialogue, person: str, case: str, amount: int) -> None:
    """Somebody's pledge comes: the secretary confirms the keeper's own, the keeper everybody else's."""
    told = await say(chat, person, f"认捐 {case} {amount}")
    number = told[told.index("P") : told.index("，")]
    await say(chat, SECRETARY if person == KEEPER else KEEPER, f"到账 {number}")


async def sums(chat: Dialogue, case: int | None = None) -> tuple[str, int]:
    """How a case stands in words and the cash of the whole fund; the book is sound and nothing is in the other."""

    async def look(work: UnitOfWork) -> tuple[str, int]:
        entries = await work.ledger.entries(Book.FUND.value)
        assert list(faults(work.branch_id, entries, await work.ledger.head(Book.FUND.value))) == []
        assert await work.ledger.entries(Book.DUES.value) == []
        return fund.told(await fund.sheet(work, case)).zh, await work.ledger.sum(Book.FUND.value, fund.CASH)

    told, cash = await chat.in_branch(look)
    return str(told), int(cash)
