"""谁看过我的资料: a person asks who saw or changed what is kept about them."""

from collections.abc import Sequence

from bot.commands import Context, Pages, Reply, Where, command, holds
from bot.language import consents as language
from bot.permissions import Permission
from bot.services import trail_view
from bot.texts import Text

HELP = Text("看谁看过、改过您的资料", "see who saw or changed what is kept about you")
HEADING = Text(
    "近 90 天谁看过、改过您的资料（只记谁、哪天、哪一类；更早的，三年内的，发“导出”）：",
    "Who saw or changed what is kept about you in 90 days (who, when, which kind; for three years: “export”):",
)
NOBODY = Text("近 90 天没有别人看过、改过您的资料。", "In 90 days nobody else has seen or changed what is kept about you.")


@command(
    "谁看过我的资料",
    "谁看了我的资料",
    "谁看过我的数据",
    "谁看过我的信息",
    "谁查过我的资料",
    "谁改过我的资料",
    "谁动过我的资料",
    "whosaw",
    "who saw my data",
    "who looked at my data",
    needs=Permission.OWN_DATA,
    help=HELP,
    where=Where.PRIVATE,
    understands=language.asks_who_saw,
    spoken_to=True,
)
async def who_saw(ctx: Context) -> Reply:
    lines = await trail_view.by_day(ctx.work, ctx.actor, ctx.platform)
    return Pages(HEADING, lines) if lines else NOBODY


@holds("trail", Text("谁看过、改过（三年内）", "who saw or changed it (three years)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await trail_view.in_sum(ctx.work, ctx.actor, ctx.platform)
