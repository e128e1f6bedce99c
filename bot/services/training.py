"""Hours of study (学时) of a year: one's own for oneself, the branch's as a total."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.language import study_time
from bot.language.study_time import StudyTime
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import training
from bot.services import studies
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

DEED = "study_time"
NO_TIME = Text(
    "时间要多于 0、一次最多 12 小时。像这样写：我学了2小时 夜校", "More than nothing, 12 hours at most: “I studied 2 hours night school”."
)
HEADING = Text(
    "{year} 年您学了 {hours} 学时（1 学时 {minutes} 分钟），要求一般不少于 {target}。只有您自己看得到。",
    "In {year} you studied {hours} class hours of {minutes} minutes; generally {target} are asked for. Only you see this.",
)
_LESSONS = Text("三分钟党课 {count} 课，共 {minutes} 分钟", "Three-minute lessons: {count}, {minutes} minutes together")
_LINE = Text("{day} {what} {hours} 学时（{whose}）", "{day} {what}: {hours} class hours ({whose})")
_OWN, _ENTERED = Text("自己报的", "your own statement"), Text("支部补录", "entered by the branch")
_STUDY = Text("学习", "study")
CAVEAT = Text(
    "三分钟党课算不算集中培训，由上级认定。", "Whether short lessons count as organised training is for the higher committee to say."
)
TOTAL = Text(
    "{year} 年本支部 {people} 位同志共学了 {hours} 学时。只看总数，不排名、不列名单。",
    "In {year}, {people} members studied {hours} class hours together. Only the total: no ranking, no list.",
)
TOO_FEW = Text("{year} 年有记录的不足 3 人，不显示总数。", "In {year} fewer than 3 members have entries, so no total is shown.")
GROUNDS = [
    *(Text(each.source, each.source_en) for each in training.POLICIES),
    Text(
        "1 学时按 45 分钟算，是通行做法，条例没有写；条文号未核对原文，以上级解释为准。",
        "A class hour is taken as 45 minutes, as is common; the regulations do not say. For details the higher committee decides.",
    ),
    CAVEAT,
]
GONE = Text("那条学时已经不在了。", "That entry is gone already.")
KEPT_YEARS = 2


def _year(year: int) -> tuple[tuple[date, date], tuple[datetime, datetime]]:
    """A calendar year in Beijing: its days and its moments."""
    days = (date(year, 1, 1), date(year + 1, 1, 1))
    start, end = (datetime.combine(day, datetime.min.time(), BEIJING).astimezone(UTC) for day in days)
    return days, (start, end)


async def say(work: UnitOfWork, actor: Actor, said: StudyTime) -> int:
    """Note what a member says of themselves; answers the minutes. Raises `UserError`."""
    member = studies.reader(work, actor)
    return _add(work, actor, member, said, None)


async def enter(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str) -> int:
    """Note what is entered for a member; answers the minutes. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id, member_id))
    said = study_time.entered(words)
    if said is None:
        raise UserError(NO_TIME)
    return _add(work, actor, member_id, said, actor.member)


def _add(work: UnitOfWork, actor: Actor, member_id: MemberId, said: StudyTime, entered_by: MemberId | None) -> int:
    today = beijing_day(work.said_at)
    minutes = said.minutes(training.policy(today).minutes)
    if not 0 < minutes <= training.LONGEST:
        raise UserError(NO_TIME)
    made = work.study_times.add(member_id, today, minutes, said.what or _STUDY.zh, entered_by)
    work.deeds.add(actor.member or member_id, DEED, {"member": member_id, "id": made.id})
    return minutes


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take an entry back. Raises `UserError` where it is gone."""
    own = data["member"] == actor.member
    require(actor, Permission.STUDY if own else Permission.CURATE, Subject(work.branch_id, data["member"]))
    if not await work.study_times.remove(data["id"]):
        raise UserError(GONE)


async def own(work: UnitOfWork, actor: Actor, year: int | None = None) -> tuple[Text, list[Text]]:
    """The hours of who asks in a year: the sum with the target, and what counted."""
    member_id = studies.reader(work, actor)
    today = beijing_day(work.now)
    days, moments = _year(year or today.year)
    times = await work.study_times.of(member_id, *days)
    count, minutes = await work.study_times.lesson_minutes(member_id, *moments)
    member = await work.members.get(member_id)
    total = minutes + sum(each.minutes for each in times)
    heading = HEADING(
        year=days[0].year,
        hours=training.hours(total, today),
        minutes=training.policy(today).minutes,
        target=training.target(member.roles if member else frozenset(), today),
    )
    lessons = [_LESSONS(count=count, minutes=minutes)] if count else []
    return heading, [*lessons, *(_line(each.day, each.minutes, each.what, entered=each.entered_by is not None) for each in times), CAVEAT]


def _line(day: date, minutes: int, what: str, *, entered: bool) -> Text:
    named = _STUDY if what == _STUDY.zh else Text.plain(what)
    return _LINE(day=day.isoformat(), what=named, hours=training.hours(minutes, day), whose=_ENTERED if entered else _OWN)


async def total(work: UnitOfWork, actor: Actor) -> Text:
    """The branch's hours this year: a sum and a number of people, nothing where they are few."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    today = beijing_day(work.now)
    people, minutes = await work.study_times.total(*_year(today.year))
    if people < training.FEW:
        return TOO_FEW(year=today.year)
    return TOTAL(year=today.year, people=people, hours=training.hours(minutes, today))


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept of the hours of who asks, for 我的."""
    member = studies.reader(work, actor)
    times = await work.study_times.of(member, date.min, date.max)
    return [_line(each.day, each.minutes, each.what, entered=each.entered_by is not None) for each in times]


async def forget(work: UnitOfWork, actor: Actor) -> int:
    """Delete the hours of who asks, with what could be undone of them; answers how many entries that were."""
    member = studies.reader(work, actor)
    await work.deeds.forget_about(member, DEED)
    return await work.study_times.forget(member)


async def forget_old(work: UnitOfWork, actor: Actor) -> None:
    """Drop what is older than last year."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await work.study_times.forget_before(first_kept(work))


def first_kept(work: UnitOfWork) -> date:
    """The first day of which hours are kept."""
    return date(beijing_day(work.now).year - KEPT_YEARS + 1, 1, 1)
