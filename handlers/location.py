"""位置: where one is, by one's own word."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Context, Mark, MemberId, Reply, Say, answer, command, entry, holds, observer, undoes
from bot.language import elsewhere
from bot.messages import EventKind
from bot.permissions import Permission
from bot.services import location_consent, place_questions, place_words, places, strangers
from bot.texts import Text

HELP = Text("说您在哪座城市，直接说“我在哈尔滨”也行", "say which city you are in; “I'm in Harbin” will do")
TAKES = Text("城市", "city")
HELP_STILL = Text("位置没变，更新一下日期", "still at the same place; brings the date up to date")
HELP_ABROAD = Text("人在国外时", "when you are abroad")
ABROAD = Text(
    "国外的地方我不记，您在国内时说到市就行。想让我按当地时间免打扰，发“时区 东京”这样。",
    "I keep no places abroad; within the country, the city is enough. For quiet hours in your local time send “zone Tokyo”.",
)
HELP_CORRECT = Text("改正刚说的位置", "correct the place you just said")


@command(
    "位置",
    "在外",
    "here",
    needs=Permission.SET_PLACE,
    help=HELP,
    takes=TAKES,
    understands=place_words.stated,
    free=True,
    intents=("location_update", "location_query:self"),
)
async def tell(ctx: Context) -> Reply:
    if ctx.args:
        return _discreet(ctx, await places.tell(ctx.work, ctx.actor, ctx.member, ctx.args, **_heard(ctx)))
    return Say(await places.current(ctx.work, ctx.actor, ctx.member), private=True) if ctx.addressed else None


@command(
    "地点",
    "city",
    needs=Permission.SET_PLACE,
    help=HELP,
    takes=TAKES,
    understands=place_words.named,
    hidden=True,
    intents=("location_update",),
    spoken_to=True,
)
async def name(ctx: Context) -> Reply:
    if ctx.word:
        return await tell.handler(ctx)
    return _discreet(ctx, await places.name(ctx.work, ctx.actor, ctx.member, ctx.args, in_group=ctx.in_group))


@command(
    "改位置",
    "correct",
    needs=Permission.SET_PLACE,
    help=HELP_CORRECT,
    takes=TAKES,
    understands=place_words.corrected,
    free=True,
    hidden=True,
    intents=("correction",),
)
async def correct(ctx: Context) -> Reply:
    return _discreet(ctx, await places.correct(ctx.work, ctx.actor, ctx.member, ctx.args, **_heard(ctx)))


@command(
    "在国外",
    "abroad",
    needs=Permission.SET_PLACE,
    help=HELP_ABROAD,
    understands=elsewhere.abroad,
    hidden=True,
    intents=("location_update:country",),
    spoken_to=True,
)
async def abroad(ctx: Context) -> Reply:
    return Say(ABROAD, private=True)


@command(
    "位置没变",
    "没换地方",
    "还在老地方",
    "地方没变",
    "stillhere",
    "still here",
    needs=Permission.SET_PLACE,
    help=HELP_STILL,
    intents=("location_update:unchanged",),
)
async def confirm(ctx: Context) -> Reply:
    return _discreet(ctx, await places.confirm(ctx.work, ctx.actor, ctx.member, overheard=not ctx.addressed))


@observer(EventKind.LOCATION)
async def card(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        return () if not ctx.in_group and await strangers.turn_away(ctx.work, ctx.incoming) else None
    where = ctx.incoming.location
    if where is None:
        return None
    return _discreet(ctx, await places.propose(ctx.work, ctx.actor, ctx.member, (where.latitude, where.longitude), **_heard(ctx)))


@answer(place_questions.WHICH, needs=Permission.SET_PLACE)
async def choose(ctx: Context) -> Reply:
    return await places.choose(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@answer(place_questions.CITY, needs=Permission.SET_PLACE)
async def leave_at_province(ctx: Context) -> Reply:
    return await places.leave_at_province(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@undoes(places.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await places.undo(ctx.work, ctx.actor, data)


@holds("place", Text("位置", "place"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await location_consent.held(ctx.work, ctx.actor)


@entry(place_words.entered, Text("补录 李小山 在哈尔滨", "enter Li Xiaoshan in Harbin"))
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    return await location_consent.enter(ctx.work, ctx.actor, member_id, ctx.args)


def _heard(ctx: Context) -> dict[str, bool]:
    return {"overheard": not ctx.addressed, "in_group": ctx.in_group}


def _discreet(ctx: Context, told: places.Told) -> Reply:
    """In the group a mark, and the words in private: no place is named there."""
    if isinstance(told, Ask) or not told or not ctx.in_group:
        return told
    return [Mark(), Say(told, private=True)]
