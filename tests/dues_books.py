"""A branch whose dues are in some state: what tests of keeping dues begin with."""

from typing import Any

from bot.services import browser_chat
from storage.keys import MemberId
from storage.ledger import Line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def assess(chat: Dialogue, person: str, fen: int | None = 2000, since: str = "2026-01", **more: Any) -> None:
    """A member pays so much from a month on."""
    values: dict[str, Any] = {"category": "salaried", "article": "第二条", **more}

    async def fill(work: UnitOfWork) -> None:
        await work.dues_assessments.add(chat.members[person], effective_from=since, monthly_fen=fen, **values)

    await chat.in_branch(fill)


async def pay(chat: Dialogue, person: str, *months: str, fen: int = 2000, kind: str = "months") -> str:
    """A claim that was confirmed, with its entry and receipt; answers the receipt."""
    return str(await chat.in_branch(book, chat.members[person], months, fen, kind, chat.members["赵国强"]))


async def book(work: UnitOfWork, member: MemberId, months: tuple[str, ...], fen: int, kind: str, keeper: MemberId) -> str:
    """The same, in a transaction of one's own."""
    receipt = await work.dues_claims.next_receipt(work.now.year)
    total = fen * max(1, len(months))
    account = "large" if kind == "large" else "dues"
    sides = [Line(account, -fen, member, month) for month in months] or [Line(account, -fen, member)]
    entry = await work.ledger.append("dues", "paid", [Line("custody", total), *sides], actor=keeper, subject=member, ref=receipt)
    await claim(work, member, months, fen, kind=kind, state="confirmed", receipt=receipt, decided_by=keeper, decided_at=work.now)
    assert entry.ref == receipt
    return receipt


async def claim(work: UnitOfWork, member: MemberId, months: tuple[str, ...], fen: int = 2000, **more: Any) -> None:
    """What a member says they paid."""
    values = {"claimed_by": member, "payer": "self", "kind": "months", "state": "waiting", "flags": [], **more}
    await work.dues_claims.add(member, months=[[month, fen] for month in months], fen=fen * max(1, len(months)), **values)


async def claims(chat: Dialogue, person: str, *months: str) -> None:
    """A claim that waits for the keeper."""
    await chat.in_branch(claim, chat.members[person], months)


async def said(chat: Dialogue, person: str, text: str) -> str:
    """What a person is answered in private, all pages of it."""
    seen = await chat.private(person, text)
    texts = chat.to(person, seen)
    while any("下一页" in each.buttons for each in seen[-2:]):
        seen = await chat.press(person, "下一页")
        texts += chat.to(person, seen)
    return "\n".join(texts)


async def names_in_group(chat: Dialogue) -> list[str]:
    """What the group was ever told that names somebody of the branch."""
    told = [each["text"]["zh"] for each in chat.shown if each["chat"] == chat.group_id() and each["from"]["id"] == "bot"]
    return [text for text in told if any(name in text for name in chat.members)]


def told_since(chat: Dialogue, before: int, person: str) -> list[str]:
    """What the bot told a person in private since so many messages had been shown."""
    private = browser_chat.private_chat(person)
    return [each["text"]["zh"] for each in chat.shown[before:] if each["chat"] == private and each["from"]["id"] == "bot"]
