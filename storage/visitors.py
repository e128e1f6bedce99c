"""Accounts that are nobody's: how often they guessed a code, what they were told today, and who did not accept them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, select

from storage.keys import AccountKey, BranchId
from storage.lookups import Keyed, Lookup
from storage.records import fields
from storage.tables import account, visitor
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Visitor:
    """What is known of an unbound account."""

    wrong_codes: int = 0
    locked_until: datetime | None = None
    answered_on: date | None = None
    came_to: BranchId | None = None
    came_on: date | None = None
    told_on: date | None = None
    told: str = ""
    declined_by: BranchId | None = None
    declined_at: datetime | None = None
    campaign_id: int | None = None


_VISITORS: Keyed[AccountKey, Visitor] = Keyed(select(visitor), [visitor.c.platform, visitor.c.instance, visitor.c.user_id], fields(Visitor))


class Visitors:
    """Unbound accounts. Crosses branches: they have none."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[AccountKey, Visitor] = Lookup(work, _VISITORS)

    async def get(self, key: AccountKey) -> Visitor:
        """What is known, which may be nothing."""
        return await self._lookup.get(key) or Visitor()

    async def change(self, key: AccountKey, **values: Any) -> None:
        """Note something about an unbound account."""
        changed = replace(await self.get(key), **values)
        row = {name: getattr(changed, name) for name in Visitor.__dataclass_fields__}
        self._work.upsert(visitor, ["platform", "instance", "user_id"], **key._asdict(), **row, seen_at=self._work.now)
        self._lookup.put(key, changed)

    async def newcomers(self, day: date) -> int:
        """How many joined a group of this branch on a day and are still nobody's."""
        same = and_(
            account.c.platform == visitor.c.platform, account.c.instance == visitor.c.instance, account.c.user_id == visitor.c.user_id
        )
        where = (visitor.c.came_to == self._work.branch_id, visitor.c.came_on == day, ~exists().where(same))
        rows = await self._work.rows(select(func.count()).select_from(visitor).where(*where))
        return int(rows[0][0])

    async def forget_before(self, at: datetime) -> None:
        """Drop what is older than a moment."""
        await self._work.change(delete(visitor).where(visitor.c.seen_at < at))
