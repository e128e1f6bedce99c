"""心得: what one thinks about what one learned, for the curator; in the group only on one's own word."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import questions
from bot.commands import Ask, Context, Pages, Reply, Where, answer, command, holds, undoes
from bot.permissions import Permission
from bot.services import finals, posting, reflections
from bot.texts import Text

HELP = Text("写学习心得，只给学习委员看", "write a reflection; only the curator reads it")
TAKES = Text("想说的话", "what you think")
HELP_HOW = Text("学习体会怎么写", "how to write a reflection")
HOW = Text(
    "不用套话，三句就够：学的是哪一课；哪一点说到自己心里，或跟身边哪件事对得上；往后打算怎么做一件小事。"
    "写好发：心得 ……。别人的病、家里的难处别写进去。",
    "No set phrases; three sentences do: which lesson; what in it touched you or fits something around you; one small thing you will do. "
    "Then send “reflection …”. Leave out other people's illness and troubles.",
)
PRIVATE = Text("好，只给学习委员看。想删，发“删除心得”。", "Only the curator reads it. To delete it, send “delete reflection”.")
SHARED = Text(
    "好，分享到群里了。想收回，十分钟内发“撤销”，以后发“删除心得”。", "It is in the group. “undo” within ten minutes takes it back."
)
UNDONE = Text("好，从群里收回了，学习委员那里还在。", "Taken back from the group; the curator still has it.")
TAKEN = Text("好，收下了。", "Taken.")
SENT = Text("好，转给本人了。", "Passed on.")
NOT_SENT = Text("好，不回了。", "Nothing was sent.")
HELP_OPEN = Text("看还没收下的心得", "see reflections that wait for you")
OPEN = Text("还没收下的心得：", "Reflections that wait:")
NONE_OPEN = Text("没有等着您看的心得。", "None waits for you.")
HELP_MINE = Text("看自己写过的心得", "see your own reflections")
MINE = Text("您写过的心得：", "Your reflections:")
HELP_DELETE = Text("删除自己的一篇心得", "delete one of your reflections")
TAKES_NUMBER = Text("[编号]", "[number]")
DELETED = Text(
    "好，第 {number} 篇心得删了，群里和学习委员那里也看不到了。", "Reflection {number} is deleted, in the group and with the curator, too."
)


@command(
    *("心得", "学习心得", "心得体会", "学习体会", "reflection"),
    needs=Permission.STUDY,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    intents=("reflection_submit",),
    spoken_to=True,
)
async def submit(ctx: Context) -> Reply:
    return await reflections.submit(ctx.work, ctx.actor, ctx.args)


@command(
    *("学习体会怎么写", "心得怎么写", "心得体会怎么写", "怎么写心得", "howtoreflect"),
    needs=Permission.STUDY,
    help=HELP_HOW,
    where=Where.PRIVATE,
    hidden=True,
    intents=("help:reflection",),
    spoken_to=True,
)
async def how(ctx: Context) -> Reply:
    return HOW


@answer(reflections.SHARE, needs=Permission.STUDY, matter="study")
async def share(ctx: Context) -> Reply:
    done = await reflections.share(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)
    if isinstance(done, Text):
        return done
    return SHARED + await posting.until_posted(ctx.work) if done else PRIVATE


@undoes(reflections.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await reflections.undo_share(ctx.work, ctx.actor, data)
    return UNDONE


@answer(reflections.CARD, needs=Permission.CURATE, matter="study")
async def card(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice:
        return Ask(reflections.REPLY, reflections.WHAT_REPLY, reflections.CANCEL, data=data, free=True)
    await reflections.take(ctx.work, ctx.actor, data)
    finals.note(ctx.work, ctx.actor, finals.REFLECTION_ANSWERED)
    return TAKEN


@answer(reflections.REPLY, needs=Permission.CURATE, matter="study")
async def reply(ctx: Context) -> Reply:
    if ctx.choice != questions.OWN_WORDS:
        return NOT_SENT
    await reflections.reply(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.REFLECTION_ANSWERED)
    return SENT


@command("看心得", "reflections", needs=Permission.CURATE, help=HELP_OPEN, where=Where.PRIVATE)
async def waiting(ctx: Context) -> Reply:
    lines = await reflections.waiting(ctx.work, ctx.actor, ctx.platform)
    return Pages(OPEN, lines) if lines else NONE_OPEN


@command("我的心得", "myreflections", needs=Permission.STUDY, help=HELP_MINE, where=Where.PRIVATE, spoken_to=True)
async def own(ctx: Context) -> Reply:
    lines = await reflections.mine(ctx.work, ctx.actor)
    return Pages(MINE, lines) if lines else reflections.NONE


@command(
    *("删除心得", "删除我的心得", "deletereflection", "delete reflection"),
    needs=Permission.STUDY,
    help=HELP_DELETE,
    where=Where.PRIVATE,
    takes=TAKES_NUMBER,
    spoken_to=True,
)
async def delete(ctx: Context) -> Reply:
    number = await reflections.delete(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.REFLECTION_DELETED)
    return DELETED(number=number)


@holds("reflection", Text("心得", "reflections"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await reflections.mine(ctx.work, ctx.actor)
