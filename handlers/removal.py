"""移除 and 恢复: leaving the branch, and coming back within thirty days."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Context, Reply, Where, answer, command, undoes
from bot.permissions import Permission
from bot.services import membership, privacy
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP = Text("请一位同志离开名单，三十天内可恢复", "take somebody off the list; can be undone for thirty days")
HELP_RESTORE = Text("恢复三十天内移除的同志", "bring back somebody who was removed within thirty days")
TAKES = Text("姓名", "NAME")
HOW = Text("请写上姓名：移除 李小山", "Please add the name: remove Li Xiaoshan")
HOW_RESTORE = Text("请写上姓名：恢复 李小山", "Please add the name: restore Li Xiaoshan")
SURE = Text(
    "把{who}从名单里移除，账号马上停用，三十天内可以恢复。对吗？", "Remove {who}? Access ends at once; for thirty days it can be undone."
)
NOT_DONE = Text("好，没有动。", "All right, nothing was changed.")
REMOVED = Text(
    "已移除，账号停用了。三十天内发“恢复 姓名”可以找回，之后资料全部删除。",
    "Removed. “restore NAME” within thirty days brings them back; then everything is erased.",
)
RESTORED = Text("{who}恢复好了，角色和账号都在。", "{who} is back, with roles and accounts.")
UNDONE = Text("好，恢复了。", "Done, they are back.")
REMOVED_AGAIN = Text("好，又移除了。", "Done, removed again.")


@command("移除", "remove", needs=Permission.REMOVE, help=HELP, where=Where.PRIVATE, takes=TAKES)
async def remove(ctx: Context) -> Reply:
    if not ctx.args:
        return HOW if ctx.addressed else None
    member = await membership.to_remove(ctx.work, ctx.actor, ctx.args, ctx.platform)
    who = await privacy.named(ctx.work, ctx.platform, member)
    return Ask("remove", SURE(who=who), CONFIRM, data={"member": member.id})


@answer("remove", needs=Permission.REMOVE)
async def removed(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    await membership.remove(ctx.work, ctx.actor, ctx.question.data["member"])
    return REMOVED


@command("恢复", "restore", needs=Permission.REMOVE, help=HELP_RESTORE, where=Where.PRIVATE, takes=TAKES)
async def restore(ctx: Context) -> Reply:
    if not ctx.args:
        return HOW_RESTORE if ctx.addressed else None
    member = await membership.restore(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return RESTORED(who=await privacy.named(ctx.work, ctx.platform, member))


@undoes("removed")
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await membership.undo_removal(ctx.work, ctx.actor, data)
    return UNDONE


@undoes("restored")
async def undo_restored(ctx: Context, data: Mapping[str, Any]) -> Text:
    await membership.remove(ctx.work, ctx.actor, data["member"])
    return REMOVED_AGAIN
