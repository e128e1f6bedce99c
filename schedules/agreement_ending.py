"""Thirty days before an agreement with a host ends, who keeps it hears so, in private."""

from bot.jobs import JobContext, daily, job
from bot.services import agreements


@job("agreement_ending", daily(9), where=lambda r: agreements.where_ending(r.work))
async def agreement_ending(ctx: JobContext) -> None:
    """Once for each last day; one that was renewed is told of anew when its new end comes."""
    await agreements.remind(ctx.work, ctx.actor)
