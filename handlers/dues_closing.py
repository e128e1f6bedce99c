"""党费结账: the month's totals, shown first, then written down."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Choice, Context, Reply, Say, Where, answer, command, undoes
from bot.language.dues_talk import closes
from bot.permissions import Permission
from bot.services import dues_closing, dues_periods, dues_statement, dues_view
from bot.services import undo as undoing
from bot.services.dues_closing import Sheet
from bot.services.dues_words import told
from bot.texts import Text

KIND = "dues_close"
CLOSE = Choice(Text("结账", "close"), ("结账", "结", "好", "对", "是", "可以", "确认", "ok", "yes", "close"))
DO_NOT = Choice(Text("先不结", "not yet"), ("不结", "先不结", "不", "取消", "算了", "no"))
SURE = Text("这样结账吗？结了以后，更正记在以后的月份。", "Close it like this? Corrections are then booked in later months.")
CLOSED = Text(
    "好，{month}党费结账了。结账单在文件里，可以打印签字上报。十分钟内可以“撤销”。上缴了，发“上缴 {month} 金额”。",
    "The dues of {month} are closed. The statement is in the file, to print, sign and hand upward. “undo” works for ten minutes. "
    "Once handed up, send “hand up {month}” and the amount.",
)
DETAIL = Text("明细（Excel），只给您看。", "The details (workbook), for you alone.")
NOT_CLOSED = Text("好，先不结。", "Nothing was closed.")
NOT_LAST = Text(
    "结账只能在十分钟内、没做别的事之前撤销。现在有误，写更正：更正记在以后的月份。",
    "A closing is taken back within ten minutes, before anything else is done. Corrections are now booked in later months.",
)
UNDONE = Text("好，{month}的结账撤回了。", "The closing of {month} is taken back.")


@command(
    *("党费结账", "结党费", "closedues", "close dues"),
    needs=Permission.KEEP_DUES,
    help=Text("一个月的党费合计，看过再结账", "a month's totals of dues; look, then close it"),
    where=Where.PRIVATE,
    takes=Text("[3月]", "[2026-03]"),
    understands=closes,
    matter="dues_keeping",
)
async def close(ctx: Context) -> Reply:
    words = ctx.args or (await dues_view.month_to_close(ctx.work, ctx.actor) if not ctx.word else "")
    sheet = await dues_closing.look(ctx.work, ctx.actor, words)
    totals = Text.join(dues_closing.lines(ctx.work, sheet))
    if sheet.closing is not None:
        return [Say(dues_closing.already(ctx.work, sheet.closing), private=True), *await _papers(ctx, sheet, totals)]
    return [Say(totals, private=True), Ask(KIND, SURE, (CLOSE, DO_NOT), data={"month": sheet.month})]


@answer(KIND, needs=Permission.KEEP_DUES, matter="dues")
async def decided(ctx: Context) -> Reply:
    if ctx.choice or ctx.question is None:
        return NOT_CLOSED
    month = ctx.question.data["month"]
    closed = CLOSED(month=told([month], dues_periods.today(ctx.work)))
    return await _papers(ctx, await dues_closing.close(ctx.work, ctx.actor, month), closed)


async def _papers(ctx: Context, sheet: Sheet, text: Text) -> list[Say]:
    statement = await dues_statement.paper(ctx.work, ctx.actor, sheet)
    detail = await dues_statement.workbook(ctx.work, ctx.actor, sheet, ctx.platform)
    return [Say(text, private=True, drawing=statement), Say(DETAIL, private=True, drawing=detail)]


@command(
    *("撤销结账", "撤回结账", "undoclosing", "undo closing"),
    needs=Permission.KEEP_DUES,
    help=Text("撤销十分钟内刚结的党费账", "take back the closing of dues you made within ten minutes"),
    where=Where.PRIVATE,
    hidden=True,
    matter="dues_keeping",
    spoken_to=True,
)
async def reopen(ctx: Context) -> Reply:
    last = await undoing.last(ctx.work, ctx.actor)
    if last is None or last.kind != dues_closing.DEED:
        return NOT_LAST
    await undoing.take_last(ctx.work, ctx.actor)
    return await _undone(ctx, last.data)


@undoes(dues_closing.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await _undone(ctx, data)


async def _undone(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_closing.undo(ctx.work, ctx.actor, data)
    return UNDONE(month=told([data["month"]], dues_periods.today(ctx.work)))
