"""报到: a stranger asks to join; somebody bound says that they are fine, perhaps where."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Mark, Reply, Say, answer, command, undoes
from bot.permissions import Permission
from bot.services import check_ins, joining, places, privacy
from bot.services.joining import KIND
from bot.services.place_words import reported
from bot.texts import Text

HELP = Text("还没登记：申请加入；登记了：报平安", "not registered yet: ask to join; otherwise: check in")
TAKES = Text("姓名，或地方", "NAME, or a place")
FINE = Text("收到，一路平安。", "Noted, keep well.")
ACCEPTED = Text("好，{who}登记好了。", "Done: {who} is registered.")
DECLINED = Text("好，没有接收，已请对方直接和您联系。", "Not accepted; they were asked to get in touch with you.")
UNDONE = Text("好，这次接收撤销了。", "Taken back; they are not registered.")


@command(
    "报到",
    "join",
    "report",
    needs=Permission.REPORT_IN,
    help=HELP,
    takes=TAKES,
    understands=reported,
    free=True,
    intents=("location_update", "checkin:reported"),
)
async def report(ctx: Context) -> Reply:
    if not ctx.addressed and not joining.is_meant(ctx.args):
        return None
    if ctx.actor.member is None:
        given = ctx.args if ctx.word else ""
        return await joining.ask_to_join(ctx.work, ctx.actor, ctx.incoming, given) if ctx.word or ctx.addressed else None
    new = await check_ins.check_in(ctx.work, ctx.actor, ctx.member)
    named = {"overheard": True, "in_group": ctx.in_group, "sure": bool(ctx.word) or not ctx.in_group}
    where = await places.tell(ctx.work, ctx.actor, ctx.member, ctx.args, **named) if ctx.args else None
    told = [where] if where else []
    if ctx.in_group:
        return [Mark(), *[Say(each, private=True) if isinstance(each, Text) else each for each in told]]
    return [FINE if new else check_ins.AGAIN, *told]


@answer(KIND, needs=Permission.INVITE)
async def decide(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice != 0:
        await joining.decline(ctx.work, ctx.actor, data)
        return DECLINED
    return ACCEPTED(who=await privacy.named(ctx.work, ctx.platform, await joining.accept(ctx.work, ctx.actor, data, ctx.platform)))


@undoes("accepted")
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await joining.undo(ctx.work, ctx.actor, data)
    return UNDONE
