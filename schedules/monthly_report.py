"""On the 25th, the day on which towns ask for it: the secretary hears that the monthly report is due, with the word that makes it."""

from datetime import timedelta

from bot.jobs import JobContext, job, monthly
from bot.services import exporting

LATE = timedelta(days=4)
"""After a longer stop nothing is said: the report is made at any time."""


@job("monthly_report", monthly(25, 9), where=lambda r: exporting.where_due(r.work))
async def monthly_report(ctx: JobContext) -> None:
    """Once a month, in private; quiet hours are kept by posting."""
    if ctx.work.now - ctx.due < LATE:
        await exporting.remind(ctx.work, ctx.actor)
