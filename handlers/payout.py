"""支出: payments out of the care fund, proposed, noted as paid, cancelled, corrected."""

from bot.commands import Context, Pages, Reply, Where, answer, command
from bot.language import pledges as language
from bot.language.money import yuan
from bot.language.normalise import is_blank
from bot.permissions import Permission
from bot.services import finals, fund, payout_approvals, payouts
from bot.texts import Text

HELP = Text("提出一笔支出，要另外两位批准", "propose a payment; two others approve it")
PROPOSED = Text(
    "记下了：付款 B{number}，{case} {amount} 元。要两位批准人确认（受助人、求助人、经办人不能批），已经私下去问。{more}",
    "Noted: payment B{number}, {case} {amount} yuan. Two have to approve (not who benefits, asked or recorded it); they are asked in "
    "private. {more}",
)
PAID = Text(
    "B{number} 记为已付，{amount} 元。{reported}机器人不动钱。",
    "B{number} is noted as paid, {amount} yuan. {reported}The bot moves no money.",
)
WHICH = Text("请写编号：{example}。发“付款情况”能看到。", "Please give the number: {example}. “payouts” shows it.")
CANCELLED = Text("B{number} 取消了，没有付。", "B{number} is cancelled; nothing was paid.")
REVERSED = Text(
    "B{number} 那笔付款冲正了，现在是“已批准、待付”。不付了就发“取消付款 B{number}”。",
    "The payment of B{number} is taken back; it is approved and to be paid. To drop it: “cancelpayout B{number}”.",
)
WAITING = Text("没付的付款：", "Payments to be made:")
NONE_WAITING = Text("没有等着付的。", "No payment is waiting.")
THANKS = Text("好，知道您收到了。", "Good to know that it arrived.")


@command(
    *("支出", "付", "付款", "payout"),
    needs=Permission.PROPOSE_PAYOUT,
    help=HELP,
    takes=Text("3000 A12 用途", "3000 A12 what for"),
    where=Where.PRIVATE,
    matter="fund",
)
async def propose(ctx: Context) -> Reply:
    if not ctx.addressed and language.appeal(ctx.args) is None:
        return None
    made = await payouts.propose(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.PROPOSED, made.number)
    few = await payout_approvals.too_few(ctx.work, made)
    return PROPOSED(number=made.number, case=fund.case_name(made.appeal_number), amount=yuan(made.fen), more=few)


@command(
    *("已付", "付了", "paidout"),
    needs=Permission.KEEP_FUND,
    help=Text("记一笔批准过的付款已付", "note an approved payment as made"),
    takes=Text("B3", "B3"),
    where=Where.PRIVATE,
    matter="fund",
)
async def paid(ctx: Context) -> Reply:
    number = language.payout(ctx.args)
    if number is None:
        return WHICH(example=Text("已付 B3", "paidout B3")) if ctx.addressed else None
    done = await payouts.pay(ctx.work, ctx.actor, number)
    finals.note(ctx.work, ctx.actor, finals.PAID, number)
    reported = await payouts.reported(ctx.work, ctx.actor, done)
    return PAID(number=number, amount=yuan(done.fen), reported=reported)


@answer(payouts.ARRIVED, needs=Permission.PLEDGE, matter="fund")
async def arrived(ctx: Context) -> Reply:
    await payouts.arrived(ctx.work, ctx.actor, ctx.question.data["number"] if ctx.question else 0)
    finals.note(ctx.work, ctx.actor, finals.ARRIVED)
    return THANKS


@command(
    *("取消付款", "取消支出", "cancelpayout"),
    needs=Permission.PROPOSE_PAYOUT,
    help=Text("取消一笔还没付的付款", "cancel a payment that was not made"),
    takes=Text("B3", "B3"),
    where=Where.PRIVATE,
    matter="fund",
)
async def cancel(ctx: Context) -> Reply:
    number = language.payout(ctx.args)
    if number is None:
        return WHICH(example=Text("取消付款 B3", "cancelpayout B3")) if ctx.addressed else None
    await payouts.cancel(ctx.work, ctx.actor, number)
    finals.note(ctx.work, ctx.actor, finals.CANCELLED, number)
    return CANCELLED(number=number)


@command(
    *("冲正付款", "冲正 B", "冲正B", "reversepayout"),
    needs=Permission.KEEP_FUND,
    help=Text("冲正记错的付款", "take back a payment noted by mistake"),
    takes=Text("B3 原因", "B3 why"),
    where=Where.PRIVATE,
    matter="fund",
)
async def reverse(ctx: Context) -> Reply:
    # As for pledges: 冲正 B3 ends in the letter.
    words = f"B{ctx.args}" if ctx.word.upper().endswith("B") else ctx.args
    number = language.payout(words)
    if number is None:
        return WHICH(example=Text("冲正付款 B3 原因", "reversepayout B3 why")) if ctx.addressed else None
    await payouts.reverse(ctx.work, ctx.actor, number, language.after("B", words))
    finals.note(ctx.work, ctx.actor, finals.UNPAID, number)
    return REVERSED(number=number)


@command(
    *("付款情况", "支出情况", "payouts"),
    needs=Permission.APPROVE_PAYOUT,
    help=Text("看等着批、等着付的付款", "see the payments that wait"),
    where=Where.PRIVATE,
    matter="fund",
)
async def waiting(ctx: Context) -> Reply:
    if not ctx.addressed or not is_blank(ctx.args):
        return None
    lines = await payouts.listed(ctx.work, ctx.actor)
    return Pages(WAITING, lines) if lines else NONE_WAITING
