"""On the second of the month: each liaison's own short list of who is due a word."""

from datetime import timedelta

from bot.jobs import JobContext, job, monthly
from bot.services import care_prompts

LATE = timedelta(days=7)
"""After a longer stop the list of the month is left out: 我联系的人 tells it at any time."""


@job("liaison_list", monthly(2, 9), where=lambda r: care_prompts.where_looked_after(r.work))
async def liaison_list(ctx: JobContext) -> None:
    """Once a month; quiet hours and digests are kept by posting."""
    if ctx.work.now - ctx.due < LATE:
        await care_prompts.month(ctx.work, ctx.actor)
