"""Whom the care fund's matters go to: those who keep its books and those who may agree to a payment."""

from collections.abc import Collection

from bot.messages import Outgoing, Priority
from bot.permissions import Permission
from bot.services import asking, people, posting, privacy
from bot.services.asking import Ask
from bot.texts import Text
from storage.accounts import Account
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork


async def holding(work: UnitOfWork, permission: Permission, without: Collection[int | None] = ()) -> list[Member]:
    """Present members whose roles give a permission, but for some."""
    return [each for each in await work.members.present() if each.id not in without and people.actor_of(each).may(permission)]


async def groups_wait(work: UnitOfWork) -> bool:
    """Whether what was just posted waits until a morning, in the branch's own time."""
    return bool(await posting.until_posted(work))


async def card(work: UnitOfWork, to: MemberId, ask: Ask, slot: str | None = None) -> None:
    """Put a question that stays open beside others before an officer; with a `slot` it can be taken out while it is unsent."""
    await posting.to_member(work, to, await asking.prepare(work, to, ask), priority=Priority.NOTICE, slot=slot)


async def tell(work: UnitOfWork, to: MemberId | None, text: Text, account: Account | None = None) -> None:
    """Let a member know in private, if they still are one; through `account` where the caller knows it already."""
    if to is not None:
        await posting.to_member(work, to, Outgoing(text), priority=Priority.NOTICE, account=account)


async def named_to(work: UnitOfWork, reader: MemberId, member_id: MemberId) -> Text:
    """A member as they may be named to a reader where that one is reached; by no name once they have left."""
    member = await work.members.get(member_id)
    if member is None:
        return Text("一位已离开的同志", "somebody who has left")
    return await privacy.named(work, await posting.read_on(work, reader), member)
