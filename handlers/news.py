"""早班车: the curator's notes for the news digest, and what becomes of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.commands import Ask, Context, Pages, Reply, Say, Where, answer, command, holds, undoes
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import lesson_plan, news, news_time
from bot.texts import Text

NOT_NOTED = Text("好，没有记。", "All right, nothing was noted.")
UNDONE = Text("好，那一条不要了。", "Done; that note is gone.")


@command(
    *("早班车", "新闻早班车", "news"),
    needs=Permission.CURATE,
    help=Text("记一条新闻，攒成早班车发到群里", "note a piece of news for the digest in the group"),
    where=Where.PRIVATE,
    takes=Text("[村里的桥修好了]", "[the bridge is mended]"),
    spoken_to=True,
    intents=("study_query:news_note",),
)
async def note(ctx: Context) -> Reply:
    if not ctx.args:
        return Pages(*await news.waiting(ctx.work, ctx.actor))
    return _noted(ctx, await news.note(ctx.work, ctx.actor, ctx.args))


def _noted(ctx: Context, made: date | Ask | None) -> Reply:
    if made is None:
        return NOT_NOTED
    return made if isinstance(made, Ask) else news.NOTED(day=lesson_plan.day_told(made, ctx.work.now))


@answer(news.NAMES, needs=Permission.CURATE)
async def name(ctx: Context) -> Reply:
    return _noted(ctx, await news.name(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice))


@command(
    *("早班车时间", "newstime"),
    needs=Permission.CURATE,
    help=Text("看或改早班车哪天几点发", "see or change when the digest comes"),
    where=Where.PRIVATE,
    takes=Text("[周一 7:30]，或 关", "[Monday 7:30], or off"),
    spoken_to=True,
)
async def time(ctx: Context) -> Reply:
    if not ctx.args:
        return await news_time.told(ctx.work, ctx.actor)
    return await news_time.set_time(ctx.work, ctx.actor, ctx.args)


@answer(news.OFFER, needs=Permission.CURATE)
async def decide(ctx: Context) -> Reply:
    return await news.decide(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(news.EDIT, needs=Permission.CURATE)
async def reword(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice != OWN_WORDS:
        made = await news.again(ctx.work, ctx.actor, data)
    else:
        made = await news.reword(ctx.work, ctx.actor, data, ctx.args)
    return [Say(each, private=True) if isinstance(each, Text) else each for each in made]


@undoes(news.NOTE_DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await news.undo_note(ctx.work, ctx.actor, data)
    return UNDONE


@holds("news", Text("您记的早班车（发出后就删）", "your notes for the news digest (deleted when posted)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await news.mine(ctx.work, ctx.actor)
