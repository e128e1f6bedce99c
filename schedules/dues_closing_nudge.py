"""On the 25th: a gentle word to who keeps the dues if the month before is not closed."""

from bot.jobs import JobContext, job, monthly
from bot.rules.dues_days import CLOSING_DAY
from bot.services import dues_closing


@job("dues_closing_nudge", monthly(CLOSING_DAY, 9), where=lambda r: dues_closing.where_open(r.work, r.due))
async def nudge(ctx: JobContext) -> None:
    """Once a month; what was missed for more than some days is let go."""
    await dues_closing.nudge(ctx.work, ctx.actor, ctx.due)
