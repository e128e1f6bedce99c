"""未送达: whom messages did not reach, and what to do about those that may have."""

from bot.commands import Context, Pages, Reply, Where, answer, command
from bot.permissions import Permission
from bot.services import uncertain
from bot.services import undelivered as letters
from bot.texts import Text

HELP = Text("看哪些消息没送到、为什么", "see which messages were not delivered, and why")
HEADING = Text("没送到的（留 7 天，不显示内容）：", "Not delivered (kept 7 days; what they say is not shown):")
NOTHING = Text("都送到了，没有落下的。", "Everything was delivered.")


@command("未送达", "没送到", "哪些没送到", "undelivered", needs=Permission.SEE_UNDELIVERED, help=HELP, where=Where.PRIVATE, spoken_to=True)
async def undelivered(ctx: Context) -> Reply:
    lines = await letters.undelivered(ctx.work, ctx.actor, ctx.platform)
    if not lines:
        return NOTHING
    doubted = await uncertain.first(ctx.work, ctx.actor, ctx.platform)
    return [Pages(HEADING, lines), doubted] if doubted is not None else Pages(HEADING, lines)


@answer(uncertain.KIND, needs=Permission.SEE_UNDELIVERED)
async def decided(ctx: Context) -> Reply:
    asked = ctx.question.data if ctx.question else {}
    said, doubted = await uncertain.decide(ctx.work, ctx.actor, asked, ctx.choice, ctx.platform)
    return [said, doubted] if doubted is not None else said
