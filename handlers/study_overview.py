"""学习情况: how many read each lesson, for the curator; no names."""

from bot.commands import Context, Pages, Reply, Where, command
from bot.permissions import Permission
from bot.services import study_overview
from bot.texts import Text

HELP = Text("每一课多少人看过、学完，只有人数", "how many read and finished each lesson; numbers only")
HEADING = Text("近 30 天的课，只看人数，没有名单：", "The lessons of 30 days; numbers only, there is no list:")
NOTHING = Text("近 30 天还没有人看课。", "Nobody has read a lesson in the last 30 days.")


@command("学习情况", "学习统计", "studycounts", needs=Permission.CURATE, help=HELP, where=Where.PRIVATE, matter="study", spoken_to=True)
async def counts(ctx: Context) -> Reply:
    lines = await study_overview.counts(ctx.work, ctx.actor)
    return Pages(HEADING, lines) if lines else NOTHING
