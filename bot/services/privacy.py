"""Who may be named where: on a platform abroad only members who agreed to that (RULES.md §7: PIPL art. 38-39)."""

from collections.abc import Sequence

from bot.services import consents, deployment, destinations
from bot.services.consents import Purpose
from bot.services.destinations import Matter
from bot.services.people import person
from bot.texts import Text
from storage.keys import ChatKey, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

MORE = Text("另有 {count} 人，请在网页看。", "{count} more; please look on the web page.")
_SOMEBODY = Text("这位同志", "this person")


async def shown(work: UnitOfWork, platform: str, members: Sequence[Member]) -> tuple[list[Member], int]:
    """Who of several may be named in a chat of a platform, in their order, and how many may not."""
    if not await deployment.asks_consent(work, platform):
        return list(members), 0
    agreed = await work.consents.given([member.id for member in members], Purpose.ABROAD.value)
    named = [member for member in members if member.id in agreed]
    return named, len(members) - len(named)


async def groups(work: UnitOfWork, member_id: MemberId) -> tuple[list[ChatKey], list[ChatKey]]:
    """The branch's groups in which something about a member may stand, and those abroad to which they did not agree."""
    found, agreed = await work.chats.of_branch(), await consents.given(work, member_id, Purpose.ABROAD) is True
    closed = [each.key for each in found if not agreed and await deployment.asks_consent(work, each.key.platform)]
    return [each.key for each in found if each.key not in closed], closed


async def homes(work: UnitOfWork, member_id: MemberId, matter: Matter) -> list[ChatKey]:
    """Where something of a kind about a member is posted: where that is posted and may stand; else where it may stand.

    A branch whose only groups are abroad has no other place: there stands what the member agreed to word by word.
    """
    open_to, _ = await groups(work, member_id)
    wanted = [each.key for each in await destinations.groups(work, matter)]
    return [each for each in wanted if each in open_to] or open_to or wanted


async def named(work: UnitOfWork, platform: str, member: Member) -> Text:
    """A member by name, or without it where nothing about them may be said yet."""
    return person(member) if (await shown(work, platform, [member]))[0] else _SOMEBODY


async def listed(work: UnitOfWork, platform: str, members: Sequence[Member]) -> Text:
    """Several members by name, and how many more there are."""
    open_to_name, hidden = await shown(work, platform, members)
    names = Text.join([person(member) for member in open_to_name], "、", ", ")
    if not hidden:
        return names
    return Text.join([names, MORE(count=hidden)]) if open_to_name else MORE(count=hidden)
