"""The branch's ledger (台账) and the monthly report as workbooks, with the headings of the national system of party members.

In the report there are no telephone numbers, notes or reasons of health; in neither an identity number, which is never kept. Where a
city stands, its member agreed that it be kept. What was exported is read again by the import (tests/services/test_exporting.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.language.normalise import is_blank
from bot.messages import Drawing, Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.render.workbooks import Column, Kind, Sheet, Value
from bot.rules import register as rules
from bot.rules.months import month_of
from bot.services import drawings, dues_totals, people, posting, privacy, register, register_view, trail
from bot.services.register import Field
from bot.services.register_values import CARDS, RELATIONS, without_health
from bot.services.register_view import Line
from bot.texts import Text
from storage.departures import Departure
from storage.keys import BranchId, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

WHICH_MONTH = Text("请写一个月，如：月报 2026年3月。没有做。", "Please name one month, like: monthlyreport March 2026. Nothing was made.")
TO_COME = Text("这个月还没到，没有做。", "That month has not come yet; nothing was made.")
DUE = Text(
    "每月 25 号报月报，该报这个月的了。发“月报”，我做成 Excel 给您，看过再发给镇里。",
    "The monthly report is due on the 25th. Send “monthly report” and I make it; please look through it before you send it on.",
)
HIDDEN = "另有 {count} 人没有同意在这里显示姓名，不在表里；请在网页导出。"
LEDGER_NOTE = "仅供本支部工作用，请不要外传。备注、身份证号不导出；城市只有本人同意记的。导出的表可以改了再导入。"
REPORT_NOTE = "数字截至 {day}。电话、备注、身份证号不上报；城市只有本人同意记的。"
_LEDGER = (
    Column("姓名"),
    Column("人员类别"),
    Column("所在党小组", width=14),
    Column("加入中国共产党时间", width=18),
    Column("预备期到期日期", Kind.DATE, 14),
    Column("外出原因", width=10),
    Column("外出时间", width=12),
    Column("流入地", width=20),
    Column("工作单位", width=24),
    Column("联系电话", width=14),
    Column("流动党员活动证", width=14),
    Column("活动证有效期至", Kind.DATE, 14),
    Column("流出地党组织", width=24),
    Column("流入地党组织", width=24),
    Column("组织关系", width=12),
    Column("籍贯", width=20),
    Column("上次确认时间", Kind.DATE, 14),
    Column("人找到", Kind.DATE, 12),
    Column("书发到", Kind.DATE, 12),
    Column("过组织生活", Kind.DATE, 12),
)
_AWAY = (
    *(Column("姓名"), Column("人员类别"), Column("外出时间", width=12), Column("外出原因", width=10), Column("流入地", width=20)),
    *(Column("工作单位", width=24), Column("流动党员活动证", width=14), Column("流入地党组织", width=24), Column("组织关系", width=12)),
)
_GUESTS = (Column("姓名"), Column("流出地党组织", width=30), Column("流动党员活动证", width=14), Column("活动证有效期至", Kind.DATE, 14))
_CLASSES = ((Role.PROBATIONARY, "预备党员"), (Role.GUEST, "流入党员"))


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook and how many people stand in it; `hidden` may not be named where it goes."""

    drawing: Drawing
    people: int
    hidden: int = 0


async def ledger(work: UnitOfWork, actor: Actor, platform: str) -> Exported:
    """一支部一台账: everybody who may be named there, a row each."""
    require(actor, Permission.CARRY_REGISTER, Subject(work.branch_id))
    lines, hidden = await _shown(work, actor, platform)
    await trail.exported(work, actor, [each.member.id for each in lines], trail.Kind.REGISTER)
    await trail.exported(work, actor, [each.member.id for each in lines if each.entry.holds(Field.PHONE.value)], trail.Kind.CONTACT)
    await trail.exported(work, actor, [each.member.id for each in lines if each.place is not None], trail.Kind.PLACE)
    groups = await _groups(work)
    rows = [_row(each, groups.get(each.member.id, "")) for each in lines]
    about = Sheet("说明", [Column("说明", width=90)], [[_note(LEDGER_NOTE, hidden)]])
    made = drawings.workbook([Sheet("台账", _LEDGER, rows), about], f"register-{beijing_day(work.now)}.xlsx", work.now)
    return Exported(drawings.sealed(work, made), len(lines), hidden)


async def _shown(work: UnitOfWork, actor: Actor, platform: str) -> tuple[list[Line], int]:
    """The lines of those who may be named on a platform, and how many may not."""
    lines = register_view.seen_by(actor, await register_view.all_lines(work))
    named, hidden = await privacy.shown(work, platform, [each.member for each in lines])
    ids = {each.id for each in named}
    return [each for each in lines if each.member.id in ids], hidden


def _note(note: str, hidden: int) -> str:
    return note + (HIDDEN.format(count=hidden) if hidden else "")


async def _groups(work: UnitOfWork) -> dict[MemberId, str]:
    names = {each.id: each.name for each in await work.units.groups(work.branch_id)}
    return {who: names[group] for who, group in (await work.units.grouped(work.branch_id)).items() if group in names}


def _row(line: Line, group: str) -> list[Value]:
    entry = line.entry
    return [
        line.member.name,
        _class(line.member),
        group,
        _day(line, Field.JOINED_ON),
        entry.probation_until,
        _said(line, Field.REASON),
        _day(line, Field.LEFT_ON),
        line.place.full if line.place else None,
        _said(line, Field.EMPLOYER),
        _said(line, Field.PHONE),
        _card(line),
        entry.card_until,
        entry.home_branch or None,
        entry.host_branch or None,
        _relation(line),
        _home(line),
        entry.confirmed_on,
        entry.found_on,
        entry.books_on,
        entry.life_on,
    ]


def _class(member: Member) -> str:
    roles = people.roles_of(member)
    return next((name for role, name in _CLASSES if role in roles), "正式党员")


def _said(line: Line, field: Field) -> str | None:
    """What stands in a field; that its key is missing, where it cannot be opened."""
    return register_view.value(line.entry, field).zh if line.entry.holds(field.value) else None


def _day(line: Line, field: Field) -> str | None:
    """A day, or the month or year where no more is known: a text, so that no more is made of it."""
    return register.written(line.entry, field)


def _card(line: Line) -> str | None:
    return CARDS[line.entry.card].zh if line.entry.card else None


def _relation(line: Line) -> str | None:
    return RELATIONS[line.entry.relation].zh if line.entry.relation else None


def _home(line: Line) -> str | None:
    return _said(line, Field.HOMETOWN)


def month_meant(words: str, today: date) -> str:
    """The month that words name, else the present one. Raises `UserError`."""
    words = words.strip().removesuffix("的")
    if not words:
        return month_of(today)
    try:
        found = read(words, today)
    except ImpossibleMonth as error:
        raise UserError(WHICH_MONTH) from error
    if len(found.months) != 1 or not is_blank(found.rest.replace(";", " ")):
        raise UserError(WHICH_MONTH)
    if found.months[0] > month_of(today):
        raise UserError(TO_COME)
    return found.months[0]


async def report(work: UnitOfWork, actor: Actor, month: str, platform: str) -> Exported:
    """The monthly report for the town: a sheet of numbers, who is away, who is a guest."""
    require(actor, Permission.CARRY_REGISTER, Subject(work.branch_id))
    lines, hidden = await _shown(work, actor, platform)
    away = await work.departures.of_many([each.member.id for each in lines], "kept")
    out = [each for each in lines if each.member.id in away or each.entry.left_on is not None]
    guests = [each for each in lines if Role.GUEST in people.roles_of(each.member)]
    out = [each for each in out if each not in guests]
    await trail.exported(work, actor, list(dict.fromkeys(each.member.id for each in (*out, *guests))), trail.Kind.REGISTER)
    await trail.exported(work, actor, [each.member.id for each in out if each.place is not None], trail.Kind.PLACE)
    head = [Column("项目", width=34), Column("数", Kind.NUMBER, 12)]
    here = [[each.member.name, each.entry.home_branch or None, _card(each), each.entry.card_until] for each in guests]
    sheets = [
        Sheet("汇总", head, await _numbers(work, month, away), REPORT_NOTE.format(day=beijing_day(work.now))),
        Sheet("流出党员", _AWAY, [_out(each) for each in out], _note("", hidden)),
        Sheet("流入党员", _GUESTS, here),
    ]
    made = drawings.workbook(sheets, f"report-{month}.xlsx", work.now)
    return Exported(drawings.sealed(work, made), len(out) + len(guests), hidden)


def _out(line: Line) -> list[Value]:
    city = line.place.full if line.place else None
    left, reason = _day(line, Field.LEFT_ON), _said(line, Field.REASON)
    told = without_health(reason) if reason else None  # an illness is nobody's matter up there
    row: list[Value] = [line.member.name, _class(line.member), left, told, city, _said(line, Field.EMPLOYER)]
    return [*row, _card(line), line.entry.host_branch or None, _relation(line)]


async def _numbers(work: UnitOfWork, month: str, away: Mapping[MemberId, Departure]) -> list[Sequence[Value]]:
    """The numbers of the month, of the whole branch."""
    lines = await register_view.all_lines(work)
    today, (since, until) = beijing_day(work.now), dues_totals.bounds(month)
    first, last = beijing_day(since), beijing_day(until) - timedelta(days=1)
    bound = {each.member_id for each in await work.accounts.of_branch()}
    moving = await work.departures.moving(first, last)
    totals = await dues_totals.of_time(work, since, until)
    roles = [people.roles_of(each.member) for each in lines]
    ours = [each for each, held in zip(lines, roles, strict=True) if Role.GUEST not in held]
    return [
        ["党员总数", len(ours)],
        ["其中：预备党员", sum(Role.PROBATIONARY in held for held in roles)],
        ["流出党员", sum(each.member.id in away or each.entry.left_on is not None for each in ours)],
        ["流入党员（在本支部参加活动）", len(lines) - len(ours)],
        ["本月新外出", sum(first <= (each.leave_on or first) <= last for each in moving if each.state != "draft" and each.leave_on)],
        ["本月返回", sum(each.back_on is not None and first <= each.back_on <= last for each in moving)],
        ["人已找到（联系得上）", sum(each.entry.holds(Field.FOUND_ON.value) or each.member.id in bound for each in ours)],
        ["还没联系上", sum(not (each.entry.holds(Field.FOUND_ON.value) or each.member.id in bound) for each in ours)],
        ["书已发到", sum(each.entry.holds(Field.BOOKS_ON.value) for each in ours)],
        ["过组织生活（累计）", sum(each.entry.holds(Field.LIFE_ON.value) for each in ours)],
        ["持流动党员活动证", sum(each.entry.card == "held" for each in ours)],
        ["90 天内核对过", sum(not rules.is_overdue(each.entry.confirmed_on, today) for each in ours)],
        ["本月交党费人数", totals.payers],
        ["本月实收党费（元，不含大额）", totals.received // 100],
    ]


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches that keep a register."""
    return await work.agenda.with_register()


async def remind(work: UnitOfWork, actor: Actor) -> None:
    """The secretaries hear that the report of the month is due, and how it is made."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    if work.branch_id in await where_due(work):
        await posting.to_role(work, Role.SECRETARY.value, Outgoing(DUE), priority=Priority.NOTICE)
