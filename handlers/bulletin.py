"""困难通报: one's own hardship told in the group, after one agreed to every word."""

import re
from collections.abc import Sequence

from bot.commands import Ask, Context, Reply, Where, answer, command, holds
from bot.permissions import Permission
from bot.services import bulletins, finals, fund_people
from bot.texts import Text

HELP = Text("请支部在群里通报自己的困难，先给您看过", "have your own hardship told in the group; you see it first")
ASKED = Text(
    "好，已请书记看一下，发了告诉您。想撤，随时发“撤下通报”。",
    "The secretary is asked; you hear when it is posted. To take it back: “takedown”.",
)
DROPPED = Text("好，不发，刚才的话没有存。", "Nothing is posted, and your words are not kept.")
POSTED = Text("T{number} 发到群里了。", "T{number} is posted.")
IN_THE_MORNING = Text("好，T{number} 明早发到群里。", "T{number} will be in the group in the morning.")
NOT_POSTED = Text("好，没有发，已告诉本人。", "It was not posted; they are told.")
DOWN = Text("T{number} 撤下了，原话已删。", "T{number} is taken down and its words are erased.")
IN_PRIVATE = Text(
    "这件事咱们私下说。群里那条，您可以自己撤回。", "Let us speak of this in private. You can recall what you wrote in the group."
)


@command(
    *("困难通报", "通报困难", "hardship"),
    needs=Permission.TELL_HARDSHIP,
    help=HELP,
    takes=Text("什么困难", "what it is"),
    where=Where.PRIVATE,
)
async def draft(ctx: Context) -> Reply:
    if ctx.in_group and not ctx.addressed and not ctx.args:
        return None
    asked = await bulletins.draft(ctx.work, ctx.actor, ctx.args)
    return [IN_PRIVATE, asked] if ctx.in_group else asked


async def _agreed(ctx: Context, *, health: bool) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return DROPPED
    made = await bulletins.agree(ctx.work, ctx.actor, ctx.question.data["text"], health=health)
    if isinstance(made, Ask):
        return made
    finals.note(ctx.work, ctx.actor, finals.BULLETIN_ASKED)
    return ASKED


@answer(bulletins.WORDS, needs=Permission.TELL_HARDSHIP)
async def agree(ctx: Context) -> Reply:
    return await _agreed(ctx, health=False)


@answer(bulletins.HEALTH, needs=Permission.TELL_HARDSHIP)
async def agree_to_health(ctx: Context) -> Reply:
    return await _agreed(ctx, health=True)


@answer(bulletins.CARD, needs=Permission.ANNOUNCE)
async def decide(ctx: Context) -> Reply:
    made = await bulletins.decide(ctx.work, ctx.actor, ctx.question.data["number"] if ctx.question else 0, ctx.choice)
    finals.note(ctx.work, ctx.actor, finals.BULLETIN_POSTED if made.state == "posted" else finals.BULLETIN_DECLINED, made.number)
    if made.state != "posted":
        return NOT_POSTED
    return (IN_THE_MORNING if await fund_people.groups_wait(ctx.work) else POSTED)(number=made.number)


@answer(bulletins.SEE, needs=Permission.ANNOUNCE)
async def look(ctx: Context) -> Reply:
    return await bulletins.look(ctx.work, ctx.actor, ctx.question.data["number"] if ctx.question else 0)


@command(
    *("撤下通报", "撤下困难通报", "takedown"),
    needs=Permission.TELL_HARDSHIP,
    help=Text("撤下自己的困难通报", "take your bulletin down"),
    takes=Text("[T1]", "[T1]"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def take_down(ctx: Context) -> Reply:
    number = re.search("[0-9]{1,6}", ctx.args)
    gone = await bulletins.take_down(ctx.work, ctx.actor, int(number[0]) if number else None)
    own = gone.member_id == ctx.actor.member
    finals.note(ctx.work, ctx.actor, finals.BULLETIN_DOWN if own else finals.OTHERS_BULLETIN_DOWN, gone.number)
    return DOWN(number=gone.number)


@holds("bulletin", Text("困难通报", "hardship bulletins"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await bulletins.mine(ctx.work, ctx.actor)
