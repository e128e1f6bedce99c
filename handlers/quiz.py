"""考我几道题、复习、每天一题: questions in private, wrong ones come back, nobody else sees an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Reply, Where, answer, command, holds, undoes
from bot.permissions import Permission
from bot.services import quiz
from bot.texts import Text

HELP_QUIZ = Text("考我几道题，答了只有自己看得到", "ask me some questions; only I see my answers")
HELP_REVIEW = Text("复习：该再见面的题，一天最多三道", "questions that are due again, three a day at most")
HELP_DAILY = Text("每天私下发一道题；要停发“停每天一题”", "a question a day in private; stops on a word")
HELP_NO_DAILY = Text("不要每天一题了", "no more question a day")
HELP_STOP = Text("这道题不做了", "leave the question that is open")
HELP_OWN = Text("看自己看过几课、答过几道题，只有自己看得到", "how many lessons and questions you had; only you see it")
STOPPED = Text("好，不做了，歇着吧。想做的时候发“考我几道题”。", "All right, enough. Send “quiz” whenever you like.")
NO_QUESTIONS = Text("还没有能考您的题。先看一课，发“今天学什么”。", "There is nothing to ask you yet. Read a lesson first: “today”.")
NOTHING_DUE = Text("今天没有要复习的题，歇着吧。想多做，发“考我几道题”。", "Nothing is due today. If you would like some, send “quiz”.")
LATER = Text("好，想做的时候发“考我几道题”。", "All right; send “quiz” whenever you like.")
SKIPPED = Text("好，这题先放着。", "All right, we leave that one.")
FINISHED = Text("今天就到这儿，辛苦了。", "That is all for today. Well done.")
DAILY = Text(
    "好，每天中午私下发您一道题，不答也没关系。要停，发“停每天一题”。", "Done: one question at noon, in private. To stop, send “no daily”."
)
NO_DAILY = Text("好，不发每天一题了。想做就发“考我几道题”。", "Done: no more daily question. “quiz” asks some whenever you like.")
UNDONE = Text("好，改回原来的了。", "Done, it is as it was.")


@command(
    "考我几道题",
    "考考我",
    "考我",
    "出几道题",
    "来几道题",
    "下一题",
    "再来一题",
    "quiz",
    needs=Permission.STUDY,
    help=HELP_QUIZ,
    where=Where.PRIVATE,
    matter="study",
    intents=("quiz_request",),
    spoken_to=True,
)
async def some(ctx: Context) -> Reply:
    planned = await quiz.plan(ctx.work, ctx.actor)
    return await quiz.first(ctx.work, planned.keys) or NO_QUESTIONS


@command(
    "复习",
    "温习",
    "review",
    needs=Permission.STUDY,
    help=HELP_REVIEW,
    where=Where.PRIVATE,
    matter="study",
    spoken_to=True,
    intents=("quiz_request:review",),
)
async def review(ctx: Context) -> Reply:
    planned = await quiz.plan(ctx.work, ctx.actor)
    return await quiz.first(ctx.work, planned.keys[: planned.due]) or NOTHING_DUE


@command(
    *("不做了", "不答了", "先不做了", "不想做了", "stopquiz"),
    needs=Permission.STUDY,
    help=HELP_STOP,
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
)
async def stop(ctx: Context) -> Reply:
    await quiz.stop(ctx.work, ctx.actor)
    return STOPPED


@command(
    *("我学了什么", "我学了多少", "我会了多少", "我答对几道", "我答对了几道", "mystudies"),
    needs=Permission.STUDY,
    help=HELP_OWN,
    where=Where.PRIVATE,
    matter="study",
    spoken_to=True,
)
async def own(ctx: Context) -> Reply:
    return await quiz.own(ctx.work, ctx.actor)


@answer(quiz.OFFER, needs=Permission.STUDY, matter="study")
async def offered(ctx: Context) -> Reply:
    keys = quiz.keys(ctx.question.data["keys"]) if ctx.question else []
    return LATER if ctx.choice else await quiz.first(ctx.work, keys) or NO_QUESTIONS


@answer(quiz.KIND, needs=Permission.STUDY, matter="study")
async def answered(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    said = await quiz.answer(ctx.work, ctx.actor, data, ctx.choice) or SKIPPED
    rest = quiz.keys(data["rest"])
    if not rest:
        return said
    return [said, await quiz.first(ctx.work, rest) or FINISHED]


@command(
    "每天一题",
    "每日一题",
    "daily",
    needs=Permission.STUDY,
    help=HELP_DAILY,
    where=Where.PRIVATE,
    spoken_to=True,
    intents=("quiz_request:daily",),
)
async def daily(ctx: Context) -> Reply:
    await quiz.want_daily(ctx.work, ctx.actor, wanted=True)
    return DAILY


@command(
    "停每天一题",
    "不要每天一题",
    "别发每天一题",
    "nodaily",
    "no daily",
    needs=Permission.STUDY,
    help=HELP_NO_DAILY,
    where=Where.PRIVATE,
    spoken_to=True,
)
async def no_daily(ctx: Context) -> Reply:
    await quiz.want_daily(ctx.work, ctx.actor, wanted=False)
    return NO_DAILY


@undoes(quiz.DEED_DAILY)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await quiz.undo_daily(ctx.work, ctx.actor, data)
    return UNDONE


@holds("quiz", Text("答过的题（只有您看得到）", "questions you answered (seen by you only)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await quiz.mine(ctx.work, ctx.actor)
