"""分布图: where the branch's people are."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Say, Where, command, undoes
from bot.permissions import Permission
from bot.services import deployment, distribution, map_threshold
from bot.texts import Text

HELP = Text("看大家都在哪些城市：地图和人数", "see which cities people are in: a map and numbers")


@command("分布图", "分布", "map", needs=Permission.SEE_COUNTS, help=HELP, intents=("map_query",))
async def show(ctx: Context) -> Reply:
    language = await deployment.language(ctx.work) if ctx.in_group else ctx.language
    if ctx.in_group or not ctx.actor.may(Permission.SEE_PLACES):
        text, drawing = await distribution.counts(ctx.work, ctx.actor, language)
        return Say(text, drawing=drawing)
    heading, lines, drawing = await distribution.by_city(ctx.work, ctx.actor, ctx.platform, language)
    pages = Pages(heading, lines)
    return [pages, Say(distribution.PICTURE, private=True, drawing=drawing)] if drawing else pages


@command(
    *("几面旗", "有几面旗", "几面红旗", "有几面红旗", "flags"),
    needs=Permission.SEE_COUNTS,
    help=Text("地图上有几面红旗", "how many flags there are on the map"),
    intents=("map_query:flags",),
    hidden=True,
)
async def flags(ctx: Context) -> Reply:
    return await distribution.flags(ctx.work, ctx.actor, alone=not ctx.in_group)


@command(
    *("分布图起数", "分布图起点", "mapfrom"),
    needs=Permission.SEE_PLACES,
    help=Text("一个地方满几人才在分布图上显示", "how many people a place needs to be shown on the map"),
    where=Where.PRIVATE,
    takes=Text("[5]", "[5]"),
)
async def threshold(ctx: Context) -> Reply:
    return await map_threshold.decide(ctx.work, ctx.actor, ctx.args) if ctx.args else await map_threshold.told(ctx.work, ctx.actor)


@undoes(map_threshold.DEED)
async def threshold_back(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await map_threshold.undo(ctx.work, ctx.actor, data)
