"""批准: agreeing to a payment out of the care fund, or not."""

from bot.commands import Ask, Choice, Context, Reply, Where, answer, command
from bot.language import pledges as language
from bot.permissions import Permission
from bot.services import finals, payout_approvals
from bot.texts import Text

HELP = Text("批准一笔付款；受助人、求助人、经办人不能批", "approve a payment; not who benefits, asked or recorded it")
APPROVED = Text(
    "B{number} 您批了，现在 {count} 位同意。付之前想收回，发“收回批准 B{number}”。",
    "You approved B{number}; {count} agreed so far. To take it back before it is paid: “unapprove B{number}”.",
)
READY = Text(
    "B{number} 您批了，够两位了，可以付。由没批过的记账同志来付、来记。",
    "You approved B{number}; that is enough. Somebody who did not approve it pays and notes it.",
)
WHY = Text(
    "好，B{number} 您不同意。能说说原因吗？只告诉经办的同志。",
    "All right, you do not agree to B{number}. Would you say why? Only who recorded it hears it.",
)
SKIP = Choice(Text("不说了", "skip"), ("不说", "跳过", "skip"))
REFUSED = Text("记下了，B{number} 您不同意，已告诉经办的同志。", "Noted: you do not agree to B{number}. Who recorded it is told.")
TAKEN_BACK = Text("B{number} 您的批准收回了。", "Your approval of B{number} is taken back.")
HIGHER = Text(
    "B{number} 录了上级批准（{reference}）。{state}", "The higher committee's approval of B{number} is entered ({reference}). {state}"
)
ENOUGH = Text("够了，可以付。", "That is enough; it can be paid.")
ONE_MORE = Text("支部里还要一位批准。", "One of the branch still has to approve.")
WHICH = Text("请写编号：{example}。发“付款情况”能看到。", "Please give the number: {example}. “payouts” shows it.")


async def _approve(ctx: Context, number: int) -> Reply:
    _, now, refusal = await payout_approvals.approve(ctx.work, ctx.actor, number)
    if refusal is not None:
        return refusal
    finals.note(ctx.work, ctx.actor, finals.APPROVED, number)
    return READY(number=number) if now.approved else APPROVED(number=number, count=now.count)


@command(
    *("批准", "批准付款", "同意付款", "approve"),
    needs=Permission.APPROVE_PAYOUT,
    help=HELP,
    takes=Text("B3", "B3"),
    where=Where.PRIVATE,
    matter="fund",
)
async def approve(ctx: Context) -> Reply:
    if not ctx.addressed and language.payout(ctx.args) is None:
        return None
    number = await payout_approvals.meant(ctx.work, ctx.actor, ctx.args)
    return await _approve(ctx, number) if number is not None else WHICH(example=Text("批准 B3", "approve B3"))


def _why(number: int) -> Ask:
    return Ask(payout_approvals.REASON, WHY(number=number), (SKIP,), data={"number": number}, free=True)


@answer(payout_approvals.CARD, needs=Permission.APPROVE_PAYOUT, matter="fund")
async def on_card(ctx: Context) -> Reply:
    number = ctx.question.data["number"] if ctx.question else 0
    return await _approve(ctx, number) if ctx.choice == 0 else _why(number)


@answer(payout_approvals.REASON, needs=Permission.APPROVE_PAYOUT, matter="fund")
async def reason(ctx: Context) -> Reply:
    number = ctx.question.data["number"] if ctx.question else 0
    await payout_approvals.refuse(ctx.work, ctx.actor, number, ctx.args)
    return REFUSED(number=number)


@command(
    *("不批准", "不同意付款", "refuse"),
    needs=Permission.APPROVE_PAYOUT,
    help=Text("不同意一笔付款，可写原因", "do not agree to a payment"),
    takes=Text("B3 原因", "B3 why"),
    where=Where.PRIVATE,
    matter="fund",
)
async def refuse(ctx: Context) -> Reply:
    number = language.payout(ctx.args)
    if number is None:
        return WHICH(example=Text("不批准 B3 原因", "refuse B3 why")) if ctx.addressed else None
    await payout_approvals.refuse(ctx.work, ctx.actor, number, language.after("B", ctx.args))
    return REFUSED(number=number)


@command(
    *("收回批准", "撤回批准", "unapprove"),
    needs=Permission.APPROVE_PAYOUT,
    help=Text("付之前收回自己的批准", "take your approval back before it is paid"),
    takes=Text("B3", "B3"),
    where=Where.PRIVATE,
    matter="fund",
)
async def withdraw(ctx: Context) -> Reply:
    number = language.payout(ctx.args)
    if number is None:
        return WHICH(example=Text("收回批准 B3", "unapprove B3")) if ctx.addressed else None
    await payout_approvals.withdraw(ctx.work, ctx.actor, number)
    finals.note(ctx.work, ctx.actor, finals.UNAPPROVED, number)
    return TAKEN_BACK(number=number)


@command(
    *("补录上级批准", "补录 上级批准", "上级批准", "higher"),
    needs=Permission.PROPOSE_PAYOUT,
    help=Text("支部能批的不够两位时，录上级党委的批准", "enter the higher committee's approval"),
    takes=Text("B3 文号", "B3 number of the paper"),
    where=Where.PRIVATE,
    matter="fund",
)
async def higher(ctx: Context) -> Reply:
    number = language.payout(ctx.args)
    if number is None:
        return WHICH(example=Text("补录上级批准 B3 文号", "higher B3 NUMBER")) if ctx.addressed else None
    reference = language.after("B", ctx.args)
    _, now = await payout_approvals.higher(ctx.work, ctx.actor, number, reference)
    finals.note(ctx.work, ctx.actor, finals.HIGHER, number)
    return HIGHER(number=number, reference=reference[:60], state=ENOUGH if now.approved else ONE_MORE)
