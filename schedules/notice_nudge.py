"""Reminds, once and in private, those who have not read an announcement after a day."""

from bot.jobs import JobContext, every, job
from bot.services import notice_nudges


@job("notice_nudge", every(10), where=lambda r: notice_nudges.where_due(r.work))
async def nudge(ctx: JobContext) -> None:
    """Every ten minutes; quiet hours and the month's one message are kept by posting."""
    await notice_nudges.nudge_due(ctx.work, ctx.actor)
