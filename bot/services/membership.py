"""Founding a branch, and who leaves and comes back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language.names import latin
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import asking, finding, invitations, liaison_cards, people, roles, trail
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

RESTORABLE = timedelta(days=30)
NO_SECRETARY = Text("支部里没有这样一位书记。", "The branch has no such secretary.")
WHICH = Text("有几位书记：{names}。请写明是哪一位。", "There are several secretaries: {names}. Please name one.")
NOBODY_REMOVED = Text("三十天内没有移除过“{name}”。", "Nobody called “{name}” was removed within thirty days.")
SAME_NAME = Text("现在已有一位同名的成员，不能恢复。", "There is a member of that name now, so this cannot be done.")
GONE = Text("这位同志已经不在名单上了。", "They are no longer on the list.")


async def found(work: UnitOfWork, actor: Actor, branch_name: str, secretary_name: str) -> str:
    """Found a branch with its secretary; answers the one-time code by which they bind themselves."""
    require(actor, Permission.FOUND)
    branch = work.branches.add(branch_name, latin(branch_name))
    work.enter(branch.id)
    secretary = work.members.add(secretary_name, latin(secretary_name), [Role.MEMBER.value, Role.SECRETARY.value])
    return await invitations.issue(work, secretary.id)


async def new_secretary_code(work: UnitOfWork, actor: Actor, name: str | None = None) -> str:
    """A new code for a secretary of the entered branch, by name where there are several. Raises `UserError` if it is not clear."""
    require(actor, Permission.FOUND, Subject(work.branch_id))
    found = [each for each in await work.members.holding(Role.SECRETARY.value) if name in {None, each.name, each.latin}]
    if not found:
        raise UserError(NO_SECRETARY)
    if len(found) > 1:
        raise UserError(WHICH(names=Text.join([people.person(each) for each in found], "、", ", ")))
    return await invitations.issue(work, found[0].id)


async def to_remove(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """The member of a name, if they can be removed."""
    require(actor, Permission.REMOVE, Subject(work.branch_id))
    member = await finding.by_name(work, name, platform)
    await roles.keep_a_secretary(work, member.id)
    return member


async def remove(work: UnitOfWork, actor: Actor, member_id: MemberId) -> None:
    """End a person's access at once: roles, accounts and data rest for 30 days, sessions and unsent letters are gone."""
    require(actor, Permission.REMOVE, Subject(work.branch_id))
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None:
        raise UserError(GONE)
    await roles.keep_a_secretary(work, member_id)
    await work.members.change(member_id, removed_at=work.now)
    await trail.changed(work, actor, [member_id], Trailed.MEMBERSHIP)
    await liaison_cards.gone(work, member)
    await work.links.revoke(member_id)
    await work.invites.revoke(member_id)
    await work.outbox.drop_for(member_id)
    await work.questions.drop_for(member_id)
    await asking.forget_pages(work)
    if actor.member is not None:
        work.deeds.add(actor.member, "removed", {"member": member_id})


async def restore(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """Bring back who was removed within 30 days, with their roles and accounts; of several of one name the last removed."""
    require(actor, Permission.REMOVE, Subject(work.branch_id))
    removed = await work.members.removed_named(name, work.now - RESTORABLE)
    one_each = list({each.name: each for each in reversed(removed)}.values())
    member = await finding.the_one(work, one_each, name, platform)
    if member is None:
        raise UserError(NOBODY_REMOVED(name=name[:20]))
    await _bring_back(work, actor, member)
    if actor.member is not None:
        work.deeds.add(actor.member, "restored", {"member": member.id})
    return member


async def undo_removal(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Bring back whom the actor has just removed."""
    require(actor, Permission.REMOVE, Subject(work.branch_id))
    member = await work.members.get(data["member"])
    if member is not None and member.removed_at is not None:
        await _bring_back(work, actor, member)
        await liaison_cards.back(work, member.id)


async def _bring_back(work: UnitOfWork, actor: Actor, member: Member) -> None:
    if any(each.name == member.name for each in await work.members.named(member.name)):
        raise UserError(SAME_NAME)
    await work.members.change(member.id, removed_at=None)
    await trail.changed(work, actor, [member.id], Trailed.MEMBERSHIP)
