"""The register of members (党员台账): the one way to write it, and its history. Lists and pages are `register_view`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.language import register_values
from bot.language.register_values import Known
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import register as rules
from bot.rules.register import Field, How
from bot.services import trail
from bot.services.register_values import parsed
from storage.keys import MemberId
from storage.register import Change, Entry
from storage.unit_of_work import UnitOfWork
from storage.vault import Unopened

__all__ = ["DEED", "Change", "Entry", "Field", "How", "change", "change_many", "of", "of_many", "parsed", "revert"]

DEED = "register"
"""The kind of a deed that changed the register; its data names the batch."""
_ROUGH = {Field.JOINED_ON: "joined_to", Field.LEFT_ON: "left_to"}
_COLUMNS = frozenset(field.value for field in Field)
"""The history also tells of names, which are put back where they are kept."""
_DAYS = frozenset(field for field in Field if field.value.endswith(("_on", "_until")))


async def of(work: UnitOfWork, member_id: MemberId) -> Entry:
    """What is kept of a member; an empty entry where nothing is. Shows nobody anything: whoever does asks for the permission."""
    return await work.register.of(member_id)


async def of_many(work: UnitOfWork, members: Collection[MemberId]) -> dict[MemberId, Entry]:
    """The same of several, by one statement; whoever has none gets an empty one."""
    found = await work.register.of_many(members)
    return {member_id: found.get(member_id) or Entry(member_id) for member_id in members}


async def change(
    work: UnitOfWork, actor: Actor, member_id: MemberId, values: Mapping[Field, Any], *, how: How, batch: int | None = None
) -> list[Change]:
    """Write values (as `parsed` gives them) into a member's entry; answers what changed, with what stood there before.

    What is the same as before is no change. Changes of one batch are undone together; without one they make a batch of their own.
    """
    return await change_many(work, actor, {member_id: values}, how=how, batch=batch)


async def change_many(
    work: UnitOfWork, actor: Actor, wanted: Mapping[MemberId, Mapping[Field, Any]], *, how: How, batch: int | None = None
) -> list[Change]:
    """The same for several members: one statement reads, what is written goes in bulk."""
    for member_id in wanted:
        require(actor, _needed(actor, member_id), Subject(work.branch_id, member_id))
    entries = await of_many(work, wanted.keys())
    number = work.new_id() if batch is None else batch
    made = [
        each
        for member_id, values in wanted.items()
        for each in await _write(work, entries[member_id], _confirmed(work, values, how), _Deed(actor, how, number))
    ]
    await _trailed(work, actor, made)
    return made


async def lit(work: UnitOfWork, actor: Actor, members: Collection[MemberId], field: Field) -> int:
    """Light what a deed shows by itself, where it is dark still: who binds an account was found. Answers the batch, for `unlit`.

    Whoever calls was allowed that deed.
    """
    entries = await of_many(work, members)
    deed, today = _Deed(actor, How.REPORTED, work.new_id()), beijing_day(work.now)
    dark = [each for each in entries.values() if not each.holds(field.value)]
    await _trailed(work, actor, [change for each in dark for change in await _write(work, each, {field: today}, deed)])
    return deed.batch


async def unlit(work: UnitOfWork, actor: Actor, batch: int, *, but: Collection[MemberId] = ()) -> None:
    """The deed that lit something is taken back: what it lit is dark again, but of those for whom another deed shows it too.

    Whoever calls was allowed that deed.
    """
    changes = await work.register.batch(batch)
    entries = await of_many(work, {each.member_id for each in changes})
    back = {
        each.member_id: {Field(each.field): None}
        for each in changes
        if each.member_id not in but and readable(entries[each.member_id], Field(each.field)) == _after(each)
    }
    await _put_back(work, actor, back, entries)


async def put_out(work: UnitOfWork, actor: Actor, members: Collection[MemberId], field: Field) -> None:
    """What a deed lit today is dark again, because the deed is taken back. Whoever calls was allowed that deed."""
    entries, today = await of_many(work, members), beijing_day(work.now)
    lit_today = [each.member_id for each in entries.values() if getattr(each, field.value) == today]
    await _put_back(work, actor, {each: {field: None} for each in lit_today}, entries)


@dataclass(frozen=True, slots=True)
class _Deed:
    """Who changes something, how, and together with what."""

    actor: Actor
    how: How
    batch: int


async def _trailed(work: UnitOfWork, actor: Actor, made: Collection[Change]) -> None:
    for kind, which in ((trail.Kind.REGISTER, None), (trail.Kind.CONTACT, Field.PHONE)):
        touched = list(dict.fromkeys(each.member_id for each in made if which is None or each.field == which))
        if touched:
            await trail.changed(work, actor, touched, kind)


def _needed(actor: Actor, member_id: MemberId) -> Permission:
    return Permission.OWN_DATA if actor.member == member_id else Permission.KEEP_REGISTER


def _confirmed(work: UnitOfWork, values: Mapping[Field, Any], how: How) -> Mapping[Field, Any]:
    """News of a person makes their entry fresh."""
    if Field.CONFIRMED_ON in values or not rules.confirms(how, values.keys()):
        return values
    return {**values, Field.CONFIRMED_ON: beijing_day(work.now)}


async def _write(work: UnitOfWork, entry: Entry, values: Mapping[Field, Any], deed: _Deed) -> list[Change]:
    stored: dict[str, Any] = {}
    made: list[Change] = []
    by, how = deed.actor.member, deed.how.value
    for field, value in values.items():
        before, after = readable(entry, field), text_of(value)
        if before != after:
            stored |= _columns(field, value)
            made.append(work.register.note(entry.member_id, field.value, before, after, by=by, how=how, batch=deed.batch))
    if stored:
        await work.register.put(entry, stored)
    return made


def written(entry: Entry, field: Field) -> str | None:
    """What stands in a field, as text: days as YYYY-MM-DD, or shorter where less is known; None for nothing."""
    value = getattr(entry, field.value)
    if value is not None and field in _ROUGH:
        value = Known(value, getattr(entry, _ROUGH[field]) or "day")
    return text_of(value)


def readable(entry: Entry, field: Field) -> str | None:
    """What stands in a field, as `written`; nothing where its key is lost, so that a new value can take its place."""
    try:
        return written(entry, field)
    except Unopened:
        return None


def _after(change: Change) -> str | None:
    """What a change wrote; what cannot be read any more is no value that could still stand there."""
    try:
        return change.after
    except Unopened:
        return ""


def text_of(value: Any) -> str | None:
    """A value, as `parsed` gives it, as the text that the history holds; None for nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, Known):
        return value.written()
    return value.isoformat() if isinstance(value, date) else str(value)


def _columns(field: Field, value: Any) -> dict[str, Any]:
    """The columns that hold a value."""
    if field not in _ROUGH:
        return {field.value: value}
    known = value if isinstance(value, Known) or value is None else Known(value)
    return {field.value: known and known.on, _ROUGH[field]: known and known.to}


def value_of(field: Field, words: str | None) -> Any:
    """The value that a text of the history stands for."""
    if words is None:
        return None
    if field in _DAYS:
        known = register_values.of_written(words)
        return known if field in _ROUGH else known.on
    return int(words) if field is Field.HOMETOWN else words


async def revert(work: UnitOfWork, actor: Actor, batch: int, *, but: Collection[MemberId] = ()) -> list[Change]:
    """Put back what a batch changed, but for what was changed again since and for some members; answers what was put back."""
    changes = [each for each in await work.register.batch(batch) if each.member_id not in but]
    for each in changes:
        own = actor.member is not None and each.member_id == each.by == actor.member
        needed = Permission.OWN_DATA if own else Permission.KEEP_REGISTER
        require(actor, needed, Subject(work.branch_id, each.member_id))
    entries = await of_many(work, {each.member_id for each in changes})
    since = await work.register.changed_since(changes[0].at) if changes else set()
    back: dict[MemberId, dict[Field, Any]] = {}
    for each in changes:
        if each.field not in _COLUMNS:
            continue
        field = Field(each.field)
        if field is Field.CONFIRMED_ON and (each.member_id, each.field) in since:
            continue  # they said themselves since that all is right
        if readable(entries[each.member_id], field) == _after(each):
            back.setdefault(each.member_id, {})[field] = value_of(field, each.before)
    return await _put_back(work, actor, back, entries)


async def _put_back(
    work: UnitOfWork, actor: Actor, back: Mapping[MemberId, Mapping[Field, Any]], entries: Mapping[MemberId, Entry]
) -> list[Change]:
    deed = _Deed(actor, How.UNDONE, work.new_id())
    made = [each for member_id, values in back.items() for each in await _write(work, entries[member_id], values, deed)]
    await _trailed(work, actor, made)
    return made
