"""邀请 and 换号: codes for those who are to come, or to come back with a new phone."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import replies
from bot.commands import Ask, Context, Pages, Reply, Where, answer, command, undoes
from bot.errors import UserError
from bot.language import newcomers
from bot.permissions import Permission
from bot.services import invitations, privacy
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP = Text("给一位或一批同志发邀请码", "make codes that invite one or many")
HELP_REBIND = Text("手机丢了：停掉旧账号，给新邀请码", "a lost phone: end the old accounts, make a new code")
TAKES = Text("姓名，或一列姓名", "NAME, or a list of names")
TAKES_NAME = Text("姓名", "NAME")
HOW = Text("请写上姓名，一个或一列都行：邀请 李小山", "Please add one name or a list: invite Li Xiaoshan")
HOW_REBIND = Text("请写上姓名：换号 李小山", "Please add the name: rebind Li Xiaoshan")
CODE = Text(
    "给{who}的邀请码：{code}\n请私下转给本人，让他在和我的私聊里发：\n绑定 {code}\n七天内有效，只能用一次，旧码作废。",
    "The code for {who}: {code}\nPlease hand it over privately; they send me in private:\nbind {code}\nGood for seven days and once; "
    "earlier codes have ended.",
)
BOUND = Text(
    "{who}已经绑定好了。换了手机或丢了账号，发“换号 姓名”。", "{who} is bound already. With a new phone or a lost account: “rebind NAME”."
)
IS_IT_RIGHT = Text("共 {count} 位，要发邀请码吗？", "{count} names. Shall I make the codes?")
SHEET = Text("邀请码，每人一个，七天内有效，请私下转交：", "The codes, one each, good for seven days; please hand them over privately:")
ALREADY = Text("已经绑定好的 {count} 位，不用再发：", "Bound already, {count}:")
NOT_DONE = Text("好，没有发。", "All right, no codes were made.")
UNDONE = Text("好，邀请收回了，邀请码作废。", "Taken back; the codes have ended.")
SURE = Text(
    "停掉{who}现在的全部账号，另发一个邀请码，撤不回来。对吗？",
    "End all present accounts of {who} and make a new code? It cannot be taken back.",
)
NOT_REPLACED = Text("好，没有动。", "All right, nothing was changed.")
REPLACED = Text(
    "{who}的旧账号都停了。新邀请码：{code}\n请私下转给本人，七天内有效。",
    "The old accounts of {who} have ended. The new code: {code}\nGood for seven days.",
)


@command("邀请", "invite", needs=Permission.INVITE, help=HELP, where=Where.PRIVATE, takes=TAKES, understands=newcomers.heard)
async def invite(ctx: Context) -> Reply:
    listed = invitations.read(ctx.args)
    if not ctx.addressed and (listed.doubtful or not listed.names):
        return None
    if not listed.names:
        return HOW
    if ctx.addressed and len(listed.names) == 1 and not listed.doubtful:
        return await _sheet(ctx, listed.names)
    back = await invitations.shown_back(ctx.work, ctx.platform, listed)
    return [*back, Ask("invite", IS_IT_RIGHT(count=len(listed.names)), CONFIRM, data={"names": listed.names})]


@answer("invite", needs=Permission.INVITE)
async def confirmed(ctx: Context) -> Reply:
    return await _sheet(ctx, ctx.question.data["names"]) if ctx.question and ctx.choice == 0 else NOT_DONE


async def _sheet(ctx: Context, names: Sequence[str]) -> Reply:
    sheet = await invitations.invite(ctx.work, ctx.actor, names, ctx.platform)
    if len(names) == 1 and sheet.codes:
        member, code = sheet.codes[0]
        return CODE(who=await privacy.named(ctx.work, ctx.platform, member), code=code) + await invitations.to_tap(ctx.work, code)
    if len(names) == 1:
        return BOUND(who=await privacy.named(ctx.work, ctx.platform, sheet.bound[0]))
    lines = await invitations.lines(ctx.work, ctx.platform, sheet)
    if sheet.bound:
        lines += [ALREADY(count=len(sheet.bound)), await privacy.listed(ctx.work, ctx.platform, sheet.bound)]
    return replies.sheet(Pages(SHEET + await invitations.to_tap(ctx.work) if sheet.codes else Text("", ""), lines))


@command("换号", "rebind", needs=Permission.INVITE, help=HELP_REBIND, where=Where.PRIVATE, takes=TAKES_NAME)
async def replace(ctx: Context) -> Reply:
    if not ctx.args:
        return HOW_REBIND if ctx.addressed else None
    member = await invitations.to_replace(ctx.work, ctx.actor, ctx.args, ctx.platform)
    who = await privacy.named(ctx.work, ctx.platform, member)
    return Ask("replace_accounts", SURE(who=who), CONFIRM, data={"member": member.id})


@answer("replace_accounts", needs=Permission.INVITE)
async def replaced(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_REPLACED
    member_id = ctx.question.data["member"]
    member, code = await invitations.replace_accounts(ctx.work, ctx.actor, member_id, ctx.incoming.sender.key)
    return REPLACED(who=await privacy.named(ctx.work, ctx.platform, member), code=code) + await invitations.to_tap(ctx.work, code)


@undoes("invited")
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await invitations.take_back(ctx.work, ctx.actor, data)
    return UNDONE


@undoes("accounts_replaced")
async def undo_replaced(ctx: Context, data: Mapping[str, Any]) -> Text:
    raise UserError(invitations.CANNOT)
