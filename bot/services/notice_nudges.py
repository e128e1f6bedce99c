"""One private nudge to those who have not read an announcement; never a second, never in the group."""

from datetime import timedelta

from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, posting, privacy
from bot.services.asking import Ask, Choice
from bot.services.notice_messages import KEPT, KIND, RECEIVED
from bot.texts import Text, cut
from storage.accounts import Account
from storage.keys import MemberId
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


async def nudge_due(work: UnitOfWork, actor: Actor) -> None:
    """Nudge once, a day after posting, those who have not read an announcement and can be reached."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    due = await work.notices.of_state("open", before=work.now - NUDGE_AFTER, after=work.now - NUDGE_UNTIL)
    due = [notice for notice in due if notice.nudged_at is None]
    if not due:
        return
    reachable = await _reachable(work)
    for notice in reversed(due):
        work.notices.change(notice, nudged_at=work.now)
        readers = await work.notices.readers(notice.id)
        for member_id, account in reachable.items():
            if member_id not in readers and member_id != notice.author_id:
                outgoing = await _nudge(work, notice, member_id)
                await posting.to_member(work, member_id, outgoing, priority=Priority.REMINDER, slot=slot(notice), account=account)


async def _reachable(work: UnitOfWork) -> dict[MemberId, Account]:
    """Where members have a private chat and may be written to; a nudge that waits for anybody would be stale."""
    present = {member.id: member for member in await work.members.present()}
    accounts = [each for each in await work.accounts.of_branch() if each.private_chat and each.member_id in present]
    reachable: dict[MemberId, Account] = {}
    for platform in dict.fromkeys(account.key.platform for account in accounts):
        here = {account.member_id: account for account in reversed(accounts) if account.key.platform == platform}
        named, _ = await privacy.shown(work, platform, [present[member_id] for member_id in here])
        reachable = {member.id: here[member.id] for member in named} | reachable
    return reachable


async def _nudge(work: UnitOfWork, notice: Notice, member_id: MemberId) -> Outgoing:
    head = NUDGE(number=notice.number)
    if len(notice.text) <= _ROOM:
        return await asking.prepare(work, member_id, ask(work, notice, head + Text.plain(notice.text)))
    page = head + Text.plain(cut(notice.text, _PAGE)[0]) + MORE
    return await asking.prepare(work, member_id, ask(work, notice, page, (RECEIVED, WHOLE)))


def ask(work: UnitOfWork, notice: Notice, text: Text, choices: tuple[Choice, ...] = (RECEIVED,)) -> Ask:
    """The question under an announcement in somebody's private chat."""
    return Ask(KIND, text, choices, notice.post_at + KEPT - work.now, {"notice": notice.number}, card=True)


async def refresh(work: UnitOfWork, notice: Notice) -> None:
    """An announcement has new words: so have its nudges."""
    for letter in await work.outbox.in_slots(slot(notice)):
        if letter.member_id is not None:
            outgoing = await _nudge(work, notice, MemberId(letter.member_id))
            await work.outbox.replace(letter, posting.pack(outgoing), letter.not_before)


async def drop(work: UnitOfWork, notice: Notice, member_id: MemberId) -> None:
    """Somebody has read it meanwhile: a nudge that is still on its way to them vanishes."""
    await work.outbox.drop_unsent(slot(notice), member_id)
