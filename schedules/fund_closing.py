"""Every morning: the money of appeals that are over is closed, step by step."""

from bot.jobs import JobContext, daily, job
from bot.services import fund_closing


@job("fund_closing", daily(9, 30), where=lambda r: fund_closing.where_money(r.work))
async def close(ctx: JobContext) -> None:
    """Open promises end, givers hear what is left, after a week the rest goes to the fund in general."""
    await fund_closing.close_due(ctx.work, ctx.actor)
