"""学完了: what one has read and is through with. Only oneself sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Choice, Context, Mark, Reply, Say, Where, answer, command, holds, undoes
from bot.permissions import Permission
from bot.services import discussions, finals, quiz, studies, training
from bot.services.asking import CONFIRM
from bot.texts import Text

HELP_DONE = Text("记下这一课学完了，只有自己看得到", "note that you are through with a lesson; only you see it")
MARKED = Text("好，记下学完了，只有您自己看得到。", "Noted as done; only you can see it.")
KNOWN = Text("这一课您已经学完了，辛苦。", "You are through with this lesson already. Well done.")
OFFER = Text("要不要 1 道题？", " Would you like one question?")
WHICH = Text("您学完的是哪一课？发“今天学什么”看今天的。", "Which lesson do you mean? Send “today” to see today's.")
UNDONE = Text("好，“学完了”撤回了。", "Done; the mark is taken back.")
HELP_FORGET = Text("删除您的学习、答题和学时记录", "delete what is kept about your study")
FORGET = Text(
    "要删的是：看过的课、答过的题、学时（学时以后补不回来）。心得另用“删除心得”。都删吗？",
    "This deletes the lessons you read, the questions you answered and your hours, which cannot be brought back. "
    "Reflections have a word of their own, “delete reflection”. Delete all?",
)
FORGOTTEN = Text(
    "已删除：{lessons} 课、{questions} 道题、{times} 条学时。课程照样能看。",
    "Deleted: {lessons} lessons, {questions} questions, {times} entries of hours. You can read lessons as before.",
)
KEPT = Text("好，都留着。", "Everything stays.")
NOTHING = Text("没有您的学习记录，不用删。", "Nothing is kept about your reading.")


@command("学完了", "学完啦", "donestudy", needs=Permission.STUDY, help=HELP_DONE, intents=("study_done",))
async def finished(ctx: Context) -> Reply:
    lesson = await quiz.just_read(ctx.work, ctx.actor, ctx.incoming)
    if lesson is None:
        return Say(WHICH, private=True) if ctx.addressed else None
    return [*([Mark()] if ctx.in_group else []), await _through(ctx, lesson)]


@answer(studies.DONE, needs=Permission.STUDY, matter="study")
async def done(ctx: Context) -> Reply:
    return await _through(ctx, str(ctx.question.data["lesson"]) if ctx.question else "")


async def _through(ctx: Context, lesson: str) -> Say | Ask:
    fresh = await studies.done(ctx.work, ctx.actor, lesson)
    said, keys = MARKED if fresh else KNOWN, await quiz.of_lesson(ctx.work, ctx.actor, lesson)
    return Ask(quiz.OFFER, said + OFFER, quiz.WANTED, data={"keys": [list(each) for each in keys[:1]]}) if keys else Say(said, private=True)


@undoes(studies.DONE)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await studies.undo_done(ctx.work, ctx.actor, data["lesson"], seen=data["seen"])
    return UNDONE


@command(
    "删除我的学习记录", "forgetstudy", "delete my reading", needs=Permission.STUDY, help=HELP_FORGET, where=Where.PRIVATE, spoken_to=True
)
async def forget(ctx: Context) -> Reply:
    if not await _anything(ctx):
        return NOTHING
    return Ask("forget_study", FORGET, (Choice(Text("都删", "delete"), ("删", *CONFIRM[0].words)), CONFIRM[1]))


async def _anything(ctx: Context) -> bool:
    return any([await each(ctx.work, ctx.actor) for each in (studies.mine, quiz.mine, training.mine, discussions.mine)])


@answer("forget_study", needs=Permission.STUDY, matter="study")
async def forgetting(ctx: Context) -> Reply:
    if ctx.choice:
        return KEPT
    anything = await _anything(ctx)
    lessons = await studies.forget(ctx.work, ctx.actor)
    questions = await quiz.forget(ctx.work, ctx.actor)
    times = await training.forget(ctx.work, ctx.actor)
    await discussions.withdraw(ctx.work, ctx.actor)
    if anything or lessons or questions or times:
        finals.note(ctx.work, ctx.actor, finals.STUDY_FORGOTTEN)
    return FORGOTTEN(lessons=lessons, questions=questions, times=times)


@holds("lesson", Text("看过的课（只有您看得到）", "lessons you read (seen by you only)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await studies.mine(ctx.work, ctx.actor)
