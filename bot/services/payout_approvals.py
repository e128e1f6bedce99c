"""Who agrees to a payment out of the care fund.

Two different holders of `APPROVE_PAYOUT`, never who benefits, who asked, or who recorded it. With fewer than two left the higher
committee's approval, with the number of its paper, stands for the missing one. Whoever notes the payment as made did not agree to it;
and where nobody of the branch could agree, it is not the one who entered the higher committee's word. So two people always look at it.
Every member whose name stands in the purpose counts as who benefits. Where an appeal was made for somebody whom nobody knows by name,
nobody is barred for it; the question to who approves says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import pledges as language
from bot.language.money import yuan
from bot.language.normalise import is_blank
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import fund as rules
from bot.rules.fund import Barred, Parts
from bot.services import finals, fund, fund_people, posting, privacy, trail
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.payouts import Payout
from storage.unit_of_work import UnitOfWork

CARD, REASON = "payout_card", "payout_reason"
NAMED = "named"
"""The word that stands about a member whom the purpose names: they may not approve."""
LIVES = timedelta(days=30)
NONE = Text("没有付款 B{number}，请看看编号。", "There is no payment B{number}. Please look at the number.")
PAID_ALREADY = Text("B{number} 已经付过了，没有再记。", "B{number} was paid already; nothing more is noted.")
OVER = Text("B{number} {state}，没有再记。", "B{number} is {state}; nothing more is noted.")
BARRED = {
    Barred.ASKED: Text(
        "这件求助是您提的，按规矩求助人不能批，也不经手。已记下这次没有算。",
        "You asked for this help, so you can neither approve nor handle the payment. It is noted as not counted.",
    ),
    Barred.BENEFITS: Text(
        "这笔钱是帮您的，按规矩受助人不能批，也不经手。已记下这次没有算。",
        "This money is for you, so you can neither approve nor handle it. It is noted as not counted.",
    ),
    Barred.RECORDED: Text(
        "这笔是您经手提的，按规矩经办人不能批，要另外两位。已记下这次没有算。",
        "You recorded this payment, so two others have to approve it. It is noted as not counted.",
    ),
}
TWICE = Text("B{number} 您已经批过了，还是算一位。", "You approved B{number} already; it counts once.")
NOT_APPROVED = Text("B{number} 您没有批过，不用收回。", "You have not approved B{number}, so there is nothing to take back.")
NOT_NEEDED = Text(
    "B{number} 支部里还有 {count} 位能批，不用录上级批准。",
    "{count} of the branch may still approve B{number}; the higher committee is not needed.",
)
NO_REFERENCE = Text("请写上文号：补录上级批准 B{number} 文号。", "Please give the number of the paper: higher B{number} NUMBER.")
HIGHER_TWICE = Text("B{number} 的上级批准已经录过了。", "The higher committee's approval of B{number} is entered already.")
ASK = Text(
    "付款 B{number}：{case} {amount} 元。用途：{purpose}。{unknown}经办：{name}。同意吗？",
    "Payment B{number}: {case}, {amount} yuan. For: {purpose}. {unknown}Recorded by {name}. Do you agree?",
)
FOR = Text("帮的是：{names}。", "It helps {names}. ")
UNKNOWN = Text(
    "求助没写明受助人，要是帮的就是您，请不要批。", "The appeal does not name whom it is for; if it is you, please do not approve. "
)
READY = Text(
    "B{number} 批够了。付了以后，请没批过的记账同志发“已付 B{number}”。",
    "B{number} is approved. When paid, somebody who did not approve it sends “paidout B{number}”.",
)
SAID_NO = Text("B{number} 有一位不同意：{reason}。{rest}", "One does not agree to B{number}: {reason}. {rest}")
STILL = Text("还可以由别的同志批。", "Others may still approve it.")
STOPPED = Text("能批的不够两位了，这笔没有通过。", "Fewer than two are left who could, so it is refused.")
NO_REASON = Text("没写原因", "no reason given")
NO_PURPOSE = Text("帮扶", "help")
TOO_FEW = Text(
    "支部里能批 B{number} 的只有 {count} 位，不够两位。请报上级党委，批了发“补录上级批准 B{number} 文号”。",
    "Only {count} of the branch may approve B{number}. Please ask the higher committee, then send “higher B{number} NUMBER”.",
)
STATE_NAMES: Mapping[str, Text] = {
    "proposed": Text("等批准", "waiting for approval"),
    "approved": Text("已批准、待付", "approved, to be paid"),
    "paid": Text("已付", "paid"),
    "refused": Text("没通过", "refused"),
    "cancelled": Text("已取消", "cancelled"),
}
VERDICT_NAMES: Mapping[str, Text] = {
    "approved": Text("同意", "agreed"),
    "refused": Text("不同意", "did not agree"),
    "withdrawn": Text("收回同意", "took the approval back"),
    "barred": Text("不能批，没有算", "may not, did not count"),
    NAMED: Text("用途里写到您，不能批", "the purpose names you, so you may not approve"),
}
CHOICES = (Choice(Text("同意", "agree"), ("同意", "批准", "agree")), Choice(Text("不同意", "do not agree"), ("不同意", "不批", "disagree")))
LAPSED = Text(
    "另有 {count} 位批过，但已不担任批准的职务，不算。", " {count} more agreed but no longer hold an office that may; that does not count."
)
_LINE = Text("B{number}：{case} {amount} 元，{state}，{count}/2 位同意", "B{number}: {case}, {amount} yuan, {state}, {count} of 2 agreed")
_OWN = Text("付款 B{number}：{amount} 元，{day}，{part}", "payment B{number}: {amount} yuan, {day}, {part}")
_WORD = Text("付款 B{number}：{day} {verdict}", "payment B{number}: {day} {verdict}")
_PARTS = (Text("您经办", "recorded by you"), Text("您记的已付", "noted as paid by you"), Text("付给您", "to you"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a payment stands: who agreed and counts, who said no, who may agree, and the higher committee's word.

    `lapsed` is how many agreed and have lost the office or left since: their word no longer counts.
    """

    agreed: frozenset[MemberId]
    refused: frozenset[MemberId]
    eligible: frozenset[MemberId]
    higher: bool
    entered_higher: frozenset[MemberId]
    lapsed: int = 0

    @property
    def approved(self) -> bool:
        """Whether that is enough."""
        return rules.is_approved(self.agreed, self.eligible, higher=self.higher)

    @property
    def count(self) -> int:
        """How many agreed, the higher committee included."""
        return len(self.agreed) + self.higher


async def parts(work: UnitOfWork, about: Payout) -> Parts:
    """Who has a part in a payment: asked for help, benefits, recorded it."""
    appeal = await work.appeals.numbered(about.appeal_number) if about.appeal_number is not None else None
    asked = {appeal.member_id} if appeal is not None else set()
    benefits = {each for each in (about.beneficiary_id, appeal.beneficiary_id if appeal else None) if each is not None}
    benefits |= {each.member_id for each in await work.payouts.said(about) if each.verdict == NAMED and each.member_id is not None}
    return Parts(frozenset(asked), frozenset(benefits), about.recorded_by)


async def noted(work: UnitOfWork, actor: Actor, about: Payout) -> None:
    """Write down that a payment was decided about; it concerns who asked for it and who gets it, as far as they are known."""
    await trail.changed(work, actor, concerned(await parts(work, about)), trail.Kind.FUND)


def concerned(involved: Parts) -> list[MemberId]:
    """Whom a payment is about, without who recorded it."""
    return [MemberId(each) for each in {*involved.benefits, *involved.asked}]


async def may_keep(work: UnitOfWork, actor: Actor, about: Payout) -> None:
    """Raise `UserError` for who asked or benefits: they handle no payment of theirs."""
    involved = await parts(work, about)
    if actor.member in involved.benefits | involved.asked:
        raise UserError(BARRED[involved.barred(actor.member)])  # type: ignore[index]


async def eligible(work: UnitOfWork, about: Payout) -> list[Member]:
    """The present members who may agree to a payment."""
    involved = await parts(work, about)
    return [each for each in await fund_people.holding(work, Permission.APPROVE_PAYOUT) if involved.barred(each.id) is None]


async def standing(work: UnitOfWork, about: Payout) -> Standing:
    """How a payment stands: of each person the last word counts, and none of who has a part in it or may agree no longer."""
    involved = await parts(work, about)
    last: dict[MemberId | None, str] = {}
    entered = set()
    for each in await work.payouts.said(about):
        if each.verdict not in {"barred", NAMED}:
            last[each.member_id] = each.verdict
        if each.member_id is None:
            entered.add(each.entered_by)
    may = frozenset(each.id for each in await eligible(work, about))
    said = {member: word for member, word in last.items() if member is not None and involved.barred(member) is None}
    counting = {member: word for member, word in said.items() if member in may}
    return Standing(
        frozenset(member for member, word in counting.items() if word == "approved"),
        frozenset(member for member, word in counting.items() if word == "refused"),
        may,
        last.get(None) == "approved",
        frozenset(entered),
        sum(word == "approved" for member, word in said.items() if member not in may),
    )


async def too_few(work: UnitOfWork, about: Payout) -> Text:
    """What to do where the branch has too few who may agree; nothing where it has enough."""
    count = len(await eligible(work, about))
    return TOO_FEW(number=about.number, count=count) if count < rules.APPROVALS else Text("", "")


async def meant(work: UnitOfWork, actor: Actor, text: str) -> int | None:
    """The payment a text means: by number, or the only one that waits (with just the amount it names); None if that is not clear."""
    require(actor, Permission.APPROVE_PAYOUT, Subject(work.branch_id))
    number = language.payout(text)
    if number is not None:
        return number
    words = language.read(text)
    wanted = {each.yuan * 100 for each in words.amounts}
    waiting = [each for each in await work.payouts.of_states(["proposed"]) if not wanted or wanted == {each.fen}]
    return waiting[0].number if len(waiting) == 1 else None


async def ask(work: UnitOfWork, about: Payout) -> None:
    """Put a proposed payment before those who may agree, and only them."""
    appeal = await work.appeals.numbered(about.appeal_number) if about.appeal_number is not None else None
    nameless = appeal is not None and appeal.beneficiary_unknown
    benefits = (await parts(work, about)).benefits if appeal is None else frozenset()
    helped = [each for each in await work.members.present() if each.id in benefits]
    asked = await eligible(work, about)
    await trail.told(work, {each.id: [MemberId(named) for named in benefits] for each in asked}, trail.Kind.FUND)
    for each in asked:
        gets = FOR(names=await privacy.listed(work, await posting.read_on(work, each.id), helped)) if helped else Text("", "")
        text = ASK(
            number=about.number,
            case=fund.case_name(about.appeal_number),
            amount=yuan(about.fen),
            purpose=Text.plain(about.purpose) if about.purpose else NO_PURPOSE,
            unknown=UNKNOWN if nameless else gets,
            name=await fund_people.named_to(work, each.id, about.recorded_by),
        )
        await fund_people.card(work, each.id, Ask(CARD, text, CHOICES, LIVES, {"number": about.number}, card=True))


async def _open(work: UnitOfWork, number: int, *states: str) -> Payout:
    about = await work.payouts.numbered(number)
    if about is None:
        raise UserError(NONE(number=number))
    if about.state not in states:
        raise UserError(OVER(number=number, state=STATE_NAMES[about.state]))
    return about


async def approve(work: UnitOfWork, actor: Actor, number: int) -> tuple[Payout, Standing, Text | None]:
    """Agree to a payment. Who has a part in it is told the rule, and that they tried stays on record. Raises `UserError`."""
    require(actor, Permission.APPROVE_PAYOUT, Subject(work.branch_id))
    about = await _open(work, number, "proposed", "approved")
    if actor.member is None:
        raise LookupError("an approval is somebody's")
    if about.state == "approved" and (await standing(work, about)).approved:
        raise UserError(OVER(number=number, state=STATE_NAMES[about.state]))
    barred = (await parts(work, about)).barred(actor.member)
    if barred is not None:
        await work.payouts.say(about, "barred", member_id=actor.member, entered_by=actor.member, reference=barred.value)
        return about, await standing(work, about), BARRED[barred]
    if actor.member in (await standing(work, about)).agreed:
        raise UserError(TWICE(number=number))
    await work.payouts.say(about, "approved", member_id=actor.member, entered_by=actor.member)
    await noted(work, actor, about)
    about, now = await _settle(work, about)
    return about, now, None


async def _settle(work: UnitOfWork, about: Payout) -> tuple[Payout, Standing]:
    """Bring the state of a payment in line with what was said of it."""
    now = await standing(work, about)
    if now.approved and about.state == "proposed":
        about = work.payouts.change(about, state="approved")
        tell = {each.id for each in await fund_people.holding(work, Permission.KEEP_FUND)} | {about.recorded_by}
        for each in sorted(tell - now.agreed):
            await fund_people.tell(work, each, READY(number=about.number))
    elif about.state == "approved" and not now.approved:
        about = work.payouts.change(about, state="proposed")
    return about, now


async def refuse(work: UnitOfWork, actor: Actor, number: int, reason: str) -> Payout:
    """Do not agree to a payment; it is refused when two can no longer be found. Who recorded it hears the reason. Raises `UserError`."""
    require(actor, Permission.APPROVE_PAYOUT, Subject(work.branch_id))
    about = await _open(work, number, "proposed", "approved")
    if actor.member is None:
        raise LookupError("a word is somebody's")
    barred = (await parts(work, about)).barred(actor.member)
    if barred is not None:
        raise UserError(BARRED[barred])
    await work.payouts.say(about, "refused", member_id=actor.member, entered_by=actor.member, reference=reason.strip()[:60])
    await noted(work, actor, about)
    about, now = await _settle(work, about)
    passes = rules.may_pass(now.agreed, now.refused, now.eligible, higher=now.higher)
    if not passes:
        about = work.payouts.change(about, state="refused")
    why = Text.plain(reason.strip()[:60]) if not is_blank(reason) else NO_REASON
    await fund_people.tell(work, about.recorded_by, SAID_NO(number=number, reason=why, rest=STILL if passes else STOPPED))
    finals.note(work, actor, finals.REFUSED if passes else finals.REFUSED_FOR_GOOD, number)
    return about


async def withdraw(work: UnitOfWork, actor: Actor, number: int) -> Payout:
    """Take one's approval back before the payment is made. Raises `UserError`."""
    require(actor, Permission.APPROVE_PAYOUT, Subject(work.branch_id))
    about = await _open(work, number, "proposed", "approved")
    if actor.member is None or actor.member not in (await standing(work, about)).agreed:
        raise UserError(NOT_APPROVED(number=number))
    await work.payouts.say(about, "withdrawn", member_id=actor.member, entered_by=actor.member)
    await noted(work, actor, about)
    return (await _settle(work, about))[0]


async def higher(work: UnitOfWork, actor: Actor, number: int, reference: str) -> tuple[Payout, Standing]:
    """Enter the higher committee's approval, with the number of its paper, where the branch has too few who may. Raises `UserError`."""
    require(actor, Permission.PROPOSE_PAYOUT, Subject(work.branch_id))
    about = await _open(work, number, "proposed")
    if actor.member is None:
        raise LookupError("an approval is entered by somebody")
    await may_keep(work, actor, about)
    now = await standing(work, about)
    if now.higher:
        raise UserError(HIGHER_TWICE(number=number))
    if not rules.needs_higher(now.eligible, now.agreed):
        raise UserError(NOT_NEEDED(number=number, count=len(now.eligible | now.agreed)))
    if is_blank(reference):
        raise UserError(NO_REFERENCE(number=number))
    await work.payouts.say(about, "approved", member_id=None, entered_by=actor.member, reference=reference.strip()[:60])
    await noted(work, actor, about)
    return await _settle(work, about)


def line(each: Payout, now: Standing) -> Text:
    """A payment in a line, with how many agreed."""
    case, amount = fund.case_name(each.appeal_number), yuan(each.fen)
    return _LINE(number=each.number, case=case, amount=amount, state=STATE_NAMES[each.state], count=now.count)


def own_part(each: Payout, member: MemberId) -> Text:
    """A payment as it concerns a member."""
    had = [name for name, who in zip(_PARTS, (each.recorded_by, each.paid_by, each.beneficiary_id), strict=True) if who == member]
    part = Text.join(had, "、", ", ")
    return _OWN(number=each.number, amount=yuan(each.fen), day=beijing_day(each.at).isoformat(), part=part)


def own_word(number: int, verdict: str, at: datetime) -> Text:
    """What a member said about a payment."""
    return _WORD(number=number, day=beijing_day(at).isoformat(), verdict=VERDICT_NAMES[verdict])
