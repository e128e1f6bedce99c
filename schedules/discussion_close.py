"""A discussion ends three days after it began."""

from bot.jobs import JobContext, daily, job
from bot.services import discussions


@job("discussion_close", daily(9), where=lambda r: discussions.where_over(r.work))
async def discussion_close(ctx: JobContext) -> None:
    """Say how many took part, and thank them."""
    await discussions.close_due(ctx.work, ctx.actor)
