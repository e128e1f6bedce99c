"""The two ledgers, dues and care fund: taking an entry back, and checking that nothing was changed.

The bot never holds or moves money: a ledger says what people who do have confirmed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.clock import beijing_day
from bot.language.money import yuan
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import posting
from bot.texts import Text
from storage.chain import Fault
from storage.keys import BranchId, MemberId
from storage.ledger import Entry, faults
from storage.unit_of_work import UnitOfWork


class Book(StrEnum):
    """A ledger. Dues and the care fund never mix (RULES.md 1.20)."""

    DUES = "dues"
    FUND = "fund"


BOOK_NAMES = {Book.DUES: Text("党费", "dues"), Book.FUND: Text("爱心基金", "care fund")}
FAULTY = Text(
    "夜里把{book}的账从头算了一遍，第 {number} 笔起对不上。请先不要记账，找管理员看一看。",
    "The {book} ledger was recomputed tonight and does not fit from entry {number} on. Please enter nothing and ask the operator to look.",
)
REVERSAL = "reversal"
"""The kind of an entry that takes another back."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a check of a book found: how many entries, the newest's hash, and what is wrong."""

    book: Book
    entries: int
    head: str
    faults: tuple[Fault, ...]


_MINE = Text("{book}第 {number} 笔，{day}：{parts}", "{book}, entry {number}, {day}: {parts}")
_TAKEN_BACK = Text("（冲正）", " (taken back)")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What the ledgers say of a member, entry by entry. It is kept as accounting rules demand, under their number and not their name."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    return [_mine(book, each, actor.member) for book in Book for each in await work.ledger.of_member(book.value, actor.member)]


def _mine(book: Book, entry: Entry, member: MemberId) -> Text:
    parts = [Text.plain(f"{line.month or ''} {yuan(abs(line.fen))}".strip()) for line in entry.lines if line.member_id == member]
    told = _MINE(book=BOOK_NAMES[book], number=entry.number, day=beijing_day(entry.at).isoformat(), parts=Text.join(parts, "、", ", "))
    return told + (_TAKEN_BACK if entry.kind == REVERSAL else Text("", ""))


async def reverse(work: UnitOfWork, book: Book, entry: Entry, actor: Actor, reason: str = "") -> Entry:
    """Take an entry back by one of the opposite sign. Who may do that is checked by the caller's matter."""
    lines = [replace(line, fen=-line.fen) for line in entry.lines]
    return await work.ledger.append(
        book.value,
        REVERSAL,
        lines,
        actor=actor.member,
        subject=entry.subject_id,
        ref=entry.ref,
        reverses=entry.number,
        memo={"reason": reason} if reason else {},
    )


async def audit(work: UnitOfWork, actor: Actor, book: Book) -> Audit:
    """Recompute a whole book of this branch."""
    require(actor, Permission.CHECK_LEDGERS, Subject(work.branch_id))
    return await _recomputed(work, book)


async def audit_new(work: UnitOfWork, actor: Actor, book: Book) -> Audit:
    """Recompute what was written since the book was last found sound; everything, where it was not.

    Whoever wants to know may ask at any time, so it must not keep the writer from its work; `check` reads all of it every night.
    """
    require(actor, Permission.CHECK_LEDGERS, Subject(work.branch_id))
    number, _, seal = (await work.settings.get(_mark(work, book)) or "0:").partition(":")
    return await _recomputed(work, book, (int(number), seal))


async def where_kept(work: UnitOfWork) -> set[BranchId]:
    """The branches with any book."""
    return await work.agenda.with_entries(*(book.value for book in Book))


async def check(work: UnitOfWork, actor: Actor) -> list[Audit]:
    """Recompute every book of this branch whole and tell the secretaries what does not fit; answers the books that do not."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    wrong = [found for book in Book if (found := await _recomputed(work, book)).faults]
    for each in wrong:
        text = FAULTY(book=BOOK_NAMES[each.book], number=min(fault.number for fault in each.faults))
        await posting.to_role(work, Role.SECRETARY.value, Outgoing(text), priority=Priority.NOTICE)
    return wrong


async def _recomputed(work: UnitOfWork, book: Book, start: tuple[int, str] = (0, "")) -> Audit:
    entries, head = await work.ledger.entries(book.value, after=start[0]), await work.ledger.head(book.value)
    found = Audit(book, start[0] + len(entries), head[1], tuple(faults(work.branch_id, entries, head, start)))
    sound = "0:" if found.faults else f"{head[0]}:{head[1]}"
    if sound != (await work.settings.get(_mark(work, book)) or "0:"):
        work.settings.put(_mark(work, book), sound)
    return found


def _mark(work: UnitOfWork, book: Book) -> str:
    """Where the deployment remembers how far a book was found sound."""
    return f"ledger_sound:{work.branch_id}:{book.value}"
