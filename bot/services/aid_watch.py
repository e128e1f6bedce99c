"""What is done unasked about appeals: nobody is left unanswered, helpers are reminded once, ends are announced and come.

Nothing of it goes to the group but what the post itself shows.
"""

from datetime import timedelta

from bot.clock import long_since
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.appeals import LIVE, OfferState, State
from bot.services import aid_cases, aid_endings, aid_letters, aid_offers, aid_posts, aid_verify, asking, posting, trail
from bot.services.aid_words import tag
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

UNANSWERED = timedelta(hours=24)
DAILY = timedelta(hours=24)
BEFORE_END = timedelta(days=3)
REMIND_HELPER = timedelta(days=2)
WAITS = Text(
    "{who}的求助 {tag} 等了{days}，还没有人接。请您问候一声，也催一下书记。",
    "Appeal {tag} of {who} has waited for {days}. Please ask how they are, and nudge the secretary.",
)
NO_OFFERS = Text(
    "{who}的求助 {tag} 发群{days}了，还没有人回应。请您问候一声，想想办法。",
    "Nobody has answered appeal {tag} of {who} for {days}. Please ask how they are.",
)
REMIND = Text("{days}前您说愿意帮 {tag}，联系上了吗？", "You offered to help with {tag} {days} ago. Did it work out?")
_DAYS = {1: Text("一天", "a day"), 2: Text("两天", "two days")}
YES = Choice(Text("帮上了", "I helped"), ("帮了",))
_TOGETHER = (OfferState.AGREED.value, OfferState.INTRODUCED.value)
NOT_YET = Choice(Text("还没", "not yet"), ("没有",))


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches with an appeal that waits, ends, or is nobody's any more, or a helper to remind."""
    ask, now = work.agenda, work.now
    return (
        await ask.appeals_of_the_gone([state.value for state in LIVE])
        | await ask.appeals_in(State.APPROVED.value)
        | await ask.appeals_unanswered(State.ASKED.value, now - UNANSWERED, now - DAILY, now + DAILY)
        | await ask.appeals_running(State.OPEN.value, now, now + BEFORE_END, now - UNANSWERED)
        | await ask.offers_agreed(_TOGETHER, now - REMIND_HELPER)
    )


async def watch(work: UnitOfWork, actor: Actor) -> None:
    """Do what is due. Each is noted with what is queued for it, so that doing it twice changes nothing."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await _end_for_gone(work)
    for each in await work.appeals.of_state(State.APPROVED.value):
        await aid_posts.put_up(work, each)
    for each in await work.appeals.of_state(State.ASKED.value):
        await _unanswered(work, each)
    opened = await work.appeals.of_state(State.OPEN.value)
    counts = await work.aid_offers.counts([each.id for each in opened], [state.value for state in OfferState])
    for each in opened:
        await _running(work, each, offers=counts.get(each.id, 0))
    await _remind_helpers(work)


async def _end_for_gone(work: UnitOfWork) -> None:
    """What belongs to somebody who was removed ends, long before it would vanish with them."""
    live = await work.appeals.of_state(*(state.value for state in LIVE))
    present = {each.id for each in await work.members.present()} if live else set()
    for each in live:
        if each.member_id not in present:
            await aid_endings.end_for_gone(work, each)


async def _unanswered(work: UnitOfWork, appeal: Appeal) -> None:
    if appeal.step_at > work.now - UNANSWERED:
        return
    if appeal.liaison_told_at is None:
        appeal = work.appeals.change(appeal, liaison_told_at=work.now)
        await _tell_liaisons(work, appeal, WAITS)
    if appeal.secretary_told_at is None or long_since(appeal.secretary_told_at, work.now, DAILY):
        work.appeals.change(appeal, secretary_told_at=work.now)
        officers = await aid_cases.officers(work, appeal.member_id)
        await trail.told(work, {each.id: [appeal.member_id] for each in officers}, trail.Kind.AID)
        for officer in officers:
            await aid_verify.remind(work, appeal, officer.id)


async def _running(work: UnitOfWork, appeal: Appeal, *, offers: int) -> None:
    if appeal.expires_at is not None and appeal.expires_at <= work.now:
        await aid_endings.expire(work, appeal)
        return
    if not offers and appeal.liaison_told_at is None and appeal.step_at <= work.now - UNANSWERED:
        appeal = work.appeals.change(appeal, liaison_told_at=work.now)
        await _tell_liaisons(work, appeal, NO_OFFERS)
    if appeal.expires_at is not None and appeal.ending_told_at is None and appeal.expires_at <= work.now + BEFORE_END:
        work.appeals.change(appeal, ending_told_at=work.now)
        await aid_letters.ask(work, appeal, appeal.member_id, aid_endings.ending_of(appeal), part=aid_letters.ASKER)


async def _tell_liaisons(work: UnitOfWork, appeal: Appeal, text: Text) -> None:
    liaisons = [each for each in await work.members.holding(Role.LIAISON.value) if each.id != appeal.member_id]
    await trail.told(work, {each.id: [appeal.member_id] for each in liaisons}, trail.Kind.AID)
    for liaison in liaisons:
        who = await aid_cases.name_for(work, liaison.id, appeal.member_id)
        told = Outgoing(text(who=who, tag=tag(appeal.number), days=_days(work.now - appeal.step_at)))
        await aid_letters.send(work, appeal, liaison.id, told, part=aid_letters.OFFICER, priority=Priority.NOTICE)


def _days(waited: timedelta) -> Text:
    """So many days in words: the program may have been stopped for longer than the one or two that are meant."""
    days = max(1, waited.days)
    return _DAYS.get(days, Text(f" {days} 天", f"{days} days"))


async def _remind_helpers(work: UnitOfWork) -> None:
    due = await work.aid_offers.agreed_before(work.now - REMIND_HELPER, _TOGETHER)
    appeals = await work.appeals.many([each.appeal_id for each in due])
    for each in due:
        work.aid_offers.change(each, reminded_at=work.now)
        appeal = appeals.get(each.appeal_id)
        if appeal is not None and appeal.state == State.OPEN:
            text = REMIND(tag=tag(appeal.number), days=_days(work.now - (each.agreed_at or each.at)))
            ask = Ask(aid_offers.DONE, text, (YES, NOT_YET), aid_offers.LIVES, {"offer": each.id}, card=True)
            await posting.to_member(work, each.member_id, await asking.prepare(work, each.member_id, ask), priority=Priority.REMINDER)
