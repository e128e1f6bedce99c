"""同意: what may be kept and sent, given and withdrawn by one sentence."""

from bot.commands import Context, Reply, Where, answer, command
from bot.language import consents as language
from bot.permissions import Permission
from bot.services import abroad, location_consent, place_questions, place_words
from bot.texts import Text

HELP_STOP = Text("以后不记您的位置，当场生效", "your place is not kept any more, from now on")
HELP_DELETE = Text("删除记下的位置", "delete the place that is kept")
HELP_ALLOW = Text("同意记下所在城市", "allow your city to be kept")
HELP_WITHDRAW = Text("收回同意过的事", "take back what you agreed to")
WITHDRAW = Text(
    "同意过什么，发“我的同意”看。不记位置，发“以后别记我位置”；不让同城的人找到您，发“别让人找我”；"
    "不把资料给流入地，发“不再提供资料”；不经 Telegram 收消息，发“不同意”。",
    "“myconsents” shows what you agreed to. To keep no place send “stop my place”; not to be found by others “hideme”; to give nothing "
    "to hosts “stopsharing”; nothing through Telegram “disagree”.",
)
HELP_AGREE = Text("回答机器人的同意问题", "answer what the bot asks your consent for")


STOP = ("以后别记我位置", "别记我位置", "不同意记位置", "stopplace", "stop my place", "stop keeping my place")
DELETE = ("删除我的位置", "删除位置", "deleteplace", "delete my place")
ALLOW = ("同意记位置", "同意记我位置", "同意记我的位置", "可以记位置", "可以记我的位置", "keepplace", "keep my place")


@command(
    *STOP,
    needs=Permission.OWN_DATA,
    help=HELP_STOP,
    where=Where.PRIVATE,
    understands=place_words.stopped,
    free=True,
    intents=("consent_withdraw:location",),
)
async def stop(ctx: Context) -> Reply:
    return await location_consent.stop(ctx.work, ctx.actor)


@command(
    *DELETE,
    needs=Permission.OWN_DATA,
    help=HELP_DELETE,
    where=Where.PRIVATE,
    understands=place_words.deleted,
    free=True,
    intents=("data_delete:location",),
)
async def delete(ctx: Context) -> Reply:
    return await location_consent.delete(ctx.work, ctx.actor)


@command(
    *("撤回同意", "收回同意", "withdrawconsent"),
    needs=Permission.OWN_DATA,
    help=HELP_WITHDRAW,
    where=Where.PRIVATE,
    hidden=True,
    intents=("consent_withdraw",),
    spoken_to=True,
)
async def withdraw(_ctx: Context) -> Reply:
    return WITHDRAW


@command(*ALLOW, needs=Permission.SET_PLACE, help=HELP_ALLOW, where=Where.PRIVATE, hidden=True, intents=("consent:location",))
async def allow(ctx: Context) -> Reply:
    return await location_consent.allow(ctx.work, ctx.actor)


@command(
    "同意",
    "agree",
    needs=Permission.OWN_DATA,
    help=HELP_AGREE,
    where=Where.PRIVATE,
    hidden=True,
    intents=("consent",),
    understands=lambda text: "" if language.bare_word(text) == "yes" else None,
    spoken_to=True,
)
async def agree(ctx: Context) -> Reply:
    return None if ctx.in_group else await abroad.said(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=True) or ()


@command(
    "不同意",
    "disagree",
    needs=Permission.OWN_DATA,
    help=HELP_AGREE,
    where=Where.PRIVATE,
    hidden=True,
    understands=lambda text: "" if language.bare_word(text) == "no" else None,
    spoken_to=True,
)
async def disagree(ctx: Context) -> Reply:
    return None if ctx.in_group else await abroad.said(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=False) or ()


@answer(place_questions.CONSENT, needs=Permission.SET_PLACE)
async def location(ctx: Context) -> Reply:
    return await location_consent.answered(ctx.work, ctx.actor, ctx.question, agreed=ctx.choice == 0)


@answer(location_consent.DELETE, needs=Permission.OWN_DATA)
async def delete_too(ctx: Context) -> Reply:
    return await location_consent.delete_answered(ctx.work, ctx.actor, ctx.choice)


@answer("consent_abroad", needs=Permission.OWN_DATA)
async def go_abroad(ctx: Context) -> Reply:
    return await abroad.answered(ctx.work, ctx.actor, ctx.member, ctx.incoming, agreed=ctx.choice == 0)
