"""An appeal on its way: who may see it, going from one state to the next, and the officers who have to look at it."""

from collections.abc import Sequence
from typing import Any

from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import GRANTS, Actor, Permission, Role, Subject, require
from bot.rules.appeals import LIVE, State, may_become
from bot.services import posting, privacy, trail
from bot.services.aid_words import NONE, state_name, tag
from bot.services.people import person, roles_of
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

NOT_NOW = Text("求助 {tag} 现在是“{state}”，这一步做不了。", "Appeal {tag} is “{state}” now; that cannot be done.")
WORDING = Text("核实了，等本人看发群的话", "verified; waiting for its person to approve the words")
ENDED = Text("求助 {tag} 已经结束了，谢谢您的好心。", "Appeal {tag} is over. Thank you for your kindness.")
ON_THE_WEB = Text(
    "求助 {tag} 的内容不能写在这里，请发“网页”打开网页，再发“待核实”。",
    "What appeal {tag} says may not be written here: send “web”, open the page and send “appeals”.",
)
SOMEBODY = Text("有一位同志", "somebody")


def become(work: UnitOfWork, appeal: Appeal, following: State, **values: Any) -> Appeal:
    """Take an appeal to another state. Raises `UserError` where the table of transitions does not allow it."""
    if not may_become(appeal.state, following):
        raise UserError(not_now(appeal))
    return work.appeals.change(appeal, state=following.value, step_at=work.now, **values)


def speaker(work: UnitOfWork, actor: Actor, permission: Permission) -> MemberId:
    """The member who acts for themselves. Raises `NotAllowed`, and `LookupError` for a job or the operator."""
    require(actor, permission, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("only a member asks for help or offers it")
    return actor.member


def not_now(appeal: Appeal) -> Text:
    """Why a step cannot be taken in the state an appeal is in; whoever asks, not only its person."""
    return NOT_NOW(tag=tag(appeal.number), state=WORDING if appeal.state == State.WORDING else state_name(appeal))


async def own_or_verified(work: UnitOfWork, actor: Actor, number: int) -> Appeal:
    """An appeal of the one who speaks, or any that was sent to the officers if they are one. Raises `UserError` otherwise."""
    appeal = await work.appeals.numbered(number)
    if appeal is None:
        raise UserError(NONE)
    if appeal.member_id != actor.member and (not actor.may(Permission.VERIFY_AID) or appeal.state == State.DRAFT):
        raise UserError(NONE)
    await trail.saw(work, actor, [appeal.member_id], Trailed.AID)
    return appeal


async def open_one(work: UnitOfWork, number: int) -> Appeal:
    """An appeal that the group can read. Raises `UserError`."""
    appeal = await work.appeals.numbered(number)
    if appeal is None or appeal.posted_at is None:
        raise UserError(NONE)
    asker = await work.members.get(appeal.member_id)
    if appeal.state != State.OPEN or asker is None or asker.removed_at is not None:
        raise UserError(ENDED(tag=tag(number)))
    return appeal


async def live_of(work: UnitOfWork, member_id: MemberId) -> list[Appeal]:
    """What a member asks for and has not ended yet, the newest first."""
    return [each for each in await work.appeals.of(member_id) if each.state in LIVE]


async def officers(work: UnitOfWork, without: MemberId) -> Sequence[Member]:
    """Those who verify appeals, but for the one who asked."""
    roles = {role for role in Role if Permission.VERIFY_AID in GRANTS[role]}
    return [each for each in await work.members.present() if roles & roles_of(each) and each.id != without]


async def name_for(work: UnitOfWork, reader: MemberId, about: MemberId) -> Text:
    """How one member is named to another, where that one reads; 有一位同志 where no name may stand."""
    member = await work.members.get(about)
    return person(member) if member is not None and await may_read(work, reader, member) else SOMEBODY


async def may_read(work: UnitOfWork, reader: MemberId, about: Member) -> bool:
    """Whether what concerns a member may be written where another reads (PIPL art. 38-39)."""
    named, _ = await privacy.shown(work, await posting.read_on(work, reader), [about])
    return bool(named)


async def tell(work: UnitOfWork, member_id: MemberId, text: Text, priority: Priority = Priority.NOTICE) -> None:
    """Tell a member something unasked, in private."""
    await posting.to_member(work, member_id, Outgoing(text), priority=priority)
