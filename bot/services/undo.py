"""Taking back what one did last (撤销), within ten minutes."""

from datetime import timedelta

from bot.permissions import Actor, Permission, Subject, require
from storage.deeds import Deed
from storage.unit_of_work import UnitOfWork

WINDOW = timedelta(minutes=10)


async def take_last(work: UnitOfWork, actor: Actor) -> Deed | None:
    """The actor's last deed that can still be undone, given out once; None if there is none."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    found = await work.deeds.last(actor.member, work.now - WINDOW) if actor.member is not None else None
    if found is not None:
        work.deeds.remove(found)
    return found


async def forget(work: UnitOfWork, actor: Actor) -> None:
    """Drop what can no longer be undone, with the data it held."""
    require(actor, Permission.UNDO, Subject(work.branch_id))
    await work.deeds.forget_before(work.now - WINDOW)
