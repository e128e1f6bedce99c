"""Hardship bulletins (困难通报): what a person agreed to have said in the group, for some days."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from storage.keys import MemberId
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_pairing import bulletin
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin; `state` is asked, posted, withdrawn, declined or expired."""

    id: int
    member_id: MemberId
    number: int
    text: str
    state: str
    agreed_at: datetime
    expires_at: datetime


class Bulletins:
    """The bulletins of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Bulletin] = SealedRows(work, bulletin)

    def _of_branch(self) -> Select[Any]:
        return select(bulletin).where(bulletin.c.branch_id == self._work.branch_id)

    async def add(self, member_id: MemberId, text: str, expires_at: datetime) -> Bulletin:
        """Note words to which a person has just agreed, under the branch's next number."""
        highest = select(func.max(bulletin.c.number)).where(bulletin.c.branch_id == self._work.branch_id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Bulletin(self._work.new_id(), member_id, number, text, "asked", self._work.now, expires_at)
        row = {name: getattr(made, name) for name in Bulletin.__dataclass_fields__}
        self._work.insert(bulletin, **self._rows.sealed(made.id, row), branch_id=self._work.branch_id)
        return made

    def change(self, changed: Bulletin, **values: Any) -> Bulletin:
        """Change fields of a bulletin; answers what it is now."""
        self._work.update(bulletin, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        return replace(changed, **values)

    async def numbered(self, number: int) -> Bulletin | None:
        """The bulletin of a number."""
        return next(iter(await self._listed(self._of_branch().where(bulletin.c.number == number))), None)

    async def live(self, member_id: MemberId | None = None) -> list[Bulletin]:
        """What is asked or posted, of one member or of all, the oldest first."""
        statement = self._of_branch().where(bulletin.c.state.in_(["asked", "posted"]))
        if member_id is not None:
            statement = statement.where(bulletin.c.member_id == member_id)
        return await self._listed(statement.order_by(bulletin.c.number))

    async def of_member(self, member_id: MemberId) -> list[Bulletin]:
        """Every bulletin of a member, the oldest first."""
        return await self._listed(self._of_branch().where(bulletin.c.member_id == member_id).order_by(bulletin.c.number))

    async def _listed(self, statement: Select[Any]) -> list[Bulletin]:
        return [self._rows.opened(fields(Bulletin)(row)) for row in await self._work.rows(statement)]
