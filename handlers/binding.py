"""绑定 and 绑定本群: an account becomes a person's, a group the branch's."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.commands import Ask, Choice, Context, Reply, Say, Where, answer, command, undoes
from bot.permissions import Permission
from bot.services import groups, invitations, offered, seek_passing, strangers
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP = Text("用邀请码绑定这个账号", "bind this account with a code")
HELP_START = Text("开始", "start")
HELP_GROUP = Text("把这个群绑定到本支部", "bind this group to the branch")
HELP_UNBIND = Text("解除这个群与支部的绑定", "unbind this group")
HELP_ACCOUNT = Text("要一个码，绑定自己的另一个账号", "get a code to bind a further account of yours")
TAKES = Text("邀请码", "CODE")
HELLO = Text(
    "您好，我在。发“帮助”看我能做什么，报平安发“签到”。",
    "Hello, here I am. Send “help” to see what I can do, “checkin” to say you are fine.",
)
OTHER = Text(
    "用您要绑的那个账号（{where}）私聊我发：\n绑定 {code}\n七天内有效，只能用一次，别给别人看。",
    "With the account you want to bind ({where}) send me in private:\nbind {code}\nGood for seven days and once; show it to nobody.",
)
IN_QQ_GROUPS = Text(
    "\n要在 QQ 群里用，得另要一个码，在那个群里@我发同样一句。",
    "\nFor a QQ group you need a code of its own; mention me there and send the same.",
)
IN_GROUP = Text("请在要绑定的群里发“绑定本群”。", "Please send “bindgroup” in the group itself.")
ASK = Text("把群“{group}”绑定到“{branch}”，对吗？", "Bind the group “{group}” to “{branch}”. Is that right?")
ASK_UNNAMED = Text("把您刚才发话的群绑定到“{branch}”，对吗？", "Bind the group you have just written in to “{branch}”. Is that right?")
BOUND = Text(
    "绑定好了。十分钟内可以“撤销”，以后可以在群里发“解绑本群”。", "Bound. “undo” within ten minutes, or “unbindgroup” in the group later."
)
NOT_DONE = Text("好，没有动。", "All right, nothing was changed.")
UNBOUND = Text("好，已解绑，我在那个群里不再出声。十分钟内可以“撤销”。", "Unbound; I will be silent there. “undo” within ten minutes.")
NO_GROUP = Text("支部还没有绑定的群。", "The branch has no group yet.")
WHICH = Text("解绑哪个群？", "Which group shall be unbound?")
CANCEL = Choice(Text("取消", "cancel"), ("不", "算了", "no"))


@command("绑定", "bind", needs=Permission.BIND, help=HELP, takes=TAKES, intents=("bind_account",))
async def bind(ctx: Context) -> Reply:
    if not ctx.addressed and not invitations.holds_code(ctx.args):
        return None
    return await _bound(ctx)


async def _bound(ctx: Context) -> Reply:
    told = await invitations.bind(ctx.work, ctx.actor, ctx.incoming, ctx.args)
    return Say(told, private=True) if told else None


@command("开始使用", "start", needs=Permission.BIND, help=HELP_START, takes=TAKES, hidden=True)
async def start(ctx: Context) -> Reply:
    if ctx.args:
        opened = await seek_passing.opened(ctx.work, ctx.incoming, ctx.args) if ctx.actor.member is None else None
        return Say(opened, private=True) if opened else await _bound(ctx)
    if ctx.actor.member is not None:
        return Say(HELLO, private=True)
    return [] if await strangers.turn_away(ctx.work, ctx.incoming) else None


@command(
    "绑定新账号",
    "newaccount",
    needs=Permission.OWN_DATA,
    help=HELP_ACCOUNT,
    where=Where.PRIVATE,
    intents=("bind_account:new", "bind_account:another"),
)
async def new_account(ctx: Context) -> Reply:
    code = await invitations.own_code(ctx.work, ctx.actor, ctx.member)
    return OTHER(code=code, where=await offered.in_words(ctx.work)) + (IN_QQ_GROUPS if await offered.apart(ctx.work) else Text("", ""))


@command("绑定本群", "bindgroup", needs=Permission.BIND_GROUP, help=HELP_GROUP, where=Where.GROUP)
async def bind_group(ctx: Context) -> Reply:
    if not ctx.in_group:
        return IN_GROUP
    chat = ctx.incoming.chat
    branch = await groups.branch_to_bind(ctx.work, ctx.actor, chat.key)
    title = chat.title[:60]
    text = ASK(group=title, branch=branch) if title else ASK_UNNAMED(branch=branch)
    return Ask("bind_group", text, CONFIRM, timedelta(minutes=10), {"chat": list(chat.key), "title": title})


@answer("bind_group", needs=Permission.BIND_GROUP)
async def bind_it(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    await groups.bind(ctx.work, ctx.actor, groups.chat_key(ctx.question.data), ctx.question.data["title"])
    return BOUND


@command("解绑本群", "unbindgroup", needs=Permission.BIND_GROUP, help=HELP_UNBIND)
async def unbind_group(ctx: Context) -> Reply:
    if ctx.in_group:
        await groups.unbind(ctx.work, ctx.actor, ctx.incoming.chat.key)
        return Say(UNBOUND, private=True)
    bound = await groups.of_branch(ctx.work, ctx.actor)
    if not bound:
        return NO_GROUP
    choices = [Choice(Text.plain(group.title[:30] or group.key.platform)) for group in bound]
    return Ask("unbind_group", WHICH, (*choices, CANCEL), data={"chats": [list(group.key) for group in bound]}, columns=1)


@answer("unbind_group", needs=Permission.BIND_GROUP)
async def unbind_it(ctx: Context) -> Reply:
    chats = ctx.question.data["chats"] if ctx.question else []
    if ctx.choice >= len(chats):
        return NOT_DONE
    await groups.unbind(ctx.work, ctx.actor, groups.chat_key({"chat": chats[ctx.choice]}))
    return UNBOUND


@undoes("group_bound")
async def undo_bound(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_binding(ctx.work, ctx.actor, data)
    return UNBOUND


@undoes("group_unbound")
async def undo_unbound(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_unbinding(ctx.work, ctx.actor, data)
    return BOUND
