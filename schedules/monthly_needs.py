"""On the third of the month: what needs the secretary, in one private message, if anything does."""

from bot.jobs import JobContext, job, monthly
from bot.services import register_needs


@job("monthly_needs", monthly(3, 9), where=lambda r: register_needs.where_kept(r.work))
async def monthly_needs(ctx: JobContext) -> None:
    """Once a month; quiet hours are kept by posting."""
    await register_needs.remind(ctx.work, ctx.actor)
