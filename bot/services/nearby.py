"""Whether the branch has people somewhere: numbers that find nobody out, and who offered to be found by others in their city."""

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import places as gazetteer
from bot.language.places import Place
from bot.permissions import Actor, Permission, Subject, require
from bot.services import consents, finding, map_threshold, place_words, privacy, trail
from bot.services.consents import Purpose
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.members import Member
from storage.places import CurrentPlace
from storage.unit_of_work import UnitOfWork

COUNT = Text("{place}有咱们 {count} 位同志（自愿填报，只到市）。", "We have {count} people in {place} (given voluntarily, by city).")
AT_LEAST = Text(
    "{place}至少有咱们 {count} 位同志（自愿填报，只到市）。", "We have at least {count} people in {place} (given voluntarily, by city)."
)
FEW = Text("{place}人数较少，不便显示，免得看出是谁。", "Too few are in {place} to show, so that nobody is found out.")
OFFERED = Text("愿意同城同志联系的：{names}。", "Who may be contacted by others in the city: {names}.")
NAMED = Text("{place}：{names}。", "{place}: {names}.")
NOBODY = Text("{place}还没有人报过位置。", "Nobody has said to be in {place}.")
UNKNOWN = Text("没认出“{words}”是哪里，请写市的名字，如：谁在 哈尔滨", "I do not know “{words}”; please write a city: whoisin Harbin")
SEVERAL = Text("叫“{words}”的地方有好几个：{places}。请写全一点。", "“{words}” may be several places: {places}. Please write which.")
FOUND = Text(
    "好，同城的同志问起，我会说您可以联系。不想了就发“别让人找我”。",
    "Others in your city may find you from now on. To end it send “hideme”.",
)
NO_PLACE = Text(
    "好，记下了。还不知道您在哪座城市，说一声“我在某市”，同城的同志才找得到。",
    "Noted. I do not know your city yet; say “I'm in CITY”, so that others there can find you.",
)
HIDDEN = Text("好，以后不告诉别人可以联系您。", "From now on nobody is told that you may be contacted.")
WHERE = Text("{who}：{place}（{day}确认）。", "{who}: {place} (confirmed {day}).")
NOWHERE = Text("{who}没有报过位置。", "{who} has not said where they are.")
NOT_HERE = Text("这个平台上不能写这位同志的位置，请在网页上看。", "This cannot be written on this platform; please look on the web page.")


async def there(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Text, bool]:
    """How many are in a city or province, and whether names are told with it. Raises `UserError` for what is no single place."""
    require(actor, Permission.SEE_COUNTS, Subject(work.branch_id))
    meant = _one(words)
    kept = [each for each in await work.places.all() if gazetteer.place(each.code).within(meant)]
    if actor.may(Permission.SEE_PLACES):
        return await _all_named(work, actor, meant, kept, platform), True
    # whoever asks city by city finds out no more than who looks at all of 分布图
    groups = await map_threshold.groups(work)
    shown = sum(count for region, count in groups if region is not None and gazetteer.place(region).within(meant))
    # of a province some may be among the other regions; whether they are, nobody learns
    told = AT_LEAST if place_words.is_province(meant) and any(region is None for region, _ in groups) else COUNT
    count = told(place=place_words.listed(meant), count=shown) if shown else FEW(place=place_words.listed(meant))
    offered = await _offered(work, actor, meant, kept, platform)
    return (count + OFFERED(names=_names(offered)), True) if offered else (count, False)


def _one(words: str) -> Place:
    found = place_words.meant(words)
    if not found:
        raise UserError(UNKNOWN(words=words[:20]))
    cities = list(dict.fromkeys(each if place_words.is_province(each) else gazetteer.place(each.city_code) for each in found))
    if len(cities) > 1:
        raise UserError(SEVERAL(words=words[:20], places=Text.join([place_words.full(each) for each in cities[:6]], "、", "; ")))
    return cities[0]


async def _all_named(work: UnitOfWork, actor: Actor, meant: Place, kept: list[CurrentPlace], platform: str) -> Text:
    by_member = {each.member_id: each for each in kept}
    present = [each for each in await work.members.present() if each.id in by_member]
    if not present:
        return NOBODY(place=place_words.listed(meant))
    named, _ = await privacy.shown(work, platform, present)
    await trail.saw(work, actor, [each.id for each in named], Trailed.PLACE)
    return NAMED(place=place_words.listed(meant), names=await privacy.listed(work, platform, present))


async def _offered(work: UnitOfWork, actor: Actor, meant: Place, kept: list[CurrentPlace], platform: str) -> list[Member]:
    """Who may be found by this person: only who asks from the same city."""
    own = await work.places.get(actor.member) if actor.member is not None else None
    if own is None or not gazetteer.place(own.code).within(meant):
        return []
    near = {each.member_id for each in kept if gazetteer.place(each.code).city_code == gazetteer.place(own.code).city_code} - {actor.member}
    willing = await work.consents.given(near, Purpose.CONTACT.value)
    shown, _ = await privacy.shown(work, platform, [each for each in await work.members.present() if each.id in willing])
    await trail.saw(work, actor, [each.id for each in shown], Trailed.PLACE)
    return shown


def _names(members: list[Member]) -> Text:
    return Text.join([person(each) for each in members], "、", ", ")


async def offer(work: UnitOfWork, actor: Actor, *, findable: bool) -> Text:
    """Let others in the same city find the actor, or no longer."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a stranger cannot be found")
    work.consents.put(actor.member, Purpose.CONTACT.value, given=findable)
    if not findable:
        return HIDDEN
    kept = await work.places.get(actor.member)
    agreed = await consents.given(work, actor.member, Purpose.LOCATION)
    return FOUND if kept is not None and agreed else NO_PLACE


async def whereabouts(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Text:
    """Where somebody said to be, for who may see places. Raises `UserError` for nobody of that name."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    member = await finding.by_name(work, name, platform)
    if not (await privacy.shown(work, platform, [member]))[0]:
        return NOT_HERE
    kept = await work.places.get(member.id)
    if kept is None or await consents.given(work, member.id, Purpose.LOCATION) is not True:
        return NOWHERE(who=person(member))
    await trail.saw(work, actor, [member.id], Trailed.PLACE)
    place = place_words.full(place_words.of(kept))
    return WHERE(who=person(member), place=place, day=beijing_day(kept.confirmed_at).isoformat())
