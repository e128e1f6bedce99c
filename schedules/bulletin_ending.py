"""Every morning: hardship bulletins whose time is over are taken down and their words erased."""

from bot.jobs import JobContext, daily, job
from bot.services import bulletins


@job("bulletin_ending", daily(8), where=lambda r: bulletins.where_over(r.work))
async def end(ctx: JobContext) -> None:
    """Take down what has expired, and what belongs to somebody who left."""
    await bulletins.end_due(ctx.work, ctx.actor)
