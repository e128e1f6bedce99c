"""Money that came: confirmed by who keeps the care fund's books, never by the giver; refunded and corrected by entries."""

from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language import pledges as language
from bot.language.money import yuan
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, finals, fund, fund_people, payouts, trail
from bot.services.asking import CONFIRM, Ask, Choice
from bot.services.fund_words import one_amount
from bot.services.ledgers import Book
from bot.services.pledges import NO_KEEPER, STATE_NAMES, line
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.ledger import Entry
from storage.pledges import Pledge
from storage.unit_of_work import UnitOfWork

CARD, MORE, PICK, AMOUNT = "pledge_card", "pledge_more", "pledge_pick", "pledge_amount"
"""Kinds of questions to who keeps the books."""
DEED = "fund_received"
LIVES = timedelta(days=30)
EXAMPLE = Text("到账 P7 100", "arrived P7 100")
NONE = Text("没有认捐 P{number}，请看看编号。", "There is no pledge P{number}. Please look at the number.")
OWN = Text(
    "自己的认捐，由另一位同志核对，规矩是自己不核自己的。", "Nobody confirms their own pledge; please ask another who keeps the books."
)
OVER = Text(
    "P{number} {state}，不能记到账。钱要是真来了，请他再发一次认捐，或退回给他。",
    "P{number} is {state}; nothing is noted. If the money did come, please have them pledge again, or give it back.",
)
SETTLED = Text(
    "{case} 已经结清，余款转入爱心基金了，这笔不能再动。新的钱请记到爱心基金。",
    "{case} is settled and its rest is in the fund; this cannot be changed. New money goes to the care fund.",
)
MORE_THAN = Text(
    "P{number} 还差 {open} 元，您写的是 {amount} 元，多出来的也一起记，对吗？",
    "P{number} lacks {open} yuan, you write {amount}. Note all of it?",
)
NO_FIT = Text(
    "没有正好差 {amount} 元的认捐。请写编号：到账 P7 {amount}。发“认捐情况”看编号。",
    "No pledge lacks just {amount} yuan. Give its number: arrived P7 {amount}. “pledges” shows them.",
)
SEVERAL_FIT = Text("差 {amount} 元的认捐有几笔，是哪一笔？", "Several pledges lack {amount} yuan. Which one?")
ARRIVED = Text(
    "到账了：P{number} {case} {amount} 元。谢谢您，账上记好了。", "Received: P{number} {case} {amount} yuan. Thank you; it is in the books."
)
ARRIVED_PART = Text(
    "P{number} 到账 {amount} 元，还差 {open} 元。余下的不给了也行，发“撤回认捐 P{number}”。",
    "P{number}: {amount} yuan came, {open} to come. To leave it at that, send “unpledge P{number}”.",
)
NOT_THERE = Text(
    "P{number} 的钱，核对的同志还没看到。您有空看看转出去没有，或问问收钱的同志。",
    "The money of P{number} has not been seen yet. Please look whether it went out, or ask who took it.",
)
ASK_CARD = Text(
    "{name}说钱已经交了：P{number} {case} {amount} 元。您看到了吗？",
    "{name} says the money was handed over: P{number} {case} {amount} yuan. Did it come?",
)
HOW_MUCH = Text("P{number} 实际到账多少元？", "How much of P{number} came, in yuan?")
NOTHING_OPEN = Text(
    "您没有待到账的认捐。想捐，就发“认捐 A12 100”这样一句。",
    "No pledge of yours is to come. To give, send something like “pledge A12 100”.",
)
NOBODY_ELSE = Text(
    "除了您没有别的同志能核对，请书记任命一位组织委员。", "Nobody but you could confirm it; please have a dues keeper appointed."
)
CHOICES = (Choice(Text("到账", "received")), Choice(Text("没到", "not here")), Choice(Text("金额不对", "another amount")))


async def receive(work: UnitOfWork, actor: Actor, number: int, fen: int | None = None, *, sure: bool = False) -> Pledge | Ask:
    """Note money of a pledge: so many fen, or what is to come. A question first where it is more than that. Raises `UserError`."""
    about = await confirmable(work, actor, number)
    if about.state not in {"pledged", "released"}:
        raise UserError(OVER(number=number, state=STATE_NAMES[about.state]))
    await unsettled(work, about.appeal_number)
    awaited = about.open_fen or about.fen
    got = awaited if fen is None else fen
    if got > awaited and not sure:
        text = MORE_THAN(number=number, open=yuan(awaited), amount=yuan(got))
        return Ask(MORE, text, CONFIRM, data={"number": number, "fen": got})
    return await _note(work, actor, about, got)


async def confirmable(work: UnitOfWork, actor: Actor, number: int) -> Pledge:
    """A pledge that the actor may decide about: there is one, and it is not their own. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    about = await work.pledges.numbered(number)
    if about is None:
        raise UserError(NONE(number=number))
    if about.member_id == actor.member:
        raise UserError(OWN)
    return about


async def unsettled(work: UnitOfWork, case: int | None) -> None:
    """Raise `UserError` if the rest of a case has gone to the fund in general."""
    found = await work.payouts.case(case) if case is not None else None
    if found is not None and found.settled_at is not None:
        raise UserError(SETTLED(case=fund.case_name(case)))


async def _note(work: UnitOfWork, actor: Actor, about: Pledge, fen: int) -> Pledge:
    fulfilled = min(fen, about.open_fen)
    lines = fund.gift(fen, about.appeal_number, about.member_id)
    if fulfilled:
        lines += fund.promise(-fulfilled, about.appeal_number, about.member_id)
    entry = await book(work, actor, about, fund.RECEIVED, lines)
    await asking.close_cards(work, CARD, "number", {about.number})
    await payouts.renew_report(work, about.appeal_number)
    received = about.received_fen + fen
    state = "received" if received >= about.fen or about.state == "released" else "pledged"
    promised = received if about.state == "released" else about.fen
    made = decided(work, actor, about, fen=promised, received_fen=received, state=state, entry=entry.number)
    if made.open_fen:
        told = ARRIVED_PART(number=made.number, amount=yuan(fen), open=yuan(made.open_fen))
    else:
        told = ARRIVED(number=made.number, amount=yuan(fen), case=fund.case_name(made.appeal_number))
    await trail.changed(work, actor, [made.member_id], Trailed.FUND)
    await fund_people.tell(work, made.member_id, told)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"number": made.number, "entry": entry.number})
    return made


async def book(work: UnitOfWork, actor: Actor, about: Pledge, kind: str, lines: Any) -> Entry:
    """Write an entry about a pledge."""
    return await work.ledger.append(Book.FUND.value, kind, lines, actor=actor.member, subject=about.member_id, ref=f"P{about.number}")


def decided(work: UnitOfWork, actor: Actor, about: Pledge, **values: Any) -> Pledge:
    """Change a pledge by a decision of the actor."""
    return work.pledges.change(about, decided_at=work.now, decided_by=actor.member, **values)


async def received(work: UnitOfWork, actor: Actor, text: str) -> Pledge | Ask:
    """The same as typed: 到账 P7 100, 到账 P7, or 到账 100 where one pledge alone lacks just that. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    number = language.pledge(text)
    words = language.read(language.after("P", text))
    if number is not None:
        return await receive(work, actor, number, one_amount(words, EXAMPLE) if words.amounts else None)
    fen = one_amount(words, EXAMPLE)
    fitting = [each for each in await work.pledges.of_state("pledged") if each.open_fen == fen and each.member_id != actor.member]
    if words.appeal is not None:
        fitting = [each for each in fitting if each.appeal_number == words.appeal]
    if not fitting:
        raise UserError(NO_FIT(amount=yuan(fen)))
    if len(fitting) == 1:
        return await receive(work, actor, fitting[0].number, fen)
    shown = fitting[:9]
    choices = tuple(Choice(Text.plain(f"P{each.number}")) for each in shown)
    listed = Text.join([SEVERAL_FIT(amount=yuan(fen)), *(line(each) for each in shown[:4])])
    return Ask(PICK, listed, choices, data={"numbers": [each.number for each in shown], "fen": fen}, columns=3)


async def claim(work: UnitOfWork, actor: Actor, to: str = "") -> int:
    """A giver says that the money was handed over, perhaps to whom by name: who keeps the books is asked. Answers how many pledges.

    Raises `UserError`, also where it was handed to somebody who does not keep these books.
    """
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a gift has a giver")
    if to and to not in {each.name for each in await fund_people.holding(work, Permission.KEEP_FUND)}:
        raise UserError(NO_KEEPER)
    waiting = [each for each in await work.pledges.of_member(actor.member) if each.state == "pledged"]
    if not waiting:
        raise UserError(NOTHING_OPEN)
    keepers = await fund_people.holding(work, Permission.KEEP_FUND, {actor.member})
    if not keepers:
        raise UserError(NOBODY_ELSE)
    asked = {each.data.get("number") for each in await work.questions.of_kind(CARD)}
    for keeper in keepers:
        name = await fund_people.named_to(work, keeper.id, actor.member)
        for each in waiting:
            if each.number not in asked:
                await trail.told(work, [keeper.id], [actor.member], Trailed.FUND)
                case, amount = fund.case_name(each.appeal_number), yuan(each.open_fen)
                text = ASK_CARD(name=name, number=each.number, case=case, amount=amount)
                await fund_people.card(work, keeper.id, Ask(CARD, text, CHOICES, LIVES, {"number": each.number}, card=True, columns=3))
    return len(waiting)


async def answer_card(work: UnitOfWork, actor: Actor, number: int, choice: int) -> Pledge | Ask | None:
    """到账, 没到 or 金额不对 on a card; None where the giver is told that it was not seen. The other keepers' cards end."""
    await confirmable(work, actor, number)
    if choice == 0:
        return await receive(work, actor, number)
    if choice != 1:
        return Ask(AMOUNT, HOW_MUCH(number=number), (Choice(Text("先不记", "not now")),), data={"number": number}, free=True)
    about = await confirmable(work, actor, number)
    await trail.changed(work, actor, [about.member_id], Trailed.FUND)
    await fund_people.tell(work, about.member_id, NOT_THERE(number=number))
    await asking.close_cards(work, CARD, "number", {number})
    finals.note(work, actor, finals.NOT_SEEN, number)
    return None


async def situation(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The pledges still to come, for who keeps the books; who asked not to be named is not."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    if actor.member is None:
        return []
    lines, waiting = [], await work.pledges.of_state("pledged")
    await trail.saw(work, actor, [each.member_id for each in waiting if not each.anonymous], Trailed.FUND)
    for each in waiting:
        if each.anonymous:  # the line says so itself
            lines.append(line(each))
        else:
            lines.append(line(each) + Text("　", " ") + await fund_people.named_to(work, actor.member, each.member_id))
    return lines
