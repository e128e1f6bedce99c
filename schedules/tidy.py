"""Every night: what is past its time is dropped."""

from bot.jobs import JobContext, daily, job
from bot.services import retention


@job("tidy", daily(3, 30), where=lambda r: retention.where_old(r.work, r.branches))
async def tidy(ctx: JobContext) -> None:
    """Drop what has been kept long enough."""
    await retention.tidy(ctx.work, ctx.actor)
