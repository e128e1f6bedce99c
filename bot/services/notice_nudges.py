"""One private nudge to those who have not read an announcement; never a second, never in the group."""

from collections.abc import Mapping
from datetime import timedelta

from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, consents, posting, privacy
from bot.services.asking import Ask, Choice
from bot.services.notice_messages import KEPT, KIND, RECEIVED
from bot.texts import Text, cut
from storage.accounts import Account
from storage.keys import AccountKey, BranchId, MemberId
from storage.notices import Notice
from storage.unit_of_work import UnitOfWork

NUDGE_AFTER = timedelta(hours=24)
NUDGE_UNTIL = timedelta(days=7)
"""An announcement older than this is not nudged about any more, should the program have been stopped."""
WHOLE = Choice(Text("看全文", "read all"), ("看全文", "全文"))
NUDGE = Text(
    "有条公告您可能还没看到，看过点“收到”就行：\n【公告 N{number}】",
    "You may not have seen this notice; “received” is enough:\n[N{number}] ",
)
MORE = Text("\n（后面还有，点“看全文”）", "\n(there is more: press “read all”)")
_ROOM, _PAGE = 150, 130


def slot(notice: Notice) -> str:
    """The slot of the nudges about an announcement, one in each private chat."""
    return f"nudge:{notice.id}"


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches with an announcement that somebody may not have seen."""
    return await work.agenda.notices_to_nudge("open", work.now - NUDGE_UNTIL, work.now - NUDGE_AFTER)


async def nudge_due(work: UnitOfWork, actor: Actor) -> None:
    """Nudge once, a day after posting, those who have not read an announcement and can be reached."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    due = await work.notices.of_state("open", before=work.now - NUDGE_AFTER, after=work.now - NUDGE_UNTIL)
    due = [notice for notice in due if notice.nudged_at is None]
    if not due:
        return
    reachable = await _reachable(work)
    for notice in reversed(due):
        work.notices.change(notice, nudged_at=work.now)
        readers = await work.notices.readers(notice.id)
        unread = [member_id for member_id in reachable if member_id not in readers and member_id != notice.author_id]
        await _nudge(work, notice, {member_id: reachable[member_id] for member_id in unread})


async def _nudge(work: UnitOfWork, notice: Notice, reachable: Mapping[MemberId, Account]) -> None:
    """First all questions, then all letters: each kind is written by one statement, however many they are."""
    await work.outbox.prefetch_slots([(work.branch_id, slot(notice))])
    await consents.prefetch_abroad(work, reachable)
    nudges = [(account, await asking.prepare(work, member_id, _ask(work, notice))) for member_id, account in reachable.items()]
    where, until_over = slot(notice), notice.post_at + KEPT - work.now
    for account, nudge in nudges:
        to, urgency = account.member_id, Priority.REMINDER
        await posting.to_member(work, to, nudge, priority=urgency, slot=where, account=account, good_for=until_over)


async def _reachable(work: UnitOfWork) -> dict[MemberId, Account]:
    """Where members have a private chat and may be written to; a nudge that waits for anybody would be stale."""
    return {account.member_id: account for account in reversed(await _writable(work))}


async def _writable(work: UnitOfWork) -> list[Account]:
    """The accounts with a private chat where what concerns their person, a present member, may be written; the last used first."""
    present = {member.id: member for member in await work.members.present()}
    accounts = [each for each in await work.accounts.of_branch() if each.private_chat and each.member_id in present]
    allowed: set[AccountKey] = set()
    for platform in dict.fromkeys(account.key.platform for account in accounts):
        here = {account.key: present[account.member_id] for account in accounts if account.key.platform == platform}
        named = {member.id for member in (await privacy.shown(work, platform, list(here.values())))[0]}
        allowed |= {key for key, member in here.items() if member.id in named}
    return [account for account in accounts if account.key in allowed]


def _ask(work: UnitOfWork, notice: Notice) -> Ask:
    head = NUDGE(number=notice.number)
    if len(notice.text) <= _ROOM:
        return ask(work, notice, head + Text.plain(notice.text))
    return ask(work, notice, head + Text.plain(cut(notice.text, _PAGE)[0]) + MORE, (RECEIVED, WHOLE))


def ask(work: UnitOfWork, notice: Notice, text: Text, choices: tuple[Choice, ...] = (RECEIVED,)) -> Ask:
    """The question under an announcement in somebody's private chat."""
    return Ask(KIND, text, choices, notice.post_at + KEPT - work.now, {"notice": notice.number}, card=True)


async def refresh(work: UnitOfWork, notice: Notice) -> None:
    """An announcement has new words: so have its nudges, wherever their people still are and may be written to."""
    writable = {(account.member_id, account.chat) for account in await _writable(work)}
    asked = {each.member_id: each for each in await work.questions.of_kind(KIND) if each.data["notice"] == notice.number}
    new = _ask(work, notice)
    for letter in await work.outbox.in_slots(slot(notice)):
        if letter.member_id is None or (letter.member_id, letter.chat) not in writable:
            continue
        question = asked.get(letter.member_id)
        if question is not None and len(question.choices) != len(new.choices):
            work.questions.spend(question)
            question = None
        if question is None:
            question = await asking.opened(work, letter.member_id, new)
        outgoing = Outgoing(new.text, await asking.buttons(work, question.id, new))
        await work.outbox.replace(letter, posting.pack(outgoing), letter.not_before)


async def drop(work: UnitOfWork, notice: Notice, member_id: MemberId) -> None:
    """Somebody has read it meanwhile: a nudge that is still on its way to them vanishes."""
    await work.outbox.drop_unsent(slot(notice), member_id)
