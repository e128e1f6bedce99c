"""党费政策: what the branch decides for itself about dues, each with its reason."""

from collections.abc import Mapping
from typing import Any

from bot.clock import beijing_day
from bot.commands import Context, Pages, Reply, Where, command, undoes
from bot.permissions import Permission
from bot.services import dues_policies
from bot.texts import Text

HELP = Text("看、定支部自己的党费办法，要写原因", "see or set the branch's own ways with dues, with the reason")
TAKES = Text("[农民 0.5 原因 支部研究]", "[farmer 0.5 reason …]")
HEADING = Text("支部自己定的：", "The branch's own:")
NONE = Text("支部没有另定，都按规定。", "The branch has set nothing of its own; the rules hold.")
UNDONE = Text("好，照原来的办。", "Done; it is as before.")


@command("党费政策", "duespolicy", needs=Permission.SET_DUES_POLICY, help=HELP, where=Where.PRIVATE, takes=TAKES, matter="dues")
async def policy(ctx: Context) -> Reply:
    if ctx.args:
        return await dues_policies.decide(ctx.work, ctx.actor, ctx.args)
    lines = await dues_policies.told(ctx.work, beijing_day(ctx.work.now)) if ctx.addressed else []
    return Pages(HEADING if lines else NONE, [*lines, dues_policies.HOW]) if ctx.addressed else None


@undoes(dues_policies.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_policies.undo(ctx.work, ctx.actor, data)
    return UNDONE
