"""Paying dues where one is (2008 rule, art. 9): noted by months, so that nobody is asked twice – and noticed where both collect."""

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.messages import Outgoing
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.months import after, month_of
from bot.services import posting, privacy
from bot.services.dues_periods import UNCLEAR, today
from bot.services.dues_words import told
from bot.services.people import present
from bot.texts import Text
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

DEED, ENDED = "dues_elsewhere", "dues_here"
"""Kinds of deeds: paying elsewhere was noted; paying here again was."""
NOT_NOTED = Text("没有记着在外地交党费，不用改。", "Nothing is noted of dues paid elsewhere, so there is nothing to change.")
GUEST = Text(
    "您的组织关系在原支部：您原支部是不是也在收？两边只交一份就行，拿不准就问组织委员。",
    "Your membership is in your home branch: does it collect, too? Once is enough; ask the dues keeper if unsure.",
)
BOTH = Text(
    "您说过 {months}在流入地支部交：是不是两边都交了？只交一份就行，拿不准就问组织委员。",
    "You said that {months} is paid where you are: were both branches paid? Once is enough; ask the dues keeper if unsure.",
)


def _months(work: UnitOfWork, words: str) -> tuple[str, str | None]:
    """The first and the last month that words mean; from this one on for none, and without an end. Raises `UserError`."""
    if not words:
        return month_of(today(work)), None
    try:
        found = read(words, today(work))
    except ImpossibleMonth as error:
        raise UserError(UNCLEAR) from error
    if not found.months:
        return month_of(today(work)), None
    openly = "起" in words or "开始" in words or words.startswith("从")
    return found.months[0], None if openly and len(found.months) == 1 else found.months[-1]


async def note(work: UnitOfWork, actor: Actor, words: str, member_id: MemberId | None = None) -> Text:
    """Note that a member pays elsewhere: oneself, or – for who keeps the dues – another. Answers which months, in words."""
    whom = member_id if member_id is not None else actor.member
    if whom is None or actor.member is None:
        raise LookupError("dues are a member's")
    require(actor, Permission.DUES_OWN if whom == actor.member else Permission.KEEP_DUES, Subject(work.branch_id, whom))
    since, until = _months(work, words)
    made = work.dues_elsewhere.add(whom, since, until, actor.member)
    work.deeds.add(actor.member, DEED, {"member": whom, "id": made.id})
    return spoken(work, since, until)


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
    work.dues_elsewhere.remove(data["id"])


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
