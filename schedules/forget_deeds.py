"""Every ten minutes: what can no longer be undone or answered is forgotten."""

from bot.jobs import JobContext, every, job
from bot.services import retention, undo


@job("forget_deeds", every(10), where=lambda r: retention.where_passing(r.work))
async def forget_deeds(ctx: JobContext) -> None:
    """Drop deeds and questions whose time has passed, with what they knew."""
    await undo.forget(ctx.work, ctx.actor)
    await retention.forget_passing(ctx.work, ctx.actor)
