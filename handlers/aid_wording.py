"""The words for the group: whether health may be mentioned, and the approval of every word."""

from bot.commands import Context, Reply, answer
from bot.permissions import Permission
from bot.services import aid_wording


@answer(aid_wording.HEALTH, needs=Permission.ASK_AID, matter="aid")
async def health(ctx: Context) -> Reply:
    return await aid_wording.consented(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, given=ctx.choice == 0)


@answer(aid_wording.WORDING, needs=Permission.ASK_AID, matter="aid")
async def wording(ctx: Context) -> Reply:
    return await aid_wording.decided(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(aid_wording.OWN, needs=Permission.ASK_AID, matter="aid")
async def own_words(ctx: Context) -> Reply:
    return await aid_wording.reworded(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.args or None)
