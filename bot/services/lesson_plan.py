"""What comes next (排课): the curator's order, what is left out, one day's wish, a pause. Each can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.normalise import bare
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import lesson_order
from bot.rules.lesson_order import Stock
from bot.rules.study_schedule import Days, Schedule
from bot.services import library
from bot.texts import Text
from storage.keys import BranchId
from storage.lessons import Heading
from storage.studies import Plan
from storage.unit_of_work import UnitOfWork

DEED = "study_plan"
POLICY = "study_schedule"
SHOWN = 8
"""How many lessons to come are shown."""
LONGEST_PAUSE = 90
NO_SUCH_PLACE = Text("排课里只有第 1 到第 {count} 个，请看一眼“排课”再说。", "The plan shows 1 to {count}; please look at “plan” again.")
NO_LESSON = Text("课程库里没有找到“{words}”。发“课程”看有哪些。", "There is no lesson “{words}”. “lessons” shows what there is.")
EMPTY = Text("课程库里还没有课。请管理员看看课程文件夹。", "There are no lessons in the library. Please ask whoever runs this program.")
TOO_LONG = Text("停课一次 1 到 {count} 天。", "A pause is 1 to {count} days.")
_TODAY, _DAY = Text("今天", "today"), Text("{day}（周{weekday}）", "{weekday} {day}")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Coming:
    """A lesson and the day it will be pushed."""

    day: date
    lesson: Heading


async def schedule(work: UnitOfWork) -> Schedule:
    """The branch's own schedule, or the usual one: 7:30 on working days."""
    decided = await work.policies.get(POLICY, beijing_day(work.now))
    return schedule_of(decided.value if decided else None) or Schedule()


async def schedules(work: UnitOfWork) -> dict[BranchId, Schedule]:
    """The same of every branch."""
    decided = await work.agenda.decided(POLICY, beijing_day(work.now))
    return {branch: schedule_of(decided.get(branch)) or Schedule() for branch in await work.branches.ids()}


def schedule_of(value: Any) -> Schedule | None:
    """A schedule kept as plain data."""
    return Schedule(Days(value["days"]), value["hour"], value["minute"], value.get("weekday", 0)) if value else None


async def coming(work: UnitOfWork, days: Sequence[date]) -> list[Coming]:
    """What will be pushed on some days, in their order."""
    plan, topics = await work.studies.plan(), list(library.TOPICS)
    usual = sorted(await work.lessons.headings(), key=lambda each: (each.position, topics.index(each.topic)))
    headings = {each.id: each for each in usual}
    stock = Stock(
        order=list(headings),
        dated={each.id: each.day for each in headings.values() if each.day is not None},
        sent=await work.studies.last_posted(),
        queue=plan.queue,
        left_out=plan.left_out,
        wanted={date.fromisoformat(plan.today[0]): plan.today[1]} if plan.today else {},
    )
    return [Coming(day, headings[lesson]) for day, lesson in lesson_order.arranged(stock, days)]


async def next_days(work: UnitOfWork, count: int) -> list[date]:
    """The days of the pushes to come, the pause left out."""
    plan = await work.studies.plan()
    return (await schedule(work)).coming(work.now, count, after=plan.paused_until)


async def shown(work: UnitOfWork, actor: Actor) -> list[Coming]:
    """The lessons to come, for the curator. Raises `UserError` where there are none."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    found = await coming(work, await next_days(work, SHOWN))
    if not found:
        raise UserError(EMPTY)
    return found


def day_told(day: date, now: datetime) -> Text:
    """A day as it is told."""
    if day == beijing_day(now):
        return _TODAY
    weekday = day.weekday()
    return _DAY(day=Text(f"{day.month}月{day.day}日", f"{day.day} {day:%b}"), weekday=Text("一二三四五六日"[weekday], _WEEKDAYS[weekday]))


def line(number: int, each: Coming, now: datetime) -> Text:
    """A line of the plan."""
    return Text.plain(f"{number} ") + day_told(each.day, now) + Text(" ", ": ") + library.title(each.lesson)


async def move(work: UnitOfWork, actor: Actor, place: int, to: int) -> list[Coming]:
    """Put the lesson at a place of the plan (from 1) at another; what stands before either of them is kept in this order."""
    listed = await shown(work, actor)
    _within(place, listed)
    _within(to, listed)
    ids = lesson_order.moved([each.lesson.id for each in listed], place - 1, to - 1)
    return await _queued(work, actor, ids[: max(place, to)], today=None)


async def put_first(work: UnitOfWork, actor: Actor, lesson_id: str) -> list[Coming]:
    """Let a lesson be the next one, also one that was left out."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    return await _queued(work, actor, [lesson_id])


async def leave_out(work: UnitOfWork, actor: Actor, place: int) -> Heading:
    """Take the lesson at a place of the plan out; it is not pushed until it is put in again."""
    listed = await shown(work, actor)
    _within(place, listed)
    gone = listed[place - 1].lesson
    plan = await _noted(work, actor)
    today = None if plan.today and plan.today[1] == gone.id else plan.today
    queue = [each for each in plan.queue if each != gone.id]
    await work.studies.change_plan(queue=queue, left_out=[*plan.left_out, gone.id], today=today)
    return gone


async def named(work: UnitOfWork, actor: Actor, words: str) -> list[Heading]:
    """The lessons that words name: by id or title, else what is found. Raises `UserError` for none."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    listed, said = await work.lessons.headings(), bare(words).strip("《》")
    exact = [each for each in listed if said in {each.id, bare(each.title), bare(each.title_en)}]
    found = exact or await library.search(work, actor, words)
    if not found:
        raise UserError(NO_LESSON(words=words[:20]))
    return found


def _within(place: int, listed: Sequence[Coming]) -> None:
    if not 1 <= place <= len(listed):
        raise UserError(NO_SUCH_PLACE(count=len(listed)))


async def _queued(work: UnitOfWork, actor: Actor, first: Sequence[str], **values: Any) -> list[Coming]:
    plan = await _noted(work, actor)
    queue = [*first, *(each for each in plan.queue if each not in first)]
    await work.studies.change_plan(queue=queue, left_out=[each for each in plan.left_out if each not in first], **values)
    return await shown(work, actor)


async def want_today(work: UnitOfWork, actor: Actor, lesson_id: str) -> None:
    """Let a lesson be the one that today's push, still to come, brings."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    await _noted(work, actor)
    await work.studies.change_plan(today=[beijing_day(work.now).isoformat(), lesson_id])


async def still_today(work: UnitOfWork) -> bool:
    """Whether there is a push today that is still to come."""
    today = beijing_day(work.now)
    return await next_days(work, 1) == [today] and not await work.studies.posted_on(today)


async def pause(work: UnitOfWork, actor: Actor, days: int) -> date:
    """No pushes for so many days, today counted where today's is still to come; answers the last day of the pause."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if not 1 <= days <= LONGEST_PAUSE:
        raise UserError(TOO_LONG(count=LONGEST_PAUSE))
    first = beijing_day(work.now)
    if (await schedule(work)).at(first) <= work.now:
        first += timedelta(days=1)
    until = first + timedelta(days=days - 1)
    await _noted(work, actor)
    await work.studies.change_plan(paused_until=until)
    return until


async def resume(work: UnitOfWork, actor: Actor) -> None:
    """End a pause."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    await _noted(work, actor)
    await work.studies.change_plan(paused_until=None)


async def _noted(work: UnitOfWork, actor: Actor) -> Plan:
    """The plan, noted as it is so that the change can be undone."""
    plan = await work.studies.plan()
    if actor.member is not None:
        before = {"queue": plan.queue, "left_out": plan.left_out, "today": plan.today}
        paused = plan.paused_until.isoformat() if plan.paused_until else None
        work.deeds.add(actor.member, DEED, {**before, "paused_until": paused})
    return plan


async def undo(work: UnitOfWork, actor: Actor, before: Mapping[str, Any]) -> None:
    """Make the plan what it was."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    paused = date.fromisoformat(before["paused_until"]) if before["paused_until"] else None
    await work.studies.change_plan(queue=before["queue"], left_out=before["left_out"], today=before["today"], paused_until=paused)
