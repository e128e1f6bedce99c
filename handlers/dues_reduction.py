"""申请减免: asking for less dues in hardship, and noting the two decisions that it takes."""

import re
from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Choice, Context, Pages, Reply, Where, answer, command, undoes
from bot.language.dues import less
from bot.patterns import Pattern
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import dues_fitting, dues_reductions, finals
from bot.texts import Text

REASON, AGREE, SURE = "reduction_reason", "reduction_agree", "reduction_sure"
HELP = Text("交党费有困难，私下申请少交或免交", "ask in private for less dues in hardship")
HELP_WITHDRAW = Text("撤回自己的减免申请", "withdraw your request for less dues")
HELP_PENDING = Text("看在办的党费减免申请", "see the requests for less dues under way")
HELP_AGREE = Text("记支部研究同意减免", "note the branch's decision on less dues")
HELP_APPROVE = Text("记上级党委批准减免，这才生效", "note the higher committee's approval; it takes effect")
HELP_DECLINE = Text("记减免没有批准", "note that less dues were not approved")
WHY = Text(
    "能说说情况吗？写一句就行。只有书记和支委看得到，定了就删。按规定要支部研究、上级党委批准，批下来才生效。",
    "What is the matter? One sentence is enough. Only the secretary and the committee see it, and it is erased with the decision. "
    "The branch decides and the higher committee approves before it takes effect.",
)
ECHO = Text(
    "您写的是：“{reason}”，就这样交给书记和支委吗？", "You wrote: “{reason}”. Hand it to the secretary and the committee like this?"
)
ASKED = Text(
    "记下了，申请 J{number}，已私下交给书记和支委。没批之前照原来的交；有结果告诉您。不想申请了，发“撤回减免”。",
    "Noted as J{number} and handed in private to the secretary and the committee. Until it is approved your dues stay; you will be told. "
    "“withdraw reduction” takes it back.",
)
NOT_ASKED = Text("好，没有申请。有难处随时说。", "Nothing was asked. Say so whenever it is hard.")
WITHDRAWN = Text("好，J{number} 撤回了，写的情况也删了。", "J{number} is withdrawn, and what you wrote is erased.")
AGREED = Text(
    "好，J{number} 记上了支部的决定，还没有生效。上级批了，书记发：减免批准 J{number} 日期 文号。",
    "The branch's decision on J{number} is noted; it is not in effect. Once approved: approve reduction J{number} DATE REFERENCE.",
)
APPROVED = Text(
    "好，J{number} 两样都记上了，已生效，已私下告诉本人。", "J{number} has both decisions and is in effect; they were told in private."
)
DECLINED = Text("好，J{number} 记为没有批准，已私下告诉本人。", "J{number} is noted as not approved; they were told in private.")
NOT_YET = Text("好，先不动。", "All right, nothing was changed.")
PENDING = Text("在办的减免申请：", "Requests under way:")
NOTHING = Text("没有在办的减免申请。", "No requests are under way.")
WHICH = Text("请写上编号，比如：{example}", "Please give its number: {example}")
_CANCEL = Choice(Text("不申请了", "do not ask"), ("取消", "算了", "不申请了", "cancel", "no"))
_AS_IT_IS = Choice(Text("就这样", "like this"), ("就这样", "对", "是", "是的", "好", "好的", "可以", "行", "嗯", "交", "yes", "ok"))
_AGAIN = Choice(Text("重写", "write again"), ("重写", "重新写", "改一下", "改", "不对", "again"))
_ECHOED = 140
_NOT_NOW = Choice(Text("取消", "cancel"), ("算了", "cancel", "no"))
_NUMBERED = Pattern(r"[JjＪｊ]? ?(\d{1,9})[\s,，:：]*(.*)", re.DOTALL)


@command(
    *("申请减免", "减免", "党费减免", "lessdues", "less dues"),
    needs=Permission.DUES_OWN,
    help=HELP,
    where=Where.PRIVATE,
    takes=Text("[情况]", "[reason]"),
    understands=less,
    matter="dues",
    intents=("dues_reduction_request",),
    spoken_to=True,
)
async def ask(ctx: Context) -> Reply:
    await dues_reductions.nothing_pending(ctx.work, ctx.actor)
    if ctx.args and not ctx.in_group:
        return await _asked(ctx, ctx.args)
    return Ask(REASON, WHY, (_CANCEL,), free=True)


@answer(REASON, needs=Permission.DUES_OWN, matter="dues")
async def reason_told(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS:
        return NOT_ASKED
    reason = dues_fitting.sentence(ctx.args, dues_reductions.LONGEST_REASON, dues_reductions.EMPTY)
    return Ask(SURE, ECHO(reason=shortened(reason)), (_AS_IT_IS, _AGAIN, _CANCEL), data={"reason": reason}, columns=1)


@answer(SURE, needs=Permission.DUES_OWN)
async def reason_agreed(ctx: Context) -> Reply:
    if ctx.choice == 1:
        return Ask(REASON, WHY, (_CANCEL,), free=True)
    return await _asked(ctx, ctx.question.data["reason"]) if ctx.choice == 0 and ctx.question else NOT_ASKED


def shortened(reason: str) -> str:
    """As much of a reason as is read back on one small screen."""
    return reason if len(reason) <= _ECHOED else f"{reason[: _ECHOED - 1]}…"


async def _asked(ctx: Context, reason: str) -> Reply:
    made = await dues_reductions.ask(ctx.work, ctx.actor, reason)
    return ASKED(number=made.number)


@command(
    "撤回减免",
    "withdrawreduction",
    "withdraw reduction",
    needs=Permission.DUES_OWN,
    help=HELP_WITHDRAW,
    where=Where.PRIVATE,
    spoken_to=True,
)
async def withdraw(ctx: Context) -> Reply:
    made = await dues_reductions.withdraw(ctx.work, ctx.actor)
    finals.note(ctx.work, ctx.actor, finals.REDUCTION_WITHDRAWN, made.number)
    return WITHDRAWN(number=made.number)


@undoes(dues_reductions.DEED)
async def undo(ctx: Context, _: Mapping[str, Any]) -> Text:
    made = await dues_reductions.withdraw(ctx.work, ctx.actor)
    return WITHDRAWN(number=made.number)


@command("减免申请", "reductions", needs=Permission.DECIDE_REDUCTION, help=HELP_PENDING, where=Where.PRIVATE, spoken_to=True)
async def pending(ctx: Context) -> Reply:
    lines = await dues_reductions.pending(ctx.work, ctx.actor, ctx.platform)
    return Pages(PENDING, lines) if lines else NOTHING


@answer(dues_reductions.KIND, needs=Permission.DECIDE_REDUCTION, matter="dues")
async def card(ctx: Context) -> Reply:
    number = ctx.question.data["number"] if ctx.question else 0
    if ctx.choice == 1:
        await dues_reductions.decline(ctx.work, ctx.actor, number)
        finals.note(ctx.work, ctx.actor, finals.REDUCTION_DECLINED, number)
        return DECLINED(number=number)
    await dues_reductions.decidable(ctx.work, ctx.actor, number)
    return Ask(AGREE, dues_reductions.AGREE_HOW, (_NOT_NOW,), data={"number": number}, free=True)


@answer(AGREE, needs=Permission.DECIDE_REDUCTION, matter="dues")
async def agreed(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS or ctx.question is None:
        return NOT_YET
    made = await dues_reductions.agree(ctx.work, ctx.actor, ctx.question.data["number"], ctx.args)
    finals.note(ctx.work, ctx.actor, finals.REDUCTION_AGREED, made.number)
    return AGREED(number=made.number)


@command(
    *("减免同意", "agreereduction", "agree reduction"),
    needs=Permission.DECIDE_REDUCTION,
    help=HELP_AGREE,
    where=Where.PRIVATE,
    takes=Text("J1 3月5日 减到5元 3月到8月", "J1 2026-03-05 5 yuan March to August"),
)
async def agree(ctx: Context) -> Reply:
    said = _NUMBERED.fullmatch(ctx.args)
    if said is None:
        return WHICH(example=Text("减免同意 J1 3月5日 减到5元 3月到8月", "agree reduction J1 2026-03-05 5 yuan March to August"))
    made = await dues_reductions.agree(ctx.work, ctx.actor, int(said[1]), said[2])
    finals.note(ctx.work, ctx.actor, finals.REDUCTION_AGREED, made.number)
    return AGREED(number=made.number)


@command(
    *("减免批准", "approvereduction", "approve reduction"),
    needs=Permission.DECIDE_REDUCTION,
    help=HELP_APPROVE,
    where=Where.PRIVATE,
    takes=Text("J1 3月20日 文号", "J1 2026-03-20 reference"),
)
async def approve(ctx: Context) -> Reply:
    said = _NUMBERED.fullmatch(ctx.args)
    if said is None:
        return dues_reductions.APPROVE_HOW
    made = await dues_reductions.approve(ctx.work, ctx.actor, int(said[1]), said[2])
    finals.note(ctx.work, ctx.actor, finals.REDUCTION_APPROVED, made.number)
    return APPROVED(number=made.number)


@command(
    *("减免不批", "declinereduction", "decline reduction"),
    needs=Permission.DECIDE_REDUCTION,
    help=HELP_DECLINE,
    where=Where.PRIVATE,
    takes=Text("J1", "J1"),
)
async def decline(ctx: Context) -> Reply:
    said = _NUMBERED.fullmatch(ctx.args)
    if said is None:
        return WHICH(example=Text("减免不批 J1", "decline reduction J1"))
    made = await dues_reductions.decline(ctx.work, ctx.actor, int(said[1]))
    finals.note(ctx.work, ctx.actor, finals.REDUCTION_DECLINED, made.number)
    return DECLINED(number=made.number)
