"""The trail: who saw or changed something about whom. Append-only and hash-chained, a chain for each branch.

An entry holds numbers of people, a kind and a moment, never a name or a value; so it may outlive those it is about (PIPL art. 56: three
years). The oldest are dropped together, by an entry that says so: what is left rests on the seal of the last that went.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from storage import chain
from storage.chain import Fault
from storage.columns import whole
from storage.keys import BranchId, MemberId
from storage.records import changed, fields
from storage.tables_trail import trail_entry, trail_head
from storage.work import Work

SAW, DROPPED = "saw", "dropped"
_NO_NUMBER = 2**31 - 1
"""Behind every entry."""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the trail."""

    number: int
    at: datetime
    acted: str
    actor_id: MemberId | None
    member_id: MemberId | None
    deed: str
    kind: str
    upto: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a trail ends, and what its beginning rests on."""

    number: int = 0
    hash: str = ""
    dropped: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody did with the data of several: who, by which deed, with which kind of data."""

    acted: str
    actor_id: MemberId | None
    deed: str
    kind: str


def digest(branch_id: BranchId, step: Step, previous: str) -> str:
    """The seal of an entry, over all it says and the seal of the one before."""
    said = {
        "branch": branch_id,
        "number": step.number,
        "at": round(step.at.timestamp() * 1000),
        "acted": step.acted,
        "actor": step.actor_id,
        "member": step.member_id,
        "deed": step.deed,
        "kind": step.kind,
        "upto": step.upto,
        "previous": previous,
    }
    return chain.seal(said)


class Trail:
    """The trail of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._head: Head | None = None
        self._seen: dict[tuple[Look, datetime], set[MemberId]] = {}

    async def head(self) -> Head:
        """The end of the trail and its anchor."""
        if self._head is None:
            rows = await self._work.rows(select(trail_head).where(trail_head.c.branch_id == self._work.branch_id))
            self._head = fields(Head)(rows[0]) if rows else Head()
        return self._head

    async def note(self, look: Look, members: Collection[MemberId]) -> None:
        """Write down a deed about each of several, by one statement."""
        await self._append([changed(_step(look, self._work.now), member_id=each) for each in dict.fromkeys(members)])

    async def note_once(self, look: Look, members: Collection[MemberId], since: datetime) -> None:
        """The same, without those about whom the same deed is written down since a moment."""
        if not members:
            return
        known = self._seen.get((look, since))
        if known is None:
            known = self._seen[look, since] = await self._noted(look, since)
        new = [each for each in dict.fromkeys(members) if each not in known]
        known.update(new)
        await self.note(look, new)

    async def _noted(self, look: Look, since: datetime) -> set[MemberId]:
        columns = trail_entry.c
        by = (columns.acted == look.acted, columns.actor_id.is_not_distinct_from(look.actor_id))
        what = (columns.deed == look.deed, columns.kind == look.kind)
        where = (columns.branch_id == self._work.branch_id, columns.at >= since, *by, *what)
        return {MemberId(row.member_id) for row in await self._work.rows(select(columns.member_id).where(*where))}

    async def _append(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        head = await self.head()
        number, last = head.number, head.hash
        for each in steps:
            number += 1
            made = changed(each, number=number)
            last = digest(self._work.branch_id, made, last)
            row = {name: getattr(made, name) for name in Step.__dataclass_fields__}
            self._work.insert(trail_entry, **{**row, "hash": last}, branch_id=self._work.branch_id)
        self._put(changed(head, number=number, hash=last))

    def _put(self, head: Head) -> None:
        row = {name: getattr(head, name) for name in Head.__dataclass_fields__}
        self._work.upsert(trail_head, ["branch_id"], **row, branch_id=self._work.branch_id)
        self._head = head

    async def steps(self) -> list[Step]:
        """The whole trail, in its order."""
        return await self._listed()

    async def about(self, member_id: MemberId, since: datetime) -> list[Step]:
        """What is written down about a member since a moment, the newest first."""
        where = (trail_entry.c.branch_id == self._work.branch_id, trail_entry.c.member_id == member_id, trail_entry.c.at >= since)
        rows = await self._work.rows(select(trail_entry).where(*where).order_by(trail_entry.c.number.desc()))
        return [fields(Step)(row) for row in rows]

    async def _listed(self) -> list[Step]:
        where = trail_entry.c.branch_id == self._work.branch_id
        return [fields(Step)(row) for row in await self._work.rows(select(trail_entry).where(where).order_by(trail_entry.c.number))]

    async def drop_before(self, at: datetime) -> None:
        """Drop what was written down before a moment, as far as all before it is as old, and write down that it was dropped."""
        mine = trail_entry.c.branch_id == self._work.branch_id
        kept = select(func.min(trail_entry.c.number)).where(mine, trail_entry.c.at >= at).scalar_subquery()
        old = (mine, trail_entry.c.at < at, trail_entry.c.number < func.coalesce(kept, _NO_NUMBER))
        last = await self._work.rows(
            select(trail_entry.c.number, trail_entry.c.hash).where(*old).order_by(trail_entry.c.number.desc()).limit(1)
        )
        if not last:
            return
        upto = int(last[0].number)
        await self._work.change(delete(trail_entry).where(mine, trail_entry.c.number <= upto))
        await self._append([changed(_step(Look("job", None, DROPPED, "trail"), self._work.now), upto=upto)])
        self._put(changed(await self.head(), dropped=upto, anchor=str(last[0].hash)))


def _step(look: Look, now: datetime) -> Step:
    return Step(0, whole(now), look.acted, look.actor_id, None, look.deed, look.kind, None, "")


def faults(branch_id: BranchId, steps: Sequence[Step], head: Head) -> Iterator[Fault]:
    """Everything wrong with a trail: entries that were altered, lost, put between or put elsewhere; nothing for a sound one."""
    yield from chain.faults(_links(branch_id, steps, head.anchor), (head.number, head.hash), (head.dropped, head.anchor))
    said = max((each.upto or 0 for each in steps if each.deed == DROPPED), default=0)
    if said != head.dropped:
        yield Fault(head.dropped, "beginning")


def _links(branch_id: BranchId, steps: Sequence[Step], previous: str) -> Iterator[chain.Link]:
    for each in steps:
        yield chain.Link(each.number, each.hash, follows=True, sound=each.hash == digest(branch_id, each, previous))
        previous = each.hash
