"""What a restore leaves in doubt: letters that waited when the back-up was made have probably been sent since (docs/decisions/0020)."""

from storage import home
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

DOUBTFUL = "restored from a back-up: it may have been sent since"


async def doubt(work: UnitOfWork) -> tuple[int, list[BranchId]]:
    """Leave every letter that is due to the secretaries; answers how many, and in which branches."""
    return await work.backlog.doubt_due(DOUBTFUL)


async def notice(work: UnitOfWork) -> tuple[int, list[BranchId]]:
    """The same at a start, if a server's own tools have restored this database since the last one."""
    here, before = await work.home.here(), await work.settings.get(home.NAME)
    if here is None or here == before:
        return 0, []
    if before is not None and home.same(here, before):
        if before.startswith(home.UNSEEN):
            work.settings.put(home.NAME, here)
        return 0, []
    work.settings.put(home.NAME, here)
    return await doubt(work) if before is not None else (0, [])
