"""收据: the paper for dues that were confirmed, one's own alone."""

from bot.commands import Context, Reply, Say, Where, command
from bot.permissions import Permission
from bot.services import dues_receipts
from bot.texts import Text


@command(
    *("收据", "党费收据", "我的收据", "receipt"),
    needs=Permission.DUES_OWN,
    help=Text("拿自己的党费收据（PDF）", "get one's own receipt of dues (PDF)"),
    where=Where.PRIVATE,
    takes=Text("[D-2026-0317]", "[D-2026-0317]"),
    matter="dues",
)
async def receipt(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    found = await dues_receipts.of_member(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return Say(found.text, private=True, drawing=found.paper)
