"""What members say they have paid, and what the dues keepers made of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_dues import dues_claim
from storage.tables_ledger import ledger_entry
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `months` are pairs of a month (YYYY-MM) and its fen; states, kinds and flags are those of `bot.services.dues_standing`."""

    id: int
    number: int
    member_id: MemberId
    claimed_by: MemberId | None
    payer: str
    kind: str
    months: list[list[Any]]
    fen: int
    state: str
    flags: list[str]
    receipt: str | None
    reason: str
    at: datetime
    decided_at: datetime | None = None
    decided_by: MemberId | None = None
    entry_number: int | None = None

    @property
    def named(self) -> list[str]:
        """The months that it is for."""
        return [month for month, _ in self.months]


_BY_NUMBER: Keyed[tuple[BranchId, int], Claim] = Keyed(select(dues_claim), [dues_claim.c.branch_id, dues_claim.c.number], fields(Claim))


class DuesClaims:
    """The claims of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Claim] = SealedRows(work, dues_claim)
        self._by_number: OfBranch[int, Claim] = OfBranch(work, _BY_NUMBER, self._rows.opened)

    async def numbered(self, number: int) -> Claim | None:
        """The claim of a number."""
        return await self._by_number.get(number)

    async def of_receipt(self, receipt: str) -> Claim | None:
        """The claim that a receipt was given for."""
        found = await self._listed(dues_claim.c.receipt == receipt)
        return found[-1] if found else None

    async def of(self, member_id: MemberId) -> list[Claim]:
        """A member's claims, the oldest first, whoever made them."""
        return await self._listed(dues_claim.c.member_id == member_id)

    async def of_state(self, states: Collection[str], members: Sequence[MemberId] | None = None) -> list[Claim]:
        """The claims in some states, of some members or of everybody, the oldest first."""
        where = [dues_claim.c.state.in_(states)]
        if members is not None:
            where.append(dues_claim.c.member_id.in_(members))
        return await self._listed(*where)

    async def _listed(self, *conditions: Any) -> list[Claim]:
        where = (dues_claim.c.branch_id == self._work.branch_id, *conditions)
        found = [
            self._rows.opened(fields(Claim)(row))
            for row in await self._work.rows(select(dues_claim).where(*where).order_by(dues_claim.c.number))
        ]
        for each in found:
            self._by_number.put(each.number, each)
        return found

    async def add(self, member_id: MemberId, **values: Any) -> Claim:
        """Note a claim under the branch's next number."""
        highest = select(func.coalesce(func.max(dues_claim.c.number), 0)).where(dues_claim.c.branch_id == self._work.branch_id)
        number = int((await self._work.rows(highest))[0][0]) + 1
        usual = {"receipt": None, "reason": "", "at": self._work.now}
        made = Claim(id=self._work.new_id(), number=number, member_id=member_id, **{**usual, **values})
        row = {name: getattr(made, name) for name in Claim.__dataclass_fields__}
        self._work.about_money = True
        self._work.insert(dues_claim, **self._rows.sealed(made.id, row), branch_id=self._work.branch_id)
        self._by_number.put(number, made)
        return made

    def change(self, changed: Claim, **values: Any) -> Claim:
        """Change fields of a claim; answers what it is now."""
        self._work.about_money = True
        self._work.update(dues_claim, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        current = replace(changed, **values)
        self._by_number.put(current.number, current)
        return current

    async def next_receipt(self, year: int) -> str:
        """The next receipt of a year, as the ledger has them: it outlives claims, so no receipt is given twice."""
        head = f"D-{year}-"
        where = (ledger_entry.c.branch_id == self._work.branch_id, ledger_entry.c.book == "dues", ledger_entry.c.ref.startswith(head))
        longest = func.length(ledger_entry.c.ref)
        newest = select(ledger_entry.c.ref).where(*where).order_by(longest.desc(), ledger_entry.c.ref.desc()).limit(1)
        rows = await self._work.rows(newest)
        return f"{head}{int(rows[0].ref.removeprefix(head)) + 1 if rows else 1:04}"
