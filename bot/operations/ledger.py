"""`zhibu ledger verify`: every book of every branch recomputed, fault by fault."""

from collections.abc import Iterator

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.permissions import OPERATOR
from bot.services import ledgers
from bot.services.ledgers import Audit, Book
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

FAULTS = {
    "gap": "an entry before it is missing",
    "broken": "it does not follow the entry before it",
    "altered": "it was changed after it was written",
    "unbalanced": "its lines do not add up to nothing",
    "end": "the newest entry is not the one that was written last",
}


async def verify(settings: Settings, clock: Clock) -> list[tuple[str, Audit]]:
    """The audits of all branches, each with its branch's name."""
    async with opening.beside(settings, clock) as database:
        return await _of(database)


async def reckon(settings: Settings, clock: Clock) -> list[tuple[str, Audit]]:
    """The same in a database that nobody may use yet."""
    async with opening.as_it_is(settings, clock) as database:
        return await _of(database)


async def _of(database: Database) -> list[tuple[str, Audit]]:
    found = await database.run(opening.branches)
    return [(each.name, audit) for each in found for audit in await database.run(_audits, each.id)]


async def _audits(work: UnitOfWork, branch: BranchId) -> list[Audit]:
    work.enter(branch)
    return [await ledgers.audit(work, OPERATOR, book) for book in Book]


def told(name: str, audit: Audit) -> Iterator[str]:
    """An audit in words, a line each."""
    head = f"{name}, {ledgers.BOOK_NAMES[audit.book].en}"
    if not audit.faults:
        yield f"good  {head}: {audit.entries} entries" + (f", check code {audit.head[:8]}" if audit.head else "")
    for fault in audit.faults:
        yield f"WRONG {head}: entry {fault.number}: {FAULTS[fault.kind]}"
