"""依据: which rule an answer rests on."""

from collections.abc import Sequence

from bot.commands import Ask, Choice, Context, Grounds, Pages, Reply, Where, answer, command, holds
from bot.language.normalise import bare
from bot.permissions import Permission
from bot.texts import Text

KIND = "grounds"
HELP = Text("问刚才的答复依据哪条规定", "ask which rule the last answer rests on")
TAKES = Text("[党费]", "[dues]")
HEADING = Text("{title}，依据是：", "{title} rests on:")
_WHY = frozenset({"为什么", "为啥", "凭啥"})
"""Understood alone and in private only: with more words they begin many another question."""
WHICH = Text("您想问哪件事的依据？", "Which matter do you mean?")


def _bare_why(text: str) -> str | None:
    return "" if bare(text) in _WHY else None


@command(
    "依据",
    "什么依据",
    "依据是什么",
    "有什么依据",
    "凭什么",
    "grounds",
    "why",
    needs=Permission.HELP,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=_bare_why,
)
async def ask_grounds(ctx: Context) -> Reply:
    if not ctx.addressed or ctx.actor.member is None or (ctx.in_group and not ctx.word):
        return None
    meant = _named(ctx) if ctx.args else await _last(ctx)
    return await _told(ctx, meant) if meant is not None else _which(ctx)


def _named(ctx: Context) -> Grounds | None:
    said = bare(ctx.args)
    return next((each for each in ctx.registry.grounds.values() if said in {bare(word) for word in each.words}), None)


async def _last(ctx: Context) -> Grounds | None:
    member = await ctx.work.members.get(ctx.member)
    return ctx.registry.grounds.get(member.matter or "") if member is not None else None


def _which(ctx: Context) -> Reply:
    listed = tuple(Choice(each.title) for each in ctx.registry.grounds.values())
    return Ask(KIND, WHICH, listed, data={"matters": list(ctx.registry.grounds)})


@holds("matter", Text("最近问的事（发“依据”时用）", "what you asked about last (for “grounds”)"))
async def mine(ctx: Context) -> Sequence[Text]:
    last = await _last(ctx)
    return [last.title] if last is not None else []


@answer(KIND, needs=Permission.HELP)
async def chosen(ctx: Context) -> Reply:
    matters = ctx.question.data["matters"] if ctx.question else []
    return await _told(ctx, ctx.registry.grounds[matters[ctx.choice]])


async def _told(ctx: Context, meant: Grounds) -> Reply:
    return Pages(HEADING(title=meant.title), await meant.handler(ctx))
