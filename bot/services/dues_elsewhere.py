"""Paying dues where one is (2008 rule, art. 9): noted by months, so that nobody is asked twice – and noticed where both collect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.messages import Outgoing, Priority
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.dues import policy_on
from bot.rules.months import after, month_of
from bot.services import dues_cards, posting, privacy, trail
from bot.services.dues_periods import UNCLEAR, today
from bot.services.dues_words import told
from bot.services.people import present
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

DEED, ENDED = "dues_elsewhere", "dues_here"
"""Kinds of deeds: paying elsewhere was noted; paying here again was."""
WHICH = Text(
    "是哪几个月在外地交？请写清楚，比如：在外地交党费 1–3月，或：在外地交党费 从3月起。还没有记。",
    "Which months are paid elsewhere? Write for example “dues elsewhere Jan-Mar” or “dues elsewhere 从3月起”. Nothing was noted yet.",
)
TOO_FAR = Text("最多记到 {year} 年，请再看看是哪几个月。没有记。", "Only until {year}; please look at the months again. Nothing was noted.")
TOLD = Text(
    "{who}在流入地支部交党费：{months}。这里不再提醒，也不算没交。不对请找本人说说。",
    "{who} pays dues elsewhere: {months}. They are not reminded and not counted as open here. If that is wrong, please talk with them.",
)
TOO_OLD_TOLD = Text(
    "{who}说{months}的党费在外地交了。时间太早，我没有记，请您看看那边的收据；核实了发“补录 姓名 月份 在外地支部交党费”。",
    "{who} says the dues of {months} were paid elsewhere. That is long ago, so I noted nothing: please look at the receipts. "
    "Then send “enter NAME MONTHS 在外地支部交党费”.",
)
TAKEN_BACK = Text("刚才那条“在外地交党费”本人撤回了。", "What was said of dues paid elsewhere was taken back.")
NOT_NOTED = Text("没有记着在外地交党费，不用改。", "Nothing is noted of dues paid elsewhere, so there is nothing to change.")
GUEST = Text(
    "您的组织关系在原支部：您原支部是不是也在收？两边只交一份就行，拿不准就问组织委员。",
    "Your membership is in your home branch: does it collect, too? Once is enough; ask the dues keeper if unsure.",
)
BOTH = Text(
    "您说过 {months}在流入地支部交：是不是两边都交了？只交一份就行，拿不准就问组织委员。",
    "You said that {months} is paid where you are: were both branches paid? Once is enough; ask the dues keeper if unsure.",
)
_NOTHING_SAID = Pattern("(?:现在|已经?|都|就|以后|了|的)*")


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted, in words, if anything; and the months before that, which lie too far back and are the keeper's to look at."""

    months: Text | None
    too_old: Text | None


def _months(work: UnitOfWork, words: str) -> tuple[str, str | None]:
    """The first and the last month that words mean; from this one on for none, and without an end. Raises `UserError`."""
    if _NOTHING_SAID.fullmatch(words):
        return month_of(today(work)), None
    try:
        found = read(words, today(work))
    except ImpossibleMonth as error:
        raise UserError(UNCLEAR) from error
    if not found.months:
        raise UserError(WHICH)
    if int(found.months[-1][:4]) > today(work).year + 1:
        raise UserError(TOO_FAR(year=today(work).year + 1))
    openly = "起" in words or "开始" in words or words.startswith("从")
    return found.months[0], None if openly and len(found.months) == 1 else found.months[-1]


async def note(work: UnitOfWork, actor: Actor, words: str, member_id: MemberId | None = None) -> Noted:
    """Note that a member pays elsewhere: oneself, or – for who keeps the dues – another. The other keepers hear of it.

    On a member's own word nothing is cleared that lies further back than what is paid late without a keeper (art. 12).
    """
    whom = member_id if member_id is not None else actor.member
    if whom is None or actor.member is None:
        raise LookupError("dues are a member's")
    require(actor, Permission.DUES_OWN if whom == actor.member else Permission.KEEP_DUES, Subject(work.branch_id, whom))
    since, until = _months(work, words)
    earliest = after(month_of(today(work)), -policy_on(today(work)).back_pay_months)
    old = None
    if whom == actor.member and since < earliest:
        last = after(earliest, -1)
        old = _from_to(work, since, last if until is None else min(last, until))
        await _tell_keepers(work, actor, whom, TOO_OLD_TOLD, old)
        since = earliest
    if until is not None and until < since:
        return Noted(None, old)
    made = work.dues_elsewhere.add(whom, since, until, actor.member)
    if whom != actor.member:
        await trail.changed(work, actor, [whom], Trailed.DUES)
    work.deeds.add(actor.member, DEED, {"member": whom, "id": made.id})
    months = spoken(work, since, until)
    await _tell_keepers(work, actor, whom, TOLD, months, slot=_slot(made.id))
    return Noted(months, old)


def _slot(elsewhere_id: int) -> str:
    return f"dues_elsewhere:{elsewhere_id}"


def _from_to(work: UnitOfWork, first: str, last: str) -> Text:
    if first == last:
        return told([first], today(work))
    return told([first], today(work)) + Text("到", " to ") + told([last], today(work))


async def _tell_keepers(work: UnitOfWork, actor: Actor, whom: MemberId, text: Text, months: Text, *, slot: str | None = None) -> None:
    """Tell who keeps the dues, but for the one who did it."""
    member = await present(work, whom)
    accounts = await posting.reached_of_branch(work)
    for keeper in await dues_cards.keepers(work, {whom}):
        if keeper.id != actor.member:
            account = accounts.get(keeper.id)
            outgoing = Outgoing(text(who=await privacy.named(work, posting.platform_of(account), member), months=months))
            await posting.to_member(work, keeper.id, outgoing, priority=Priority.NOTICE, slot=slot, account=account)


def spoken(work: UnitOfWork, since: str, until: str | None) -> Text:
    """Months in words: 3月起, or 1–3月."""
    if until is None:
        return told([since], today(work)) + Text("起", " on")
    months = [since]
    while months[-1] < until:
        months.append(after(months[-1]))
    return told(months, today(work))


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take back what the actor noted last."""
    whom = MemberId(data["member"])
    require(actor, Permission.DUES_OWN if whom == actor.member else Permission.KEEP_DUES, Subject(work.branch_id, whom))
    if whom != actor.member:
        await trail.changed(work, actor, [whom], Trailed.DUES)
    work.dues_elsewhere.remove(data["id"])
    await work.outbox.drop_unsent(_slot(data["id"]))
    for letter in await work.outbox.in_slots(_slot(data["id"])):
        await work.outbox.replace(letter, posting.pack(Outgoing(TAKEN_BACK)), letter.not_before)


async def end(work: UnitOfWork, actor: Actor) -> Text:
    """From this month on the actor pays here again. Raises `UserError` where nothing else was noted."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    this = month_of(today(work))
    mine = await work.dues_elsewhere.of(actor.member) if actor.member is not None else []
    current = [each for each in mine if each.until is None or each.until >= this]
    if not current or actor.member is None:
        raise UserError(NOT_NOTED)
    for each in current:
        work.dues_elsewhere.end(each.id, after(this, -1))
    work.deeds.add(actor.member, ENDED, {"ended": [[each.id, each.until] for each in current]})
    return told([this], today(work))


async def undo_end(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take that back."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    for elsewhere_id, until in data["ended"]:
        work.dues_elsewhere.end(elsewhere_id, until)


async def notice(work: UnitOfWork, made: Claim) -> None:
    """Ask in private, beside the answer, whoever says they paid here for months that another branch may collect, too."""
    if made.claimed_by != made.member_id:
        return
    both = [month for each in await work.dues_elsewhere.of(made.member_id) for month in made.named if each.covers(month)]
    if both:
        await posting.to_member(work, made.member_id, Outgoing(BOTH(months=told(both, today(work)))))
    elif Role.GUEST.value in (await present(work, made.member_id)).roles:
        await posting.to_member(work, made.member_id, Outgoing(GUEST))


async def who(work: UnitOfWork, member_id: MemberId, platform: str) -> Text:
    """How a member is named where something was noted of them."""
    return await privacy.named(work, platform, await present(work, member_id))
