"""What the dialogues about dues begin with: people who are assessed, said and seen."""

from typing import Any

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

KEEPER, SECRETARY = "赵国强", "王秀英"


async def said(chat: Dialogue, person: str, text: str) -> str:
    """What a person sees in private after saying something, on one line."""
    return "｜".join(chat.to(person, await chat.private(person, text)))


async def assess(chat: Dialogue, person: str, fen: int | None = 2000, since: str = "2026-01", **values: Any) -> None:
    """Somebody pays so much a month."""

    async def add(work: UnitOfWork) -> None:
        usual = {"category": "salaried", "article": "第二条", **values}
        await work.dues_assessments.add(chat.members[person], effective_from=since, monthly_fen=fen, **usual)

    await chat.in_branch(add)


async def claims(chat: Dialogue) -> list[tuple[int, str, str, int, list[str]]]:
    """Every claim: number, state, kind, fen, months."""
    states = ("waiting", "with_a_person", "confirmed", "declined", "withdrawn", "reversed")
    found = await chat.in_branch(lambda work: work.dues_claims.of_state(states))
    return [(each.number, each.state, each.kind, each.fen, each.named) for each in found]


async def balance(chat: Dialogue, account: str) -> int:
    """The balance of an account of the dues ledger, in fen."""
    return int(await chat.in_branch(lambda work: work.ledger.sum("dues", account)))
