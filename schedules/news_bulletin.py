"""The news digest (新闻早班车): shown to the curator the evening before, posted in the morning if approved."""

from bot.jobs import JobContext, every, job
from bot.services import news


@job("news_bulletin", every(5), where=lambda r: news.where_due(r.work))
async def run(ctx: JobContext) -> None:
    """Every five minutes; the digest's own state keeps it from being shown or posted twice."""
    await news.offer_due(ctx.work, ctx.actor)
    await news.post_due(ctx.work, ctx.actor)
