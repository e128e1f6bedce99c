"""Every morning: who has noted nothing of their household for half a year is asked once how it goes."""

from bot.jobs import JobContext, daily, job
from bot.services import pairing


@job("pairing_prompt", daily(10), where=lambda r: pairing.where_quiet(r.work))
async def prompt(ctx: JobContext) -> None:
    """One gentle, private message each half-year; quiet hours and digests are kept by posting."""
    await pairing.prompt_due(ctx.work, ctx.actor)
