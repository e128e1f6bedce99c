"""各支部 and 组织架构: what an organiser sees of the branches below – counts, never a name – and the tree, now and on a day.

What an organiser sees follows from their offices downwards (`unit_office`); to the side they see nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.language import days
from bot.messages import Drawing
from bot.permissions import Actor, ActorKind, Permission, Subject, require
from bot.render.tables import Align, Column, Table
from bot.rules import units as rules
from bot.rules.months import month_of
from bot.rules.units import Kind
from bot.services import drawings
from bot.texts import Text
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork
from storage.units import Unit

KIND_NAMES = {
    Kind.COMMITTEE: Text("党委", "committee"),
    Kind.GENERAL_BRANCH: Text("党总支", "general branch"),
    Kind.BRANCH: Text("支部", "branch"),
    Kind.GROUP: Text("党小组", "party group"),
}
CONFIRMED_WITHIN = timedelta(days=90)
READ_WITHIN = timedelta(days=30)
NO_OFFICE = Text(
    "您还没有分管的组织。请管理员用 zhibu unit appoint 把您记为组织员。",
    "You are not organiser of a unit yet. The operator notes it with “zhibu unit appoint”.",
)
NONE_BELOW = Text("您分管的组织下面还没有支部。", "There are no branches below your units yet.")
HEADING = Text(
    "您分管的 {count} 个支部，{day}（位置按 90 天内，党费按本月，公告按 30 天内）：",
    "The {count} branches below you, {day} (places within 90 days, dues of this month, announcements within 30 days):",
)
LINE = Text(
    "{name} {members} 人：绑定 {bound}，找到 {found}，有位置 {confirmed}，交党费 {paid}，看公告 {read}",
    "{name}, {members}: bound {bound}, found {found}, place {confirmed}, dues {paid}, read {read}",
)
TOTAL = Text("合计", "together")
TREE = Text("组织架构（{day}）：", "The organisation on {day}:")
NOT_THEN = Text("那天还没有记下组织架构。", "Nothing is noted of the organisation on that day.")
WHICH_DAY = Text("请写一个已经过去的日子，例如：组织架构 2026年1月1日", "Please give a day that is past: organisation 2026-01-01")

ORGANISES = Text("分管（组织员）：{name}", "organiser of {name}")
IN_GROUP = Text("党小组：{name}", "party group: {name}")


@dataclass(frozen=True, slots=True)
class Counts:
    """How a branch stands, in numbers of people."""

    branch: BranchId
    name: Text
    members: int = 0
    bound: int = 0
    found: int = 0
    confirmed: int = 0
    paid: int = 0
    read: int = 0

    def of(self) -> tuple[int, ...]:
        """The numbers in their order."""
        return (self.members, self.bound, self.found, self.confirmed, self.paid, self.read)


def called(each: Unit) -> Text:
    """How a unit is named."""
    return Text(each.name, each.latin or each.name)


async def below(work: UnitOfWork, actor: Actor) -> list[Counts]:
    """The counts of every branch below the units the actor organises, by name: one statement a table. Raises `UserError` for none."""
    require(actor, Permission.SEE_UNITS)
    living = await work.units.living()
    seen = await _seen_from_above(work, actor, living)
    if not seen:
        raise UserError(NO_OFFICE)
    branches = [each for each in living if each.kind == Kind.BRANCH and each.id in seen and each.branch_id is not None]
    return await counted(work, branches)


async def counted(work: UnitOfWork, branches: Sequence[Unit]) -> list[Counts]:
    """How some branches stand. Who asks checks beforehand who may know it."""
    ids = [each.branch_id for each in branches if each.branch_id is not None]
    if not ids:
        return []
    counts, now = work.unit_counts, work.now
    numbers: Sequence[Mapping[BranchId, int]] = (
        await counts.members(ids),
        await counts.bound(ids),
        await counts.found(ids),
        await counts.confirmed(ids, now - CONFIRMED_WITHIN),
        await counts.paid(ids, month_of(beijing_day(now))),
        await counts.read(ids, now - READ_WITHIN),
    )
    return [
        Counts(each.branch_id, called(each), *(of.get(each.branch_id, 0) for of in numbers))
        for each in branches
        if each.branch_id is not None
    ]


def told(work: UnitOfWork, counts: Sequence[Counts]) -> tuple[Text, list[Text]]:
    """The heading and a line a branch, with the sum above where there are several."""
    if not counts:
        return NONE_BELOW, []
    lines = [_line(each.name, each.of()) for each in counts]
    if len(counts) > 1:
        lines.insert(0, _line(TOTAL, _sums(counts)))
    return HEADING(count=len(counts), day=str(beijing_day(work.now))), lines


def _sums(counts: Sequence[Counts]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(each.of() for each in counts), strict=True)))


def _line(name: Text, numbers: tuple[int, ...]) -> Text:
    members, bound, found, confirmed, paid, read = numbers
    return LINE(name=name, members=members, bound=bound, found=found, confirmed=confirmed, paid=paid, read=read)


def table(work: UnitOfWork, counts: Sequence[Counts]) -> list[Drawing]:
    """The same as pictures."""
    titles = ("党员", "已绑定", "已找到", "90天内有位置", "本月交党费", "看过公告")
    columns = (Column("支部"), *(Column(each, Align.RIGHT) for each in titles))
    rows = [(each.name.zh, *map(str, each.of())) for each in counts]
    rows += [("合计", *map(str, _sums(counts)))] if len(counts) > 1 else []
    return drawings.pictures(Table("各支部", columns, tuple(rows), f"{beijing_day(work.now)}，只有人数"))


async def tree(work: UnitOfWork, actor: Actor, words: str = "") -> tuple[Text, list[Text]]:
    """The tree as an actor may see it, now or on the day that words name: what is over their branch, and what is below their units.

    Names of organisations only. Raises `UserError` for words that name no day that is past.
    """
    require(actor, Permission.KEEP_UNITS if actor.kind is ActorKind.OPERATOR else Permission.SEE_COUNTS)
    day = _day(words, work.now)
    units = await work.units.living() if day is None else await work.units.at(_end_of(day))
    seen = await _seen_from_above(work, actor, units) | _own_way(actor, units)
    if not seen:
        raise UserError(NOT_THEN)
    return TREE(day=str(day or beijing_day(work.now))), lines(units, seen)


def _own_way(actor: Actor, units: Sequence[Unit]) -> set[int]:
    """What stands over the actor's branch, and the groups in it."""
    own = next((each for each in units if each.kind == Kind.BRANCH and each.branch_id == actor.branch), None)
    return set() if own is None else {*rules.above(parents_of(units), own.id), *rules.below(parents_of(units), [own.id])}


def lines(units: Sequence[Unit], seen: Collection[int]) -> list[Text]:
    """Units as a tree of lines."""
    by_id = {int(each.id): each for each in units}
    laid = rules.laid_out(parents_of(units), seen)
    return [Text.plain("　" * depth + ("└ " if depth else "")) + titled(by_id[each]) for depth, each in laid]


def titled(each: Unit) -> Text:
    """A unit's name, and what it is where the name does not say so."""
    kind = KIND_NAMES[Kind(each.kind)]
    bare = Text(each.name, each.latin or each.name)
    return (
        bare if kind.zh in each.name or (each.kind == Kind.GROUP and "组" in each.name) else bare + Text(f"（{kind.zh}）", f" ({kind.en})")
    )


async def _seen_from_above(work: UnitOfWork, actor: Actor, units: Sequence[Unit]) -> set[int]:
    """The units that the actor organises, and all below them; every one for who is no person of a branch."""
    if actor.kind is not ActorKind.PERSON:
        return {each.id for each in units}
    if actor.member is None or not actor.may(Permission.SEE_UNITS):
        return set()
    return rules.below(parents_of(units), await work.units.organised_by(actor.member)) & {each.id for each in units}


def parents_of(units: Sequence[Unit]) -> dict[int, int | None]:
    """Each unit's parent."""
    return {each.id: each.parent_id for each in units}


def _day(words: str, now: datetime) -> date | None:
    """The day that words name; None for no words. Raises `UserError`."""
    if not words.strip():
        return None
    found = [each.day for each in days.past(words, now) if each.day is not None]
    if not found or found[0] > beijing_day(now):
        raise UserError(WHICH_DAY)
    return found[0]


def _end_of(day: date) -> datetime:
    """The last moment of a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING) - timedelta(milliseconds=1)


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held about the actor: the units they organise, and their party group."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    offices, group = await work.units.organised_by(actor.member), await work.units.group_of(actor.member)
    if not offices and group is None:
        return []
    living = {each.id: each for each in await work.units.living()}
    told_of = [ORGANISES(name=titled(living[each])) for each in offices if each in living]
    return [*told_of, *([IN_GROUP(name=titled(living[group]))] if group in living else [])]
