"""The register as forms of the branch's pages change it: several fields of one member at once, a light, and taking that back."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import beijing_day
from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import Category
from bot.rules.register import LIGHTS, Field, How
from bot.services import people, register, register_keeping, register_view, trail, undo
from bot.services.dues_words import CATEGORY_NAMES
from bot.services.register import DEED, Change
from bot.services.register_values import parsed
from bot.services.register_view import PersonView
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

FIELDS = tuple(field for field in Field if field not in {*LIGHTS, Field.CONFIRMED_ON})
"""What a form holds; the lights and the day of confirming have a button each."""
BUTTONS = (*LIGHTS, Field.CONFIRMED_ON)
TOO_LATE = Text(
    "已经过了十分钟，或者后来又改过，没有动。请在表里直接改。",
    "It is more than ten minutes ago or was changed since, so it stays. Please change it in the form.",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A person's page: all of them, what stands in each field of the form, their category of dues, and what the actor may do."""

    view: PersonView
    values: Mapping[Field, str]
    category: Text | None
    may_keep: bool
    undo: int
    """The batch of the actor's last change, while it can be taken back; 0 for none."""


async def person(work: UnitOfWork, actor: Actor, member_id: MemberId) -> Filled:
    """One member for their page. Raises `LookupError` for somebody who is not of the branch."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id, member_id))
    view = await register_view.person(work, actor, member_id)
    assessed = await work.dues_assessments.of(member_id)
    category = CATEGORY_NAMES[Category(assessed[-1].category)] if assessed else None
    if category is not None:
        await trail.saw(work, actor, [member_id], trail.Kind.DUES)
    values = {field: _shown(register.readable(view.line.entry, field), view, field) for field in FIELDS}
    last = await _last(work, actor)
    batch = last[0].batch if last and all(each.member_id == member_id for each in last) else None
    return Filled(view, values, category, actor.may(Permission.KEEP_REGISTER), batch or 0)


def _shown(written: str | None, view: PersonView, field: Field) -> str:
    if written is None:
        return ""
    return register_view.value(view.line.entry, field).zh if field is Field.HOMETOWN else written


async def edit(work: UnitOfWork, actor: Actor, member_id: MemberId, said: Mapping[str, str], was: Mapping[str, str]) -> int:
    """Write what somebody altered in a form, and nothing else: what changed meanwhile in another field stays as it is.

    Answers how many fields changed. Raises `UserError` for a value that cannot be, and `LookupError` for who is not of the branch.
    """
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, member_id))
    await people.present(work, member_id)
    today = beijing_day(work.now)
    altered = {field: said[field.value] for field in FIELDS if said.get(field.value, "") != was.get(field.value, "")}
    values = {field: parsed(field, words, today) if words else None for field, words in altered.items()}
    return _noted(work, actor, await register.change(work, actor, member_id, values, how=_how(actor, member_id)))


async def light(work: UnitOfWork, actor: Actor, member_id: MemberId, name: str) -> int:
    """Note today for one of the lights, or that all was found right. Answers how many fields changed. Raises `LookupError`."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, member_id))
    await people.present(work, member_id)
    field = next((each for each in BUTTONS if each.value == name), None)
    if field is None:
        raise LookupError(f"no light {name}")
    return _noted(work, actor, await register.change(work, actor, member_id, {field: beijing_day(work.now)}, how=_how(actor, member_id)))


async def take_back(work: UnitOfWork, actor: Actor, member_id: MemberId, batch: int) -> None:
    """Put back what the actor changed last of a member, within ten minutes. Raises `UserError` where it is too late."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, member_id))
    last = await _last(work, actor)
    if not last or any(each.batch != batch or each.member_id != member_id for each in last):
        raise UserError(TOO_LATE)
    if await register_keeping.undo(work, actor, {"batch": batch}) is register_keeping.CHANGED_SINCE:
        raise UserError(TOO_LATE)
    if (deed := await undo.last_of(work, actor, DEED)) is not None:
        work.deeds.remove(deed)


def _how(actor: Actor, member_id: MemberId) -> How:
    return How.OWN if actor.member == member_id else How.ENTERED


def _noted(work: UnitOfWork, actor: Actor, changes: list[Change]) -> int:
    if changes and actor.member is not None:
        work.deeds.add(actor.member, DEED, {"batch": changes[0].batch})
    return len(changes)


async def _last(work: UnitOfWork, actor: Actor) -> list[Change]:
    """What the actor changed in the register by their last deed; empty where that was something else, or long ago."""
    found = await undo.last_of(work, actor, DEED)
    return await work.register.batch(found.data["batch"]) if found is not None and "batch" in found.data else []
