"""In the morning: what a liaison may like to know of theirs – somebody moved, a political birthday, a festival that comes."""

from datetime import timedelta

from bot.jobs import JobContext, daily, job
from bot.services import care_prompts

LATE = timedelta(hours=12)
"""A morning that was slept through is not made up for at night."""


@job("liaison_morning", daily(8, 40), where=lambda r: care_prompts.where_looked_after(r.work))
async def liaison_morning(ctx: JobContext) -> None:
    """One message to each liaison, and only on a day on which there is something."""
    if ctx.work.now - ctx.due < LATE:
        await care_prompts.morning(ctx.work, ctx.actor)
