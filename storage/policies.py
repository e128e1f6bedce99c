"""What a branch decided for itself: from when on, why, and by whom. Nothing is changed; a decision is followed by another."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_ledger import policy
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Policy:
    """One decision of a branch."""

    name: str
    value: Any
    effective_from: date
    reason: str
    set_by: MemberId | None
    at: datetime


_NEWEST = (
    select(policy)
    .where(policy.c.branch_id == bindparam("branch"), policy.c.name == bindparam("of"), policy.c.effective_from <= bindparam("day"))
    .order_by(policy.c.effective_from.desc(), policy.c.at.desc(), policy.c.id.desc())
    .limit(1)
)


class Policies:
    """The decisions of this branch, by name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def get(self, name: str, day: date) -> Policy | None:
        """What holds on a day: the decision that took effect last, the one made last if several did on one day; None if there is none."""
        rows = await self._work.rows(_NEWEST, {"branch": self._work.branch_id, "of": name, "day": day})
        return fields(Policy)(rows[0]) if rows else None

    async def history(self, name: str) -> list[Policy]:
        """Every decision of a name, the oldest first."""
        where = (policy.c.branch_id == self._work.branch_id, policy.c.name == name)
        listed = select(policy).where(*where).order_by(policy.c.effective_from, policy.c.at, policy.c.id)
        return [fields(Policy)(row) for row in await self._work.rows(listed)]

    def put(self, name: str, value: Any, *, effective_from: date, reason: str = "", set_by: MemberId | None = None) -> None:
        """Note a decision. `value` is plain data that JSON can hold; None says that the usual rule holds again."""
        values = {"name": name, "value": value, "effective_from": effective_from, "reason": reason, "set_by": set_by}
        self._work.insert(policy, id=self._work.new_id(), branch_id=self._work.branch_id, at=self._work.now, **values)
