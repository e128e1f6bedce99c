"""Where the branch's people are (分布图): for everybody numbers that find nobody out, for the secretary names by city."""

from collections.abc import Mapping, Sequence

from bot.clock import beijing_day
from bot.language import places as gazetteer
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.regions import Region
from bot.services import distribution_map, map_threshold, place_words, privacy, trail
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Language, Text, too_long
from storage.unit_of_work import UnitOfWork

COUNTS = Text(
    "大家在哪儿（自愿填报，只到市）：{groups}。共{total}人，{day}。", "Where we are (voluntary, by city): {groups}. {total} in all, {day}."
)
TOO_FEW = Text(
    "报了位置的人还少，先不显示，免得看出是谁。", "Too few have said where they are; nothing is shown, so that nobody is found out."
)
BY_CITY = Text("{total} 人报了位置（自愿填报，{day}）：", "{total} have said where they are (voluntary, {day}):")
PICTURE = Text("只到市，您自己看，别往外转。", "By city only; for your own eyes, please do not pass it on.")
NOBODY = Text("还没有人报位置。", "Nobody has said where they are yet.")
_CITY = Text("{city} {count} 人：{names}", "{city}, {count}: {names}")
_GROUP = Text("{region}{count}", "{region} {count}")
_ELSEWHERE = Text("其他地区", "elsewhere")
_REST = Text("{province}其他", "other {province}")

FLAGS = Text(
    "地图上有 {total} 面红旗，一人一面，同一个地方的并成一面、写上人数（自愿填报，{day}）。看图发“分布图”。",
    "{total} flags are on the map, one for each person; those of one place are one flag with a number (voluntary, {day}). "
    "To see it: “map”.",
)
FLAGS_AND_PLACES = Text(
    "地图上有 {total} 面红旗，一人一面，在 {places} 个地方（自愿填报，{day}）。看图发“分布图”。",
    "{total} flags are on the map, one for each person, in {places} places (voluntary, {day}). To see it: “map”.",
)


async def counts(work: UnitOfWork, actor: Actor, language: Language) -> tuple[Text, Drawing | None]:
    """How many people are where, and a map that tells as much and no more; small numbers have merged upwards."""
    require(actor, Permission.SEE_COUNTS, Subject(work.branch_id))
    groups = await map_threshold.groups(work)
    if not groups:
        return TOO_FEW, None
    names = {region: _named(region, groups) for region, _ in [*groups, (None, 0)]}
    day = beijing_day(work.now)
    drawing = distribution_map.picture(groups, names, day=day, language=language)
    blank = COUNTS(groups="{groups}", total=sum(count for _, count in groups), day=day.isoformat())
    while too_long(text := blank(groups=_told(groups, names))):
        groups = _folded(groups)
    return text, drawing


async def flags(work: UnitOfWork, actor: Actor, *, alone: bool) -> Text:
    """How many flags there are, or that they are too few to say so; to who may see places, `alone` with them, in how many places as well.

    Everybody else hears no number of places: it changes when one person goes where nobody else is, which the map does not show.
    """
    require(actor, Permission.SEE_COUNTS, Subject(work.branch_id))
    people = await map_threshold.by_city(work)
    total, day = people.total(), beijing_day(work.now).isoformat()
    if alone and actor.may(Permission.SEE_PLACES):
        return FLAGS_AND_PLACES(total=total, places=len(people), day=day)
    return FLAGS(total=total, day=day) if total >= await map_threshold.fewest(work) else TOO_FEW


def _told(groups: Sequence[tuple[Region, int]], names: Mapping[Region, Text]) -> Text:
    return Text.join((_GROUP(region=names[region], count=count) for region, count in groups), "、", ", ")


def _folded(groups: Sequence[tuple[Region, int]]) -> list[tuple[Region, int]]:
    """The smallest group goes into the other regions, so that all fit into one message."""
    named = [group for group in groups if group[0] is not None]
    others = sum(count for region, count in groups if region is None) + named[-1][1]
    return [*named[:-1], (None, others)]


def _named(region: Region, groups: Sequence[tuple[Region, int]]) -> Text:
    if region is None:
        return _ELSEWHERE
    place = gazetteer.place(region)
    name = place_words.listed(place)
    divided = place_words.is_province(place) and any(each != region and each and each // 10000 == region // 10000 for each, _ in groups)
    return _REST(province=name) if divided else name


async def by_city(work: UnitOfWork, actor: Actor, platform: str, language: Language) -> tuple[Text, list[Text], Drawing | None]:
    """Who is in which city, for those who may know, and a map of every city.

    On a platform abroad only who agreed is named there, and nobody else is on the map.
    """
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    kept = {each.member_id: place_words.of(each) for each in await work.places.all()}
    if not kept:
        return NOBODY, [], None
    members, hidden = await privacy.shown(work, platform, [each for each in await work.members.present() if each.id in kept])
    await trail.saw(work, actor, [each.id for each in members], Trailed.PLACE)
    cities: dict[int, list[Text]] = {}
    for member in members:
        cities.setdefault(kept[member.id].city_code, []).append(person(member))
    largest_first = sorted(cities.items(), key=lambda city: (-len(city[1]), city[0]))
    names: dict[Region, Text] = {code: place_words.listed(gazetteer.place(code)) for code in cities}
    lines = [_CITY(city=names[code], count=len(people), names=Text.join(people, "、", ", ")) for code, people in largest_first]
    more = [privacy.MORE(count=hidden)] if hidden else []
    groups = [(code, len(people)) for code, people in largest_first]
    day = beijing_day(work.now)
    drawing = distribution_map.picture(groups, names, day=day, language=language, below=more) if groups else None
    return BY_CITY(total=len(kept), day=day.isoformat()), lines + more, drawing
