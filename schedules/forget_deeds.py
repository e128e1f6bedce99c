"""Every ten minutes: what can no longer be undone is forgotten."""

from bot.jobs import JobContext, every, job
from bot.services import undo


@job("forget_deeds", every(10))
async def forget_deeds(ctx: JobContext) -> None:
    """Drop deeds older than the time in which they could be undone."""
    await undo.forget(ctx.work, ctx.actor)
