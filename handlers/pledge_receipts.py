"""到账、退款: what who keeps the care fund's books notes about money that came."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Context, Pages, Reply, Where, answer, command, undoes
from bot.errors import UserError
from bot.language import pledges as language
from bot.language.money import ImpossibleAmount, yuan
from bot.permissions import Permission
from bot.services import finals, fund_words, pledge_receipts, pledge_refunds
from bot.texts import Text

HELP = Text("记认捐到账：到账 P7 100", "note money that came: arrived P7 100")
NOTED = Text(
    "记好了：P{number} 到账，共 {received} 元。{rest}记错了，十分钟内发“撤销”。",
    "Noted: P{number}, {received} yuan in all. {rest}If it is wrong, send “undo” within ten minutes.",
)
REST = Text("还差 {open} 元。", "{open} to come. ")
BOTH_TOLD = Text("好，已告诉他还没看到。", "All right; they are told that it has not been seen.")
NOT_NOTED = Text("好，先不记。", "Nothing was noted.")
UNDONE = Text("P{number} 那笔到账冲正了。", "That receipt of P{number} is taken back.")
OPEN = Text("待到账的认捐：", "Pledges to come:")
NONE_OPEN = Text("没有待到账的认捐。", "No pledge is to come.")
WHICH = Text("请写编号：退款 P7 原因。", "Please give the number: refund P7 why.")
REFUNDED = Text("P{number} 退了，账上记好了。已告诉他本人。", "P{number} is given back and noted. They are told.")
ASKED_BACK = Text(
    "好，已请记账的同志办，办了告诉您。原因我不转、不存。",
    "Those who keep the books are asked; you hear when it is done. Your reason is neither passed on nor kept.",
)
NOT_GIVEN = Text("好，没有退。请您自己跟他说一声。", "Nothing was given back. Please tell them yourself.")
NO_SUCH = Text("没有您的认捐 P{number}。发“我的认捐”看编号。", "You have no pledge P{number}; “my pledges” shows the numbers.")
WHICH_REVERSE = Text("请写编号和原因：冲正认捐 P7 原因。", "Please give number and reason: reversepledge P7 why.")


def _noted(done: Any) -> Reply:
    if done is None:
        return BOTH_TOLD
    if isinstance(done, Ask):
        return done
    rest = REST(open=yuan(done.open_fen)) if done.open_fen else Text("", "")
    return NOTED(number=done.number, received=yuan(done.received_fen), rest=rest)


@command(
    *("到账", "已到账", "arrived", "came"),
    needs=Permission.KEEP_FUND,
    help=HELP,
    takes=Text("P7 100", "P7 100"),
    fits=lambda words: any(each.isdigit() for each in words),
    where=Where.PRIVATE,
    matter="fund",
)
async def received(ctx: Context) -> Reply:
    if not ctx.addressed and language.pledge(ctx.args) is None:
        return None
    return _noted(await pledge_receipts.received(ctx.work, ctx.actor, ctx.args))


@answer(pledge_receipts.CARD, needs=Permission.KEEP_FUND, matter="fund")
async def on_card(ctx: Context) -> Reply:
    number = ctx.question.data["number"] if ctx.question else 0
    return _noted(await pledge_receipts.answer_card(ctx.work, ctx.actor, number, ctx.choice))


@answer(pledge_receipts.AMOUNT, needs=Permission.KEEP_FUND, matter="fund")
async def how_much(ctx: Context) -> Reply:
    if ctx.choice == 0 or ctx.question is None:
        return NOT_NOTED
    number = ctx.question.data["number"]
    fen = fund_words.one_amount(language.read(ctx.args), pledge_receipts.EXAMPLE)
    return _noted(await pledge_receipts.receive(ctx.work, ctx.actor, number, fen))


@answer(pledge_receipts.MORE, needs=Permission.KEEP_FUND, matter="fund")
async def more_than_promised(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_NOTED
    return _noted(await pledge_receipts.receive(ctx.work, ctx.actor, ctx.question.data["number"], ctx.question.data["fen"], sure=True))


@answer(pledge_receipts.PICK, needs=Permission.KEEP_FUND, matter="fund")
async def which(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return _noted(await pledge_receipts.receive(ctx.work, ctx.actor, data["numbers"][ctx.choice], data["fen"]))


@undoes(pledge_receipts.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return UNDONE(number=(await pledge_refunds.undo(ctx.work, ctx.actor, data)).number)


@command(
    *("认捐情况", "pledges", "pledge list"),
    needs=Permission.KEEP_FUND,
    help=Text("看还没到账的认捐", "see the pledges to come"),
    where=Where.PRIVATE,
    matter="fund",
    spoken_to=True,
)
async def situation(ctx: Context) -> Reply:
    lines = await pledge_receipts.situation(ctx.work, ctx.actor)
    return Pages(OPEN, lines) if lines else NONE_OPEN


@command(
    *("退款", "退认捐", "refund"),
    needs=Permission.PLEDGE,
    help=Text("退认捐：本人提出，记账的同志办", "give a pledge back: its giver asks, the keeper does"),
    takes=Text("P7 原因", "P7 why"),
    where=Where.PRIVATE,
    matter="fund",
)
async def refund(ctx: Context) -> Reply:
    number = language.pledge(ctx.args)
    if number is None:
        return WHICH if ctx.addressed else None
    try:
        fen, reason = language.refund(ctx.args)
    except ImpossibleAmount as error:
        raise UserError(fund_words.WRONG[error.why](words=error.words)) from error
    if await pledge_refunds.ask_back(ctx.work, ctx.actor, number):
        finals.note(ctx.work, ctx.actor, finals.REFUND_ASKED, number)
        return ASKED_BACK
    if not ctx.actor.may(Permission.KEEP_FUND):
        return NO_SUCH(number=number)
    await pledge_refunds.refund(ctx.work, ctx.actor, number, fen, reason)
    finals.note(ctx.work, ctx.actor, finals.REFUNDED, number)
    return REFUNDED(number=number)


@answer(pledge_refunds.REFUND, needs=Permission.KEEP_FUND, matter="fund")
async def on_refund_card(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice != 0:
        await pledge_refunds.keep(ctx.work, ctx.actor, data["number"])
        return NOT_GIVEN
    await pledge_refunds.refund(ctx.work, ctx.actor, data["number"], None, pledge_refunds.ASKED.zh)
    finals.note(ctx.work, ctx.actor, finals.REFUNDED, data["number"])
    return REFUNDED(number=data["number"])


@command(
    *("冲正认捐", "冲正 P", "冲正P", "reversepledge"),
    needs=Permission.KEEP_FUND,
    help=Text("冲正记错的到账或退款", "take back a wrong receipt or refund"),
    takes=Text("P7 原因", "P7 why"),
    where=Where.PRIVATE,
    matter="fund",
)
async def reverse(ctx: Context) -> Reply:
    # 冲正 P7: the letter is the end of the name, so that the other book's 冲正 is another command.
    words = f"P{ctx.args}" if ctx.word.upper().endswith("P") else ctx.args
    number = language.pledge(words)
    if number is None:
        return WHICH_REVERSE if ctx.addressed else None
    await pledge_refunds.reverse(ctx.work, ctx.actor, number, language.after("P", words))
    finals.note(ctx.work, ctx.actor, finals.UNBOOKED, number)
    return UNDONE(number=number)
