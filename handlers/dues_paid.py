"""已交: what a member says they paid, for themselves or another."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import reading
from bot.commands import Context, Reply, Where, answer, command, undoes
from bot.errors import UserError
from bot.language.dues import for_other, only_paid, other, paid
from bot.patterns import Pattern
from bot.permissions import Permission, require
from bot.questions import OWN_WORDS
from bot.services import dues_answers, dues_claiming, dues_saying, finals, talk
from bot.texts import Text

HELP = Text("报已交的党费，等组织委员核对", "say that you paid dues; the dues keeper checks it")
TAKES = Text("[60 一月到三月]", "[60 January to March]")
HELP_OTHER = Text("替别的党员报已交", "report dues you paid for another member")
TAKES_OTHER = Text("周海已交 20 三月", "Zhou Hai 20 March")
HELP_WITHDRAW = Text("撤回还没核对的缴费", "withdraw what is not checked yet")
NOTED_OTHER = Text(
    "记下了，编号 C{number}，等组织委员核对，也已私下告诉本人。想撤回，发“撤回缴费 C{number}”。",
    "Noted as C{number}; the dues keeper will check, and they were told in private. To take it back, send “withdraw dues C{number}”.",
)
NOT_NOTED = Text(
    "好，没有记。要报就写上金额和月份，比如：已交 60 一月到三月。",
    "Nothing was noted. To report, write amount and months: paid 60 January to March.",
)
WITHDRAWN = Text("好，C{number} 撤回了。", "C{number} is withdrawn.")

_NAMED = Pattern(r"[ ,，]*(?:已?交了?|已?缴了?)?[ ,，]*(?=[0-9０-９])")
"""What parts the name of another member from the amount."""


@command(
    *("已交", "已缴", "已交党费", "交了党费", "paid"),
    needs=Permission.DUES_OWN,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=paid,
    matter="dues",
    intents=("dues_pay_claim",),
)
async def claim(ctx: Context) -> Reply:
    if not ctx.addressed or (ctx.in_group and only_paid(ctx.args)):
        return None
    return await dues_answers.paid(ctx.work, ctx.actor, ctx.word, ctx.args, ctx.platform)


@command(
    *("代交", "替交", "paidfor"),
    needs=Permission.DUES_OWN,
    help=HELP_OTHER,
    where=Where.PRIVATE,
    takes=TAKES_OTHER,
    understands=for_other,
    matter="dues",
    intents=("dues_pay_claim:for",),
    spoken_to=True,
)
async def claim_for_other(ctx: Context) -> Reply:
    words = ctx.args if other(ctx.args) else f"替{_NAMED.sub(' 已交 ', ctx.args, count=1)}"
    return await dues_saying.for_other(ctx.work, ctx.actor, words, ctx.platform)


@answer(dues_claiming.ASKED, needs=Permission.DUES_OWN, matter="dues")
async def asked(ctx: Context) -> Reply:
    return await _answered(ctx, 2)


@answer(dues_claiming.CHOSEN, needs=Permission.DUES_OWN, matter="dues")
async def chosen(ctx: Context) -> Reply:
    return await _answered(ctx, 3)


async def _answered(ctx: Context, choices: int) -> Reply:
    """A question about one's own months: its last choice is no, the one before the last of three is the first month alone."""
    data = ctx.question.data if ctx.question else {}
    choice, denied = ctx.choice, dues_answers.denied(ctx.args if ctx.choice == OWN_WORDS else ctx.incoming.text)
    if choice == OWN_WORDS:
        picked = dues_answers.picked(ctx.args, data, choices)
        choice = 0 if picked is None and dues_answers.agrees(ctx.work, ctx.args, data) else OWN_WORDS if picked is None else picked
    if choice == OWN_WORDS and (words := denied or ctx.args) and dues_answers.about(ctx.work, words):
        return await dues_answers.joined(ctx.work, ctx.actor, {}, words, ctx.platform)
    if choice == OWN_WORDS and denied != "":
        return await _otherwise(ctx)
    if choice not in range(choices - 1):
        return dues_answers.again(NOT_NOTED) if denied == "" else NOT_NOTED
    return dues_saying.noted(ctx.work, await dues_claiming.asked(ctx.work, ctx.actor, data, 1 if choice else None))


@answer(dues_answers.MORE, needs=Permission.DUES_OWN)
async def completed(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS or ctx.question is None:
        return NOT_NOTED
    if not dues_answers.about(ctx.work, ctx.args):
        return await _otherwise(ctx)
    return await dues_answers.joined(ctx.work, ctx.actor, ctx.question.data, ctx.args, ctx.platform)


async def _otherwise(ctx: Context) -> Reply:
    """What is no answer is something else that was asked. Raises `UserError`, which leaves the question open."""
    calls = reading.read(ctx.registry, ctx.args, await talk.setting(ctx.work, ctx.actor, ctx.incoming)).calls
    if not calls:
        raise UserError(dues_answers.unclear(ctx.args))
    called = calls[0]
    require(ctx.actor, called.command.needs)
    return await called.command.handler(replace(ctx, args=called.args, word="", question=None, choice=0))


@answer(dues_claiming.FOR_OTHER, needs=Permission.DUES_OWN, matter="dues")
async def confirmed_for(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_NOTED
    made = await dues_claiming.confirmed_for(ctx.work, ctx.actor, ctx.question.data)
    return NOTED_OTHER(number=made.number)


@command(
    *("撤回缴费", "取消缴费", "withdrawdues", "withdraw dues"),
    needs=Permission.DUES_OWN,
    help=HELP_WITHDRAW,
    where=Where.PRIVATE,
    takes=Text("[C12]", "[C12]"),
    spoken_to=True,
)
async def withdraw(ctx: Context) -> Reply:
    said = re.fullmatch(r"(?:[CcＣｃ]|#|第)? ?(\d{1,9})号?", ctx.args)
    number = int(said[1]) if said else await dues_claiming.the_only(ctx.work, ctx.actor)
    made = await dues_claiming.withdraw(ctx.work, ctx.actor, number)
    finals.note(ctx.work, ctx.actor, finals.CLAIM_WITHDRAWN, made.number)
    return WITHDRAWN(number=made.number)


@undoes(dues_claiming.CLAIMED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    made = await dues_claiming.withdraw(ctx.work, ctx.actor, data["number"])
    return WITHDRAWN(number=made.number)
