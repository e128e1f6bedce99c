"""What the dues keepers make of claims: found, corrected, not found, reversed. Nobody decides about their own money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.services import dues_cards, dues_claiming, dues_fitting, dues_handing, ledgers, posting, privacy, trail
from bot.services.asking import CONFIRM, Ask
from bot.services.dues_standing import CUSTODY, DUES, LARGE, OPEN, ClaimKind, ClaimState
from bot.services.dues_words import Flag, money, told
from bot.services.ledgers import Book
from bot.services.trail import Kind as Trailed
from bot.texts import Text, too_long
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.ledger import Entry, Line
from storage.unit_of_work import UnitOfWork

PAID = "paid"
"""The kind of a ledger entry for dues that came in."""
LISTED, REVERSE = "dues_all", "dues_reverse"
"""Kinds of questions: under a list of what waits; whether a receipt is taken back."""
CONFIRMED, DECLINED = "dues_confirmed", "dues_declined"
LIST_FIRST = Text("请先发“待确认”，看过再全部确认。", "Please send “to confirm” first, look, and then confirm all.")
NONE = Text("没有 C{number} 这一笔。", "There is no C{number}.")
OWN = Text(
    "自己的党费要由别的组织委员或书记来核对，您不能自己确认。",
    "Your own dues are checked by another dues keeper or the secretary, not by you.",
)
CONFIRMED_ALREADY = Text(
    "C{number} 已经确认了，收据 {receipt}。错了就发：冲正 {receipt} 原因。",
    "C{number} is confirmed already, receipt {receipt}. If it is wrong, send “reverse dues {receipt}” and the reason.",
)
REVERSE_SURE = Text(
    "冲正收据 {receipt}（{amount}），原因：{reason}。账上记一笔相反的，并告诉本人，对吗？",
    "Reverse receipt {receipt} ({amount}), reason: {reason}? An entry of the opposite sign is made and they are told.",
)
UNCLEAR = Text(
    "C{number} 还没有弄清金额和月份，请点“更正”，或发：更正 C{number} 40 一月到二月。",
    "Amount and months of C{number} are not clear yet. Please press “correct”, or send: correct dues C{number} 40 January to February.",
)
BOOKED = Text(
    "C{number} 没有确认：{months}已经有收据了，不能收两次。请点“更正”，或发“更正 C{number} 金额 月份”。",
    "C{number} was not confirmed: {months} has a receipt already and is not taken twice. "
    "Press “correct” or send “correct dues C{number} amount months”.",
)
REASON = Text("请写上原因，比如：冲正 D-2026-0317 记错了人。", "Please add the reason: reverse dues D-2026-0317 wrong person.")
WHY = Text("请写一句为什么，会告诉本人。", "Please write one sentence why; they will be told.")
NO_RECEIPT = Text("没有收据 {receipt}，请看看号码。", "There is no receipt {receipt}. Please check the number.")
REVERSED_ALREADY = Text("{receipt} 已经冲正过了。", "{receipt} was reversed already.")
RECEIPT = Text("没有收据 {receipt}，请看看号码。", "There is no receipt {receipt}. Please check the number.")
REVERSED_ALREADY = Text("{receipt} 已经冲正过了。", "{receipt} was reversed already.")
CORRECT_HOW = Text("请写到账的金额和月份，比如：40 一月到二月。", "Please write the amount and months that came: 40 January to February.")
RECEIPT = Text(
    "{what}党费已确认，收据 {receipt}。想查就发“党费”。", "Your dues ({what}) are confirmed, receipt {receipt}. “dues” shows everything."
)
NOT_FOUND = Text(
    "您报的 C{number}（{what}）没有核对上：{reason}。请看看，再报一次，或找组织委员。",
    "Your C{number} ({what}) was not found: {reason}. Please look again and report once more, or ask the dues keeper.",
)
TAKEN_BACK = Text(
    "收据 {receipt}（{what}）冲正了：{reason}。这几个月回到没交，有疑问请找组织委员。",
    "Receipt {receipt} ({what}) was reversed: {reason}. Those months are open again; please ask the dues keeper if in doubt.",
)
UNCONFIRMED = Text(
    "刚才的确认撤回了，收据 {receipt} 作废，C{number} 重新等待核对。",
    "The confirmation is taken back: receipt {receipt} is void, C{number} waits again.",
)
_LONGEST_REASON = 80
_FORMER = ("kind", "months", "fen", "state", "flags")
"""What a decision may change of a claim beside noting the decision."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of several claims: those that are booked now, and why others are not."""

    booked: Sequence[Claim]
    refused: Sequence[Text]


async def decidable(work: UnitOfWork, actor: Actor, number: int) -> Claim:
    """A claim that the actor may decide now. Raises `UserError` if it is their own, decided, withdrawn, or not there."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    found = await work.dues_claims.numbered(number)
    if found is None:
        raise UserError(NONE(number=number))
    if found.member_id == actor.member:
        raise UserError(OWN)
    if found.state not in OPEN:
        confirmed = found.state == ClaimState.CONFIRMED
        raise UserError(CONFIRMED_ALREADY(number=number, receipt=found.receipt or "") if confirmed else dues_claiming.already(found))
    return found


async def confirm(work: UnitOfWork, actor: Actor, numbers: Sequence[int]) -> Outcome:
    """Book claims as received, each under its own receipt. What cannot be booked is left as it is, and why is told."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    booked, refused, before = [], [], []
    accounts = await posting.reached_of_branch(work)
    await dues_cards.waiting(work)  # so that each is known when its turn comes
    paid = await work.ledger.sums(Book.DUES.value, DUES, ["member_id", "month"]) if numbers else {}
    receipt = await work.dues_claims.next_receipt(beijing_day(work.now).year)
    for number in dict.fromkeys(numbers):
        try:
            found = await decidable(work, actor, number)
            check(found, paid)
        except UserError as error:
            refused.append(error.text)
            continue
        made = await book(work, actor, found, receipt)
        booked.append(made)
        before.append(found)
        paid.update({(made.member_id, month): -fen for month, fen in made.months})
        receipt = f"{receipt[:7]}{int(receipt[7:]) + 1:04}"
        await dues_cards.tell(
            work, made.member_id, RECEIPT(what=dues_cards.what(made, work), receipt=made.receipt or ""), accounts.get(made.member_id)
        )
    await trail.changed(work, actor, [each.member_id for each in booked], Trailed.DUES)
    await closed(work, actor, before)
    return Outcome(booked, refused)


async def confirm_listed(work: UnitOfWork, actor: Actor) -> Outcome:
    """Confirm what the actor was shown last in a list. Raises `UserError` where nothing was."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    question = await work.questions.open_of(actor.member, LISTED) if actor.member is not None else None
    if question is None:
        raise UserError(LIST_FIRST)
    work.questions.spend(question)
    return await confirm(work, actor, question.data["numbers"])


def check(found: Claim, paid: Mapping[tuple[Any, ...], int]) -> None:
    """Raise `UserError` where a claim is not clear, or is for a month that has been `paid`."""
    taken = [month for month in found.named if (found.member_id, month) in paid]
    if taken:
        raise UserError(BOOKED(number=found.number, months=told(taken, beijing_day(found.at))))
    if found.fen <= 0 or (found.kind == ClaimKind.MONTHS and (not found.months or sum(fen for _, fen in found.months) != found.fen)):
        raise UserError(UNCLEAR(number=found.number))


async def book(work: UnitOfWork, actor: Actor, found: Claim, receipt: str) -> Claim:
    """Write a claim that was checked into the ledger, under a receipt."""
    account = LARGE if found.kind == ClaimKind.LARGE else DUES
    sides = [Line(account, -fen, found.member_id, month) for month, fen in found.months] or [Line(account, -found.fen, found.member_id)]
    entry = await work.ledger.append(
        Book.DUES.value,
        PAID,
        [Line(CUSTODY, found.fen), *sides],
        actor=actor.member,
        subject=found.member_id,
        ref=receipt,
        memo={"claim": found.number, "payer": found.payer},
    )
    decided = {"decided_at": work.now, "decided_by": actor.member, "entry_number": entry.number, "receipt": receipt}
    return work.dues_claims.change(found, state=ClaimState.CONFIRMED.value, **decided)


async def closed(work: UnitOfWork, actor: Actor, before: Sequence[Claim]) -> None:
    """Spend the cards of claims that were booked, and keep what they were `before`, should it be undone."""
    if before and actor.member is not None:
        numbers = [each.number for each in before]
        await dues_cards.close_cards(work, numbers)
        former = {str(each.number): {name: getattr(each, name) for name in _FORMER} for each in before}
        work.deeds.add(actor.member, CONFIRMED, {"numbers": numbers, "before": former})


async def decline(work: UnitOfWork, actor: Actor, number: int, reason: str) -> Claim:
    """Say that the money was not found, and why; the member is told. Raises `UserError`."""
    found = await decidable(work, actor, number)
    await trail.changed(work, actor, [found.member_id], Trailed.DUES)
    said = dues_fitting.sentence(reason, _LONGEST_REASON, WHY)
    decided = {"decided_at": work.now, "decided_by": actor.member, "reason": said}
    made = work.dues_claims.change(found, state=ClaimState.DECLINED.value, **decided)
    await dues_cards.close_cards(work, [number])
    if actor.member is not None:
        work.deeds.add(actor.member, DECLINED, {"number": number})
    await dues_cards.tell(work, made.member_id, NOT_FOUND(number=number, what=dues_cards.what(made, work), reason=said))
    return made


async def ask_reverse(work: UnitOfWork, actor: Actor, receipt: str, reason: str) -> Ask:
    """Ask whether a receipt is to be taken back. Raises `UserError` where it cannot be."""
    entry, said = await _reversible(work, actor, receipt, reason)
    amount = money(sum(line.fen for line in entry.lines if line.account == CUSTODY))
    return Ask(REVERSE, REVERSE_SURE(receipt=receipt, amount=amount, reason=said), CONFIRM, data={"receipt": receipt, "reason": said})


async def _reversible(work: UnitOfWork, actor: Actor, receipt: str, reason: str) -> tuple[Entry, str]:
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    entry = await _entry(work, actor, receipt)
    said = dues_fitting.sentence(reason, _LONGEST_REASON, REASON)
    await dues_handing.check_held(work, [entry])
    return entry, said


async def reverse(work: UnitOfWork, actor: Actor, receipt: str, reason: str) -> Entry:
    """Take a receipt back by an entry of the opposite sign; the member is told. Raises `UserError`."""
    entry, said = await _reversible(work, actor, receipt, reason)
    reversal = await ledgers.reverse(work, Book.DUES, entry, actor)
    await trail.changed(work, actor, [entry.subject_id] if entry.subject_id is not None else [], Trailed.DUES)
    found = await work.dues_claims.of_receipt(receipt)
    if found is not None:
        found = work.dues_claims.change(found, state=ClaimState.REVERSED.value, reason=said)
        text = TAKEN_BACK(receipt=receipt, what=dues_cards.what(found, work), reason=said)
        await dues_cards.tell(work, found.member_id, text)
    return reversal


async def _entry(work: UnitOfWork, actor: Actor, receipt: str) -> Entry:
    entries = [each for each in await work.ledger.of_ref(Book.DUES.value, receipt) if receipt.startswith("D-")]
    paid = [each for each in entries if each.kind == PAID]
    if not paid:
        raise UserError(NO_RECEIPT(receipt=receipt[:20]))
    if any(each.reverses == paid[-1].number for each in entries):
        raise UserError(REVERSED_ALREADY(receipt=receipt))
    if paid[-1].subject_id == actor.member:
        raise UserError(OWN)
    return paid[-1]


async def undo_confirm(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> list[Claim]:
    """Take a confirmation back: the entries are reversed, the claims are what they were. What was decided otherwise since stays."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    claims = [await work.dues_claims.numbered(number) for number in dict.fromkeys(data["numbers"])]
    standing = [each for each in claims if each is not None and each.state == ClaimState.CONFIRMED and each.receipt is not None]
    entries = [await _entry(work, actor, each.receipt or "") for each in standing]
    await dues_handing.check_held(work, entries)
    undone = []
    for found, entry in zip(standing, entries, strict=True):
        await ledgers.reverse(work, Book.DUES, entry, actor, "undone")
        waits = {"receipt": None, "decided_at": None, "decided_by": None, "entry_number": None}
        former = data.get("before", {}).get(str(found.number), {"state": ClaimState.WAITING.value})
        undone.append(work.dues_claims.change(found, **former, **waits))
        await dues_cards.tell(work, found.member_id, UNCONFIRMED(receipt=found.receipt or "", number=found.number))
    await trail.changed(work, actor, [each.member_id for each in undone], Trailed.DUES)
    return undone


async def undo_decline(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Claim:
    """Let a declined claim wait again. Raises `UserError` if it was decided otherwise since."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    found = await work.dues_claims.numbered(data["number"])
    if found is None or found.state != ClaimState.DECLINED:
        raise UserError(NONE(number=data["number"]))
    clear = found.kind != ClaimKind.MONTHS or (found.months and sum(fen for _, fen in found.months) == found.fen)
    await trail.changed(work, actor, [found.member_id], Trailed.DUES)
    back = ClaimState.WAITING if clear and not {Flag.BACK_PAY, Flag.UNFIT, Flag.MEANT} & set(found.flags) else ClaimState.WITH_A_PERSON
    return work.dues_claims.change(found, state=back.value, reason="", decided_at=None, decided_by=None)


@dataclass(frozen=True, slots=True)
class Listed:
    """What waits for the actor: lines, and the numbers that can be confirmed as they stand."""

    lines: Sequence[Text]
    numbers: Sequence[int]
    more: int


_LINE = Text("C{number} {who} {what}{flags}", "C{number} {who} {what}{flags}")
_TO_SORT = Text("，要更正", ", to be corrected")
_HEAD = Text("等您核对的，还有这么多笔，确认完再发一次", "Waiting for you, and some more; please send the word again afterwards.")
"""As long as what stands around the lines."""
AT_ONCE = 6
"""Claims in one list, so that what is confirmed at once is seen on one small screen."""


async def listed(work: UnitOfWork, actor: Actor, platform: str) -> Listed:
    """The oldest claims that wait and that the actor may decide."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    found = [each for each in await dues_cards.waiting(work) if each.member_id != actor.member]
    names = await _names(work, platform, [each.member_id for each in found[:AT_ONCE]])
    await trail.saw(work, actor, [each.member_id for each in found[:AT_ONCE]], Trailed.DUES)
    lines = [
        _LINE(number=each.number, who=names[each.member_id], what=dues_cards.what(each, work), flags=dues_cards.flags(each))
        + (_TO_SORT if each.state == ClaimState.WITH_A_PERSON else Text("", ""))
        for each in found[:AT_ONCE]
    ]
    shown = _fitting(lines)
    ready = [each.number for each in found[:shown] if each.state == ClaimState.WAITING]
    return Listed(lines[:shown], ready, len(found) - shown)


def _fitting(lines: Sequence[Text]) -> int:
    """How many lines go on one small screen; the first always does."""
    fits = [count for count in range(1, len(lines) + 1) if not too_long(Text.join([_HEAD, *lines[:count]]))]
    return max(fits, default=min(1, len(lines)))


async def _names(work: UnitOfWork, platform: str, members: Sequence[MemberId]) -> dict[MemberId, Text]:
    present = {each.id: each for each in await work.members.present()}
    gone = [await work.members.get(each) for each in members if each not in present]
    found = [*(present[each] for each in dict.fromkeys(members) if each in present), *(each for each in gone if each is not None)]
    shown, _ = await privacy.shown(work, platform, found)
    open_to_name = {each.id: Text(each.name, each.latin) for each in shown}
    return {each: open_to_name.get(each, Text("一位同志", "somebody")) for each in members}
