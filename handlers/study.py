"""Lessons on demand: today's, by topic, by a word, what one has missed, where one stopped. Always in private."""

from collections.abc import Sequence

from bot.commands import Context, Reply, Say, Where, answer, command, grounds
from bot.language import study_words
from bot.messages import File
from bot.permissions import Permission
from bot.services import lesson_plan, lesson_posts, library, studies, study_choices
from bot.texts import Text

HELP_TODAY = Text("看今天的三分钟党课", "read today's three-minute lesson")
HELP_FIND = Text("按一个词找课，如 养猪、欠薪", "find lessons by a word, such as pigs or wages")
TAKES_FIND = Text("想学什么", "what you want to learn")
HELP_MISSED = Text("看还没看过的课，新的在前", "see the lessons you have not read, the newest first")
HELP_TOPICS = Text("按类别看课程库", "see the lesson library by topic")
HELP_RESUME = Text("接着看上次没看完的那一课", "go on where you stopped reading")
HELP_SHORT = Text("这一课的 200 字版，省流量", "the lesson in one short message")
HELP_AUDIO = Text("听这一课的语音版（有的话）", "hear the lesson, where there is a recording")
FIND_WHAT = Text("想学什么？比如发“找课 养猪”，或发“课程”按类别看。", "What about? For example “findlesson pigs”, or “lessons” by topic.")
NOTHING_BEGUN = Text("没有看到一半的课。发“补课”看还没看过的，发“课程”按类别挑。", "No lesson is half read. Send “catchup” or “lessons”.")
NO_AUDIO = Text(
    "这一课没有语音，只有文字。短的在下面，可以请身边人念一念。", "There is no recording of this lesson. Here is the short text."
)
AUDIO = Text("{title}，语音在这里。", "{title}: here is the recording.")

VOLUNTARY = Text(
    "学习自愿，不打卡、不积分、不排名，学了什么只有您自己看得到：《关于防治“指尖上的形式主义”的若干意见》（2023年12月18日）。",
    "Study is voluntary: no check-ins, points or rankings, and only you see what you read. Opinions against formalism at the "
    "fingertips, 18 December 2023.",
)
EACH = Text("每一课都写着出处，在最后一页。", "Every lesson names its source, on its last page.")


@grounds("study", Text("学习", "study"), "党课", "课程")
async def rests_on(ctx: Context) -> Sequence[Text]:
    lesson = await studies.at_hand(ctx.work, ctx.actor)
    return [VOLUNTARY, *([library.title(lesson) + Text("，", ": ") + library.source(lesson)] if lesson else [EACH])]


@command(
    *("三分钟党课", "党课", "今天学什么", "今天的课", "学什么", "lesson", "todays lesson", "today's lesson"),
    needs=Permission.STUDY,
    help=HELP_TODAY,
    where=Where.PRIVATE,
    matter="study",
    intents=("study_query",),
    spoken_to=True,
)
async def today(ctx: Context) -> Reply:
    lesson = await lesson_posts.newest(ctx.work)
    return await studies.page(ctx.work, ctx.actor, lesson.id) if lesson else lesson_plan.EMPTY


@command(
    *("找课", "搜课", "findlesson", "find lesson"),
    needs=Permission.STUDY,
    help=HELP_FIND,
    where=Where.PRIVATE,
    takes=TAKES_FIND,
    understands=study_words.wanted,
    intents=("study_query:topic",),
    spoken_to=True,
)
async def find(ctx: Context) -> Reply:
    return await study_choices.found(ctx.work, ctx.actor, ctx.args) if ctx.args else FIND_WHAT


@command(
    *("补课", "没看的课", "落下的课", "我落下的课", "catchup", "catch up"),
    needs=Permission.STUDY,
    help=HELP_MISSED,
    where=Where.PRIVATE,
    intents=("study_query:missed",),
    spoken_to=True,
)
async def missed(ctx: Context) -> Reply:
    return await study_choices.missed(ctx.work, ctx.actor)


@command(
    *("课程", "课程库", "学习", "有什么课", "有哪些课", "有啥课", "lessons"),
    needs=Permission.STUDY,
    help=HELP_TOPICS,
    where=Where.PRIVATE,
    matter="study",
    intents=("study_query:list",),
    spoken_to=True,
)
async def topics(ctx: Context) -> Reply:
    return await study_choices.topics(ctx.work, ctx.actor)


@answer(study_choices.TOPICS, needs=Permission.STUDY, matter="study")
async def topic(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return await study_choices.series(ctx.work, ctx.actor, data["topics"][ctx.choice])


@answer(study_choices.SERIES, needs=Permission.STUDY, matter="study")
async def series(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return await study_choices.of_series(ctx.work, ctx.actor, data["topic"], data["series"][ctx.choice])


@answer(study_choices.PICK, needs=Permission.STUDY, matter="study")
async def pick(ctx: Context) -> Reply:
    return await study_choices.chosen(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(studies.NEXT, needs=Permission.STUDY, matter="study")
async def following(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice:
        return await studies.short(ctx.work, ctx.actor, data["lesson"])
    return await studies.page(ctx.work, ctx.actor, data["lesson"], data["page"])


@answer(lesson_posts.OPEN, needs=Permission.STUDY, matter="study")
async def whole(ctx: Context) -> Reply:
    """The group shows the first page, so the second comes in private."""
    return await studies.page(ctx.work, ctx.actor, ctx.question.data["lesson"] if ctx.question else "", 1)


@command(*("接着学", "继续学", "接着看", "继续看", "resume"), needs=Permission.STUDY, help=HELP_RESUME, where=Where.PRIVATE, spoken_to=True)
async def resume(ctx: Context) -> Reply:
    begun = await studies.half_read(ctx.work, ctx.actor)
    return await studies.page(ctx.work, ctx.actor, begun.lesson_id, begun.page) if begun else NOTHING_BEGUN


@command(
    *("省流量版", "短一点", "短点", "短版", "短一点的", "文字版", "short"),
    needs=Permission.STUDY,
    help=HELP_SHORT,
    where=Where.PRIVATE,
    spoken_to=True,
)
async def shorter(ctx: Context) -> Reply:
    lesson = await studies.at_hand(ctx.work, ctx.actor) or await lesson_posts.newest(ctx.work)
    return await studies.short(ctx.work, ctx.actor, lesson.id) if lesson else lesson_plan.EMPTY


@command(
    *("听课", "语音版", "audio"),
    needs=Permission.STUDY,
    help=HELP_AUDIO,
    where=Where.PRIVATE,
    understands=study_words.cannot_read,
    intents=("study_query:audio",),
    spoken_to=True,
)
async def listen(ctx: Context) -> Reply:
    lesson = await studies.at_hand(ctx.work, ctx.actor) or await lesson_posts.newest(ctx.work)
    if lesson is None:
        return lesson_plan.EMPTY
    name, content, kind = await studies.recording(ctx.work, ctx.actor, lesson)
    if not content:
        return [Say(NO_AUDIO, private=True), await studies.short(ctx.work, ctx.actor, lesson.id)]
    return Say(AUDIO(title=Text(lesson.title, lesson.title_en)), private=True, file=File(name, content, kind))
