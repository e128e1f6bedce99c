"""The same table as a picture for a phone and as a workbook: described here, drawn when it is sent."""

from collections.abc import Mapping, Sequence

from bot.clock import beijing_day
from bot.language.money import yuan
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.render import tables, workbooks
from bot.render.tables import Align, Cell, Table, Tone
from bot.render.workbooks import Kind, Sheet, Value
from bot.rules.months import month_of
from bot.services import drawings, trail
from bot.services.dues import CLAIM_STATES
from bot.services.dues_standing import ClaimKind, ClaimState, State
from bot.services.dues_table import STATE_NAMES, Overview
from bot.services.dues_words import told
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

_TONES = {
    State.PAID: Tone.DONE,
    State.CLAIMED: Tone.OPEN,
    State.DUE: Tone.OPEN,
    State.REDUCED: Tone.OPEN,
    State.EXEMPT: Tone.MUTED,
    State.ELSEWHERE: Tone.MUTED,
    State.NOT_ASSESSED: Tone.PLAIN,
}
_SHORT = {
    State.PAID: "✓",
    State.CLAIMED: "待核",
    State.DUE: "○",
    State.REDUCED: "减○",
    State.EXEMPT: "免",
    State.ELSEWHERE: "外",
    State.NOT_ASSESSED: "未核",
}
"""What a month shows: a sign and a word, never a colour alone."""
KIND_NAMES = {
    ClaimKind.MONTHS: Text("按月交的", "by the month"),
    ClaimKind.EXTRA: Text("自愿多交的", "voluntary extra"),
    ClaimKind.LARGE: Text("大额党费", "large dues"),
}
_HIDDEN = "另有 {count} 人没有同意在这个平台显示姓名，不在表里。"
_NEVER_HOLDS = "机器人不收钱、不管钱，只记账。"


def pictures(work: UnitOfWork, seen: Overview) -> list[Drawing]:
    """The table as pictures, as many as it takes: a row for each member who may be named, a column for each month."""
    today = beijing_day(work.now)
    columns = [tables.Column("姓名"), *(tables.Column(_head(month, seen.months), Align.CENTRE) for month in seen.months)]
    rows = [[Cell(each.name), *(_cell(seen, each, month) for month in seen.months)] for each in seen.shown()]
    present = {seen.state(each, month) for each in seen.shown() for month in seen.months}
    legend = [(Cell(_SHORT[state], _TONES[state]), STATE_NAMES[state].zh) for state in State if state in present]
    note = "○ 后面是应交的元数。只给组织委员和书记看，请不要转到群里。"
    if seen.hidden:
        note += _HIDDEN.format(count=seen.hidden)
    title = f"党费情况 {told(seen.months, today).zh}"
    return drawings.pictures(Table(title, columns, rows, note, legend))


def _head(month: str, months: Sequence[str]) -> str:
    short = f"{int(month[5:])}月"
    return short if month[:4] == months[-1][:4] else f"{month[2:4]}年{short}"


def _cell(seen: Overview, member: Member, month: str) -> Cell:
    state, cell = seen.state(member, month), seen.cells[member.id][month]
    return Cell(f"{_SHORT[state]} {yuan(cell.open).removesuffix('.00')}" if cell.open else _SHORT[state], _TONES[state])


async def workbook(work: UnitOfWork, actor: Actor, seen: Overview) -> Drawing:
    """The table, the totals and the claims of these months as a workbook. Raises `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    claims = await work.dues_claims.of_state([each.value for each in ClaimState])
    names = {each.id: each.name for each in seen.shown()}
    wanted = [each for each in claims if each.member_id in names and set(_months(each)) & set(seen.months)]
    await trail.exported(work, actor, list(names), Trailed.DUES)
    sheets = [_table(seen), _totals(seen), _claims(wanted, names)]
    return drawings.workbook(sheets, f"dues-{'-'.join(dict.fromkeys((seen.months[0], seen.months[-1])))}.xlsx", work.now)


def _months(claim: Claim) -> list[str]:
    """The months that a claim is for, else the one in which it was made."""
    return claim.named or [month_of(beijing_day(claim.at))]


def _table(seen: Overview) -> Sheet:
    columns = [workbooks.Column("姓名"), *(workbooks.Column(month, Kind.YUAN, 14) for month in seen.months)]
    rows: list[list[Value]] = [[each.name, *(_value(seen, each, month) for month in seen.months)] for each in seen.shown()]
    note = "数字是已收的元数；没有收的写着状态和应交的元数。"
    return Sheet("各人各月", columns, rows, note + (_HIDDEN.format(count=seen.hidden) if seen.hidden else ""))


def _value(seen: Overview, member: Member, month: str) -> Value:
    state, cell = seen.state(member, month), seen.cells[member.id][month]
    if state is State.PAID:
        return cell.paid
    return STATE_NAMES[state].zh + (f" {yuan(cell.open)}" if cell.open else "")


def _totals(seen: Overview) -> Sheet:
    kinds = (Kind.YUAN, Kind.YUAN, *(Kind.NUMBER for _ in State))
    titles = ("已收（元）", "没交（元）", *(f"{STATE_NAMES[state].zh}（人）" for state in State))
    columns = [workbooks.Column("月份"), *(workbooks.Column(title, kind) for title, kind in zip(titles, kinds, strict=True))]
    rows: list[list[Value]] = [[month, *seen.sums(month), *(seen.counts(month).get(state, 0) for state in State)] for month in seen.months]
    return Sheet("合计", columns, rows, f"全支部 {len(seen.members)} 人。{_NEVER_HOLDS}")


def _claims(claims: Sequence[Claim], names: Mapping[MemberId, str]) -> Sheet:
    titles = (("编号", Kind.TEXT), ("姓名", Kind.TEXT), ("报的日子", Kind.DATE), ("月份", Kind.TEXT), ("金额", Kind.YUAN))
    more = (("状态", Kind.TEXT), ("收据", Kind.TEXT))
    columns = [workbooks.Column(title, kind, 16 if title in {"月份", "收据"} else 12) for title, kind in (*titles, *more)]
    rows: list[list[Value]] = [
        [
            f"C{each.number}",
            names[each.member_id],
            beijing_day(each.at),
            "、".join(each.named) or KIND_NAMES[ClaimKind(each.kind)].zh,
            each.fen,
            CLAIM_STATES[ClaimState(each.state)].zh,
            each.receipt or "",
        ]
        for each in claims
    ]
    return Sheet("报缴", columns, rows)
