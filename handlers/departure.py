"""外出报备: going away, reported one question at a time; 流出 and 流入 for who keeps the register."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import reading, turning
from bot.commands import Context, MemberId, Pages, Reply, Where, answer, command, entry, grounds, holds, undoes
from bot.language import departures as words
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import departure_lists, departure_questions, departure_returns, departures, talk
from bot.texts import Text

DROPPED = Text("好，不报了，写过的删了。", "Dropped; what you wrote is erased.")
KEPT = Text(
    "记下了，告诉书记了。一路平安！回来说一声“我回来了”。弄错了，十分钟内发“撤销”。",
    "Noted, and the secretary knows. Safe travels! On your return say “I am back”. “undo” within ten minutes.",
)
UNDONE = Text("好，外出报备撤回了，和原来一样。", "Done: the report is taken back and all is as before.")
ENTERED_BACK = Text("记下了：回来了，外出报备结束。", "Noted: they are back, and the report of going away is over.")
NOT_AWAY = Text("没有外出报备，不用记回来。", "Nothing says that they went away, so there is nothing to end.")
ENTERED = Text("替他记下外出了。没同意记城市的，城市不记。", "Noted for them. Without their consent the city is not kept.")
GROUNDS = (
    Text(
        "外出半年以上、地点固定的，应当转组织关系（党员教育管理工作条例第二十五条）。",
        "Away for half a year or more at a fixed place: the membership moves (art. 25, 2019).",
    ),
    Text(
        "原支部跟在外的党员保持联系；转走以前还归原支部管。",
        "The home branch keeps in touch with who is away, and stays responsible until the host accepts.",
    ),
)


@command(
    *("外出报备", "报备外出", "我要外出", "继续报备", "leaving", "going away"),
    needs=Permission.OWN_DATA,
    help=Text("外出前说一声：去哪、做什么、多久", "say that you go away: where, what for, how long"),
    where=Where.PRIVATE,
    takes=Text("[下周去成都打工，大概一年]", "[to Chengdu for work next week, for a year]"),
    matter="departure",
    intents=("departure_report",),
    spoken_to=True,
)
async def leave(ctx: Context) -> Reply:
    meaning = ctx.meaning or await _meant(ctx, f"外出报备 {ctx.args}")
    said = ctx.args or (ctx.incoming.text if ctx.meaning else "")
    return await departures.begin(ctx.work, ctx.actor, said, meaning.slots if meaning else {})


async def _meant(ctx: Context, text: str) -> Any:
    """What was understood of words behind the command's name."""
    if not ctx.args:
        return None
    found = reading.read(ctx.registry, ctx.args, await talk.setting(ctx.work, ctx.actor, ctx.incoming)).understanding
    if found.intent != "departure_report":
        found = reading.read(ctx.registry, text, await talk.setting(ctx.work, ctx.actor, ctx.incoming)).understanding
    return found if found.intent == "departure_report" else None


_NO_ANSWERS = frozenset({"aid_request", "aid_status", "checkin", "dues_query", "dues_pay_claim", "help", "map_query", "study_query"})
"""What a person turns to in the middle of a report: it is done, and the report waits."""


@answer(departure_questions.STEP, needs=Permission.OWN_DATA, matter="departure")
async def step(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice == OWN_WORDS and (other := await turning.something_else(ctx, _NO_ANSWERS)) is not None:
        return await turning.done(ctx, other)
    return await departures.answered(ctx.work, ctx.actor, data, ctx.choice, ctx.args) or DROPPED


@answer(departure_questions.SURE, needs=Permission.OWN_DATA, matter="departure")
async def sure(ctx: Context) -> Reply:
    if ctx.choice == OWN_WORDS:
        return await departures.mended(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.args) or DROPPED
    made = await departures.decided(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)
    if not isinstance(made, departures.Kept):
        return made or DROPPED
    return [KEPT, departure_lists.offer(made.which)] if made.long else KEPT


@answer(departure_lists.TRANSFER, needs=Permission.OWN_DATA, matter="departure")
async def transfer(ctx: Context) -> Reply:
    if ctx.choice == 0 or ctx.question is None:
        return departure_lists.how(ctx.work)
    day = await departures.ask_later(ctx.work, ctx.actor, ctx.question.data["departure"])
    return departure_lists.NOT_NOW(day=day.isoformat())


@command(
    *("流出", "流出党员", "谁在外面", "awaylist"),
    needs=Permission.SEE_REGISTER,
    help=Text("看谁报备了外出", "see who has reported going away"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def out(ctx: Context) -> Reply:
    return Pages(*await departure_lists.out(ctx.work, ctx.actor, ctx.platform))


@command(
    *("流入", "流入党员", "guestlist"),
    needs=Permission.SEE_REGISTER,
    help=Text("看流入党员，来自哪个支部", "see the guests, and where they come from"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def guests(ctx: Context) -> Reply:
    return Pages(*await departure_lists.guests(ctx.work, ctx.actor, ctx.platform))


@entry(words.entered, Text("补录 周海 下周去成都打工", "enter Zhou Hai to Chengdu for work next week"))
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    meaning = await _meant(ctx, f"我{ctx.args}")
    await departures.enter(ctx.work, ctx.actor, member_id, ctx.args, meaning.slots if meaning else {})
    return ENTERED


@entry(words.back, Text("补录 周海 回来了", "enter Zhou Hai is back"))
async def enter_back(ctx: Context, member_id: MemberId) -> Reply:
    return ENTERED_BACK if await departure_returns.entered(ctx.work, ctx.actor, member_id) else NOT_AWAY


@undoes(departures.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await departures.undo(ctx.work, ctx.actor, data)
    return UNDONE


@grounds("departure", Text("外出和转组织关系", "going away, and moving the membership"), "外出", "组织关系", "转关系", "leaving")
async def rests_on(ctx: Context) -> Sequence[Text]:
    return GROUNDS


@holds("departure", Text("外出报备", "going away"))
async def held(ctx: Context) -> Sequence[Text]:
    return await departure_lists.mine(ctx.work, ctx.actor)
