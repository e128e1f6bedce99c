"""任命, 免去, 移交书记, 权限: who is what, and what that allows."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.commands import Ask, Context, MemberId, Pages, Reply, Where, answer, command, undoes
from bot.errors import UserError
from bot.language.normalise import bare
from bot.permissions import Permission
from bot.services import people, privacy, roles
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP_APPOINT = Text("请一位同志担任一个角色", "give somebody a role")
HELP_DISMISS = Text("免去一位同志的角色", "take a role from somebody")
HELP_HAND_OVER = Text("把书记移交给另一位同志", "hand the office of secretary over")
HELP_RIGHTS = Text("看自己能做什么，别的事找谁", "see what you may do, and whom to ask for the rest")
TAKES = Text("姓名 角色", "NAME ROLE")
TAKES_NAME = Text("姓名", "NAME")
DONE = Text("好，{who}现在是：{roles}。十分钟内可以“撤销”。", "Done: {who} is now {roles}. “undo” within ten minutes.")
UNDONE = Text("好，改回去了。", "Done, it is as before.")
HOW = Text("请写上姓名：移交书记 李小山", "Please add the name: handover Li Xiaoshan")
SURE = Text(
    "把书记移交给{who}，您自己不再是书记，对吗？", "Hand the office over to {who}; you will not be secretary any more. Is that right?"
)
NOT_DONE = Text("好，没有动。", "All right, nothing was changed.")
HANDED_OVER = Text(
    "移交好了，{who}现在是书记。谢谢您这些日子的辛苦。十分钟内可以“撤销”。",
    "{who} is secretary now. Thank you for your work. “undo” within ten minutes.",
)
LONGEST = 30
YOU_ARE = Text("您现在是：{roles}。", "You are: {roles}.")


def _appoints(text: str) -> str | None:
    """任命何春梅副书记, without spaces."""
    said = bare(text)
    if not said.startswith("任命") or len(said) > LONGEST:
        return None
    with suppress(UserError):
        roles.read(said.removeprefix("任命"))
        return said.removeprefix("任命")
    return None


@command(
    *("任命", "appoint"),
    needs=Permission.APPOINT,
    help=HELP_APPOINT,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=_appoints,
    spoken_to=True,
)
async def appoint(ctx: Context) -> Reply:
    name, role = roles.read(ctx.args)
    return await _now(ctx, (await roles.appoint(ctx.work, ctx.actor, name, role, ctx.platform)).id)


@command("免去", "dismiss", needs=Permission.APPOINT, help=HELP_DISMISS, where=Where.PRIVATE, takes=TAKES, spoken_to=True)
async def dismiss(ctx: Context) -> Reply:
    name, role = roles.read(ctx.args)
    return await _now(ctx, (await roles.dismiss(ctx.work, ctx.actor, name, role, ctx.platform)).id)


async def _now(ctx: Context, member_id: MemberId) -> Reply:
    member = await people.present(ctx.work, member_id)
    return DONE(who=await privacy.named(ctx.work, ctx.platform, member), roles=people.titles(member))


@command("移交书记", "handover", needs=Permission.APPOINT, help=HELP_HAND_OVER, where=Where.PRIVATE, takes=TAKES_NAME, spoken_to=True)
async def hand_over(ctx: Context) -> Reply:
    if not ctx.args:
        return HOW
    member = await roles.successor(ctx.work, ctx.actor, ctx.args, ctx.platform)
    who = await privacy.named(ctx.work, ctx.platform, member)
    return Ask("hand_over", SURE(who=who), CONFIRM, data={"member": member.id})


@answer("hand_over", needs=Permission.APPOINT)
async def handed_over(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    member = await roles.hand_over(ctx.work, ctx.actor, ctx.question.data["member"])
    return HANDED_OVER(who=await privacy.named(ctx.work, ctx.platform, member))


@command("权限", "rights", needs=Permission.OWN_DATA, help=HELP_RIGHTS, where=Where.PRIVATE)
async def rights(ctx: Context) -> Reply:
    return Pages(YOU_ARE(roles=people.named_roles(ctx.actor.roles)), roles.explained(ctx.actor))


@undoes("roles")
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await roles.undo(ctx.work, ctx.actor, data)
    return UNDONE


@undoes("handed_over")
async def undo_hand_over(ctx: Context, data: Mapping[str, Any]) -> Text:
    await roles.take_office_back(ctx.work, ctx.actor, data)
    return UNDONE
