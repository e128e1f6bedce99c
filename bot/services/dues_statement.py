"""The papers of a closing: a statement to sign and hand upward, and a workbook. Described here, drawn when they are sent."""

from collections.abc import Mapping

from bot.clock import beijing_day
from bot.language.capital_amounts import amount_in_words
from bot.language.money import yuan
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.render import tables, workbooks
from bot.render.papers import Format, Paper
from bot.render.tables import Align, Table
from bot.render.workbooks import Kind, Sheet, Value
from bot.services import drawings, dues_totals, privacy, trail
from bot.services.dues_closing import Sheet as Month
from bot.services.dues_standing import CUSTODY, LARGE
from bot.services.dues_totals import HANDED, HANDED_LARGE
from bot.services.ledgers import REVERSAL, Book
from bot.services.trail import Kind as Trailed
from storage.keys import MemberId
from storage.ledger import Entry
from storage.unit_of_work import UnitOfWork

_FOOTER = (
    "收支以账本记账的日子归月；以后的更正记在更正的那个月，不改这张表。机器人不经手钱款，只记账。"
    "校验码是账本当月最后一笔的指纹，私聊机器人发“验账”可以重新核算。"
)
_KINDS = {HANDED: "上缴", HANDED_LARGE: "上缴大额党费", LARGE: "大额党费"}
_BLANK = "\u200b \n\u200b "
_UNNAMED = "（未同意在本平台显示）"


def _items(month: Month) -> list[tuple[str, int]]:
    totals = month.totals
    return [
        ("上月末在组织委员手里", month.carried),
        ("按月交的党费", totals.months),
        ("自愿多交的党费", totals.extra),
        ("冲正（减）", -totals.reversed),
        ("党费合计", totals.received),
        ("大额党费（另计）", totals.large),
        ("上缴上级党组织", totals.handed),
        ("上缴大额党费", totals.handed_large),
        ("月末在组织委员手里", month.custody),
    ]


async def paper(work: UnitOfWork, actor: Actor, month: Month) -> Drawing:
    """The statement as a PDF of totals; no member is named but who closed. Raises `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    branch = await work.branches.get(work.branch_id)
    day = beijing_day(month.closing.at if month.closing else work.now)
    table = Table(
        "收支合计",
        [tables.Column("项目"), tables.Column("金额（元）", Align.RIGHT)],
        [[title, yuan(fen)] for title, fen in _items(month)],
    )
    fields = [
        ("月份", f"{month.month[:4]}年{int(month.month[5:])}月"),
        ("交款人数", f"{month.totals.payers} 人"),
        ("党费合计（大写）", f"人民币{amount_in_words(month.totals.received)}" if month.totals.received >= 0 else "（冲正多于收入）"),
        ("结账日期", f"{day.year}年{day.month}月{day.day}日"),
        ("账本校验码", f"第 {month.head.number} 笔  {month.head.hash[:16]}" if month.head.number else "（还没有账）"),
    ]
    signed = "组织委员（签字）____________________    书记（签字）____________________    日期______________"
    described = Paper("党费月度结账单", [branch.name], fields, table, [_BLANK, signed], _FOOTER, Format.A4)
    return drawings.paper(described, f"dues-{month.month}.pdf", work.now)


async def workbook(work: UnitOfWork, actor: Actor, month: Month, platform: str) -> Drawing:
    """The totals, and the month's entries one by one with who paid, for who keeps the dues. Raises `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    since, until = dues_totals.bounds(month.month)
    entries = await work.ledger.entries(Book.DUES.value, since=since, until=until)
    members = await work.members.present()
    shown, _ = await privacy.shown(work, platform, members)
    names = {each.id: _UNNAMED for each in members} | {each.id: each.name for each in shown}
    paid = {each.subject_id for each in entries} & {each.id for each in shown}
    await trail.exported(work, actor, [each.id for each in shown if each.id in paid], Trailed.DUES)
    totals = Sheet(
        "合计", [workbooks.Column("项目", width=28), workbooks.Column("金额（元）", Kind.YUAN, 16)], [list(each) for each in _items(month)]
    )
    columns = [
        workbooks.Column("记账序号", Kind.NUMBER),
        workbooks.Column("日期", Kind.DATE),
        workbooks.Column("收据或编号", width=18),
        workbooks.Column("姓名", width=16),
        workbooks.Column("事项", width=24),
        workbooks.Column("金额（元）", Kind.YUAN, 14),
    ]
    rows: list[list[Value]] = [_entry(each, names) for each in entries]
    sheets = [totals, Sheet("明细", columns, rows, "金额为负的是冲正或上缴。上缴没有姓名；别的没有姓名的，人已不在支部。")]
    return drawings.workbook(sheets, f"dues-{month.month}.xlsx", work.now)


def _entry(entry: Entry, names: Mapping[MemberId, str]) -> list[Value]:
    fen = sum(line.fen for line in entry.lines if line.account == CUSTODY)
    months = sorted({line.month for line in entry.lines if line.month})
    accounts = {line.account for line in entry.lines}
    what = next((_KINDS[account] for account in _KINDS if account in accounts), "、".join(months) or "自愿多交")
    if entry.kind == REVERSAL:
        what = f"冲正第 {entry.reverses} 笔（{what}）"
    return [entry.number, beijing_day(entry.at), entry.ref, names.get(entry.subject_id or MemberId(0), ""), what, fen]
