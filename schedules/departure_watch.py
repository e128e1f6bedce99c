"""In the morning: who leaves today is where they said they go; who did not want to move their membership is asked once more."""

from bot.jobs import JobContext, daily, job
from bot.services import departure_lists


@job("departure_watch", daily(9, 10), where=lambda r: departure_lists.where_due(r.work))
async def departure_watch(ctx: JobContext) -> None:
    """Once a day; doing it twice changes nothing."""
    await departure_lists.due(ctx.work, ctx.actor)
