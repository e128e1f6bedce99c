"""What members think about what they learned (心得), for the curator."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from storage.keys import MemberId
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_learning import reflection
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Reflection:
    """A reflection; `number` counts its author's, `shared` is empty, `named` or `unnamed`, `noted` once a curator has taken it."""

    id: int
    member_id: MemberId
    number: int
    text: str
    at: datetime
    shared: str = ""
    noted: bool = False


class Reflections:
    """The reflections of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Reflection] = SealedRows(work, reflection)
        self._branch = work.branch_id

    async def add(self, member_id: MemberId, text: str) -> Reflection:
        """Keep a reflection under its author's next number."""
        highest = select(func.max(reflection.c.number)).where(reflection.c.member_id == member_id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Reflection(self._work.new_id(), member_id, number, text, self._work.now)
        self._work.insert(reflection, **self._rows.sealed(made.id, asdict(made)), branch_id=self._branch)
        return made

    async def get(self, which: int) -> Reflection | None:
        """The reflection of an id, if it is this branch's."""
        return next(iter(await self._listed(reflection.c.id == which)), None)

    async def of(self, member_id: MemberId) -> list[Reflection]:
        """A member's, the newest first."""
        return await self._listed(reflection.c.member_id == member_id)

    async def since(self, at: datetime) -> list[Reflection]:
        """The branch's since a moment, the newest first."""
        return await self._listed(reflection.c.at >= at)

    async def _listed(self, condition: Any) -> list[Reflection]:
        listed = select(reflection).where(reflection.c.branch_id == self._branch, condition)
        return [
            self._rows.opened(fields(Reflection)(row))
            for row in await self._work.rows(listed.order_by(reflection.c.at.desc(), reflection.c.number.desc()))
        ]

    def change(self, known: Reflection, **values: Any) -> Reflection:
        """Change fields of a reflection."""
        self._work.update(reflection, {"id": known.id, "branch_id": self._branch}, **self._rows.sealed(known.id, values))
        return replace(known, **values)

    def remove(self, known: Reflection) -> None:
        """Delete a reflection."""
        self._work.delete(reflection, {"id": known.id, "branch_id": self._branch})

    async def forget_before(self, at: datetime) -> None:
        """Drop what is older than a moment."""
        await self._work.change(delete(reflection).where(reflection.c.branch_id == self._branch, reflection.c.at < at))
