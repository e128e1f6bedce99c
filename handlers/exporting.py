"""导出名册, 月报: the ledger and the report for the town as workbooks, in private."""

from bot.clock import beijing_day
from bot.commands import Context, Reply, Say, Where, command
from bot.language import export_words
from bot.permissions import Permission
from bot.services import exporting
from bot.services.exporting import Exported
from bot.texts import Text

LEDGER = Text(
    "台账（{count} 人），只给您，请不要外传。{hidden}", "The ledger ({count} people), for you alone; please do not pass it on. {hidden}"
)
REPORT = Text(
    "{month} 的月报：汇总、流出和流入，共 {count} 人。发给镇里前请看一遍。{hidden}",
    "The report of {month}: numbers, who is away, guests; {count} people. Please look through it before you send it on. {hidden}",
)
HIDDEN = Text("另有 {count} 人不能在这里写名字，在网页导出才有。", "{count} more cannot be named here; export on the web page.")


@command(
    *("导出名册", "导出台账", "一支部一台账", "exportregister"),
    needs=Permission.CARRY_REGISTER,
    help=Text("把名册导出成 Excel", "export the register as a workbook"),
    where=Where.PRIVATE,
    understands=export_words.wants_register,
    spoken_to=True,
)
async def ledger(ctx: Context) -> Reply:
    made = await exporting.ledger(ctx.work, ctx.actor, ctx.platform)
    return Say(LEDGER(count=made.people, hidden=_hidden(made)), private=True, drawing=made.drawing)


@command(
    *("月报", "报表", "上报", "monthlyreport", "monthly report"),
    needs=Permission.CARRY_REGISTER,
    help=Text("做给镇里的月报（Excel）", "make the monthly report for the town (a workbook)"),
    where=Where.PRIVATE,
    takes=Text("[3月]", "[March]"),
    intents=("report_request",),
    spoken_to=True,
)
async def report(ctx: Context) -> Reply:
    said = ctx.args if ctx.word else ctx.meaning.slots.get("month", "") if ctx.meaning is not None else ""
    month = exporting.month_meant(said, beijing_day(ctx.work.now))
    made = await exporting.report(ctx.work, ctx.actor, month, ctx.platform)
    return Say(REPORT(month=month, count=made.people, hidden=_hidden(made)), private=True, drawing=made.drawing)


def _hidden(made: Exported) -> Text:
    return HIDDEN(count=made.hidden) if made.hidden else Text("", "")
