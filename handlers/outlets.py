"""绑定推送: a group that the bot only posts in becomes one of the branch's; 解绑本群 and 撤销 let it go again."""

from datetime import timedelta

from bot.commands import Ask, Context, Reply, Where, answer, command
from bot.permissions import Permission
from bot.services import outlets
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP = Text("让公告和课也发到一个只推送的群", "post notices and lessons in a push-only group, too")
TAKES = Text("推送的名字", "NAME")
WHICH = Text("请写上推送的名字，比如：绑定推送 支部群。", "Please say its name, such as: bindpush OurGroup.")
ASK = Text(
    "把推送“{name}”绑定到“{branch}”，公告和课也发到那个群（那里不能回话），对吗？",
    "Bind the outlet “{name}” to “{branch}”, so that notices and lessons go there, too (nobody can answer there). Is that right?",
)
BOUND = Text(
    "绑定好了。发“发到”可以选那里发什么，发“解绑本群”可以解绑。",
    "Bound. “postto” decides what is posted there, “unbindgroup” lets it go.",
)
NOT_DONE = Text("好，没有动。", "All right, nothing was changed.")


@command("绑定推送", "bindpush", needs=Permission.BIND_GROUP, help=HELP, takes=TAKES, where=Where.PRIVATE)
async def bind_push(ctx: Context) -> Reply:
    name = ctx.args.strip()
    if not name:
        return WHICH
    _, branch = await outlets.to_bind(ctx.work, ctx.actor, name)
    return Ask("bind_push", ASK(name=name, branch=branch), CONFIRM, timedelta(minutes=10), {"name": name})


@answer("bind_push", needs=Permission.BIND_GROUP)
async def bind_it(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    await outlets.bind(ctx.work, ctx.actor, ctx.question.data["name"])
    return BOUND
