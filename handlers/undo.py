"""撤销: taking back what one did last."""

from bot.commands import Context, Reply, Where, command
from bot.permissions import Permission
from bot.services import undo
from bot.texts import Text

HELP = Text("撤销十分钟内刚做的那一件", "take back the last thing you did, within ten minutes")
NOTHING = Text("十分钟内没有能撤销的事，放心。", "There is nothing from the last ten minutes to take back. All is well.")
CLOSED = Text("好，刚才问您的作罢，什么都没变。", "All right, what I asked is dropped; nothing has changed.")


@command("撤销", "撤回", "undo", needs=Permission.UNDO, help=HELP, where=Where.PRIVATE)
async def take_back(ctx: Context) -> Reply:
    if not ctx.in_group and await undo.close_question(ctx.work, ctx.actor):
        return CLOSED
    deed = await undo.take_last(ctx.work, ctx.actor)
    if deed is None:
        return NOTHING if ctx.addressed else None
    return await ctx.registry.undos[deed.kind].handler(ctx, deed.data)
