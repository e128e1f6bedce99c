"""老板欠我工资 …: the lesson about it and 求助, in private."""

from bot.commands import Context, Reply, Where, answer, command
from bot.language import worries as words
from bot.permissions import Permission
from bot.services import aid_drafts, studies, worries
from bot.texts import Text

WHICH = Text(
    "工资没发、受了工伤、证件被扣、家里人病了，说一句就行，我找找有没有讲这个的课。",
    "Unpaid wages, an injury at work, papers kept back, illness at home: say it in a sentence, and I look for a lesson about it.",
)


@command(
    *("常见难事", "worries"),
    needs=Permission.STUDY,
    help=Text("欠薪、工伤这些事，看课或求助", "unpaid wages, an injury: a lesson, or help"),
    where=Where.PRIVATE,
    understands=words.heard,
    hidden=True,
    intents=("rights_case",),
    spoken_to=True,
)
async def worry(ctx: Context) -> Reply:
    found = words.read(ctx.incoming.text) or words.of_kind(str(ctx.meaning.slots.get("kind", "")) if ctx.meaning is not None else "")
    return await worries.door(ctx.work, ctx.actor, found) if found is not None else WHICH


@answer(worries.KIND, needs=Permission.STUDY)
async def through(ctx: Context) -> Reply:
    lesson = ctx.question.data["lesson"] if ctx.question else ""
    if lesson and ctx.choice == 0:
        return await studies.page(ctx.work, ctx.actor, lesson)
    return await aid_drafts.begin(ctx.work, ctx.actor, "")
