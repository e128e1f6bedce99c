"""Tells the secretary when a platform has been out of reach for half an hour, and when it is back."""

from bot.jobs import JobContext, every, job
from bot.services import lines


@job("lines", every(10), where=lambda r: lines.where_any(r.work, r.branches))
async def tell(ctx: JobContext) -> None:
    """Once a day while it lasts; never for each message that waits."""
    await lines.tell(ctx.work, ctx.actor)
