"""签到情况: what the secretary, and for those not heard of the liaison too, may see. In private only."""

from bot.commands import Context, Pages, Reply, Where, command
from bot.language import absent
from bot.permissions import Permission
from bot.services import check_ins
from bot.texts import Text

HELP = Text("看今天谁报了平安、前几天的人数", "see who checked in today, and the numbers of the last days")
HELP_UNHEARD = Text("看很久没有消息的人，好去问候一声", "see who has not been heard of for long, to send a kind word")
VOLUNTARY = Text("报平安是自愿的，没报不说明什么。", "Checking in is voluntary; not doing so means nothing.")
NOBODY = Text("三十天内每位同志都有消息，很好。", "Everybody has been heard of within thirty days. Good.")
UNHEARD = Text(
    "有消息是指给我发过话或有人联系过；没报平安本身不说明什么。可以私下问候一声。",
    "Heard of means: wrote to me, or somebody spoke with them. Not checking in is no sign by itself. A kind private word may do good.",
)
ENTER = Text("联系上了，发“补录 姓名 联系过”。", "Once you have spoken, send “enter NAME contacted”.")
ASK = Text("联系上了，请书记补录一下。", "Once you have spoken, ask the secretary to enter it.")


@command(
    "签到情况",
    "报平安情况",
    "checkins",
    needs=Permission.SEE_CHECK_INS,
    help=HELP,
    where=Where.PRIVATE,
    intents=("report_request:checkin_list",),
)
async def today(ctx: Context) -> Reply:
    return Pages(VOLUNTARY, await check_ins.overview(ctx.work, ctx.actor, ctx.platform))


@command(
    *("很久没消息", "谁很久没消息", "没消息的", "unheard"),
    needs=Permission.SEE_UNHEARD,
    help=HELP_UNHEARD,
    where=Where.PRIVATE,
    understands=absent.asked,
)
async def unheard(ctx: Context) -> Reply:
    lines = await check_ins.unheard(ctx.work, ctx.actor, ctx.platform)
    hint = ENTER if ctx.actor.may(Permission.ENTER_FOR_OTHERS) else ASK
    return Pages(UNHEARD + hint, lines) if lines else NOBODY
