"""Pushes the three-minute lesson (三分钟党课) at the branch's own time."""

from bot.jobs import JobContext, every, job
from bot.services import lesson_posts


@job("daily_lesson", every(5), where=lambda r: lesson_posts.where_due(r.work))
async def push(ctx: JobContext) -> None:
    """Every five minutes; the day is noted in the plan, so that nothing is pushed twice and one miss is caught up."""
    await lesson_posts.push_due(ctx.work, ctx.actor)
