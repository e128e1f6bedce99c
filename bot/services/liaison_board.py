"""The board of liaisons: who looks after whom and what is due, who has nobody, and suggestions with their reasons. No marks, no ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.clock import beijing_day
from bot.language import places as gazetteer
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import liaisons as rules
from bot.rules.liaisons import Reason, Somebody, Suggestion
from bot.services import liaison_assigning, liaison_policies, people, trail
from bot.services.liaison_policies import Measure
from bot.texts import Text
from storage.care_contacts import Count
from storage.keys import MemberId
from storage.liaisons import Assignment
from storage.members import Member
from storage.unit_of_work import UnitOfWork

REASON_NAMES: Mapping[Reason, Text] = {
    Reason.GROUP: Text("同一个党小组", "the same party group"),
    Reason.CITY: Text("现在同城", "in the same city now"),
    Reason.HOMETOWN: Text("同县老乡", "from the same county"),
    Reason.HOME_CITY: Text("同市老乡", "from the same prefecture"),
    Reason.FEWEST: Text("手上的人最少", "looks after fewest"),
}
TALK_DUE, VISIT_DUE = Text("该谈心了", "a talk is due"), Text("该走访了", "a visit is due")
UNHEARD, NEVER = Text("{day} 以来没有消息", "not heard of since {day}"), Text("还没有过消息", "never heard of yet")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is looked after. `dues`, what is due, is empty where nothing is, and for who may see counts only."""

    member: Member
    since: date
    talks: int = 0
    visits: int = 0
    dues: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """A liaison and whom they look after."""

    liaison: Member
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion in words; `number` is how it is confirmed."""

    number: int
    member: Member
    liaison: Member
    reasons: Text


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of the branch without names: how many are looked after, and how many were met this year."""

    assigned: int
    unassigned: int
    talked: int
    visited: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about who looks after whom."""

    measure: Measure
    loads: Sequence[Load]
    unassigned: Sequence[Member]
    suggestions: Sequence[Proposed]
    counts: Counts


async def board(work: UnitOfWork, actor: Actor) -> Board:
    """Each liaison with their people and what is due, who has nobody, suggestions. The deputy sees of talks and visits counts only."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    present = {each.id: each for each in await work.members.present()}
    measure, current = await liaison_policies.measure(work), await work.liaisons.current()
    met = await _met(work, [each.member_id for each in current])
    detailed = actor.may(Permission.LIAISE)
    loads = [
        Load(
            each,
            [
                _person(work, present[held.member_id], held, measure, met, detailed=detailed)
                for held in current
                if held.liaison_id == each.id
            ],
        )
        for each in present.values()
        if people.actor_of(each).may(Permission.LIAISE)
    ]
    without = await _unassigned(work, list(present.values()), current)
    proposed = await _proposed(work, actor, without, present, current=current, measure=measure)
    counts = _counts(work, current, len(without), met)
    await trail.saw(work, actor, [*(each.member_id for each in current), *(each.id for each in without)], trail.Kind.LIAISON)
    return Board(measure, loads, without, proposed, counts)


async def own(work: UnitOfWork, actor: Actor) -> list[Person]:
    """Whom the actor looks after, and what is due with each."""
    require(actor, Permission.LIAISE, Subject(work.branch_id))
    held = await of_liaison(work, actor.member) if actor.member is not None else []
    await trail.saw(work, actor, [each.member.id for each in held], trail.Kind.LIAISON)
    return held


async def of_liaison(work: UnitOfWork, liaison_id: MemberId) -> list[Person]:
    """Whom a liaison looks after, those first who have waited longest for a sign."""
    held = [each for each in await work.liaisons.current() if each.liaison_id == liaison_id]
    if not held:
        return []
    measure, met = await liaison_policies.measure(work), await _met(work, [each.member_id for each in held])
    await work.members.prefetch(each.member_id for each in held)
    members = [(await people.present(work, each.member_id), each) for each in held]
    return [_person(work, member, each, measure, met, detailed=True) for member, each in members]


async def by_liaison(work: UnitOfWork) -> dict[MemberId, list[Person]]:
    """Whom each liaison who is here looks after, and what is due: for what is told unasked. One statement a table."""
    present = {each.id: each for each in await work.members.present()}
    measure, current = await liaison_policies.measure(work), await work.liaisons.current()
    met = await _met(work, [each.member_id for each in current])
    held: dict[MemberId, list[Person]] = {}
    for each in current:
        if each.liaison_id in present and each.member_id in present:
            person = _person(work, present[each.member_id], each, measure, met, detailed=True)
            held.setdefault(present[each.liaison_id].id, []).append(person)
    return held


async def unassigned(work: UnitOfWork, actor: Actor) -> list[Member]:
    """Who has no liaison; without those who want none, and those who look after others."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    without = await _unassigned(work, await work.members.present(), await work.liaisons.current())
    await trail.saw(work, actor, [each.id for each in without], trail.Kind.LIAISON)
    return without


async def how_many_unassigned(work: UnitOfWork) -> int:
    """How many have no liaison, for a count that names nobody."""
    return len(await _unassigned(work, await work.members.present(), await work.liaisons.current()))


async def suggestions(work: UnitOfWork, actor: Actor) -> list[Proposed]:
    """A suggestion for each who has nobody, as far as there is room."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    present = {each.id: each for each in await work.members.present()}
    current = await work.liaisons.current()
    without = await _unassigned(work, list(present.values()), current)
    await trail.saw(work, actor, [each.id for each in without], trail.Kind.LIAISON)
    return await _proposed(work, actor, without, present, current=current, measure=await liaison_policies.measure(work))


async def _unassigned(work: UnitOfWork, present: Sequence[Member], current: Sequence[Assignment]) -> list[Member]:
    taken, wishes = {each.member_id for each in current}, await work.liaisons.wishes()
    wanting = [each for each in present if each.id not in wishes or wishes[each.id].liaison]
    return [each for each in wanting if each.id not in taken and not people.actor_of(each).may(Permission.LIAISE)]


async def _proposed(
    work: UnitOfWork,
    actor: Actor,
    without: Sequence[Member],
    present: Mapping[MemberId, Member],
    *,
    current: Sequence[Assignment],
    measure: Measure,
) -> list[Proposed]:
    liaisons = [each for each in present.values() if people.actor_of(each).may(Permission.LIAISE)]
    known = await _facts(work, actor)
    found = rules.suggest(
        [known.get(each.id, Somebody(each.id)) for each in without],
        [known.get(each.id, Somebody(each.id)) for each in liaisons],
        {int(liaison): count for liaison, count in liaison_assigning.loads(current).items()},
        measure.cap,
        {(int(member), int(liaison)) for member, liaison in await work.liaisons.declined(work.now - liaison_assigning.REFUSED_FOR)},
    )
    return [_told(number, each, present) for number, each in enumerate(found, 1)]


async def _facts(work: UnitOfWork, actor: Actor) -> dict[int, Somebody]:
    """What brings people together, as far as the actor may see it: of cities only those of who agreed that theirs is kept."""
    may_see_places, may_see_register = actor.may(Permission.SEE_PLACES), actor.may(Permission.SEE_REGISTER)
    cities = {each.member_id: gazetteer.place(each.code).city_code for each in await work.places.all()} if may_see_places else {}
    entries = await work.register.all() if may_see_register else {}
    groups = await work.units.grouped(work.branch_id) if may_see_register else {}
    known = {*cities, *entries, *groups}
    return {each: Somebody(each, cities.get(each), entries[each].hometown if each in entries else None, groups.get(each)) for each in known}


def _told(number: int, found: Suggestion, present: Mapping[MemberId, Member]) -> Proposed:
    reasons = Text.join([REASON_NAMES[each] for each in found.reasons], "、", ", ")
    return Proposed(number, present[MemberId(found.member)], present[MemberId(found.liaison)], reasons)


Met = Mapping[tuple[MemberId, str], Count]


async def _met(work: UnitOfWork, members: Sequence[MemberId]) -> Met:
    """How often members were met since the beginning of last year, by member and kind."""
    return await work.care_contacts.counts(date(beijing_day(work.now).year - 1, 1, 1), members) if members else {}


def _person(work: UnitOfWork, member: Member, held: Assignment, measure: Measure, met: Met, *, detailed: bool) -> Person:
    since, today = beijing_day(held.since), beijing_day(work.now)
    if not detailed:
        return Person(member, since)
    talk, visit = met.get((member.id, "talk")), met.get((member.id, "visit"))
    dues = []
    if is_silent(work, member):
        dues.append(UNHEARD(day=beijing_day(member.heard_at).isoformat()) if member.heard_at is not None else NEVER)
    if rules.is_due(talk.last if talk is not None else None, since, today, measure.talks):
        dues.append(TALK_DUE)
    if rules.is_due(visit.last if visit is not None else None, since, today, measure.visits):
        dues.append(VISIT_DUE)
    return Person(member, since, talk.times if talk is not None else 0, visit.times if visit is not None else 0, tuple(dues))


def is_silent(work: UnitOfWork, member: Member) -> bool:
    """Whether somebody has not been heard of for long; who has no signal is not silent."""
    if member.away_since is not None:
        return False
    return member.heard_at is None or member.heard_at < work.now - rules.SILENT


def _counts(work: UnitOfWork, current: Sequence[Assignment], without: int, met: Met) -> Counts:
    year = beijing_day(work.now).year
    talked, visited = (sum(each.last.year == year for (_, of), each in met.items() if of == kind) for kind in ("talk", "visit"))
    return Counts(len(current), without, talked, visited)
