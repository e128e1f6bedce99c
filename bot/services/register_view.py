"""名册: the register as lists and pages show it – filtered by words, one person whole, and what was changed about them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import beijing_day
from bot.language.places import Place
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import register as rules
from bot.rules.register import Clear, Field, How
from bot.services import people, place_words, register_values, trail
from bot.services.register import Change, Entry, written
from bot.services.register_filters import Known, conditions, disclosed
from bot.services.register_values import NAMES
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from storage.vault import Unopened

NAME = "name"
"""How the history calls a change of name, which is no column of the register."""
CLEAR_NAMES = {
    Clear.REASON: Text("外出原因", "reason"),
    Clear.TIME: Text("离开时间", "time"),
    Clear.PLACE: Text("地点", "place"),
    Clear.EMPLOYER: Text("单位", "employer"),
    Clear.CONTACT: Text("电话", "contact"),
}
HOW_NAMES = {
    How.OWN: Text("本人", "by themselves"),
    How.ENTERED: Text("补录", "entered"),
    How.IMPORTED: Text("导入", "imported"),
    How.REPORTED: Text("报到或联系", "reported or met"),
    How.UNDONE: Text("撤销", "undone"),
}
LOST = Text("（密钥不在，打不开）", "(its key is missing)")
NOTHING = Text("没有", "nothing")
_NAME = Text("姓名", "name")
_SOMEBODY_GONE = Text("一位已离开的同志", "somebody who left")
_PROGRAM = Text("系统", "the program")


@dataclass(frozen=True, slots=True)
class Line:
    """One of a list: a member, their entry, where they are, who looks after them, days since it was confirmed, what is not clear."""

    member: Member
    entry: Entry
    place: Place | None
    liaison: Member | None
    days: int | None
    missing: Sequence[Clear]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a history: when, who, how, what, from what to what."""

    at: datetime
    who: Text
    how: Text
    what: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything that the register holds of a person; `fields` those that hold something, in their order."""

    line: Line
    fields: Mapping[Field, Text]
    history: Sequence[Step]


async def filtered(work: UnitOfWork, actor: Actor, words: str) -> list[Line]:
    """The members that words choose (all for none), by the alphabet. Raises `UserError` where they mean nothing."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    lines = seen_by(actor, await all_lines(work))
    chosen = await conditions(work, words, beijing_day(work.now))
    found = [each for each in lines if all(condition(_known(each)) for condition in chosen)]
    await trail.saw(work, actor, [each.member.id for each in found], trail.Kind.REGISTER)
    await trail.saw(work, actor, [each.member.id for each in found if each.place is not None], trail.Kind.PLACE)
    for kind in disclosed(words):
        await trail.saw(work, actor, [each.member.id for each in found], kind)
    return found


def _known(line: Line) -> Known:
    return Known(line.member, line.entry, line.place, line.liaison, line.missing)


def seen_by(actor: Actor, lines: Sequence[Line]) -> list[Line]:
    """Lines as somebody may see them: where others are only for who may see places; that it is known is told by `missing`."""
    if actor.may(Permission.SEE_PLACES):
        return list(lines)
    return [each if each.member.id == actor.member else replace(each, place=None) for each in lines]


async def all_lines(work: UnitOfWork) -> list[Line]:
    """Everybody, by one statement a table. Notes nothing in the trail: for counting, and for who notes it themselves."""
    members = {each.id: each for each in await work.members.present()}
    entries = await work.register.all()
    places = {each.member_id: place_words.of(each) for each in await work.places.all()}
    liaisons = {each.member_id: members.get(each.liaison_id) for each in await work.liaisons.current() if each.liaison_id is not None}
    line: Callable[[Member], Line] = lambda each: _line(  # noqa: E731  it closes over what was read for all
        work, each, entries.get(each.id) or Entry(each.id), places.get(each.id), liaisons.get(each.id)
    )
    return [line(each) for each in members.values()]


def _line(work: UnitOfWork, member: Member, entry: Entry, place: Place | None, liaison: Member | None) -> Line:
    held = [field for field in rules.CLEARS if entry.holds(field.value)]
    days = None if entry.confirmed_on is None else (beijing_day(work.now) - entry.confirmed_on).days
    return Line(member, entry, place, liaison, days, rules.missing(held, place=place is not None))


async def person(work: UnitOfWork, actor: Actor, member_id: MemberId) -> PersonView:
    """All of one member, with the history: for those who keep or see the register, and for the member."""
    needed = Permission.OWN_DATA if actor.member == member_id else Permission.SEE_REGISTER
    require(actor, needed, Subject(work.branch_id, member_id))
    member, entry = await people.present(work, member_id), await work.register.of(member_id)
    place = await work.places.get(member_id)
    looked_after = next((each for each in await work.liaisons.of(member_id) if each.until is None), None)
    liaison = await work.members.get(looked_after.liaison_id) if looked_after is not None and looked_after.liaison_id else None
    [line] = seen_by(actor, [_line(work, member, entry, place_words.of(place) if place else None, liaison)])
    held = {
        trail.Kind.CONTACT: entry.holds("phone"),
        trail.Kind.PLACE: line.place is not None,
        trail.Kind.LIAISON: line.liaison is not None,
    }
    for kind in (trail.Kind.REGISTER, *(kind for kind, there in held.items() if there)):
        await trail.saw(work, actor, [member_id], kind)
    return PersonView(line, told(entry), await _steps(work, member_id))


def told(entry: Entry) -> dict[Field, Text]:
    """What is kept, in words."""
    return {field: value(entry, field) for field in Field if entry.holds(field.value)}


def value(entry: Entry, field: Field) -> Text:
    """What stands in a field, in words; that its key is missing, where it cannot be opened."""
    try:
        return said(field, written(entry, field))
    except Unopened:
        return LOST


def said(field: Field, words: str | None) -> Text:
    """A written value in words."""
    if words is None:
        return NOTHING
    return register_values.spoken(field, words)


async def history(work: UnitOfWork, actor: Actor, member_id: MemberId) -> list[Step]:
    """Who changed what of a member and when, the newest first."""
    needed = Permission.OWN_DATA if actor.member == member_id else Permission.SEE_REGISTER
    require(actor, needed, Subject(work.branch_id, member_id))
    steps = await _steps(work, member_id)
    await trail.saw(work, actor, [member_id], trail.Kind.REGISTER)
    if any(each.what == register_values.NAMES[Field.PHONE] for each in steps):
        await trail.saw(work, actor, [member_id], trail.Kind.CONTACT)
    return steps


async def _steps(work: UnitOfWork, member_id: MemberId) -> list[Step]:
    changes = await work.register.changes(member_id)
    beside = {each.batch for each in changes if each.field != Field.CONFIRMED_ON}
    shown = [each for each in changes if each.field != Field.CONFIRMED_ON or each.batch not in beside]
    await work.members.prefetch({each.by for each in shown if each.by is not None})
    return [await _step(work, each) for each in shown]


async def _step(work: UnitOfWork, each: Change) -> Step:
    by = await work.members.get(each.by) if each.by is not None else None
    who = _PROGRAM if each.by is None else people.person(by) if by is not None else _SOMEBODY_GONE
    what = _NAME if each.field == NAME else NAMES[Field(each.field)]
    return Step(each.at, who, HOW_NAMES[How(each.how)], what, *(_half(each, part) for part in ("before", "after")))


def _half(change: Change, part: str) -> Text:
    try:
        words: str | None = getattr(change, part)
    except Unopened:
        return LOST
    if change.field == NAME:
        return Text.plain(words or "")
    return said(Field(change.field), words)
