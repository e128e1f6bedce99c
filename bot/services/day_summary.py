"""What those who keep a branch hear once a day in one message, instead of a ping each time: which flags have moved."""

from collections.abc import Sequence

from bot.language import places as gazetteer
from bot.permissions import Actor, Permission, Subject, holders, require
from bot.services import place_words, posting, privacy, trail
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.members import Member
from storage.places import CurrentPlace
from storage.unit_of_work import UnitOfWork

MOVED = Text("红旗动了 {count} 面：{names}。看图发“分布图”。", "Flags moved: {count}. {names}. To see the map: “map”.")
MOVED_UNNAMED = Text("红旗动了 {count} 面，请在网页看。", "Flags moved: {count}; please look on the web page.")
_TO = Text("{person}在{city}", "{person} in {city}")


async def where_any(work: UnitOfWork) -> set[BranchId]:
    """The branches of which there is something to tell."""
    return await work.agenda.moved()


async def gather(work: UnitOfWork, actor: Actor) -> dict[MemberId, list[Text]]:
    """What each who may know hears today, a line for each matter; it is not told again."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    moved = {each.member_id: each for each in await work.places.moved()}
    present = await work.members.present()
    movers = [each for each in present if each.id in moved]
    roles = {each.value for each in holders(Permission.SEE_PLACES)}
    keepers = [each for each in present if each.roles & roles]
    if movers and not keepers:
        return {}  # it waits for the next secretary
    await work.places.told()
    if not movers:
        return {}
    accounts = await posting.reached_of_branch(work)
    platforms = {each.id: posting.platform_of(accounts.get(each.id)) for each in keepers}
    await trail.told(work, platforms, list(moved), Trailed.PLACE)
    lines = {platform: await _flags(work, platform, movers, moved) for platform in set(platforms.values())}
    return {member: [lines[platform]] for member, platform in platforms.items()}


async def _flags(work: UnitOfWork, platform: str, movers: Sequence[Member], moved: dict[MemberId, CurrentPlace]) -> Text:
    """One line about flags: who may be named on a platform, and how many there are besides."""
    named, hidden = await privacy.shown(work, platform, movers)
    if not named:
        return MOVED_UNNAMED(count=hidden)
    names = [_TO(person=person(each), city=_city(moved[each.id])) for each in named]
    return MOVED(count=len(named), names=Text.join(names, "、", ", ")) + (privacy.MORE(count=hidden) if hidden else Text("", ""))


def _city(kept: CurrentPlace) -> Text:
    return place_words.listed(gazetteer.place(place_words.of(kept).city_code))
