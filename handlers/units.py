"""各支部, 组织架构: the branches below in numbers, and the tree of organisations."""

from collections.abc import Sequence

from bot.commands import Context, Pages, Reply, Say, Where, command, holds
from bot.permissions import Permission
from bot.services import units
from bot.texts import Text

PICTURE = Text("同样的数字，一张表：", "The same numbers as a table:")


@command(
    *("各支部", "branches"),
    needs=Permission.SEE_UNITS,
    help=Text("看分管的各支部的人数（组织员）", "see the numbers of the branches below you (organisers)"),
    where=Where.PRIVATE,
    also=("各支部情况", "下级支部", "各支部人数"),
    spoken_to=True,
)
async def branches(ctx: Context) -> Reply:
    counts = await units.below(ctx.work, ctx.actor)
    heading, lines = units.told(ctx.work, counts)
    pictures = [Say(PICTURE, private=True, drawing=each) for each in units.table(ctx.work, counts)] if len(counts) > 1 else []
    return [Pages(heading, lines) if lines else heading, *pictures]


@command(
    *("组织架构", "organisation"),
    needs=Permission.SEE_COUNTS,
    help=Text("看支部的上级和党小组；带日期看那天的", "see what is above the branch and its groups; with a date as it was then"),
    where=Where.PRIVATE,
    takes=Text("[日期]", "[DATE]"),
    also=("组织结构", "组织体系"),
    spoken_to=True,
)
async def organisation(ctx: Context) -> Reply:
    return Pages(*await units.tree(ctx.work, ctx.actor, ctx.args))


@holds("units", Text("组织", "organisation"))
async def held(ctx: Context) -> Sequence[Text]:
    return await units.held(ctx.work, ctx.actor)
