"""Posts scheduled announcements when their time has come."""

from bot.jobs import JobContext, every, job
from bot.services import notices


@job("notice_posting", every(1), where=lambda r: notices.where_due(r.work))
async def post_due(ctx: JobContext) -> None:
    """Every minute; what is late by more than a day is told to its author instead."""
    await notices.post_due(ctx.work, ctx.actor)
