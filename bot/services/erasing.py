"""Erasing people and what is theirs, and remembering by numbers that it was done: a back-up of before must not bring it back.

Of a member who left nothing stays but numbers: the lines of the ledgers (《会计档案管理办法》: ten years and more) and the trail (PIPL
art. 56: three years) name no member, and with the member's row nothing leads from the number to a person any more.
"""

from collections.abc import Collection, Iterable

from bot.clock import beijing_day
from bot.permissions import Actor, ActorKind, Permission, Subject, require
from bot.services import trail
from bot.texts import Text
from storage import tombstones
from storage.keys import BranchId, MemberId
from storage.tombstones import Tombstone
from storage.unit_of_work import UnitOfWork

_WHAT = {
    tombstones.OWN: Text("您自己的资料", "what is yours"),
    tombstones.PLACE: Text("位置", "your place"),
    tombstones.CHECK_IN: Text("报平安", "check-ins"),
    tombstones.CONTACT: Text("手机号", "your telephone number"),
    tombstones.STUDY: Text("学习记录", "what you read"),
    tombstones.REFLECTION: Text("一篇心得", "a reflection"),
}
_ERASED = Text("{day} 删了{what}", "{day}: {what}")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What who asks has erased."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    return [_ERASED(day=beijing_day(each.at).isoformat(), what=_WHAT[each.what]) for each in await work.tombstones.of(actor.member)]


async def members(work: UnitOfWork, actor: Actor, gone: Collection[MemberId]) -> None:
    """Erase members of this branch with all that is known of them."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await trail.erased(work, actor, gone, trail.Kind.MEMBERSHIP)
    work.tombstones.add(gone, tombstones.MEMBER)
    await work.tombstones.erase_members(gone)


async def take_over(work: UnitOfWork, stones: Iterable[Tombstone]) -> dict[BranchId, list[MemberId]]:
    """After a restore: put on the list what was erased since, erase again what members erased of theirs.

    Answers who is here again although they were erased, by branch.
    """
    # What the back-up knows was erased before it was made; what has been set since then stays.
    for each in await work.tombstones.take_over(stones):
        if each.what != tombstones.MEMBER:
            await work.tombstones.erase(each)
    listed = await work.tombstones.all()
    back: dict[BranchId, list[MemberId]] = {}
    for branch, member in await work.tombstones.members_here(listed):
        back.setdefault(branch, []).append(member)
    return back


async def again(work: UnitOfWork, branch: BranchId, gone: Collection[MemberId]) -> None:
    """Erase members of a branch whom a back-up brought back."""
    work.enter(branch)
    actor = Actor(ActorKind.JOB, branch, None, frozenset())
    await trail.erased(work, actor, gone, trail.Kind.MEMBERSHIP)
    await work.tombstones.erase_members(gone)
