"""同意: what may be kept and sent, given and withdrawn by one sentence."""

from collections.abc import Sequence

from bot.commands import Context, Reply, Where, answer, command, holds
from bot.permissions import Permission
from bot.services import abroad, location_consent, place_questions
from bot.texts import Text

HELP_STOP = Text("以后不记您的位置，当场生效", "your place is not kept any more, from now on")
HELP_DELETE = Text("删除记下的位置", "delete the place that is kept")
HELP_ALLOW = Text("同意记下所在城市", "allow your city to be kept")
HELP_AGREE = Text("回答机器人的同意问题", "answer what the bot asks your consent for")


@command(
    "以后别记我位置",
    "别记我位置",
    "别记我的位置",
    "以后别记我的位置",
    "以后别记我位置了",
    "别记我位置了",
    "别再记我位置",
    "不要记我位置",
    "不要记我的位置",
    "不要再记我的位置",
    "以后不要记我位置",
    "以后不要记我的位置",
    "不同意记位置",
    "停记位置",
    "stopplace",
    "stop my place",
    "stop place",
    needs=Permission.SET_PLACE,
    help=HELP_STOP,
    where=Where.PRIVATE,
)  # fmt: skip  one name after the other
async def stop(ctx: Context) -> Reply:
    return await location_consent.stop(ctx.work, ctx.actor)


@command(
    "删除我的位置",
    "删除位置",
    "删掉我的位置",
    "删我的位置",
    "删除我位置",
    "deleteplace",
    "delete my place",
    "delete place",
    needs=Permission.OWN_DATA,
    help=HELP_DELETE,
    where=Where.PRIVATE,
)  # fmt: skip  one name after the other
async def delete(ctx: Context) -> Reply:
    return await location_consent.delete(ctx.work, ctx.actor)


@command(
    "同意记位置",
    "同意记我位置",
    "同意记我的位置",
    "可以记位置",
    "可以记我的位置",
    "keepplace",
    "keep my place",
    needs=Permission.SET_PLACE,
    help=HELP_ALLOW,
    where=Where.PRIVATE,
    hidden=True,
)  # fmt: skip  one name after the other
async def allow(ctx: Context) -> Reply:
    return await location_consent.allow(ctx.work, ctx.actor)


@command("同意", "agree", needs=Permission.OWN_DATA, help=HELP_AGREE, where=Where.PRIVATE, hidden=True)
async def agree(ctx: Context) -> Reply:
    return None if ctx.in_group else await abroad.said(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=True) or ()


@command("不同意", "disagree", needs=Permission.OWN_DATA, help=HELP_AGREE, where=Where.PRIVATE, hidden=True)
async def disagree(ctx: Context) -> Reply:
    return None if ctx.in_group else await abroad.said(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=False) or ()


@answer(place_questions.CONSENT, needs=Permission.SET_PLACE)
async def location(ctx: Context) -> Reply:
    return await location_consent.answered(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, agreed=ctx.choice == 0)


@answer(location_consent.DELETE, needs=Permission.OWN_DATA)
async def delete_too(ctx: Context) -> Reply:
    return await location_consent.delete_answered(ctx.work, ctx.actor, ctx.choice)


@answer("consent_abroad", needs=Permission.OWN_DATA)
async def go_abroad(ctx: Context) -> Reply:
    return await abroad.answered(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=ctx.choice == 0)


@holds("consent", Text("您的同意", "your consents"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await location_consent.answers(ctx.work, ctx.actor)
