"""The workbooks as a page hands them out: at once, so that nothing of them is kept."""

from bot.clock import beijing_day
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.services import browser_chat, drawings, exporting
from storage.unit_of_work import UnitOfWork

KINDS = ("ledger", "report")


async def workbook(work: UnitOfWork, actor: Actor, kind: str) -> Drawing:
    """The ledger, or the report of the present month, ready to be drawn. Raises `LookupError` for another kind."""
    require(actor, Permission.CARRY_REGISTER, Subject(work.branch_id))
    if kind not in KINDS:
        raise LookupError(f"no workbook {kind}")
    month = exporting.month_meant("", beijing_day(work.now))
    made = (
        exporting.ledger(work, actor, browser_chat.PLATFORM)
        if kind == "ledger"
        else exporting.report(work, actor, month, browser_chat.PLATFORM)
    )
    return drawings.opened((await made).drawing, work.vault)
