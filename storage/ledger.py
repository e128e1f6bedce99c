"""Double-entry ledgers in fen: append-only, each entry hash-chained to the one before.

An entry is a set of lines (account, amount) that add up to nothing: a debit is positive, a credit negative. Nothing here changes or
deletes a row; a mistake is taken back by an entry of the opposite sign that names what it reverses.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, select

from storage import chain
from storage.chain import Fault
from storage.keys import BranchId, MemberId
from storage.tables_ledger import ledger_entry, ledger_head, ledger_line
from storage.work import Work


class Unbalanced(ValueError):
    """Lines do not add up to nothing, or there are none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry. `fen` is positive for a debit, negative for a credit."""

    account: str
    fen: int
    member_id: MemberId | None = None
    month: str | None = None
    case_number: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a book. `actor_id` entered it, `subject_id` is whom it concerns."""

    id: int
    book: str
    number: int
    kind: str
    at: datetime
    actor_id: MemberId | None
    subject_id: MemberId | None
    ref: str
    reverses: int | None
    memo: Mapping[str, Any]
    previous: str
    hash: str
    lines: tuple[Line, ...] = field(default=())


def digest(branch_id: BranchId, entry: Entry) -> str:
    """The hash of an entry: SHA-256 over everything it says and the hash of the entry before, in one canonical spelling."""
    said = {
        "branch": branch_id,
        "book": entry.book,
        "number": entry.number,
        "kind": entry.kind,
        "at": round(entry.at.timestamp() * 1000),
        "actor": entry.actor_id,
        "subject": entry.subject_id,
        "ref": entry.ref,
        "reverses": entry.reverses,
        "memo": dict(entry.memo),
        "previous": entry.previous,
        "lines": [asdict(line) for line in entry.lines],
    }
    return chain.seal(said)


class Ledger:
    """The books of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._heads: dict[str, tuple[int, str]] = {}

    async def head(self, book: str) -> tuple[int, str]:
        """The number and hash of a book's newest entry; `(0, "")` for an empty book."""
        if book not in self._heads:
            where = (ledger_head.c.branch_id == self._work.branch_id, ledger_head.c.book == book)
            rows = await self._work.rows(select(ledger_head.c.number, ledger_head.c.hash).where(*where))
            self._heads[book] = (rows[0].number, rows[0].hash) if rows else (0, "")
        return self._heads[book]

    async def append(
        self,
        book: str,
        kind: str,
        lines: Sequence[Line],
        *,
        actor: MemberId | None,
        subject: MemberId | None = None,
        ref: str = "",
        reverses: int | None = None,
        memo: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Write an entry under the book's next number. Raises `Unbalanced`."""
        if not lines or sum(line.fen for line in lines) != 0:
            raise Unbalanced(f"{kind}: {[line.fen for line in lines]}")
        self._work.about_money = True
        number, previous = await self.head(book)
        at = self._work.now.replace(microsecond=self._work.now.microsecond // 1000 * 1000)
        bare = Entry(
            self._work.new_id(), book, number + 1, kind, at, actor, subject, ref, reverses, dict(memo or {}), previous, "", tuple(lines)
        )
        made = _sealed(bare, digest(self._work.branch_id, bare))
        row = {name: getattr(made, name) for name in Entry.__dataclass_fields__ if name != "lines"}
        self._work.insert(ledger_entry, **row, branch_id=self._work.branch_id)
        for position, line in enumerate(made.lines):
            values = asdict(line)
            self._work.insert(ledger_line, entry_id=made.id, position=position, branch_id=self._work.branch_id, book=book, **values)
        head = {"branch_id": self._work.branch_id, "book": book, "number": made.number, "hash": made.hash}
        self._work.upsert(ledger_head, ["branch_id", "book"], **head)
        self._heads[book] = (made.number, made.hash)
        return made

    async def entry(self, book: str, number: int) -> Entry | None:
        """The entry of a number, with its lines."""
        found = await self._entries(ledger_entry.c.book == book, ledger_entry.c.number == number)
        return found[0] if found else None

    async def of_ref(self, book: str, ref: str) -> list[Entry]:
        """The entries that belong to a receipt, claim or appeal, the oldest first."""
        return await self._entries(ledger_entry.c.book == book, ledger_entry.c.ref == ref)

    async def entries(self, book: str, *, since: datetime | None = None, until: datetime | None = None, after: int = 0) -> list[Entry]:
        """The entries of a book from a moment on and before another, or after a number, the oldest first."""
        conditions = [ledger_entry.c.book == book]
        if after:
            conditions.append(ledger_entry.c.number > after)
        if since is not None:
            conditions.append(ledger_entry.c.at >= since)
        if until is not None:
            conditions.append(ledger_entry.c.at < until)
        return await self._entries(*conditions)

    async def newest(self, book: str, accounts: Collection[str], count: int, **keys: Any) -> list[Entry]:
        """The last entries with a line on some accounts, perhaps of one `case_number` only, the oldest of them first."""
        branch = ledger_line.c.branch_id == self._work.branch_id
        conditions = [branch, ledger_line.c.book == book, ledger_line.c.account.in_(accounts)]
        conditions += [ledger_line.c[name] == value for name, value in keys.items()]
        touched = select(ledger_line.c.entry_id).where(*conditions)
        of_book = (ledger_entry.c.branch_id == self._work.branch_id, ledger_entry.c.book == book, ledger_entry.c.id.in_(touched))
        last = select(ledger_entry.c.id).where(*of_book).order_by(ledger_entry.c.number.desc()).limit(count)
        return await self._entries(ledger_entry.c.book == book, ledger_entry.c.id.in_(last))

    async def of_member(self, book: str, member_id: MemberId) -> list[Entry]:
        """The entries with a line about a member, the oldest first."""
        mine = select(ledger_line.c.entry_id).where(ledger_line.c.branch_id == self._work.branch_id, ledger_line.c.member_id == member_id)
        return await self._entries(ledger_entry.c.book == book, ledger_entry.c.id.in_(mine))

    async def _entries(self, *conditions: ColumnElement[bool]) -> list[Entry]:
        where = (ledger_entry.c.branch_id == self._work.branch_id, *conditions)
        rows = await self._work.rows(select(ledger_entry).where(*where).order_by(ledger_entry.c.number))
        inside = select(ledger_entry.c.id).where(*where)
        listed = select(ledger_line).where(ledger_line.c.entry_id.in_(inside)).order_by(ledger_line.c.entry_id, ledger_line.c.position)
        grouped = groupby(await self._work.rows(listed), key=lambda row: row.entry_id)
        lines = {entry_id: tuple(map(_line, each)) for entry_id, each in grouped}
        return [_entry(row, lines.get(row.id, ())) for row in rows]

    async def sum(self, book: str, account: str, **keys: Any) -> int:
        """The balance of an account in fen, perhaps of one `member_id`, `month` or `case_number` only."""
        where = self._of_account(book, account, keys)
        rows = await self._work.rows(select(func.coalesce(func.sum(ledger_line.c.fen), 0).label("total")).where(*where))
        return int(rows[0].total)

    async def sums(self, book: str, account: str, by: Sequence[str], **keys: Any) -> dict[tuple[Any, ...], int]:
        """The balances of an account grouped by columns (`member_id`, `month`, `case_number`), in fen; those of zero are left out."""
        columns = [ledger_line.c[name] for name in by]
        total = func.sum(ledger_line.c.fen)
        where = self._of_account(book, account, keys)
        rows = await self._work.rows(select(*columns, total.label("total")).where(*where).group_by(*columns).having(total != 0))
        return {tuple(row[:-1]): int(row.total) for row in rows}

    def _of_account(self, book: str, account: str, keys: Mapping[str, Any]) -> list[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = [
            ledger_line.c.branch_id == self._work.branch_id,
            ledger_line.c.book == book,
            ledger_line.c.account == account,
        ]
        return where + [ledger_line.c[name] == value for name, value in keys.items()]


def _sealed(entry: Entry, seal: str) -> Entry:
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Entry(**{**values, "hash": seal})


def _line(row: Any) -> Line:
    return Line(row.account, int(row.fen), row.member_id, row.month, row.case_number)


def _entry(row: Any, lines: tuple[Line, ...]) -> Entry:
    names = [name for name in Entry.__dataclass_fields__ if name != "lines"]
    return Entry(**{name: getattr(row, name) for name in names}, lines=lines)


def faults(branch_id: BranchId, entries: Sequence[Entry], head: tuple[int, str], start: tuple[int, str] = (0, "")) -> Iterator[Fault]:
    """Everything wrong with a book, whole or after the number and hash of an entry, entry by entry; nothing for a sound one."""
    return chain.faults(_links(branch_id, entries, start[1]), head, start)


def _links(branch_id: BranchId, entries: Sequence[Entry], seal: str) -> Iterator[chain.Link]:
    for each in entries:
        balanced = bool(each.lines) and sum(line.fen for line in each.lines) == 0
        also = () if balanced else ("unbalanced",)
        yield chain.Link(each.number, each.hash, each.previous == seal, each.hash == digest(branch_id, each), also)
        seal = each.hash
