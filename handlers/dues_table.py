"""党费情况: who paid which month, for those who keep the dues, in private."""

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command
from bot.language.dues_table import all_in as asks_whether_all_in
from bot.language.dues_table import unpaid as asks_for_unpaid
from bot.language.dues_talk import received
from bot.permissions import Permission
from bot.services import dues_periods, dues_table, dues_table_files, dues_view
from bot.services.dues_periods import today
from bot.texts import Text

KIND = "dues_table"
OFFER = Text("要图还是 Excel？", "As a picture, or as a workbook?")
MORE = Text("还要 Excel 吗？", "The workbook, too?")
FILE = Text(
    "党费情况在文件里，可用 Excel 或 WPS 打开。只给您看，请不要转到群里。",
    "The dues are in the file. It is for you; please keep it out of the group.",
)
PICTURE = Text("党费情况（第 {number}/{count} 张）", "Dues ({number} of {count})")
RULE = Text(
    "谁交没交党费，只有组织委员和书记私下看得到，我不在群里说，也不告诉别人。想看自己的，私聊发“党费”。",
    "Who has paid is seen in private by the dues keeper and the secretary alone; I say it neither in the group nor to others. "
    "Your own you see by “dues”, in private.",
)
IN_PRIVATE = Text(
    "谁没交党费，我不在群里说：那是各人自己的事，点名催缴就成了“指尖上的形式主义”（2023 年的意见）。请在这里私下问我。",
    "I do not say in the group who has not paid: it is each one's own affair, and naming them would be what the 2023 opinions on "
    "formalism are against. Please ask me here.",
)
OWN = Text("您自己的党费：", "Your own dues:")
SEE = Choice(Text("看图", "picture"), ("看图", "图", "图片"))
EXCEL = Choice(Text("Excel", "workbook"), ("excel", "表格", "wps", "xlsx"))
HELP = Text("按人按月看党费交没交，只在私聊里", "see by person and month who has paid, in private")


@command(
    *("党费情况", "党费汇总", "党费统计", "党费表", "duestable"),
    needs=Permission.KEEP_DUES,
    help=HELP,
    where=Where.PRIVATE,
    takes=Text("[3月|2026]", "[2026-03|2026]"),
    understands=received,
    matter="dues",
    intents=("dues_summary",),
)
async def table(ctx: Context) -> Reply:
    months = dues_periods.months(ctx.args, today(ctx.work))
    seen = await dues_table.overview(ctx.work, ctx.actor, months, ctx.platform)
    heading, lines = dues_table.lines(ctx.work, seen)
    return [Pages(heading, lines), Ask(KIND, OFFER, (SEE, EXCEL), data={"months": months, "files": ["picture", "workbook"]}, card=True)]


@answer(KIND, needs=Permission.KEEP_DUES, matter="dues")
async def drawn(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    seen = await dues_table.overview(ctx.work, ctx.actor, data["months"], ctx.platform)
    if data["files"][ctx.choice] == "workbook":
        return Say(FILE, private=True, drawing=await dues_table_files.workbook(ctx.work, ctx.actor, seen))
    sheets = dues_table_files.pictures(ctx.work, seen)
    told = [Say(PICTURE(number=n, count=len(sheets)), private=True, drawing=each) for n, each in enumerate(sheets, 1)]
    return [*told, Ask(KIND, MORE, (EXCEL,), data={"months": data["months"], "files": ["workbook"]}, card=True)]


@command(
    *("谁没交党费", "谁还没交党费", "没交党费的", "unpaiddues"),
    needs=Permission.DUES_OWN,
    help=Text("看谁还没交党费：只有组织委员和书记，只在私聊里", "see who has not paid: dues keeper and secretary only, in private"),
    where=Where.PRIVATE,
    takes=Text("[3月]", "[2026-03]"),
    understands=asks_for_unpaid,
    hidden=True,
    matter="dues",
    intents=("dues_summary:unpaid",),
    spoken_to=True,
)
async def unpaid(ctx: Context) -> Reply:
    return await _unpaid(ctx)


@command(
    *("交齐党费了吗", "党费收齐了吗", "duesallin"),
    needs=Permission.DUES_OWN,
    help=Text("问党费交齐没有：自己的，组织委员和书记问的是全支部的", "ask whether dues are all in: one's own, for officers the branch's"),
    where=Where.PRIVATE,
    takes=Text("[3月]", "[2026-03]"),
    understands=asks_whether_all_in,
    hidden=True,
    matter="dues",
    intents=("dues_query:status",),
    spoken_to=True,
)
async def all_in(ctx: Context) -> Reply:
    if not ctx.actor.may(Permission.KEEP_DUES):
        return Pages(OWN, await dues_view.own(ctx.work, ctx.actor))
    return await _unpaid(ctx)


async def _unpaid(ctx: Context) -> Reply:
    if not ctx.actor.may(Permission.KEEP_DUES):
        return RULE
    if ctx.in_group:
        return IN_PRIVATE
    months = dues_periods.months(ctx.args, today(ctx.work))
    seen = await dues_table.overview(ctx.work, ctx.actor, months, ctx.platform)
    return Pages(*dues_table.unpaid(ctx.work, seen))
