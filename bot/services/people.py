"""Finding people by what somebody typed, and naming them."""

from collections.abc import Collection
from datetime import timedelta

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


async def by_name(work: UnitOfWork, name: str) -> Member:
    """The one present member of a name. Raises `NobodyOfThatName`."""
    found = await work.members.named(name)
    if not found:
        raise NobodyOfThatName(NOBODY(name=name[:20]))
    return found[0]


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
    if member is not None and (member.heard_at is None or work.now - member.heard_at > _HEARD_AGAIN):
        await work.members.change(member_id, heard_at=work.now)
