"""Payments out of the care fund (支出): proposed, paid, cancelled, corrected. Who agrees to them is `payout_approvals`."""

from bot.errors import UserError
from bot.language import pledges as language
from bot.language.money import yuan
from bot.language.normalise import is_blank
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import fund as rules
from bot.rules import redaction
from bot.services import fund, fund_people, ledgers, payout_approvals, posting, trail
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.services.fund_words import one_amount
from bot.services.ledgers import Book
from bot.services.payout_approvals import BARRED, NONE, PAID_ALREADY, STATE_NAMES, may_keep, parts
from bot.texts import Text
from storage.keys import MemberId
from storage.ledger import Line
from storage.payouts import Payout
from storage.unit_of_work import UnitOfWork

ARRIVED = "payout_arrived"
LONGEST = 60
"""Characters of a purpose at most."""
EXAMPLE = Text("付 3000 A12 路费", "payout 3000 A12 train tickets")
WHICH = Text(
    "请写明付给哪一件：“{example}”；从总账里付，写“付 500 爱心基金 用途”。",
    "Please say what for: “{example}”; from the fund in general: “payout 500 fund WHAT FOR”.",
)
NO_CASE = Text("没有收过捐款的求助 A{number}，请看看编号。", "There is no appeal A{number} with money. Please look at the number.")
SHORT = Text(
    "{case}能付的只有 {left} 元，付不了 {amount} 元。账上不能是负数。",
    "{case} can pay {left} yuan at most, not {amount}. The books never go below zero.",
)
FROM_FUND = Text(
    "差的 {lacking} 元，可以从总账补：付 {lacking} 爱心基金 A{number}；或者再请大家帮一把。",
    " The {lacking} yuan lacking may come from the fund: “payout {lacking} fund A{number}”; or ask again.",
)
NO_PURPOSE = Text("请写上用途：付 500 爱心基金 用途。", "Please say what for: payout 500 fund WHAT FOR.")
LONG = Text(
    "用途请写短一点（60 个字以内），别写病情和身份证号。", "Please keep the purpose short (60 characters), without illness or ID numbers."
)
SETTLED = Text(
    "A{number} 已经结清。要再付，从总账出：付 {amount} 爱心基金 A{number}。",
    "A{number} is settled. To pay more, use the fund: payout {amount} fund A{number}.",
)
NOT_APPROVED = Text(
    "B{number} 还没批够：要两位，现在 {count} 位。批够了再付，我先不记。",
    "B{number} has {count} of two approvals; nothing is noted before that.",
)
PAYER_APPROVED = Text(
    "B{number} 是您批的，按规矩批的人不经手。请另一位记账的同志来发“已付 B{number}”。",
    "You approved B{number}, so another has to pay it: please have them send “paidout B{number}”.",
)
ENTERED_ALONE = Text(
    "B{number} 只有上级的批准，而且是您录入的，请另一位记账的同志来记已付。",
    "B{number} rests on the higher committee's word that you entered, so another has to note it as paid.",
)
CANNOT_CANCEL = Text(
    "B{number} {state}，不能取消。付错了，发“冲正付款 B{number} 原因”。",
    "B{number} is {state} and cannot be cancelled. If it is wrong: “reversepayout B{number} why”.",
)
NOT_PAID = Text("B{number} {state}，没有付过，不用冲正。", "B{number} is {state}; nothing was paid.")
WHY = Text("请写上原因：冲正付款 {number} 原因。", "Please give the reason: reversepayout {number} why.")
REPORT = Text(
    "账目校验码 {code}（私聊“验账”可自己算）。仅限本支部，请勿外传。",
    "Check code {code} (send “audit” in private to work it out yourself). For our branch only; please do not pass it on.",
)
FINAL = Text("{line}求助已结束，谢谢大家。{rest}", "{line}The appeal is over; thank you all. {rest}")
AT_ONCE = Text("群里发了收支，不写名字。", "The group sees the sums, no names. ")
IN_THE_MORNING = Text("收支明早发到群里，不写名字。", "The group sees the sums in the morning, no names. ")
AT_THE_END = Text("求助结束时，群里报一次收支，不写名字。", "When the appeal is over the group sees the sums once, no names. ")
GIVERS = Text("是 {count} 位同志捐的。", "{count} people gave it. ")
CORRECTED = Text("更正，", "Corrected: ")
BY_FUND = Text("{case}由爱心基金付 {amount} 元。", "The care fund paid {amount} yuan for {case}.")
PAID_TO_YOU = Text(
    "{case}的 {amount} 元付出了（B{number}）。{givers}收到了可以点“钱收到了”，不说也没关系。",
    "{amount} yuan of {case} were paid (B{number}). {givers}Press “money received” if you like; it is not needed.",
)
GOT = (Choice(Text("钱收到了", "money received"), ("收到", "收到了", "received")),)
"""Not 收到, which typed in private means a notice."""


async def propose(work: UnitOfWork, actor: Actor, text: str) -> Payout:
    """Propose a payment, ask those who may agree, and say if they are too few. Raises `UserError`."""
    require(actor, Permission.PROPOSE_PAYOUT, Subject(work.branch_id))
    if actor.member is None:
        raise LookupError("a payment is proposed by somebody")
    words = language.read(text)
    fen = one_amount(words, EXAMPLE)
    if words.appeal is None and not words.general:
        raise UserError(WHICH(example=EXAMPLE))
    of_appeal = await _of_appeal(work, words.appeal)
    names: dict[int, tuple[str, str]] = {each.id: (each.name, each.latin) for each in await work.members.present()}
    named = rules.named(words.rest, names)
    if len(words.rest) > LONGEST:
        raise UserError(LONG)
    if words.appeal is None and is_blank(words.rest):
        raise UserError(NO_PURPOSE)
    await _affordable(work, words.appeal, fen, general=words.general)
    gets = of_appeal if words.appeal is not None else MemberId(next(iter(named))) if len(named) == 1 else None
    values = {"appeal_number": words.appeal, "general": words.general, "beneficiary_id": gets}
    everybody = {name for theirs in names.values() for name in theirs if name}
    purpose = redaction.redacted(words.rest, everybody).text[:LONGEST]
    made = await work.payouts.add(actor.member, fen, purpose, **values)
    for each in sorted(named - {gets}):
        await work.payouts.say(made, payout_approvals.NAMED, member_id=MemberId(each), entered_by=actor.member)
    involved = await parts(work, made)
    if actor.member in involved.benefits | involved.asked:
        raise UserError(BARRED[involved.barred(actor.member)])  # type: ignore[index]
    await trail.changed(work, actor, payout_approvals.concerned(involved), trail.Kind.FUND)
    await payout_approvals.ask(work, made)
    return made


async def _of_appeal(work: UnitOfWork, number: int | None) -> MemberId | None:
    """The member an appeal is for, if it is for one that is known. Raises `UserError` for no such appeal."""
    if number is None:
        return None
    found = await work.appeals.numbered(number)
    if found is None or found.posted_at is None or not found.money:
        raise UserError(NO_CASE(number=number))
    return found.beneficiary_id


async def _affordable(work: UnitOfWork, number: int | None, fen: int, *, general: bool) -> None:
    """Raise `UserError` if what is left, less what others are waiting for, does not reach."""
    source = None if general else number
    if source is not None and (case := await work.payouts.case(source)) is not None and case.settled_at is not None:
        raise UserError(SETTLED(number=source, amount=yuan(fen)))
    left = (await fund.sheet(work, source)).left - sum(each.fen for each in await waiting(work, source))
    if fen > left:
        text = SHORT(case=fund.case_name(source), left=yuan(max(left, 0)), amount=yuan(fen))
        raise UserError(text + FROM_FUND(lacking=yuan(fen - max(left, 0)), number=source) if source is not None else text)


def source_of(payout: Payout) -> int | None:
    """The case whose money a payment takes: its appeal's, or None for the fund in general."""
    return None if payout.general else payout.appeal_number


async def waiting(work: UnitOfWork, case: int | None) -> list[Payout]:
    """The payments of a case that are proposed or approved and not paid."""
    return [each for each in await work.payouts.of_states(["proposed", "approved"]) if source_of(each) == case]


async def _numbered(work: UnitOfWork, number: int) -> Payout:
    found = await work.payouts.numbered(number)
    if found is None:
        raise UserError(NONE(number=number))
    return found


async def pay(work: UnitOfWork, actor: Actor, number: int) -> Payout:
    """Note that an approved payment was made, by somebody who did not agree to it and has no part in it. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    about = await _numbered(work, number)
    if about.state == "paid":
        raise UserError(PAID_ALREADY(number=number))
    if about.state in {"refused", "cancelled"}:
        raise UserError(CANNOT_CANCEL(number=number, state=STATE_NAMES[about.state]))
    if actor.member is None:
        raise LookupError("a payment is made by somebody")
    standing = await payout_approvals.standing(work, about)
    if about.state != "approved" or not standing.approved:
        lapsed = payout_approvals.LAPSED(count=standing.lapsed) if standing.lapsed else Text("", "")
        raise UserError(NOT_APPROVED(number=number, count=standing.count) + lapsed)
    await may_keep(work, actor, about)
    if actor.member in standing.agreed:
        raise UserError(PAYER_APPROVED(number=number))
    if not standing.agreed and actor.member in standing.entered_higher:
        raise UserError(ENTERED_ALONE(number=number))
    source = source_of(about)
    left = (await fund.sheet(work, source)).left
    if about.fen > left:
        raise UserError(SHORT(case=fund.case_name(source), left=yuan(left), amount=yuan(about.fen)))
    lines = [Line(fund.PAID_OUT, about.fen, case_number=source), Line(fund.CASH, -about.fen)]
    entry = await work.ledger.append(Book.FUND.value, fund.PAID, lines, actor=actor.member, ref=f"B{number}")
    paid = work.payouts.change(about, state="paid", paid_by=actor.member, paid_at=work.now, entry=entry.number)
    await payout_approvals.noted(work, actor, paid)
    await _tell_receiver(work, paid)
    await report(work, paid)
    return paid


async def _tell_receiver(work: UnitOfWork, paid: Payout) -> None:
    appeal = await work.appeals.numbered(paid.appeal_number) if paid.appeal_number is not None else None
    receiver = paid.beneficiary_id if appeal is None else appeal.member_id
    if receiver is None:
        return
    source = source_of(paid)
    gave = {each.member_id for each in await work.pledges.of_appeals([source]) if each.held_fen} if source is not None else set()
    givers = GIVERS(count=len(gave)) if gave else Text("", "")
    text = PAID_TO_YOU(case=fund.case_name(paid.appeal_number), amount=yuan(paid.fen), number=paid.number, givers=givers)
    await fund_people.card(work, receiver, Ask(ARRIVED, text, GOT, payout_approvals.LIVES, {"number": paid.number}, card=True))


async def arrived(work: UnitOfWork, actor: Actor, number: int) -> None:
    """Who asked for help says that the money arrived."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id, actor.member))
    about = await _numbered(work, number)
    if about.confirmed_at is None and about.state == "paid":
        work.payouts.change(about, confirmed_at=work.now)


async def report(work: UnitOfWork, about: Payout, *, corrected: bool = False) -> None:
    """In the group: in, out, left, and the check code; no names and no purpose.

    An appeal's own money is told once, when the appeal is over; until then a payment of it says nothing there.
    """
    source = source_of(about)
    if source is not None:
        await renew_report(work, source, corrected=corrected)
        return
    line = fund.told(await fund.sheet(work, None))
    if about.appeal_number is not None:
        line = BY_FUND(case=fund.case_name(about.appeal_number), amount=yuan(about.fen)) + line
    await _post(work, line + REPORT(code=await fund.check_code(work)), f"fund-payout:{about.id}", corrected=corrected)


async def renew_report(work: UnitOfWork, case: int | None, *, corrected: bool = False) -> None:
    """Bring what the group was told of an appeal's money up to date; nothing before it was told."""
    if case is not None and await work.payouts.case(case) is not None:
        await report_case(work, case, corrected=corrected)


async def report_case(work: UnitOfWork, case: int, *, corrected: bool = False) -> None:
    """The one message about the money of an appeal that is over; later changes edit it."""
    line, rest = fund.told(await fund.sheet(work, case)), REPORT(code=await fund.check_code(work))
    await _post(work, FINAL(line=line, rest=rest), f"fund-case:{case}", corrected=corrected)


async def _post(work: UnitOfWork, text: Text, slot: str, *, corrected: bool) -> None:
    said = CORRECTED + text if corrected else text
    await posting.to_groups(work, Outgoing(said), priority=Priority.NOTICE, slot=slot, matter=Matter.TALLY)


async def reported(work: UnitOfWork, actor: Actor, about: Payout) -> Text:
    """Where and when the group reads of a payment that was just noted."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    source = source_of(about)
    if source is not None and await work.payouts.case(source) is None:
        return AT_THE_END
    return IN_THE_MORNING if await fund_people.groups_wait(work) else AT_ONCE


async def cancel(work: UnitOfWork, actor: Actor, number: int) -> Payout:
    """Cancel a payment that was not made yet. Raises `UserError`."""
    require(actor, Permission.PROPOSE_PAYOUT, Subject(work.branch_id))
    about = await _numbered(work, number)
    if about.state not in {"proposed", "approved"}:
        raise UserError(CANNOT_CANCEL(number=number, state=STATE_NAMES[about.state]))
    await payout_approvals.noted(work, actor, about)
    return work.payouts.change(about, state="cancelled")


async def reverse(work: UnitOfWork, actor: Actor, number: int, reason: str) -> Payout:
    """Take a payment back that was noted by mistake; it is approved again then, to be paid or cancelled. Raises `UserError`."""
    require(actor, Permission.KEEP_FUND, Subject(work.branch_id))
    about = await _numbered(work, number)
    if about.state != "paid" or about.entry is None:
        raise UserError(NOT_PAID(number=number, state=STATE_NAMES[about.state]))
    if is_blank(reason):
        raise UserError(WHY(number=f"B{number}"))
    await may_keep(work, actor, about)
    entry = await work.ledger.entry(Book.FUND.value, about.entry)
    if entry is None:
        raise LookupError(f"no entry {about.entry}")
    # No free text in the book, which is never changed; the reason stands on the payment.
    await ledgers.reverse(work, Book.FUND, entry, actor)
    if about.appeal_number is not None and (case := await work.payouts.case(about.appeal_number)) is not None:
        # What came back has to be looked at by the closing again.
        work.payouts.put_case(type(case)(case.appeal_number, case.told_at, None))
    back = work.payouts.change(about, state="approved", paid_by=None, paid_at=None, confirmed_at=None, entry=None, reason=reason[:60])
    await payout_approvals.noted(work, actor, back)
    await report(work, back, corrected=True)
    return back


async def listed(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The payments that wait for something, in lines."""
    require(actor, Permission.APPROVE_PAYOUT, Subject(work.branch_id))
    open_ones = await work.payouts.of_states(["proposed", "approved"])
    return [payout_approvals.line(each, await payout_approvals.standing(work, each)) for each in open_ones]


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A member's own part in payments: recorded, paid, got, or said something about."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    about = [payout_approvals.own_part(each, actor.member) for each in await work.payouts.about(actor.member)]
    return about + [payout_approvals.own_word(*each) for each in await work.payouts.said_by(actor.member)]
