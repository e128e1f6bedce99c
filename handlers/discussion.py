"""讨论: a prompt in the group, counted voices, one closing sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import questions
from bot.commands import Context, Mark, Reply, Say, Where, answer, command, holds, replied, undoes
from bot.permissions import Permission
from bot.services import discussions, finals, posting
from bot.texts import Text

HELP_OPEN = Text("在群里发起一次讨论", "begin a discussion in the group")
TAKES_OPEN = Text("课名 或 一句话", "a lesson's title, or a sentence")
HELP_SAY = Text("参加讨论，私下也行", "take part in the discussion, in private if you like")
TAKES_SAY = Text("想说的话", "what you think")
HELP_CLOSE = Text("结束讨论，可带一句小结", "end the discussion, with a summary if you like")
TAKES_CLOSE = Text("[小结]", "[summary]")
POSTED = Text(
    "好，发到群里了。三天后自动结束，也可以发“结束讨论 小结”。", "It is in the group. It ends in three days, or with “end discussion …”."
)
NOT_POSTED = Text("好，没有发。", "Nothing was posted.")
ENDED = Text("好，讨论结束了。", "The discussion is ended.")
FORWARDED = Text("好，放到群里了。想收回，十分钟内发“撤销”。", "It is in the group. “undo” within ten minutes takes it back.")
KEPT_BACK = Text("好，不放。您算一位，话我不留。", "It stays here: you are counted, your words are not kept.")
NEVER_MIND = Text("好。", "All right.")
UNSAID = Text("好，那句话收回了。", "Done; those words are taken back.")
UNOPENED = Text("好，讨论撤回了。", "Done; the discussion is taken back.")


@command(
    "发起讨论", "开讨论", "startdiscussion", needs=Permission.CURATE, help=HELP_OPEN, takes=TAKES_OPEN, where=Where.PRIVATE, spoken_to=True
)
async def begin(ctx: Context) -> Reply:
    return await discussions.draft(ctx.work, ctx.actor, ctx.args)


@command("讨论", "discuss", needs=Permission.STUDY, help=HELP_SAY, takes=TAKES_SAY, where=Where.PRIVATE, spoken_to=True)
async def say(ctx: Context) -> Reply:
    if ctx.actor.may(Permission.CURATE) and not await discussions.is_open(ctx.work, ctx.actor):
        return await discussions.draft(ctx.work, ctx.actor, ctx.args)
    return await discussions.say(ctx.work, ctx.actor, ctx.args)


@answer(discussions.OPENING, needs=Permission.CURATE)
async def opening(ctx: Context) -> Reply:
    if ctx.choice:
        return NOT_POSTED
    await discussions.open_one(ctx.work, ctx.actor, ctx.question.data if ctx.question else {})
    return POSTED + await posting.until_posted(ctx.work)


@replied(discussions.SLOT, needs=Permission.STUDY)
async def counted(ctx: Context) -> Reply:
    return Mark() if await discussions.answered(ctx.work, ctx.actor, ctx.args) else None


@answer(discussions.PRESSED, needs=Permission.STUDY)
async def pressed(ctx: Context) -> Reply:
    return await discussions.say(ctx.work, ctx.actor, "")


@answer(discussions.WORDS, needs=Permission.STUDY)
async def words(ctx: Context) -> Reply:
    if ctx.choice != questions.OWN_WORDS:
        return NEVER_MIND
    return await discussions.say(ctx.work, ctx.actor, ctx.args)


@answer(discussions.FORWARD, needs=Permission.STUDY)
async def forward(ctx: Context) -> Reply:
    done = await discussions.forward(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)
    return FORWARDED + await posting.until_posted(ctx.work) if done else KEPT_BACK


@command("结束讨论", "enddiscussion", "end discussion", needs=Permission.CURATE, help=HELP_CLOSE, takes=TAKES_CLOSE, spoken_to=True)
async def close(ctx: Context) -> Reply:
    await discussions.close(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.DISCUSSION_CLOSED)
    return Mark() if ctx.in_group else Say(ENDED, private=True)


@undoes(discussions.SAID_DEED)
async def unsay(ctx: Context, data: Mapping[str, Any]) -> Text:
    await discussions.take_back(ctx.work, ctx.actor, data)
    return UNSAID


@undoes(discussions.OPEN_DEED)
async def unopen(ctx: Context, data: Mapping[str, Any]) -> Text:
    await discussions.undo_open(ctx.work, ctx.actor, data)
    return UNOPENED


@holds("discussion", Text("讨论", "discussions"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await discussions.mine(ctx.work, ctx.actor)
