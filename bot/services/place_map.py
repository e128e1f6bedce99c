"""Who is where, for the map on the web page: by city, with the day on which each last confirmed it. Nothing finer than a city."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.clock import beijing_day
from bot.language import places as gazetteer
from bot.permissions import ROLE_NAMES, Actor, Permission, Role, Subject, require
from bot.render import map_ground
from bot.services import browser_chat, people, place_words, privacy, trail
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.members import Member
from storage.places import CurrentPlace
from storage.unit_of_work import UnitOfWork

STALE = timedelta(days=90)
"""After so long without a word the place may be wrong: the page can show these alone."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody in a city."""

    name: Text
    confirmed: date
    stale: bool
    entered: bool
    """Whether somebody else entered it for them (补录)."""
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class City:
    """A city, or a province of which no city was said, and who is there. `at` is its longitude and latitude, if that is known."""

    code: int
    name: Text
    at: tuple[float, float] | None
    residents: tuple[Resident, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a branch's people are on a day; `hidden` are those who may not be named on this page."""

    branch: Text
    day: date
    cities: tuple[City, ...]
    hidden: int

    @property
    def total(self) -> int:
        """How many have said where they are."""
        return sum(len(each.residents) for each in self.cities) + self.hidden

    @property
    def roles(self) -> list[Role]:
        """The roles that somebody on the map has, in their usual order."""
        held = frozenset[Role]().union(*(each.roles for city in self.cities for each in city.residents))
        return [role for role in Role if role in held]


async def spread(work: UnitOfWork, actor: Actor) -> Spread:
    """Where everybody is who said so and did not withdraw it, the city with most people first.

    The page is our own: what it shows goes from this program to the secretary's browser and over no platform's servers. So consent
    to a platform abroad is not asked for, unless this deployment counts the web among them (`privacy.shown`).
    """
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    kept = {each.member_id: each for each in await work.places.all()}
    there = [each for each in await work.members.present() if each.id in kept]
    members, hidden = await privacy.shown(work, browser_chat.PLATFORM, there)
    await trail.saw(work, actor, [each.id for each in members], Trailed.PLACE)
    branch, day = await work.branches.get(work.branch_id), beijing_day(work.now)
    cities: dict[int, list[Resident]] = {}
    for each in members:
        cities.setdefault(place_words.of(kept[each.id]).city_code, []).append(_resident(each, kept[each.id], day))
    return Spread(Text(branch.name, branch.latin or branch.name), day, _cities(cities), hidden)


def _cities(residents: Mapping[int, Sequence[Resident]]) -> tuple[City, ...]:
    largest_first = sorted(residents.items(), key=lambda city: (-len(city[1]), city[0]))
    return tuple(
        City(code, place_words.listed(gazetteer.place(code)), _position(code), tuple(sorted(here, key=lambda each: each.name.en)))
        for code, here in largest_first
    )


def _position(code: int) -> tuple[float, float] | None:
    return map_ground.degrees(map_ground.middle(code)) if place_words.is_province(gazetteer.place(code)) else gazetteer.position(code)


def _resident(member: Member, kept: CurrentPlace, today: date) -> Resident:
    confirmed = beijing_day(kept.confirmed_at)
    return Resident(people.person(member), confirmed, today - confirmed > STALE, kept.entered_by is not None, _offices(tuple(member.roles)))


@cache
def _offices(roles: tuple[str, ...]) -> frozenset[Role]:
    """What somebody is beside a member; nearly all of thousands are the same."""
    return frozenset(map(Role, roles)) - {Role.MEMBER}


def role_names(roles: Sequence[Role]) -> list[tuple[str, Text]]:
    """Roles by their key, with their names."""
    return [(role.value, ROLE_NAMES[role]) for role in roles]
