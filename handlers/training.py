"""我的学时: hours of study, seen by oneself; the branch sees a total."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, MemberId, Pages, Reply, Where, command, entry, grounds, holds, undoes
from bot.language import study_time
from bot.permissions import Permission
from bot.services import training
from bot.texts import Text

HELP_OWN = Text("看自己今年的学时，只有自己看得到", "see your hours of study this year; only you do")
HELP_SAY = Text("记一笔自己的学习时间", "note a time of study of your own")
TAKES_SAY = Text("2小时 夜校", "2 hours night school")
HELP_TOTAL = Text("看全支部今年的学时总数", "see the branch's hours of study as a total")
NOTED = Text(
    "好，记下 {minutes} 分钟，注明是您自己报的。想撤回，十分钟内发“撤销”；看总数发“我的学时”。",
    "Noted: {minutes} minutes, marked as your own statement. “undo” within ten minutes takes it back; “hours” shows your total.",
)
ENTERED = Text(
    "好，已补录学习 {minutes} 分钟。只有本人看得到明细。", "Entered: {minutes} minutes of study. Only the member sees the entry."
)
UNDONE = Text("好，那条学时撤回了。", "Done; that entry is taken back.")


def _said(text: str) -> str | None:
    return text if study_time.said(text) is not None else None


def _entered(text: str) -> str | None:
    return text if study_time.entered(text) is not None else None


@grounds("training", Text("学时", "hours of study"), "培训", "我的学时")
async def rests_on(_ctx: Context) -> Sequence[Text]:
    return training.GROUNDS


@command(
    "我的学时", "学时", "我的培训", "hours", needs=Permission.STUDY, help=HELP_OWN, where=Where.PRIVATE, matter="training", spoken_to=True
)
async def own(ctx: Context) -> Reply:
    heading, lines = await training.own(ctx.work, ctx.actor)
    return Pages(heading, lines)


@command(
    "我学了",
    "istudied",
    "i studied",
    needs=Permission.STUDY,
    help=HELP_SAY,
    where=Where.PRIVATE,
    takes=TAKES_SAY,
    understands=_said,
    spoken_to=True,
)
async def say(ctx: Context) -> Reply:
    said = study_time.said(ctx.args if not ctx.word else f"我学了{ctx.args}")
    return NOTED(minutes=await training.say(ctx.work, ctx.actor, said)) if said is not None else training.NO_TIME


@command("支部学时", "学时合计", "branchhours", needs=Permission.STUDY, help=HELP_TOTAL, where=Where.PRIVATE, spoken_to=True)
async def total(ctx: Context) -> Reply:
    return await training.total(ctx.work, ctx.actor)


@entry(_entered, Text("补录 周海 学习 2学时 党员大会", "enter Zhou Hai studied 2 hours branch meeting"), needs=Permission.CURATE)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    return ENTERED(minutes=await training.enter(ctx.work, ctx.actor, member_id, ctx.args))


@undoes(training.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await training.undo(ctx.work, ctx.actor, data)
    return UNDONE


@holds("study_time", Text("学时（只有您看得到）", "hours of study (seen by you only)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await training.mine(ctx.work, ctx.actor)
