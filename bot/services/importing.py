"""Taking a file of members into the register: what it would change, taking all or some of it, and taking it back within seven days.

The file is read before, outside of any transaction (`sheets.read`). What was read waits, sealed, for an hour; what it would do is worked
out anew each time, so that it fits what is there when it is taken, and what its owner may do then.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.names import latin
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.register import Field, How
from bot.services import import_cells, people, register, trail
from bot.services.import_matching import Change, Proposed, State, proposed
from bot.services.roles import STATUS
from bot.services.sheets import Document
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage import tombstones
from storage.imports import Batch, Kept
from storage.keys import BranchId, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from storage.vault import Unopened

__all__ = ["Change", "Preview", "Proposed", "Reverted", "State", "Taken"]

DEED = "imported"
"""The kind of the deed; its data names the batch."""
WAITS = timedelta(hours=1)
"""How long a file that was read may be taken."""
UNDOABLE = timedelta(days=7)

TOLD = Text(
    "导入名册的文件不留；读出来的内容最多留一小时，导入了、换了一份就删。身份证号和街道从不留。",
    "A file that is imported is not kept; what was read of it an hour at most. Identity numbers and streets never are.",
)
GONE = Text(
    "这份预览过了一小时，或已经导过了，请再传一次。", "That preview is over an hour old, or was taken already; please send the file again."
)
KEY_LOST = Text(
    "密封资料的钥匙文件不在，现在什么也不能导。请告诉装机器人的同志：放回钥匙文件。",
    "The key file for what is kept sealed is gone, so nothing can be imported. Please tell who runs the bot to put it back.",
)
NOTHING = Text("选的行里没有能导的，没有导。", "None of the rows chosen can be taken; nothing was imported.")
NO_ROW = Text("文件里没有这些行：{rows}。没有导。", "The file has no such rows: {rows}. Nothing was imported.")
CHANGED_MEANWHILE = Text("预览以后又改过，没有导；真要导，请再传一次", "changed since the preview; to import it, send it again")
NEWER = Text("后来又导入过（{name}），请先撤销那一次。", "There was a later import ({name}); please undo that one first.")
NOT_THERE = Text("七天内没有可撤的导入。", "There is no import of the last seven days to undo.")


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be taken: every row in its order, and what is to be said of the file. `token` is for `shown` and `take`."""

    token: str
    file: str
    rows: tuple[Proposed, ...]
    notes: tuple[Text, ...]

    def of(self, *states: State) -> list[Proposed]:
        """The rows of some states."""
        return [row for row in self.rows if row.state in states]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was imported: `batch` undoes it. `skipped` are the faulty rows among those that were chosen."""

    batch: int
    made: int
    changed: int
    same: int
    skipped: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Reverted:
    """What an undoing did: of how many something was put back, who is no member any more, and who stays because of what came since."""

    put_back: int
    removed: int
    stay: tuple[Member, ...]


def may(work: UnitOfWork, actor: Actor) -> None:
    """Raise `NotAllowed` where an actor may not import: asked before a file is read."""
    require(actor, Permission.CARRY_REGISTER, Subject(work.branch_id))


async def begun(work: UnitOfWork, actor: Actor) -> date:
    """The day as of which a file is read, asked for before that. Raises `NotAllowed` for who may not import."""
    may(work, actor)
    return beijing_day(work.now)


async def preview(work: UnitOfWork, actor: Actor, document: Document) -> Preview:
    """Keep what was read of a file for an hour, in place of an earlier one, and tell what it would change."""
    may(work, actor)
    rows = json.dumps(import_cells.packed(document.rows), ensure_ascii=False, separators=(",", ":"))
    notes = [[each.zh, each.en] for each in document.notes]
    try:
        kept = work.imports.keep(actor.member, _safe(document.name), rows, notes)
    except Unopened:
        raise UserError(KEY_LOST) from None
    return await _seen(work, actor, document, str(kept.id))


async def looked(work: UnitOfWork, actor: Actor, document: Document) -> Preview:
    """What a file would change, kept nowhere: it has no token."""
    may(work, actor)
    return await _seen(work, actor, document, "")


def _safe(name: str) -> str:
    """A file's name as it is kept: without a path, and without an identity number."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return import_cells.without_identity(last)[:80]


async def shown(work: UnitOfWork, actor: Actor, token: str = "") -> Preview:
    """What a file would change now; without a token that of the last file. Raises `UserError` where it is over."""
    may(work, actor)
    kept = await _kept(work, actor, token)
    return await _seen(work, actor, _document(work, kept), str(kept.id))


_TOKEN = 18
"""Digits of a token at most."""


async def _kept(work: UnitOfWork, actor: Actor, token: str) -> Kept:
    which = int(token) if token.isascii() and token.isdigit() and len(token) <= _TOKEN else None
    found = None if token and which is None else await work.imports.kept(actor.member, work.now - WAITS, which)
    if found is None:
        raise UserError(GONE)
    return found


def _document(work: UnitOfWork, kept: Kept) -> Document:
    try:
        rows = import_cells.unpacked(json.loads(work.imports.rows(kept)))
    except Unopened:  # its key is lost: the file can be sent again
        raise UserError(GONE) from None
    return Document(kept.name, (), rows, tuple(Text(*each) for each in kept.notes))


async def _seen(work: UnitOfWork, actor: Actor, document: Document, token: str) -> Preview:
    found = await proposed(work, actor, document.rows)
    for kind, which in ((Trailed.REGISTER, None), (Trailed.CONTACT, Field.PHONE)):
        seen = [row.member for row in found if row.member and any(which in {None, each.field} for each in row.changes)]
        if seen:
            await trail.saw(work, actor, seen, kind)
    return Preview(token, document.name, found, document.notes)


async def take(work: UnitOfWork, actor: Actor, token: str, rows: Collection[int] | None) -> Taken:
    """Take the rows of these numbers, or with None all, but for the faulty ones; without a token of the last file.

    Raises `UserError` where there is nothing to take.
    """
    may(work, actor)
    kept = await _kept(work, actor, token)
    since = await work.register.changed_since(kept.at)
    taken = await _take(work, actor, _document(work, kept), rows, since)
    work.imports.drop(kept)
    return taken


async def take_at_once(work: UnitOfWork, actor: Actor, document: Document, rows: Collection[int] | None) -> Taken:
    """The same of a file that was read this moment."""
    may(work, actor)
    return await _take(work, actor, document, rows, frozenset())


async def _take(
    work: UnitOfWork, actor: Actor, document: Document, rows: Collection[int] | None, since: Collection[tuple[MemberId, str]]
) -> Taken:
    """`since`: what was changed after the preview. A row that would overwrite that is not what its preview said, and is left out."""
    found = tuple(_overtaken(row, since) for row in await proposed(work, actor, document.rows))
    if unknown := sorted(set(rows or ()) - {row.number for row in found}):
        raise UserError(NO_ROW(rows="、".join(map(str, unknown[:8]))))
    chosen = [row for row in found if rows is None or row.number in rows]
    good = [row for row in chosen if row.state in {State.NEW, State.CHANGED}]
    if not good:
        raise UserError(NOTHING)
    batch = work.new_id()
    made = sum(row.state is State.NEW for row in good)
    wanted = {_member(work, actor, row, batch): _values(row) for row in good}
    await trail.changed(
        work, actor, [member for member, row in zip(wanted, good, strict=True) if row.state is State.NEW], Trailed.MEMBERSHIP
    )
    await register.change_many(work, actor, {member: values for member, values in wanted.items() if values}, how=How.IMPORTED, batch=batch)
    work.imports.took(batch, actor.member, _safe(document.name), made, len(good) - made)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"batch": batch})
    skipped = tuple(row for row in chosen if row.state is State.FAULTY)
    return Taken(batch, made, len(good) - made, len(chosen) - len(good) - len(skipped), skipped)


def _overtaken(row: Proposed, since: Collection[tuple[MemberId, str]]) -> Proposed:
    if any((row.member, each.field.value) in since for each in row.changes):
        return replace(row, state=State.FAULTY, changes=(), problems=(CHANGED_MEANWHILE,))
    return row


def _values(row: Proposed) -> dict[Field, object]:
    return {each.field: register.value_of(each.field, each.after) for each in row.changes}


def _member(work: UnitOfWork, actor: Actor, row: Proposed, batch: int) -> MemberId:
    """Whom a row is about; somebody new is taken in, which the history tells."""
    if row.member is not None:
        return row.member
    require(actor, Permission.INVITE, Subject(work.branch_id))
    made = work.members.add(row.name, latin(row.name), [(row.role or Role.MEMBER).value])
    work.register.note(made.id, NAME, None, row.name, by=actor.member, how=How.IMPORTED.value, batch=batch)
    return made.id


NAME = "name"
"""What the history calls it that somebody was given a name; where there was none before, they came by that import."""


async def last(work: UnitOfWork, actor: Actor) -> Batch | None:
    """The last import that can be undone."""
    may(work, actor)
    return next((each for each in await work.imports.batches(work.now - UNDOABLE) if each.undone_at is None), None)


async def batches(work: UnitOfWork, actor: Actor) -> list[Batch]:
    """The imports of the last seven days, the newest first, those undone as well."""
    may(work, actor)
    return await work.imports.batches(work.now - UNDOABLE)


async def where_over(work: UnitOfWork) -> set[BranchId]:
    """The branches with files that were read over an hour ago."""
    return await work.agenda.previews_before(work.now - WAITS)


async def forget_previews(work: UnitOfWork, actor: Actor) -> None:
    """Drop what was read over an hour ago and not taken."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await work.imports.forget_previews(work.now - WAITS)


async def revert(work: UnitOfWork, actor: Actor, batch: int) -> Reverted:
    """Undo an import: put back what was not changed again, and erase who came by it, unless anything else is kept of them by now.

    Raises `UserError` where it is more than seven days old, or undone.
    """
    may(work, actor)
    standing = [each for each in await work.imports.batches(work.now - UNDOABLE) if each.undone_at is None]
    if batch not in {each.id for each in standing}:
        raise UserError(NOT_THERE)
    if standing[0].id != batch:  # what it wrote may be what the later one would put back
        raise UserError(NEWER(name=standing[0].name))
    came = await work.register.first_named(batch)
    touched = await work.register.touched_since(batch)
    here = [each for each in await work.members.present() if each.id in came]
    stay = [each for each in here if each.id in touched or people.roles_of(each) - STATUS]
    gone = {each.id for each in here} - {each.id for each in stay}
    if gone:
        await trail.erased(work, actor, gone, Trailed.MEMBERSHIP)
        work.tombstones.add(gone, tombstones.MEMBER)
        await work.members.erase(gone)
    # Who stays keeps what came with them: a name without a telephone would be of no use to anybody.
    back = {each.member_id for each in await register.revert(work, actor, batch, but={each.id for each in stay})}
    work.imports.undone(batch)
    for each in await work.deeds.of_kind(DEED):
        if each.data["batch"] == batch:
            work.deeds.remove(each)
    return Reverted(len(back), len(gone), tuple(stay))
