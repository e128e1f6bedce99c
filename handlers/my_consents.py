"""我的同意, 同意发照片, 隐私: what a member agreed to, in one list, changed by a sentence; and what becomes of their data."""

from collections.abc import Callable

from bot.commands import Context, Pages, Reply, Where, command
from bot.language import consents as language
from bot.permissions import Permission
from bot.services import my_consents, privacy_notice
from bot.texts import Text

HELP_PICTURES = Text("说一声能不能发有您的照片", "say whether pictures with you may be shown")


@command(
    *("我的同意", "我的授权", "我同意过什么", "我都同意了什么", "myconsents", "my consents"),
    needs=Permission.OWN_DATA,
    help=Text("看自己同意过什么，怎么改", "see what you agreed to, and how to change it"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def listed(ctx: Context) -> Reply:
    return Pages(my_consents.HEADING, await my_consents.listed(ctx.work, ctx.actor))


def _pictures(*, yes: bool) -> Callable[[str], str | None]:
    return lambda text: "" if language.of_pictures(text) == ("yes" if yes else "no") else None


@command(
    *("同意发照片", "allowpictures", "allow pictures"),
    needs=Permission.OWN_DATA,
    help=HELP_PICTURES,
    where=Where.PRIVATE,
    understands=_pictures(yes=True),
    intents=("consent:photo",),
    spoken_to=True,
)
async def pictures(ctx: Context) -> Reply:
    return await my_consents.pictures(ctx.work, ctx.actor, given=True)


@command(
    *("不同意发照片", "nopictures", "no pictures"),
    needs=Permission.OWN_DATA,
    help=HELP_PICTURES,
    where=Where.PRIVATE,
    understands=_pictures(yes=False),
    intents=("consent_withdraw:photo",),
    hidden=True,
    spoken_to=True,
)
async def no_pictures(ctx: Context) -> Reply:
    return await my_consents.pictures(ctx.work, ctx.actor, given=False)


@command(
    *("隐私", "隐私说明", "隐私政策", "你们记我什么", "privacy"),
    needs=Permission.HELP,
    understands=lambda text: "" if language.asks_how_long(text) or language.asks_who_may_see(text) else None,
    help=Text("谁在记、为什么、记什么、留多久、您有哪些权利", "who keeps what, why, for how long, and your rights"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def notice(ctx: Context) -> Reply:
    return Pages(privacy_notice.HEADING, await privacy_notice.lines(ctx.work))
