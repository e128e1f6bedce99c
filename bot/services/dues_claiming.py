"""Saying that dues were paid (已交 …): a claim with a number, laid before the dues keepers. The bot never holds or moves money."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dues as words_of
from bot.language import money as amounts_of
from bot.language.months import Months
from bot.language.normalise import clean
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import policy_on
from bot.rules.months import month_of
from bot.services import dues_cards, dues_elsewhere, dues_fitting, dues_reminders, dues_standing, finding, privacy, trail
from bot.services.asking import CONFIRM, Ask, Choice
from bot.services.dues_fitting import Fit, Said
from bot.services.dues_standing import OPEN, ClaimKind, ClaimState, Standing
from bot.services.dues_words import Flag, money, told
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

ASKED, CHOSEN, FOR_OTHER = "dues_paid", "dues_which", "dues_for_other"
"""Kinds of questions: is that what was paid; which of the open months; was it paid for this person."""
CLAIMED = "dues_claimed"
SURE = Text("{months} {amount}，对吗？", "{months} {amount}: is that right?")
WHICH = Text("没交的有 {months}，共 {amount}。您交的是哪些？", "Open are {months}, {amount} together. Which did you pay?")
SURE_OTHER = Text(
    "替{who}记 {what}，对吗？对的话，会私下告诉{who}一声。", "Note {what} for {who}, is that right? {who} will be told in private."
)
NEEDS_BOTH = Text(
    "替人报要写全金额和月份，比如：替周海已交 20 三月。",
    "To report for somebody, write the amount and the months: paid for Zhou Hai 20 March.",
)
SAME = Text("您已经报过了，编号 C{number}，组织委员正在核对。", "You reported that already as C{number}; the dues keeper is looking at it.")
NO_AMOUNT = Text("请写上金额，比如：自愿多交 1500 元党费。", "Please add the amount: I pay 1500 more dues voluntarily.")
NOT_YOURS = Text(
    "没有您能撤回的 C{number}。发“党费”能看到您的编号。", "There is no C{number} that you can withdraw. “dues” shows your numbers."
)
WHICH_CLAIM = Text("请写上编号，比如：撤回缴费 C12。", "Please give its number: withdraw dues C12.")
DECIDED = {
    ClaimState.CONFIRMED: Text(
        "C{number} 已经确认了，收据 {receipt}，撤不回来；有误请找组织委员冲正。",
        "C{number} is confirmed already, receipt {receipt}, and cannot be withdrawn; if it is wrong, ask the dues keeper to reverse it.",
    ),
    ClaimState.DECLINED: Text(
        "C{number} 已经处理过：没有收到这笔钱{receipt}。", "C{number} is decided already: the money did not come{receipt}."
    ),
    ClaimState.WITHDRAWN: Text("C{number} 已经撤回了{receipt}。", "C{number} is withdrawn already{receipt}."),
    ClaimState.REVERSED: Text("C{number} 已经冲正了（{receipt}）。", "C{number} was reversed ({receipt})."),
}
TOLD_OTHER = Text(
    "{who}替您报了党费：{what}，编号 C{number}，等组织委员核对。不对就发“撤回缴费 C{number}”。",
    "{who} reported dues for you: {what}, number C{number}, waiting for the dues keeper. If that is wrong, send “withdraw dues C{number}”.",
)


async def claim(work: UnitOfWork, actor: Actor, words: str) -> Claim | Ask:
    """What a member says they paid: a claim at once where amount and months were said and fit, else a question. Raises `UserError`."""
    member = _member(actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, member))
    payer = "relative" if words_of.by_relative(words) else "self"
    if words_of.voluntary(words):
        return await _voluntary(work, actor, member, words, payer)
    said = dues_fitting.understood(words, _today(work))
    meant = words_of.only_meant(words)
    found = dues_fitting.fit(await _standing(work, member, said), said, _today(work), policy_on(_today(work)), meant=meant)
    if meant:
        return await _record(work, actor, member, found, payer, flags=[Flag.MEANT], with_a_person=True)
    if found.sure:
        return await _record(work, actor, member, found, payer, with_a_person=found.with_a_person)
    return _ask(found, payer, _today(work), choose=said.fen is None and said.months.count is None and not said.months.months)


def _ask(found: Fit, payer: str, today: date, *, choose: bool) -> Ask:
    data = {"months": [list(each) for each in found.months], "payer": payer}
    months = told([month for month, _ in found.months], today)
    if not choose or len(found.months) == 1:
        return Ask(ASKED, SURE(months=months, amount=money(found.fen)), CONFIRM, data=data)
    oldest, fen = found.months[0]
    everything = Choice(Text("全交了", "all of them"), ("全部", "都交了", "全交了", "都是", "全部交了", "对", "是", "all"))
    one = Choice(Text("只交 ", "only ") + told([oldest], today) + Text("的 ", ", ") + money(fen), ("第一个月", "最早的"))
    none = Choice(Text("都不是", "neither"), ("不是", "取消", "算了", "no"))
    return Ask(CHOSEN, WHICH(months=months, amount=money(found.fen)), (everything, one, none), data=data, columns=1)


async def asked(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], count: int | None = None) -> Claim:
    """The claim that was confirmed by its member; only its oldest `count` months where that was chosen. It is looked at again."""
    member = _member(actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, member))
    months = [month for month, _ in data["months"]][:count]
    fen = sum(each for _, each in data["months"][:count])
    said = Said(fen, _exactly(months))
    found = dues_fitting.fit(await _standing(work, member, said), said, _today(work), policy_on(_today(work)))
    return await _record(work, actor, member, found, data["payer"], with_a_person=found.with_a_person)


async def for_other(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Claim | Ask:
    """What a member says they paid for another: the name is asked back first. Raises `UserError`."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    name, rest = words_of.other(words) or ("", "")
    member = await finding.by_name(work, name, platform)
    return await claim_for(work, actor, member, rest, platform)


async def claim_for(work: UnitOfWork, actor: Actor, member: Member, words: str, platform: str) -> Claim | Ask:
    """The same, with the member known. Nothing of what the other owes is told: whether it fits is for the dues keeper."""
    if member.id == actor.member:
        return await claim(work, actor, words)
    said = dues_fitting.understood(words, _today(work))
    if said.fen is None or not said.months.months:
        raise UserError(NEEDS_BOTH)
    what = told(said.months.months, _today(work)) + Text.plain(" ") + money(said.fen)
    who = await privacy.named(work, platform, member)
    data = {"member": member.id, "fen": said.fen, "months": list(said.months.months)}
    return Ask(FOR_OTHER, SURE_OTHER(who=who, what=what), CONFIRM, data=data)


async def mentioned(work: UnitOfWork, actor: Actor, words: str) -> Member | None:
    """Another present member whom a sentence begins with (周海三月份交了20); it is then not about who speaks."""
    said = clean(words)
    found = [each for each in await work.members.present() if each.id != actor.member and said.startswith(each.name)]
    return max(found, key=lambda each: len(each.name), default=None)


async def confirmed_for(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Claim:
    """The claim for another, once the name was confirmed; they are told in private."""
    claimer = _member(actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, claimer))
    member, today = await dues_cards.still_here(work, MemberId(data["member"])), _today(work)
    said = Said(data["fen"], _exactly(data["months"]))
    try:
        found = dues_fitting.fit(await _standing(work, member.id, said), said, today, policy_on(today))
    except UserError:
        found = Fit(tuple((month, 0) for month in data["months"]), data["fen"], (Flag.UNFIT,), sure=True, with_a_person=True)
    made = await _record(work, actor, member.id, found, "member", with_a_person=found.with_a_person)
    who = await dues_cards.named_to(work, member.id, claimer)
    await dues_cards.tell(work, member.id, TOLD_OTHER(who=who, what=dues_cards.what(made, work), number=made.number))
    return made


async def _voluntary(work: UnitOfWork, actor: Actor, member: MemberId, words: str, payer: str) -> Claim:
    """More than is due, of one's own will; from a thousand yuan at once it goes apart and never counts as months (art. 11)."""
    found = amounts_of.amounts(words)
    if len(found) != 1:
        raise UserError(NO_AMOUNT)
    fen = dues_fitting.fen(found[0])
    kind = ClaimKind.LARGE if fen >= policy_on(_today(work)).large_from else ClaimKind.EXTRA
    return await _record(work, actor, member, Fit((), fen, (), sure=True, with_a_person=False), payer, kind=kind)


async def _record(
    work: UnitOfWork,
    actor: Actor,
    member: MemberId,
    found: Fit,
    payer: str,
    *,
    flags: Sequence[Flag] = (),
    with_a_person: bool = False,
    card: bool = True,
    kind: ClaimKind = ClaimKind.MONTHS,
) -> Claim:
    if with_a_person and payer != "member":
        await _not_twice(work, member, [month for month, _ in found.months])
    made = await work.dues_claims.add(
        member,
        claimed_by=actor.member,
        payer=payer,
        kind=kind.value,
        months=[list(each) for each in found.months],
        fen=found.fen,
        state=(ClaimState.WITH_A_PERSON if with_a_person else ClaimState.WAITING).value,
        flags=[each.value for each in (*found.flags, *flags)],
    )
    work.deeds.add(_member(actor), CLAIMED, {"number": made.number})
    if card:
        await dues_cards.raise_card(work, made)
    await dues_reminders.needless(work, member)
    await dues_elsewhere.notice(work, made)
    return made


async def _not_twice(work: UnitOfWork, member: MemberId, months: Sequence[str]) -> None:
    """What a keeper has to sort out anyway is laid before them once."""
    for each in await work.dues_claims.of_state([ClaimState.WITH_A_PERSON.value], [member]):
        if set(each.named) & set(months):
            raise UserError(SAME(number=each.number))


async def entered(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str) -> Claim:
    """What a dues keeper enters for somebody: it has to be clear and to fit. It is not confirmed yet. Raises `UserError`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id, member_id))
    today = _today(work)
    if words_of.voluntary(words):
        return await _voluntary(work, actor, member_id, words, "self")
    said = dues_fitting.understood(words, today)
    found = dues_fitting.fit(await _standing(work, member_id, said), said, today, policy_on(today))
    await trail.changed(work, actor, [member_id], Trailed.DUES)
    person = found.fen == 0
    card = person or member_id == actor.member
    return await _record(work, actor, member_id, found, "self", flags=[Flag.ENTERED], with_a_person=person, card=card)


async def withdraw(work: UnitOfWork, actor: Actor, number: int) -> Claim:
    """Take back a claim of one's own, or one that was made for oneself, while nobody has decided it. Raises `UserError`."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    found = await work.dues_claims.numbered(number)
    if found is None or actor.member not in {found.member_id, found.claimed_by}:
        raise UserError(NOT_YOURS(number=number))
    if found.state not in OPEN:
        raise UserError(already(found))
    await dues_cards.close_cards(work, [number])
    return work.dues_claims.change(found, state=ClaimState.WITHDRAWN.value, decided_at=work.now, decided_by=actor.member)


def already(found: Claim) -> Text:
    """What was decided about a claim."""
    return DECIDED[ClaimState(found.state)](number=found.number, receipt=found.receipt or "")


async def the_only(work: UnitOfWork, actor: Actor) -> int:
    """The number of the one claim that a member can withdraw. Raises `UserError` where there is not exactly one."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    waiting = [each.number for each in await dues_cards.waiting(work) if actor.member in {each.member_id, each.claimed_by}]
    if len(waiting) != 1:
        raise UserError(WHICH_CLAIM)
    return waiting[0]


async def _standing(work: UnitOfWork, member: MemberId, said: Said) -> Standing:
    today = _today(work)
    known = await dues_standing.since_assessed(work, member, month_of(today))
    first, last = dues_fitting.window(known, said, today)
    return await dues_standing.of_member(work, member, first, last)


def _exactly(months: Sequence[str]) -> Months:
    return Months(tuple(months), (), None, up_to=False, rest="")


def _today(work: UnitOfWork) -> date:
    return beijing_day(work.said_at)


def _member(actor: Actor) -> MemberId:
    if actor.member is None:
        raise LookupError("dues are a member's")
    return actor.member
