"""结对: looking after a household, from the wish to the log of visits."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Context, MemberId, Pages, Reply, Where, answer, command, entry, holds, undoes
from bot.language import visits as language
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import entry as entering
from bot.services import finals, pairing
from bot.texts import Text

HELP = Text("结对帮扶一户，由书记安排", "look after a household; the secretary matches")
ASKED = Text("好，已告诉书记，安排好了跟您说。谢谢您。", "The secretary is told; you hear when it is settled. Thank you.")
UNASKED = Text("好，结对的事撤回了。", "Your wish is taken back.")
MATCHED = Text("安排好了：{household}。已告诉本人。", "Matched: {household}. They are told.")
NOT_MATCHED = Text("好，这次不安排，已告诉本人。", "No match this time; they are told.")
LATER = Text("好，先不安排。以后发“安排结对 姓名 户名”也行。", "Not now. Later: “matchpair NAME HOUSEHOLD”.")
LOGGED = Text(
    "记下了：{household}，{day} {kind}。记错了，十分钟内发“撤销”。",
    "Noted: {household}, {day} {kind}. If it is wrong, send “undo” within ten minutes.",
)
UNLOGGED = Text("好，这笔走访撤回了。", "That note is taken back.")
WHAT = Text(
    "请写做了什么，比如“走访 送米一袋”；补记前面的，写“走访 3月5日 陪诊”。别写病情。",
    "Please say what: “visit a bag of rice”; for a day before: “visit 2026-03-05 …”.",
)
ENDED = Text("{household}的结对结束了。谢谢您这段时间的帮扶。", "The pairing with {household} is ended. Thank you for your help.")
MINE = Text("您的结对：", "Your pairings:")
SITUATION = Text("结对情况：", "Pairings:")
HOW = Text("请写姓名和户的简称：安排结对 周海 村东李家。", "Please give a name and the household's label: matchpair Zhou Hai East Li.")


def _logged(done: Any) -> Reply:
    if isinstance(done, Ask):
        return done
    visit, about = done
    return LOGGED(household=about.household, day=visit.day.isoformat(), kind=pairing.KIND_NAMES[language.Kind(visit.kind)])


@command(
    *("结对", "结对帮扶", "我想结对", "pair", "i want a pairing"),
    needs=Permission.PAIR,
    help=HELP,
    where=Where.PRIVATE,
    understands=language.wishes,
    matter="fund",
    intents=("pairing",),
    spoken_to=True,
)
async def wish(ctx: Context) -> Reply:
    await pairing.wish(ctx.work, ctx.actor)
    return ASKED


@undoes(pairing.ASKED_DEED)
async def undo_wish(ctx: Context, data: Mapping[str, Any]) -> Text:
    await pairing.undo_wish(ctx.work, ctx.actor, data)
    return UNASKED


@answer(pairing.CARD, needs=Permission.MATCH_PAIRS)
async def on_card(ctx: Context) -> Reply:
    asked = await pairing.decide(ctx.work, ctx.actor, ctx.question.data["pairing"] if ctx.question else 0, ctx.choice)
    return asked or NOT_MATCHED


@answer(pairing.HOUSEHOLD, needs=Permission.MATCH_PAIRS)
async def household(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS or ctx.question is None:
        return LATER
    finals.note(ctx.work, ctx.actor, finals.MATCHED)
    return MATCHED(household=(await pairing.match(ctx.work, ctx.actor, ctx.question.data["pairing"], ctx.args)).household)


@command(
    *("安排结对", "matchpair"),
    needs=Permission.MATCH_PAIRS,
    help=Text("给同志安排一户结对", "match a member with a household"),
    takes=Text("姓名 户名", "name household"),
    where=Where.PRIVATE,
)
async def match(ctx: Context) -> Reply:
    if not ctx.args:
        return HOW if ctx.addressed else None
    member, words = await entering.whom(ctx.work, ctx.actor, ctx.args, ctx.platform)
    finals.note(ctx.work, ctx.actor, finals.MATCHED)
    return MATCHED(household=(await pairing.match_directly(ctx.work, ctx.actor, member.id, words)).household)


@command(
    *("走访", "结对记一笔", "visit"),
    needs=Permission.PAIR,
    help=Text("记一笔对结对户的走访、送物、帮工", "note a visit, a gift or work for your household"),
    takes=Text("[昨天] 送米一袋", "[yesterday] a bag of rice"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def log(ctx: Context) -> Reply:
    return _logged(await pairing.log(ctx.work, ctx.actor, ctx.member, ctx.args)) if ctx.args else WHAT


@answer(pairing.WHICH, needs=Permission.PAIR)
async def which(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return _logged(await pairing.log(ctx.work, ctx.actor, data["member"], data["words"], data["pairings"][ctx.choice]))


@entry(language.entered, Text("补录 李小山 走访 送米一袋", "enter Li Xiaoshan visited a bag of rice"), needs=Permission.MATCH_PAIRS)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    return _logged(await pairing.log(ctx.work, ctx.actor, member_id, ctx.args))


@undoes(pairing.VISIT_DEED)
async def undo_log(ctx: Context, data: Mapping[str, Any]) -> Text:
    await pairing.undo_log(ctx.work, ctx.actor, data)
    return UNLOGGED


@command(
    *("我的结对", "mypairing"),
    needs=Permission.PAIR,
    help=Text("看自己结对的是哪一户、记了什么", "see your household and what was noted"),
    where=Where.PRIVATE,
    understands=language.asks_whom,
    intents=("pairing:query",),
    spoken_to=True,
)
async def own(ctx: Context) -> Reply:
    lines = await pairing.mine(ctx.work, ctx.actor)
    return Pages(MINE, lines) if lines else pairing.NONE


@command(
    *("结束结对", "endpairing", "end pairing"),
    needs=Permission.PAIR,
    help=Text("结束自己的一户结对", "end a pairing of yours"),
    takes=Text("[户名]", "[household]"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def end(ctx: Context) -> Reply:
    finals.note(ctx.work, ctx.actor, finals.UNMATCHED)
    return ENDED(household=(await pairing.end(ctx.work, ctx.actor, ctx.member, ctx.args)).household)


def _ended(words: str) -> str | None:
    """The household whose pairing ended, perhaps not named."""
    return words.removeprefix("结束结对").strip() if words.startswith("结束结对") else None


@entry(
    _ended,
    Text("补录 李小山 结束结对 [户名]", "enter Li Xiaoshan 结束结对 [household]"),
    needs=Permission.MATCH_PAIRS,
)
async def enter_end(ctx: Context, member_id: MemberId) -> Reply:
    finals.note(ctx.work, ctx.actor, finals.UNMATCHED)
    return ENDED(household=(await pairing.end(ctx.work, ctx.actor, member_id, ctx.args)).household)


@command(
    *("结对情况", "pairings"),
    needs=Permission.MATCH_PAIRS,
    help=Text("看结对了几户、半年里帮了几次", "see the pairings and how often help was noted"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def situation(ctx: Context) -> Reply:
    return Pages(SITUATION, await pairing.situation(ctx.work, ctx.actor))


@holds("pairing", Text("结对帮扶", "pairing"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await pairing.mine(ctx.work, ctx.actor)
