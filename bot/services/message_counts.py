"""How many messages were really sent, by kind and day (消息量): counted when they arrive, about nobody in particular."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.messages import ChatKind, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import message_kinds
from bot.rules.message_kinds import Kind
from bot.rules.months import after, month_of
from storage.message_counts import MessageCount
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

KEPT_MONTHS = 13
MESSAGE, EDITED, MARK = "message", "edit", "mark"
CHECK_INS = "check-in:"
"""How the slot of the day's check-ins begins: its message answers nobody, though it does not wait."""
_ASKED = frozenset({Kind.ANSWER, Kind.CHECK_IN, Kind.EMERGENCY})
"""What comes because somebody just said something."""


@dataclass(frozen=True, slots=True)
class Month:
    """The numbers of one month. `days` are those since something was counted first, the last perhaps today."""

    month: str
    days: int
    counts: Sequence[MessageCount]

    def sum(self, *, kind: str = "", place: str = "", what: str = MESSAGE) -> int:
        """How many there were; of every kind or place unless one is given."""
        return sum(each.count for each in self.counts if kind in {"", each.kind} and place in {"", each.place} and each.what == what)

    def kinds(self) -> list[Kind]:
        """The kinds that occur, those with the most messages first."""
        there = [kind for kind in Kind if any(each.kind == kind for each in self.counts)]
        return sorted(there, key=lambda kind: -self.sum(kind=kind))

    def by_day(self, *, unasked_in_group: bool = False) -> Mapping[date, int]:
        """Messages by day: all, or those that nobody asked for in the group."""
        found: dict[date, int] = {}
        for each in self.counts:
            if each.what == MESSAGE and not (unasked_in_group and (each.place != ChatKind.GROUP or each.kind in _ASKED)):
                found[each.day] = found.get(each.day, 0) + each.count
        return found


def count(work: UnitOfWork, letter: Letter, message_id: str) -> None:
    """A letter was really sent: one more of its kind. Strangers' answers belong to no branch and are not counted.

    A message that keeps its id was edited. A mark that a platform cannot make has none, and a deletion says nothing.
    """
    content = letter.content or {}
    if letter.branch_id is None or not message_id or content.get("remove"):
        return
    what = MARK if content.get("reaction") else EDITED if letter.message_id == message_id else MESSAGE
    answer = letter.day is None and letter.priority == Priority.ANSWER
    kind = Kind.CHECK_IN if (letter.slot or "").startswith(CHECK_INS) else message_kinds.about(letter.matter, answer=answer)
    work.message_counts.add(letter.branch_id, beijing_day(work.now), kind=kind.value, place=letter.kind, what=what)


async def of_month(work: UnitOfWork, actor: Actor, month: str) -> Month:
    """The numbers of a month (`2026-03`), for the secretary. Raises `NotAllowed`."""
    require(actor, Permission.SEE_MESSAGE_COUNTS, Subject(work.branch_id))
    first = date.fromisoformat(f"{month}-01")
    last = min(beijing_day(work.now), date.fromisoformat(f"{after(month, 1)}-01") - timedelta(days=1))
    counts = await work.message_counts.between(first, last)
    return Month(month, (last - min((each.day for each in counts), default=last)).days + 1, counts)


async def forget(work: UnitOfWork) -> None:
    """Drop what is older than thirteen months."""
    await work.message_counts.forget_before(first_kept(work))


def first_kept(work: UnitOfWork) -> date:
    """The first day of which the numbers are kept."""
    return date.fromisoformat(f"{after(month_of(beijing_day(work.now)), -KEPT_MONTHS)}-01")
