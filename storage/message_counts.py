"""How many messages were really sent, by day and kind: what the branch asks of people's attention, and nobody in particular."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from storage.keys import BranchId
from storage.records import fields
from storage.tables_counts import message_count
from storage.work import Work


@dataclass(frozen=True, slots=True)
class MessageCount:
    """A number of one day. `place` is group or private, `what` a message, an edit or a mark."""

    day: date
    kind: str
    place: str
    what: str
    count: int


class MessageCounts:
    """Counts. Adding crosses branches: delivery serves all of them in one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, branch: BranchId, day: date, *, kind: str, place: str, what: str) -> None:
        """One more was sent for a branch. Only adds, so that the order does not matter."""
        key = {"branch_id": branch, "day": day, "kind": kind, "place": place, "what": what}
        self._work.increment(message_count, key, "count", 1)

    async def between(self, first: date, last: date) -> Sequence[MessageCount]:
        """The branch's numbers from a day to another, both included, in order of the days."""
        where = (message_count.c.branch_id == self._work.branch_id, message_count.c.day.between(first, last))
        columns = (message_count.c[name] for name in MessageCount.__dataclass_fields__)
        ordered = select(*columns).where(*where).order_by(message_count.c.day, message_count.c.kind, message_count.c.place)
        return [_count(row) for row in await self._work.rows(ordered)]

    async def forget_before(self, day: date) -> None:
        """Drop this branch's numbers of before a day."""
        await self._work.change(delete(message_count).where(message_count.c.branch_id == self._work.branch_id, message_count.c.day < day))


_count = fields(MessageCount)
