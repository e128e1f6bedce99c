"""Somebody comes to the group or leaves it, the bot is taken out, a person stops it: noticed, without a word in the group."""

from bot.commands import Context, Reply, observer
from bot.messages import EventKind
from bot.services import comings


@observer(EventKind.JOINED)
async def joined(ctx: Context) -> Reply:
    return [] if await comings.newcomer(ctx.work, ctx.incoming) else None


@observer(EventKind.BOT_REMOVED)
async def turned_out(ctx: Context) -> Reply:
    await comings.turned_out(ctx.work, ctx.incoming)
    return []


@observer(EventKind.BLOCKED)
async def stopped(ctx: Context) -> Reply:
    await comings.stopped(ctx.work, ctx.incoming)
    return []
