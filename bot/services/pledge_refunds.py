"""Money given back, and entries taken back: a refund (退款) and a correction (冲正) are entries of their own, nothing is edited."""

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.language.money import yuan
from bot.language.normalise import is_blank
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, finals, fund, fund_people, ledgers, payouts, trail
from bot.services.asking import Ask, Choice
from bot.services.ledgers import REVERSAL, Book
from bot.services.pledge_receipts import LIVES, NOBODY_ELSE, book, confirmable, decided, unsettled
from bot.texts import Text
from storage.ledger import Entry
from storage.pledges import Pledge
from storage.unit_of_work import UnitOfWork

REFUND = "refund_card"
ASKED = Text("本人要求", "asked for by the giver")
NOTHING_HELD = Text("P{number} 没有收到过钱，不用退。", "Nothing of P{number} was received, so there is nothing to give back.")
TOO_MUCH = Text(
    "{case} 只余 {left} 元，P{number} 退不了 {amount} 元。写明金额再发：退款 P{number} 金额 原因。",
    "{case} has only {left} yuan left, so {amount} of P{number} cannot be given back. Give an amount: refund P{number} AMOUNT why.",
)
WHY = Text("请写上原因：退款 P{number} 原因。", "Please give the reason: refund P{number} why.")
REFUNDED = Text(
    "P{number} 退给您 {amount} 元，账上记了。谢谢您的心意。",
    "{amount} yuan of P{number} are given back to you and noted. Thank you all the same.",
)
WHY_REVERSE = Text("请写上原因：冲正认捐 P{number} 原因。", "Please give the reason: reversepledge P{number} why.")
NO_ENTRY = Text("P{number} 没有能冲正的账。", "P{number} has no entry to take back.")
REVERSED = Text(
    "P{number} 上一笔 {amount} 元记错了，已经冲正。以更正后的为准。",
    "The last entry of P{number}, {amount} yuan, was wrong and is taken back.",
)
WANTS = Text("{name}想退 P{number}（{case} {amount} 元）。", "{name} would like P{number} back ({case}, {amount} yuan).")
REFUND_CHOICES = (Choice(Text("退", "give back")), Choice(Text("不退", "do not")))


async def refund(work: UnitOfWork, actor: Actor, number: int, fen: int | None, reason: str) -> Pledge:
    """Give money of a pledge back by an entry: so many fen, or all that came. Raises `UserError`."""
    about = await confirmable(work, actor, number)
    if not about.held_fen:
        raise UserError(NOTHING_HELD(number=number))
    if is_blank(reason):
        raise UserError(WHY(number=number))
    await unsettled(work, about.appeal_number)
    amount, left = about.held_fen if fen is None else fen, (await fund.sheet(work, about.appeal_number)).left
    if amount > min(left, about.held_fen):
        raise UserError(TOO_MUCH(case=fund.case_name(about.appeal_number), left=yuan(left), number=number, amount=yuan(amount)))
    lines = fund.gift(-amount, about.appeal_number, about.member_id)
    if about.open_fen:
        lines += fund.promise(-about.open_fen, about.appeal_number, about.member_id)
    entry = await book(work, actor, about, fund.REFUNDED, lines)
    await trail.changed(work, actor, [about.member_id], trail.Kind.FUND)
    await payouts.renew_report(work, about.appeal_number)
    await asking.close_cards(work, REFUND, "number", {number})
    given = about.refunded_fen + amount
    state = "refunded" if given == about.received_fen else "received"
    await fund_people.tell(work, about.member_id, REFUNDED(number=number, amount=yuan(amount)))
    return decided(work, actor, about, fen=about.received_fen, refunded_fen=given, state=state, entry=entry.number, reason=reason[:60])


async def keep(work: UnitOfWork, actor: Actor, number: int) -> None:
    """Give nothing back of a pledge: what others were asked about it ends."""
    about = await confirmable(work, actor, number)
    await trail.changed(work, actor, [about.member_id], trail.Kind.FUND)
    await asking.close_cards(work, REFUND, "number", {number})
    finals.note(work, actor, finals.NOT_REFUNDED, number)


async def ask_back(work: UnitOfWork, actor: Actor, number: int) -> bool:
    """A giver asks for their money back: who keeps the books is asked. False if the pledge is not theirs. Raises `UserError`.

    Why they do is neither passed on nor kept: it may speak of health.
    """
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    about = await work.pledges.numbered(number)
    if about is None or actor.member is None or about.member_id != actor.member:
        return False
    if not about.held_fen:
        raise UserError(NOTHING_HELD(number=number))
    await unsettled(work, about.appeal_number)
    keepers = await fund_people.holding(work, Permission.KEEP_FUND, {actor.member})
    if not keepers:
        raise UserError(NOBODY_ELSE)
    await trail.told(work, {keeper.id: [actor.member] for keeper in keepers}, trail.Kind.FUND)
    for keeper in keepers:
        name, case = await fund_people.named_to(work, keeper.id, actor.member), fund.case_name(about.appeal_number)
        text = WANTS(name=name, number=number, case=case, amount=yuan(about.held_fen))
        await fund_people.card(work, keeper.id, Ask(REFUND, text, REFUND_CHOICES, LIVES, {"number": number}, card=True))
    return True


async def reverse(work: UnitOfWork, actor: Actor, number: int, reason: str = "", entry: int | None = None) -> Pledge:
    """Take the last receipt or refund of a pledge back by an entry, or a given one if it is the last. Raises `UserError`."""
    about = await confirmable(work, actor, number)
    entries = await work.ledger.of_ref(Book.FUND.value, f"P{number}")
    gone = {each.reverses for each in entries if each.kind == REVERSAL}
    money = [each for each in entries if each.kind in {fund.RECEIVED, fund.REFUNDED} and each.number not in gone]
    if not money or entry not in {None, money[-1].number}:
        raise UserError(NO_ENTRY(number=number))
    if entry is None and is_blank(reason):
        raise UserError(WHY_REVERSE(number=number))
    await unsettled(work, about.appeal_number)
    cash, reopened = _sum(money[-1], fund.CASH), -_sum(money[-1], fund.PLEDGES_OPEN)
    left = (await fund.sheet(work, about.appeal_number)).left
    if cash > left:
        raise UserError(TOO_MUCH(case=fund.case_name(about.appeal_number), left=yuan(left), number=number, amount=yuan(cash)))
    # The book is never changed, so no free text goes into it: the reason stands on the pledge, from where it can be erased.
    reversal = await ledgers.reverse(work, Book.FUND, money[-1], actor)
    await trail.changed(work, actor, [about.member_id], trail.Kind.FUND)
    await payouts.renew_report(work, about.appeal_number, corrected=True)
    await fund_people.tell(work, about.member_id, REVERSED(number=number, amount=yuan(abs(cash))))
    if cash < 0:
        values = {
            "refunded_fen": about.refunded_fen + cash,
            "fen": about.received_fen + reopened,
            "state": "pledged" if reopened else "received",
        }
    else:
        kept = about.received_fen - cash
        state = "pledged" if reopened else "received" if kept else "released"
        values = {"received_fen": kept, "fen": kept + reopened + about.open_fen or about.fen, "state": state}
    return decided(work, actor, about, entry=reversal.number, reason=reason[:60], **values)


def _sum(entry: Entry, account: str) -> int:
    return sum(each.fen for each in entry.lines if each.account == account)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Pledge:
    """Take back what the actor has just noted as received."""
    return await reverse(work, actor, data["number"], entry=data["entry"])
