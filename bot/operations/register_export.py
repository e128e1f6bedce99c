"""`zhibu register export`: the ledger or the monthly report, as the branch's secretary would export it."""

import asyncio
from pathlib import Path

from bot.clock import Clock, beijing_day
from bot.config import Settings
from bot.messages import Outgoing
from bot.operations import opening
from bot.operations.register_import import secretary
from bot.operations.trouble import Trouble
from bot.services import drawings, exporting
from bot.services.exporting import Exported
from bot.texts import Text
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

HOME = "browser"
"""The file stays on this machine: nobody is left out for the sake of a platform abroad."""


async def write(settings: Settings, clock: Clock, file: Path, branch: str | None, *, who: str | None, month: str | None) -> str:
    """Write the workbook; answers what was written, in a line. Raises `Trouble`."""
    if await asyncio.to_thread(file.exists):
        raise Trouble(f"{file} is there already; name another")

    async def made(work: UnitOfWork, chosen: BranchId) -> Exported:
        actor = await secretary(work, chosen, who)
        if month is None:
            return await exporting.ledger(work, actor, HOME)
        return await exporting.report(work, actor, exporting.month_meant(month, beijing_day(work.now)), HOME)

    async with opening.beside(settings, clock) as database:
        exported = await database.run(made, await opening.the_branch(database, branch))
        drawing = drawings.opened(exported.drawing, database.vault)
    await asyncio.to_thread(_write, file, Outgoing(Text.plain(""), drawing=drawing))
    return f"{file}: {exported.people} people."


def _write(file: Path, described: Outgoing) -> None:
    """Draw and write it, for its owner's eyes only."""
    drawn = drawings.drawn(described)
    if drawn.file is None:
        raise Trouble("nothing was drawn")
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(drawn.file.content)
    except OSError as error:
        raise Trouble(f"{file} cannot be written: {error.strerror}") from None
