"""The two ledgers, dues and care fund: taking an entry back, and checking that nothing was changed.

The bot never holds or moves money: a ledger says what people who do have confirmed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.clock import beijing_day
from bot.language.money import yuan
from bot.permissions import Actor, Permission, Subject, require
from bot.texts import Text
from storage.keys import MemberId
from storage.ledger import Entry, Fault, faults
from storage.unit_of_work import UnitOfWork


class Book(StrEnum):
    """A ledger. Dues and the care fund never mix (RULES.md 1.20)."""

    DUES = "dues"
    FUND = "fund"


BOOK_NAMES = {Book.DUES: Text("党费", "dues"), Book.FUND: Text("爱心基金", "care fund")}
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
    entries, head = await work.ledger.entries(book.value), await work.ledger.head(book.value)
    return Audit(book, len(entries), head[1], tuple(faults(work.branch_id, entries, head)))
