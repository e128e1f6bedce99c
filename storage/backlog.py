"""What waits to be sent, in numbers. Crosses branches: it is about the deployment."""

from datetime import datetime

from sqlalchemy import func, select, update

from storage.keys import BranchId
from storage.outbox import STATES
from storage.tables import outbox
from storage.work import Work


class Backlog:
    """Counts of letters that have not been sent; what was sent is never counted, so this stays quick."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def unsent(self) -> dict[str, int]:
        """How many letters are in each state but `sent`."""
        states = sorted(STATES - {"sent"})
        rows = await self._work.rows(
            select(outbox.c.state, func.count().label("letters")).where(outbox.c.state.in_(states)).group_by(outbox.c.state)
        )
        return dict.fromkeys(states, 0) | {row.state: int(row.letters) for row in rows}

    async def oldest_due(self) -> datetime | None:
        """Since when the letter has been due that waits longest; None where none does."""
        first = func.min(outbox.c.not_before, type_=outbox.c.not_before.type)
        due = (outbox.c.state.in_(["waiting", "sending"]), outbox.c.not_before <= self._work.now)
        moment: datetime | None = (await self._work.rows(select(first).where(*due)))[0][0]
        return moment

    async def doubt_due(self, error: str) -> tuple[int, list[BranchId]]:
        """Leave every new letter that is due to a person's decision: after a restore nobody knows which have been sent since.

        Answers how many, and in which branches. An edit of what was sent is simply done again.
        """
        due = (outbox.c.state.in_(["waiting", "sending"]), outbox.c.not_before <= self._work.now, outbox.c.message_id.is_(None))
        rows = await self._work.rows(select(outbox.c.branch_id).where(*due).distinct())
        branches = [BranchId(row.branch_id) for row in rows if row.branch_id is not None]
        values = {"state": "uncertain", "error": error, "retry_at": None, "doubts": outbox.c.doubts + 1}
        return await self._work.change(update(outbox).where(*due).values(**values)), branches
