"""`zhibu register import`: a file of members, as the branch's secretary would import it on the pages."""

from collections.abc import Iterator
from pathlib import Path

from bot.clock import Clock, beijing_day
from bot.config import Settings
from bot.language.sheet_files import LARGEST, TOO_LARGE
from bot.operations import opening
from bot.operations.trouble import Trouble
from bot.permissions import Actor, Role
from bot.services import importing, importing_saying, people, sheets
from bot.services.importing import Preview, Reverted, State, Taken
from bot.services.sheets import Document
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

MEGABYTE = 1024 * 1024
LISTED = 40
"""Rows of a kind that are printed; the others are counted."""


async def take(settings: Settings, clock: Clock, file: Path, branch: str | None, *, who: str | None, rows: str | None) -> str:
    """What a file would change or, with rows, what was imported, in lines. Raises `Trouble`."""
    content = _content(file)
    async with opening.beside(settings, clock) as database:
        chosen = await opening.the_branch(database, branch)
        await database.run(_allowed, chosen, who)
        document = await sheets.read(file.name, content, beijing_day(clock()))
        if rows is None:
            seen = await database.run(_looked, chosen, who, document)
            return "\n".join([*_told(seen), "Nothing was imported; add “--take all”, or “--take 2-20,25”."])
        seen, taken = await database.run(_taken, chosen, who, document, rows)
    done = f"Imported: {taken.made} new, {taken.changed} changed, {len(taken.skipped)} faulty left out."
    return "\n".join([*_told(seen), f"{done} “zhibu register undo” takes it back."])


def _content(file: Path) -> bytes:
    try:
        if (size := file.stat().st_size) > LARGEST:
            raise Trouble(TOO_LARGE(size=-(-size // MEGABYTE), most=LARGEST // MEGABYTE).en)
        return file.read_bytes()
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error.strerror}") from None


async def secretary(work: UnitOfWork, branch: BranchId, who: str | None) -> Actor:
    """As whom the operator acts: the branch's secretary, by name where there are several. Raises `Trouble`."""
    work.enter(branch)
    found = [each for each in await work.members.holding(Role.SECRETARY.value) if who in {None, each.name, each.latin}]
    if not found:
        raise Trouble(f"“{who}” is no secretary of that branch" if who else "that branch has no secretary")
    if len(found) > 1:
        raise Trouble("there are several secretaries; say which with --as: " + ", ".join(each.name for each in found))
    return people.actor_of(found[0])


async def _allowed(work: UnitOfWork, branch: BranchId, who: str | None) -> None:
    importing.may(work, await secretary(work, branch, who))


async def _looked(work: UnitOfWork, branch: BranchId, who: str | None, document: Document) -> Preview:
    return await importing.looked(work, await secretary(work, branch, who), document)


async def _taken(work: UnitOfWork, branch: BranchId, who: str | None, document: Document, rows: str) -> tuple[Preview, Taken]:
    actor = await secretary(work, branch, who)
    seen = await importing.looked(work, actor, document)
    return seen, await importing.take_at_once(work, actor, document, importing_saying.rows_of(rows))


def _told(seen: Preview) -> Iterator[str]:
    count = {state: len(seen.of(state)) for state in State}
    yield ", ".join([f"{len(seen.rows)} rows", *(f"{count[state]} {state.value}" for state in State)])
    yield from (each.en for each in seen.notes)
    for state in (State.FAULTY, State.CHANGED, State.NEW):
        rows = seen.of(state)
        shown = rows if state is State.FAULTY else rows[:LISTED]
        yield from (importing_saying.line(row).en for row in shown)
        if len(rows) > len(shown):
            yield f"… and {len(rows) - len(shown)} more {state.value}"


async def undo(settings: Settings, clock: Clock, branch: str | None, who: str | None) -> str:
    """Take the last import of seven days back, whoever did it. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        done = await database.run(_undone, await opening.the_branch(database, branch), who)
    stay = f" These stay, bound or changed since: {', '.join(each.name for each in done.stay)}." if done.stay else ""
    return f"The import is undone: {done.put_back} put back, {done.removed} new ones removed.{stay}"


async def _undone(work: UnitOfWork, branch: BranchId, who: str | None) -> Reverted:
    actor = await secretary(work, branch, who)
    last = await importing.last(work, actor)
    if last is None:
        raise Trouble(importing.NOT_THERE.en)
    return await importing.revert(work, actor, last.id)
