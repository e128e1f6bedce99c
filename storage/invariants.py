"""What has to be true of every database, looked at through one snapshot. Each check answers what is wrong, in a few words a line."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, func, or_, select, text

from storage import ledger, sealing, trail
from storage.chain import Fault
from storage.keys import BranchId
from storage.outbox import STATES
from storage.register import CARDS, RELATIONS
from storage.tables import branch, inbox, member, outbox, question
from storage.tables_ledger import ledger_entry, ledger_head
from storage.tables_register import register
from storage.tables_trail import trail_entry, trail_head
from storage.unit_of_work import UnitOfWork

SHOWN = 20
"""How many faults of a kind are told one by one."""
INBOX_STATES = frozenset({"done", "failed"})

Check = Callable[[UnitOfWork], Coroutine[Any, Any, list[str]]]


async def integrity(work: UnitOfWork) -> list[str]:
    """SQLite's own examination of every page and index."""
    found = [str(row.integrity_check) for row in await work.rows(text(f"PRAGMA integrity_check({SHOWN})"))]
    return [] if found == ["ok"] else found


async def foreign_keys(work: UnitOfWork) -> list[str]:
    """Rows that point to rows that are not there."""
    found = await work.rows(text("PRAGMA foreign_key_check"))
    return _some([f"{row.table}: row {row.rowid} points to a {row.parent} that is not there" for row in found])


async def letters(work: UnitOfWork) -> list[str]:
    """Letters whose state is unknown or does not fit what they hold."""
    nowhere, no_words = outbox.c.platform.is_(None), outbox.c.content.is_(None)
    pictures = or_(outbox.c.picture.is_not(None), outbox.c.file.is_not(None))
    on_its_way = outbox.c.state.in_(["waiting", "sending"])
    wrong = {
        "has an unknown state": outbox.c.state.not_in(sorted(STATES)),
        "is to be sent, but nobody knows where": and_(on_its_way, nowhere),
        "is to be sent, but says nothing": and_(on_its_way, no_words),
        "was sent, and still holds its words": and_(outbox.c.state == "sent", or_(outbox.c.content.is_not(None), pictures)),
        "was sent, but not when": and_(outbox.c.state == "sent", outbox.c.sent_at.is_(None)),
        "waits for an address and has one": and_(outbox.c.state == "unaddressed", outbox.c.platform.is_not(None)),
    }
    return _some([f"letter {row.id} {what}" for what, condition in wrong.items() for row in await work.rows(_few(outbox.c.id, condition))])


async def slots(work: UnitOfWork) -> list[str]:
    """Chats with two letters in one slot, of which only one can ever be edited."""
    place = (outbox.c.platform, outbox.c.instance, outbox.c.chat_id, outbox.c.slot, outbox.c.branch_id)
    twice = select(outbox.c.slot, func.count().label("letters")).where(outbox.c.slot.is_not(None), outbox.c.platform.is_not(None))
    found = await work.rows(twice.group_by(*place).having(func.count() > 1).limit(SHOWN))
    return [f"the slot {row.slot} has {row.letters} letters in one chat" for row in found]


async def leases(work: UnitOfWork) -> list[str]:
    """Letters that are being sent; only good while a program runs."""
    return [f"letter {row.id} is being sent, and nothing runs" for row in await work.rows(_few(outbox.c.id, outbox.c.state == "sending"))]


async def events(work: UnitOfWork) -> list[str]:
    """Events whose state is unknown, or that failed without a number to ask for."""
    wrong = {
        "an event has an unknown state": inbox.c.state.not_in(sorted(INBOX_STATES)),
        "an event failed without a number": and_(inbox.c.state == "failed", inbox.c.error.is_(None)),
    }
    return [what for what, condition in wrong.items() if await work.rows(_few(inbox.c.key, condition))]


async def questions(work: UnitOfWork) -> list[str]:
    """Open questions to somebody who left."""
    gone = select(member.c.id).where(member.c.removed_at.is_not(None))
    is_open = (question.c.spent_at.is_(None), question.c.expires_at > work.now)
    rows = await work.rows(select(question.c.id, question.c.kind).where(*is_open, question.c.member_id.in_(gone)).limit(SHOWN))
    return [f"question {row.id} ({row.kind}) is put to somebody who left" for row in rows]


async def entries(work: UnitOfWork) -> list[str]:
    """Entries of the register that say what cannot be, or that stand in another branch than their member."""
    ahead = [
        getattr(register.c, name) > work.now.date() + timedelta(days=1) for name in ("found_on", "books_on", "life_on", "confirmed_on")
    ]
    wrong = {
        "has an unknown relation": register.c.relation.not_in(sorted(RELATIONS)),
        "has an unknown card": register.c.card.not_in(sorted(CARDS)),
        "knows a day and not how exactly": or_(
            and_(register.c.joined_on.is_not(None), register.c.joined_to.is_(None)),
            and_(register.c.left_on.is_not(None), register.c.left_to.is_(None)),
        ),
        "says that something was done on a day to come": or_(*ahead),
        "stands in another branch than its member": register.c.member_id.in_(
            select(member.c.id).where(member.c.id == register.c.member_id, member.c.branch_id != register.c.branch_id)
        ),
    }
    return _some(
        [
            f"the entry of {row.member_id} {what}"
            for what, found in wrong.items()
            for row in await work.rows(_few(register.c.member_id, found))
        ]
    )


async def books(work: UnitOfWork) -> list[tuple[BranchId, str, str]]:
    """Every book of every branch, with the branch's name, even of one that is gone."""
    names = {row.id: str(row.name) for row in await work.rows(select(branch.c.id, branch.c.name))}
    wanted = select(ledger_entry.c.branch_id, ledger_entry.c.book).union(select(ledger_head.c.branch_id, ledger_head.c.book))
    found = [(BranchId(row.branch_id), names.get(row.branch_id, "a branch that is gone"), str(row.book)) for row in await work.rows(wanted)]
    return sorted(found)


async def book(work: UnitOfWork, of: BranchId, whose: str, name: str) -> list[str]:
    """What is wrong with a book: entries that were changed, lost or do not balance."""
    work.enter(of)
    entries, head = await work.ledger.entries(name), await work.ledger.head(name)
    return _some([f"{whose}, {name}, entry {each.number}: {each.kind}" for each in ledger.faults(of, entries, head)])


async def sealed(work: UnitOfWork) -> list[str]:
    """Sealed values that cannot be opened."""
    return _some(await sealing.unopened(work))


async def trails(work: UnitOfWork) -> list[tuple[BranchId, str]]:
    """Every branch with a trail, with its name, even one that is gone."""
    names = {row.id: str(row.name) for row in await work.rows(select(branch.c.id, branch.c.name))}
    wanted = select(trail_entry.c.branch_id).union(select(trail_head.c.branch_id))
    found = [BranchId(row.branch_id) for row in await work.rows(wanted)]
    return sorted((each, names.get(each, "a branch that is gone")) for each in found)


async def trail_faults(work: UnitOfWork, of: BranchId) -> tuple[int, str, list[Fault]]:
    """How many entries a branch's trail has, the seal of the newest, and what is wrong: altered, lost, put between or out of order."""
    work.enter(of)
    steps, head = await work.trail.steps(), await work.trail.head()
    return len(steps), head.hash, list(trail.faults(of, steps, head))


EVERYWHERE: Mapping[str, Check] = {
    "letters": letters,
    "slots": slots,
    "events": events,
    "questions": questions,
    "register": entries,
    "sealed": sealed,
}
"""What is looked at on every kind of database; `leases` only where nothing runs."""
SQLITE: Mapping[str, Check] = {"file": integrity, "references": foreign_keys}
"""What another kind of database holds to by itself."""


async def size(work: UnitOfWork) -> tuple[int, int, datetime | None]:
    """How many branches and present members there are, and when an event was last acted upon."""
    branches = (await work.rows(select(func.count().label("rows")).select_from(branch)))[0].rows
    members = (await work.rows(select(func.count().label("rows")).select_from(member).where(member.c.removed_at.is_(None))))[0].rows
    last = (await work.rows(select(func.max(inbox.c.at, type_=inbox.c.at.type).label("at"))))[0].at
    return int(branches), int(members), last


def _few(column: Column[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(column).where(*conditions).limit(SHOWN)


def _some(found: list[str]) -> list[str]:
    return found if len(found) <= SHOWN else [*found[:SHOWN], f"and {len(found) - SHOWN} more"]
