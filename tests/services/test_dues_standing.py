"""Where dues stand, month by month."""

from typing import Any

import pytest

from bot.permissions import NotAllowed
from bot.services import dues_standing
from bot.services.dues_standing import Cell, State
from bot.services.people import actor_of
from storage.ledger import Line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

CLAIM = {"payer": "self", "kind": "months", "flags": []}


async def _assess(work: UnitOfWork, member: Any, since: str, fen: int | None, state: str = "normal", until: str | None = None) -> None:
    values = {"category": "salaried", "article": "第二条", "state": state, "until": until}
    await work.dues_assessments.add(member, effective_from=since, monthly_fen=fen, **values)


async def _cells(chat: Dialogue, person: str, first: str = "2026-01", last: str = "2026-04") -> dict[str, tuple[str, int | None]]:
    found = await chat.in_branch(dues_standing.of_member, chat.members[person], first, last)
    return {month: (cell.state.value, cell.due) for month, cell in found.cells.items()}


async def test_a_month_is_paid_claimed_due_reduced_exempt_or_not_assessed(chat: Dialogue) -> None:
    member = chat.members["周海"]

    async def fill(work: UnitOfWork) -> None:
        await _assess(work, member, "2026-01", 2000)
        await work.ledger.append("dues", "paid", [Line("custody", 2000), Line("dues", -2000, member, "2026-01")], actor=None)
        await work.dues_claims.add(member, claimed_by=member, months=[["2026-02", 2000]], fen=2000, state="waiting", **CLAIM)
        await work.dues_claims.add(member, claimed_by=member, months=[["2026-03", 2000]], fen=2000, state="with_a_person", **CLAIM)
        await _assess(work, member, "2026-04", 500, "reduced", "2026-04")
        await _assess(work, member, "2026-05", 0, "waived", "2026-05")

    await chat.in_branch(fill)
    assert await _cells(chat, "周海", "2025-12", "2026-06") == {
        "2025-12": ("not_assessed", None),
        "2026-01": ("paid", 2000),
        "2026-02": ("claimed", 2000),
        "2026-03": ("due", 2000),
        "2026-04": ("reduced", 500),
        "2026-05": ("exempt", 0),
        "2026-06": ("due", 2000),
    }
    found = await chat.in_branch(dues_standing.since_assessed, member, "2026-06")
    assert [(cell.month, cell.open) for cell in found.open] == [("2026-03", 2000), ("2026-04", 500), ("2026-06", 2000)]
    assert found.assessment.monthly_fen == 2000


async def test_a_later_assessment_goes_before_the_earlier_from_its_month_on(chat: Dialogue) -> None:
    member = chat.members["周海"]

    async def fill(work: UnitOfWork) -> None:
        await _assess(work, member, "2026-01", 2000)
        await _assess(work, member, "2026-04", 5000)
        await _assess(work, member, "2026-03", 3000)
        await _assess(work, member, "2026-02", 100, "reduced", "2026-03")
        await _assess(work, member, "2026-03", None, "reduced", "2026-03")

    await chat.in_branch(fill)
    assert [due for _, due in (await _cells(chat, "周海")).values()] == [2000, 100, 3000, 3000]
    await chat.in_branch(_assess, member, "2026-03", None)
    assert [due for _, due in (await _cells(chat, "周海")).values()] == [2000, 100, None, None]


async def test_a_reversed_month_is_due_again(chat: Dialogue) -> None:
    member = chat.members["周海"]

    async def fill(work: UnitOfWork) -> None:
        await _assess(work, member, "2026-03", 2000)
        for fen in (2000, -2000):
            await work.ledger.append("dues", "paid", [Line("custody", fen), Line("dues", -fen, member, "2026-03")], actor=None)

    await chat.in_branch(fill)
    found = await chat.in_branch(dues_standing.of_member, member, "2026-03", "2026-03")
    assert found.cells == {"2026-03": Cell("2026-03", State.DUE, 2000)}


async def test_who_was_never_assessed_shows_as_such_and_only_keepers_see_everybody(chat: Dialogue) -> None:
    found = await chat.in_branch(dues_standing.since_assessed, chat.members["吴芳"], "2026-03")
    assert [cell.state for cell in found.cells.values()] == [State.NOT_ASSESSED]
    assert found.assessment is None

    async def as_person(work: UnitOfWork, person: str) -> int:
        member = await work.members.get(chat.members[person])
        assert member is not None
        return len(await dues_standing.seen(work, actor_of(member), "2026-01", "2026-03"))

    assert await chat.in_branch(as_person, "赵国强") == 6
    with pytest.raises(NotAllowed):
        await chat.in_branch(as_person, "李小山")


async def test_receipts_run_by_year_and_outlive_their_claims(chat: Dialogue) -> None:
    async def receipts(work: UnitOfWork) -> list[str]:
        made = [await work.dues_claims.next_receipt(2026)]
        for ref in (made[0], "D-2025-9999", "D-2025-10000"):
            await work.ledger.append("dues", "paid", [Line("custody", 1), Line("dues", -1)], actor=None, ref=ref)
        return [*made, await work.dues_claims.next_receipt(2026), await work.dues_claims.next_receipt(2025)]

    assert await chat.in_branch(receipts) == ["D-2026-0001", "D-2026-0002", "D-2025-10001"]
