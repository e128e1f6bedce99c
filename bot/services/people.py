"""People: naming them, what they are, and that they were heard of. Finding one by name is `finding`."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.permissions import ROLE_NAMES, Actor, ActorKind, Role
from bot.texts import Text
from storage.accounts import Account
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork


class NobodyOfThatName(UserError):
    """No present member has the name."""


NOBODY = Text("没有找到“{name}”，请看看名字写对没有。", "There is nobody called “{name}” here. Please check the name.")


def person(member: Member) -> Text:
    """How a person is named: in characters, for English readers in latin letters."""
    return Text(member.name, member.latin)


def roles_of(member: Member) -> frozenset[Role]:
    """The roles of a member; somebody removed is a stranger."""
    if member.removed_at is not None:
        return frozenset({Role.STRANGER})
    return frozenset(Role(role) for role in member.roles) or frozenset({Role.MEMBER})


def titles(member: Member) -> Text:
    """The roles of a member in words."""
    return named_roles(roles_of(member))


def named_roles(roles: Collection[Role]) -> Text:
    """Roles in words, in their usual order."""
    return Text.join([ROLE_NAMES[role] for role in Role if role in roles], "、", ", ")


def actor_of(member: Member) -> Actor:
    """A member as somebody who acts."""
    return Actor(ActorKind.PERSON, member.branch_id, member.id, roles_of(member), member.name)


async def present(work: UnitOfWork, member_id: MemberId) -> Member:
    """A present member by id, as things are now in this transaction. Raises `LookupError` if there is none."""
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None:
        raise LookupError(f"no member {member_id}")
    return member


async def is_present(work: UnitOfWork, account: Account) -> bool:
    """Whether an account is a present member's, as things are now in this transaction."""
    if account.removed or work.entered != account.branch_id:
        return False
    member = await work.members.get(account.member_id)
    return member is not None and member.removed_at is None


_HEARD_AGAIN = timedelta(minutes=10)


async def heard(work: UnitOfWork, member_id: MemberId) -> None:
    """Note a sign of life: a deed towards the bot. To the ten minutes; nobody is watched closer."""
    member = await work.members.get(member_id)
    if member is not None and (sign := sign_of_life(work, member)):
        await work.members.change(member_id, **sign)


def sign_of_life(work: UnitOfWork, member: Member) -> dict[str, datetime]:
    """What a deed of a member's own changes about them: nothing, if they were heard of within ten minutes."""
    fresh = member.heard_at is not None and work.now - member.heard_at < _HEARD_AGAIN
    return {} if fresh else {"heard_at": work.now}


async def spoke_of(work: UnitOfWork, member_id: MemberId, matter: str) -> None:
    """Note which matter a member asked about last, so that 依据 alone is understood."""
    member = await work.members.get(member_id)
    if member is not None and member.matter != matter:
        await work.members.change(member_id, matter=matter)


async def spoken_with(work: UnitOfWork, member_id: MemberId) -> list[str | None]:
    """Note that somebody else was in touch with a member; answers what was noted and what before, for `not_spoken_with`.

    It is noted as ten minutes old, so that a sign of life of the member's own is always newer and outlasts an undo.
    """
    member, noted = await present(work, member_id), work.now - _HEARD_AGAIN
    if member.heard_at is not None and member.heard_at >= noted:
        return []
    await work.members.change(member_id, heard_at=noted)
    return [noted.isoformat(), member.heard_at.isoformat() if member.heard_at else None]


async def not_spoken_with(work: UnitOfWork, member_id: MemberId, noted: Sequence[str | None]) -> None:
    """Take that back, unless the member has been heard of since."""
    member = await work.members.get(member_id)
    if not noted or member is None or member.heard_at is None or member.heard_at.isoformat() != noted[0]:
        return
    await work.members.change(member_id, heard_at=datetime.fromisoformat(noted[1]) if noted[1] else None)
