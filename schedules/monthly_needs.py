"""On the third of the month: what needs the secretary, in one private message, if anything does."""

from datetime import timedelta

from bot.jobs import JobContext, job, monthly
from bot.services import register_needs

LATE = timedelta(days=7)
"""After a longer stop the message of the month is left out: 这个月要办的 tells it at any time."""


@job("monthly_needs", monthly(3, 9), where=lambda r: register_needs.where_kept(r.work))
async def monthly_needs(ctx: JobContext) -> None:
    """Once a month; quiet hours are kept by posting."""
    if ctx.work.now - ctx.due < LATE:
        await register_needs.remind(ctx.work, ctx.actor)
