"""Talking with the curator about the plan: the list with buttons, which lesson is meant, what is done with it, when lessons come."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import study_words
from bot.language.dates import ImpossibleMoment, moment
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.study_schedule import EARLIEST_HOUR, LATEST_HOUR, Days, Schedule
from bot.services import lesson_plan, lesson_posts, library, studies
from bot.services.asking import Ask, Choice
from bot.services.lesson_plan import Coming
from bot.texts import Text
from storage.lessons import Heading
from storage.unit_of_work import UnitOfWork

PICK, ACT, WHICH, TODAY = "plan_pick", "plan_act", "plan_which", "plan_today"
"""Kinds of questions: a place of the plan, what is done with it, which lesson is meant, whether to post it now."""
SCHEDULE_DEED = "study_schedule"
LIVES = timedelta(minutes=30)
LINES_SHOWN = 6
PLAN = Text("接下来发：\n{lines}\n选数字可以提前、推后、移出、预览。", "Next:\n{lines}\nChoose a number to move, leave out or preview one.")
PAUSED = Text("停课到{day}。", "Paused until {day}. ")
CHOSEN = Text("第 {place} 个，{day}：{title}。怎么动？", "Number {place}, {day}: {title}. What shall I do?")
WHICH_ONE = Text("您说的是哪一课？", "Which lesson do you mean?")
FIRST = Text(
    "好，{day}先发《{title}》。改回去，十分钟内发“撤销”。", "“{title}” is next, on {day}. “undo” takes it back within ten minutes."
)
OUT = Text(
    "好，《{title}》移出去了，不发。要它回来，发“排课 加 {title}”；十分钟内也可“撤销”。",
    "“{title}” is left out. To have it back: “plan add {title}”, or “undo” within ten minutes.",
)
TODAY_THEN = Text("好，今天 {time} 改发《{title}》。改回去，发“撤销”。", "Today at {time} it will be “{title}”. “undo” takes it back.")
TODAY_NOW = Text(
    "今天的已经发过，或今天本来不发。这一课会马上发到群里：《{title}》。发吗？",
    "Today's push is over. “{title}” would go to the group now. Post it?",
)
POSTED = Text("好，《{title}》发到群里了。十分钟内可“撤销”。", "“{title}” is in the group. “undo” within ten minutes takes it back.")
NOT_POSTED = Text("好，没有发。", "Nothing was posted.")
SCHEDULE = Text(
    "三分钟党课{days} {time} 发到群里。要改，发“学习时间 每天 8:00”或“学习时间 工作日 7:30”。",
    "Lessons come at {time} {days}. To change: “studytime daily 8:00” or “studytime working 7:30”.",
)
UNCLEAR_TIME = Text("没看懂时间。请这样写：学习时间 工作日 7:30。", "I did not get the time. Write it like this: studytime working 7:30.")
WRONG_HOUR = Text(
    "群里只在 7 点到 21 点之间发课，别吵到夜班和早起的同志。", "Lessons are pushed between 7:00 and 21:00 only, so that nobody is woken."
)
NO_SUCH_CHANGE = Text(
    "没看懂。像这样写：排课 3 到第1个、排课 移出 2、排课 加 养猪、排课 预览 养猪。",
    "I did not get that. Like this: plan 3 to 1, plan out 2, plan add pigs, plan preview pigs.",
)
_DAYS = {Days.WORKING: Text("每个工作日", "on working days"), Days.DAILY: Text("每天", "every day")}
_UP, _DOWN = Choice(Text("提前", "earlier"), ("往前",)), Choice(Text("推后", "later"), ("往后",))
_OUT, _SHOW = Choice(Text("移出", "leave out"), ("去掉",)), Choice(Text("预览", "preview"), ("看看",))
_YES, _NO = (
    Choice(Text("发", "post"), ("发吧", "好", "对", "是", "yes", "ok")),
    Choice(Text("不发", "do not"), ("不", "算了", "取消", "no")),
)


class Deed(StrEnum):
    """What is done with the lesson that is meant."""

    FIRST = "first"
    TODAY = "today"
    PREVIEW = "preview"


async def plan(work: UnitOfWork, actor: Actor) -> Ask:
    """The lessons to come, with a button for each."""
    return listed(work, await lesson_plan.shown(work, actor), await _pause_told(work), card=False)


def listed(work: UnitOfWork, coming: Sequence[Coming], head: Text = Text("", ""), *, card: bool = True) -> Ask:
    """A list of lessons to come as a question; after a change only its buttons answer, so that 撤销 means the change."""
    shown = coming[:LINES_SHOWN]
    lines = Text.join([lesson_plan.line(number, each, work.now) for number, each in enumerate(shown, 1)])
    choices = tuple(Choice(Text.plain(str(number))) for number in range(1, len(shown) + 1))
    data = {"lessons": [each.lesson.id for each in shown]}
    return Ask(PICK, head + PLAN(lines=lines), choices, LIVES, data, columns=LINES_SHOWN, card=card)


async def _pause_told(work: UnitOfWork) -> Text:
    until = (await work.studies.plan()).paused_until
    return PAUSED(day=lesson_plan.day_told(until, work.now)) if until is not None and until >= beijing_day(work.now) else Text("", "")


async def picked(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Ask:
    """What may be done with the lesson at a place. Raises `UserError` where the plan has changed meanwhile."""
    place = await _place(work, actor, data["lessons"][choice])
    coming = (await lesson_plan.shown(work, actor))[place - 1]
    text = CHOSEN(place=place, day=lesson_plan.day_told(coming.day, work.now), title=library.title(coming.lesson))
    return Ask(ACT, text, (_UP, _DOWN, _OUT, _SHOW), LIVES, {"lesson": coming.lesson.id})


async def _place(work: UnitOfWork, actor: Actor, lesson_id: str) -> int:
    ids = [each.lesson.id for each in await lesson_plan.shown(work, actor)]
    if lesson_id not in ids:
        raise UserError(lesson_plan.NO_SUCH_PLACE(count=len(ids)))
    return ids.index(lesson_id) + 1


async def acted(work: UnitOfWork, actor: Actor, lesson_id: str, choice: int) -> Ask | list[Text]:
    """Do with a lesson of the plan what was chosen: earlier, later, out, preview."""
    place = await _place(work, actor, lesson_id)
    if choice == 2:
        return [await out(work, actor, place)]
    if choice == 3:
        return await preview(work, actor, lesson_id)
    count = len(await lesson_plan.shown(work, actor))
    to = min(max(place + (-1 if choice == 0 else 1), 1), count)
    return listed(work, await lesson_plan.move(work, actor, place, to))


async def out(work: UnitOfWork, actor: Actor, place: int) -> Text:
    """Leave the lesson at a place out."""
    return OUT(title=library.title(await lesson_plan.leave_out(work, actor, place)))


async def preview(work: UnitOfWork, actor: Actor, lesson_id: str) -> list[Text]:
    """A lesson as the group and its readers see it, page by page; nothing is noted."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    return library.pages(await studies.lesson_of(work, lesson_id))


async def meant(work: UnitOfWork, actor: Actor, words: str, deed: Deed) -> Ask | list[Text]:
    """Do something with the lesson that words name; asks which, where they name several."""
    found = await lesson_plan.named(work, actor, words)
    if len(found) > 1:
        choices = tuple(Choice(library.title(each)) for each in found)
        return Ask(WHICH, WHICH_ONE, choices, LIVES, {"lessons": [each.id for each in found], "deed": deed.value}, columns=1)
    return await do(work, actor, found[0].id, deed)


async def do(work: UnitOfWork, actor: Actor, lesson_id: str, deed: Deed) -> Ask | list[Text]:
    """Do something with a lesson."""
    lesson = await studies.lesson_of(work, lesson_id)
    if deed is Deed.PREVIEW:
        return await preview(work, actor, lesson_id)
    if deed is Deed.TODAY:
        return await _today(work, actor, lesson)
    coming = await lesson_plan.put_first(work, actor, lesson_id)
    return [FIRST(title=library.title(lesson), day=lesson_plan.day_told(coming[0].day, work.now))]


async def _today(work: UnitOfWork, actor: Actor, lesson: Heading) -> Ask | list[Text]:
    if await lesson_plan.still_today(work):
        await lesson_plan.want_today(work, actor, lesson.id)
        schedule = await lesson_plan.schedule(work)
        return [TODAY_THEN(title=library.title(lesson), time=_time(schedule))]
    await lesson_posts.require_group(work)
    return Ask(TODAY, TODAY_NOW(title=library.title(lesson)), (_YES, _NO), LIVES, {"lesson": lesson.id})


async def decided(work: UnitOfWork, actor: Actor, lesson_id: str, choice: int) -> Text:
    """Post a lesson now, or not."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if choice:
        return NOT_POSTED
    await lesson_posts.post_now(work, actor, lesson_id)
    return POSTED(title=library.title(await studies.lesson_of(work, lesson_id)))


def _time(schedule: Schedule) -> str:
    return f"{schedule.hour}:{schedule.minute:02}"


async def schedule_told(work: UnitOfWork, actor: Actor) -> Text:
    """When lessons are pushed."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    schedule = await lesson_plan.schedule(work)
    return SCHEDULE(days=_DAYS[schedule.days], time=_time(schedule))


async def set_schedule(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Decide when lessons are pushed: 每天 8:00, 工作日 7点半. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    usual = await lesson_plan.schedule(work)
    days, rest = study_words.study_days(words)
    hour, minute = time_of(work, rest) if rest else (usual.hour, usual.minute)
    made = {"days": days or usual.days.value, "hour": hour, "minute": minute}
    await keep_schedule(work, actor, lesson_plan.POLICY, made)
    return Text("好。", "Done. ") + await schedule_told(work, actor)


def time_of(work: UnitOfWork, words: str) -> tuple[int, int]:
    """The hour and minute that words name, to five minutes. Raises `UserError` for none, and for the night."""
    try:
        found = moment(words, work.said_at)
    except ImpossibleMoment as error:
        raise UserError(UNCLEAR_TIME) from error
    if found is None or found[1].strip():
        raise UserError(UNCLEAR_TIME)
    if not EARLIEST_HOUR <= found[0].hour < LATEST_HOUR:
        raise UserError(WRONG_HOUR)
    return found[0].hour, found[0].minute // 5 * 5


async def keep_schedule(work: UnitOfWork, actor: Actor, policy: str, value: Mapping[str, Any] | None) -> None:
    """Keep the branch's decision about a time, from today on; it can be undone."""
    today = beijing_day(work.now)
    before = await work.policies.get(policy, today)
    work.policies.put(policy, value, effective_from=today, set_by=actor.member)
    if actor.member is not None:
        work.deeds.add(actor.member, SCHEDULE_DEED, {"policy": policy, "value": before.value if before else None})


async def undo_schedule(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Let the time before hold again."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    work.policies.put(data["policy"], data["value"], effective_from=beijing_day(work.now), set_by=actor.member)
