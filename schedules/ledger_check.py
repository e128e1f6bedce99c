"""Every night the ledgers are recomputed from their first entry: 验账 by day only reads what is new."""

import structlog

from bot.jobs import JobContext, daily, job
from bot.services import ledgers

log = structlog.get_logger()


@job("ledger_check", daily(3, 50), where=lambda r: ledgers.where_kept(r.work))
async def ledger_check(ctx: JobContext) -> None:
    """Tell the secretaries and the operator's log what does not fit."""
    for each in await ledgers.check(ctx.work, ctx.actor):
        log.error("a ledger does not fit", branch=ctx.work.branch_id, book=each.book.value, faults=[fault.number for fault in each.faults])
