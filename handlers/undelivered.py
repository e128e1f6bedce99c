"""未送达: whom messages did not reach."""

from bot.commands import Context, Pages, Reply, Where, command
from bot.permissions import Permission
from bot.services import deliveries
from bot.texts import Text

HELP = Text("看哪些消息没送到、为什么", "see which messages were not delivered, and why")
HEADING = Text("没送到的（留 7 天，不显示内容）：", "Not delivered (kept 7 days; what they say is not shown):")
NOTHING = Text("都送到了，没有落下的。", "Everything was delivered.")


@command("未送达", "没送到", "undelivered", needs=Permission.SEE_UNDELIVERED, help=HELP, where=Where.PRIVATE)
async def undelivered(ctx: Context) -> Reply:
    lines = await deliveries.undelivered(ctx.work, ctx.actor, ctx.platform)
    return Pages(HEADING, lines) if lines else NOTHING
