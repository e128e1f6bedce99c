"""已交: what a member says they paid, for themselves or another."""

import re
from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Where, answer, command, undoes
from bot.language.dues import for_other, other, paid
from bot.permissions import Permission
from bot.services import dues_claiming, dues_saying
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

_NAMED = re.compile(r"[ ,，]*(?:已?交了?|已?缴了?)?[ ,，]*(?=[0-9０-９])")
"""What parts the name of another member from the amount."""


@command(
    *("已交", "已缴", "已交党费", "交了党费", "paid"),
    needs=Permission.DUES_OWN,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=paid,
    matter="dues",
)
async def claim(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    return await dues_saying.paid(ctx.work, ctx.actor, ctx.word, ctx.args, ctx.platform)


@command(
    *("代交", "替交", "paidfor"),
    needs=Permission.DUES_OWN,
    help=HELP_OTHER,
    where=Where.PRIVATE,
    takes=TAKES_OTHER,
    understands=for_other,
    matter="dues",
)
async def claim_for_other(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    words = ctx.args if other(ctx.args) else f"替{_NAMED.sub(' 已交 ', ctx.args, count=1)}"
    return await dues_saying.for_other(ctx.work, ctx.actor, words, ctx.platform)


@answer(dues_claiming.ASKED, needs=Permission.DUES_OWN, matter="dues")
async def asked(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_NOTED
    return dues_saying.noted(ctx.work, await dues_claiming.asked(ctx.work, ctx.actor, ctx.question.data))


@answer(dues_claiming.CHOSEN, needs=Permission.DUES_OWN, matter="dues")
async def chosen(ctx: Context) -> Reply:
    if ctx.choice not in {0, 1} or ctx.question is None:
        return NOT_NOTED
    made = await dues_claiming.asked(ctx.work, ctx.actor, ctx.question.data, None if ctx.choice == 0 else 1)
    return dues_saying.noted(ctx.work, made)


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
)
async def withdraw(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    said = re.fullmatch(r"(?:[CcＣｃ]|#|第)? ?(\d{1,9})号?", ctx.args)
    number = int(said[1]) if said else await dues_claiming.the_only(ctx.work, ctx.actor)
    made = await dues_claiming.withdraw(ctx.work, ctx.actor, number)
    return WITHDRAWN(number=made.number)


@undoes(dues_claiming.CLAIMED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    made = await dues_claiming.withdraw(ctx.work, ctx.actor, data["number"])
    return WITHDRAWN(number=made.number)
