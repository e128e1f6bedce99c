"""排课: what the curator arranges – the order of lessons, today's, a pause, the time."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Reply, Say, Where, answer, command, undoes
from bot.language import study_words
from bot.language.study_words import Order
from bot.permissions import Permission
from bot.services import lesson_plan, lesson_posts, plan_talk
from bot.services.asking import Ask
from bot.services.plan_talk import Deed
from bot.texts import Text

TAKES_PLAN = Text("[3 到第1个、移出 2、加 养猪、预览 养猪]", "[3 to 1, out 2, add pigs, preview pigs]")
WHICH_LESSON = Text("改发哪一课？比如“今天改发 养猪”。", "Which lesson? For example “todayinstead pigs”.")
PAUSE_HOW = Text("停几天？比如“停课 3天”。", "How many days? For example “pause 3 days”.")
PAUSED = Text("好，停课到{day}，之后照常。提前恢复，发“复课”。", "Paused until {day}; then as before. “resumelessons” ends it sooner.")
RESUMED = Text("好，课照常发。", "Lessons come as before.")
UNDONE = Text("好，排课改回原来的了。", "Done; the plan is as it was.")
RECALLED = Text("好，群里那一课撤回了。", "The lesson in the group is taken back.")
TIME_BACK = Text("好，时间改回原来的了。", "Done; the time is as it was.")


@command(
    *("排课", "排课表", "plan"),
    needs=Permission.CURATE,
    help=Text("看和调整接下来发哪些课", "see and arrange the lessons to come"),
    where=Where.PRIVATE,
    takes=TAKES_PLAN,
    understands=study_words.asks_for_plan,
)
async def plan(ctx: Context) -> Reply:
    if not ctx.args:
        return await plan_talk.plan(ctx.work, ctx.actor)
    said = study_words.ordered(ctx.args)
    if said.order is Order.MOVE:
        return plan_talk.listed(ctx.work, await lesson_plan.move(ctx.work, ctx.actor, said.place, said.to))
    if said.order is Order.OUT:
        return await plan_talk.out(ctx.work, ctx.actor, said.place)
    return _said(await plan_talk.meant(ctx.work, ctx.actor, said.words, Deed(said.order.value)))


def _said(reply: Ask | Sequence[Text]) -> Reply:
    return reply if isinstance(reply, Ask) else [Say(each, private=True) for each in reply]


@answer(plan_talk.PICK, needs=Permission.CURATE, matter="study")
async def picked(ctx: Context) -> Reply:
    return await plan_talk.picked(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(plan_talk.ACT, needs=Permission.CURATE, matter="study")
async def act(ctx: Context) -> Reply:
    return _said(await plan_talk.acted(ctx.work, ctx.actor, ctx.question.data["lesson"] if ctx.question else "", ctx.choice))


@answer(plan_talk.WHICH, needs=Permission.CURATE, matter="study")
async def which(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return _said(await plan_talk.do(ctx.work, ctx.actor, data["lessons"][ctx.choice], Deed(data["deed"])))


@command(
    *("今天改发", "今天发", "todayinstead"),
    needs=Permission.CURATE,
    help=Text("今天换一课发", "send another lesson today"),
    where=Where.PRIVATE,
    takes=Text("课名或一个词", "a title or a word"),
    spoken_to=True,
)
async def today(ctx: Context) -> Reply:
    if not ctx.args:
        return WHICH_LESSON
    return _said(await plan_talk.meant(ctx.work, ctx.actor, ctx.args, Deed.TODAY))


@answer(plan_talk.TODAY, needs=Permission.CURATE, matter="study")
async def decide_today(ctx: Context) -> Reply:
    return await plan_talk.decided(ctx.work, ctx.actor, ctx.question.data["lesson"] if ctx.question else "", ctx.choice)


@command(
    *("停课", "pause", "pauselessons"),
    needs=Permission.CURATE,
    help=Text("停几天不发课", "send no lessons for some days"),
    where=Where.PRIVATE,
    takes=Text("3天", "3 days"),
    understands=study_words.pausing,
    spoken_to=True,
)
async def pause(ctx: Context) -> Reply:
    days = study_words.days(ctx.args)
    if days is None:
        return PAUSE_HOW
    until = await lesson_plan.pause(ctx.work, ctx.actor, days)
    return PAUSED(day=lesson_plan.day_told(until, ctx.work.now))


@command(
    *("复课", "恢复发课", "resumelessons"),
    needs=Permission.CURATE,
    help=Text("停课提前结束", "end the pause"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def resume(ctx: Context) -> Reply:
    await lesson_plan.resume(ctx.work, ctx.actor)
    return RESUMED


@command(
    *("学习时间", "发课时间", "studytime"),
    needs=Permission.CURATE,
    help=Text("看或改几点发课", "see or change when lessons are sent"),
    where=Where.PRIVATE,
    takes=Text("[工作日 7:30]", "[working 7:30]"),
    spoken_to=True,
)
async def time(ctx: Context) -> Reply:
    if not ctx.args:
        return await plan_talk.schedule_told(ctx.work, ctx.actor)
    return await plan_talk.set_schedule(ctx.work, ctx.actor, ctx.args)


@undoes(lesson_plan.DEED)
async def undo_plan(ctx: Context, data: Mapping[str, Any]) -> Text:
    await lesson_plan.undo(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(lesson_posts.DEED)
async def undo_post(ctx: Context, data: Mapping[str, Any]) -> Text:
    await lesson_posts.undo_post(ctx.work, ctx.actor, data)
    return RECALLED


@undoes(plan_talk.SCHEDULE_DEED)
async def undo_time(ctx: Context, data: Mapping[str, Any]) -> Text:
    await plan_talk.undo_schedule(ctx.work, ctx.actor, data)
    return TIME_BACK
