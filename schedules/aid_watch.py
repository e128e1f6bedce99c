"""Looks after appeals: unanswered ones, ends, and helpers who wanted to be in touch."""

from bot.jobs import JobContext, every, job
from bot.services import aid_watch


@job("aid_watch", every(10), where=lambda r: aid_watch.where_due(r.work))
async def watch(ctx: JobContext) -> None:
    """Every ten minutes; quiet hours are kept by posting."""
    await aid_watch.watch(ctx.work, ctx.actor)
