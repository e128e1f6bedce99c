"""核实、联系过了、不受理、待核实: what the secretary or the deputy does with an appeal before anybody reads it."""

from bot.commands import Ask, Context, Reply, Where, answer, command
from bot.permissions import Permission
from bot.services import aid_verify
from bot.services.aid_words import numbered
from bot.texts import Text

TAKES = Text("A12", "A12")


@answer(aid_verify.KIND, needs=Permission.VERIFY_AID, matter="aid")
async def card(ctx: Context) -> Reply:
    deeds = (aid_verify.verify, aid_verify.contacted, aid_verify.reason_for)
    told: Text | Ask = await deeds[ctx.choice](ctx.work, ctx.actor, _number(ctx))
    return told


def _number(ctx: Context) -> int:
    return int(ctx.question.data["number"]) if ctx.question else 0


@answer(aid_verify.REASON, needs=Permission.VERIFY_AID, matter="aid")
async def reason(ctx: Context) -> Reply:
    return await aid_verify.decline(ctx.work, ctx.actor, _number(ctx), ctx.args)


@command(
    *("核实", "核实了", "verify"),
    needs=Permission.VERIFY_AID,
    help=Text("求助核实了，请本人看发群的话", "an appeal is verified: its person sees the words for the group"),
    where=Where.PRIVATE,
    takes=TAKES,
    spoken_to=True,
)
async def verify(ctx: Context) -> Reply:
    number, _ = numbered(ctx.args, Text("核实 A12", "verify A12"))
    return await aid_verify.verify(ctx.work, ctx.actor, number)


@command(
    *("联系过了", "求助联系过", "rang"),
    needs=Permission.VERIFY_AID,
    help=Text("求助的同志联系过了，还在核实", "you have spoken with who asked for help"),
    where=Where.PRIVATE,
    takes=TAKES,
    spoken_to=True,
)
async def contacted(ctx: Context) -> Reply:
    number, _ = numbered(ctx.args, Text("联系过了 A12", "rang A12"))
    return await aid_verify.contacted(ctx.work, ctx.actor, number)


@command(
    *("不受理", "decline"),
    needs=Permission.VERIFY_AID,
    help=Text("不受理一件求助，理由告诉本人", "decline an appeal; the person is told why"),
    where=Where.PRIVATE,
    takes=Text("A12 理由", "A12 reason"),
    spoken_to=True,
)
async def decline(ctx: Context) -> Reply:
    number, words = numbered(ctx.args, Text("不受理 A12 理由", "decline A12 reason"))
    return await (aid_verify.decline(ctx.work, ctx.actor, number, words) if words else aid_verify.reason_for(ctx.work, ctx.actor, number))


@command(
    *("待核实", "求助名单", "appeals"),
    needs=Permission.VERIFY_AID,
    help=Text("看等着核实的求助", "see the appeals that wait for you"),
    where=Where.PRIVATE,
)
async def waiting(ctx: Context) -> Reply:
    return await aid_verify.waiting(ctx.work, ctx.actor, ctx.platform) or aid_verify.NONE_WAITING
