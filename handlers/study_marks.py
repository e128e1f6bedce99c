"""学完了: what one has read and is through with. Only oneself sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Reply, Say, Where, answer, command, holds, undoes
from bot.permissions import Permission
from bot.services import studies
from bot.texts import Text

MARKED = Text("好，记下学完了，只有您自己看得到。", "Noted as done; only you can see it.")
KNOWN = Text("这一课您已经学完了，辛苦。", "You are through with this lesson already. Well done.")
UNDONE = Text("好，“学完了”撤回了。", "Done; the mark is taken back.")
HELP_FORGET = Text("删除您的学习记录", "delete what is kept about your reading")
FORGOTTEN = Text(
    "已删除您 {count} 课的学习记录，课程照样能看。", "What was kept of {count} lessons is deleted; you can read them as before."
)
NOTHING = Text("没有您的学习记录，不用删。", "Nothing is kept about your reading.")


@answer(studies.DONE, needs=Permission.STUDY)
async def done(ctx: Context) -> Reply:
    lesson = str(ctx.question.data["lesson"]) if ctx.question else ""
    fresh = await studies.done(ctx.work, ctx.actor, lesson)
    return Say(MARKED if fresh else KNOWN, private=True)


@undoes(studies.DONE)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await studies.undo_done(ctx.work, ctx.actor, data["lesson"], seen=data["seen"])
    return UNDONE


@command(
    "删除我的学习记录",
    "forgetstudy",
    "delete my reading",
    needs=Permission.STUDY,
    help=HELP_FORGET,
    where=Where.PRIVATE,
)
async def forget(ctx: Context) -> Reply:
    count = await studies.forget(ctx.work, ctx.actor)
    return FORGOTTEN(count=count) if count else NOTHING


@holds("lesson", Text("看过的课（只有您看得到）", "lessons you read (seen by you only)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await studies.mine(ctx.work, ctx.actor)
