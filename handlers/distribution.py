"""分布图: where the branch's people are."""

from bot.commands import Context, Pages, Reply, command
from bot.permissions import Permission
from bot.services import distribution
from bot.texts import Text

HELP = Text("看大家都在哪些城市，只有人数", "see which cities people are in, as numbers")


@command("分布图", "分布", "map", needs=Permission.SEE_COUNTS, help=HELP, intents=("map_query",))
async def show(ctx: Context) -> Reply:
    if ctx.in_group or not ctx.actor.may(Permission.SEE_PLACES):
        return await distribution.counts(ctx.work, ctx.actor)
    heading, lines = await distribution.by_city(ctx.work, ctx.actor, ctx.incoming.chat.key.platform)
    return Pages(heading, lines)
