"""Somebody opens the private chat where the platform tells of it: they are greeted, and a stranger hears how to report in."""

from bot.commands import Context, Reply, observer
from bot.messages import EventKind
from bot.services import strangers
from bot.texts import Text

HERE = Text("您好，我在。报平安发“签到”，别的发“帮助”看。", "Hello, here I am. Send “checkin” to say you are fine, “help” for the rest.")


@observer(EventKind.OPENED)
async def opened(ctx: Context) -> Reply:
    if ctx.in_group:
        return None
    if ctx.actor.member is None:
        return [] if await strangers.turn_away(ctx.work, ctx.incoming) else None
    return HERE
