"""Keeping the tree of organisations: adding, moving, renaming, closing, and who organises what. The operator's, by `zhibu unit`.

Nothing is lost by it: what a unit was called and under whom is kept with its days.
"""

from bot.errors import UserError
from bot.language.names import latin
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, require
from bot.rules import units as rules
from bot.rules.units import Kind
from bot.services import people, posting, trail, units
from bot.texts import Text
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from storage.units import Unit

LONGEST = 40
NO_UNIT = Text("没有叫“{name}”的组织。", "There is no unit “{name}”.")
SEVERAL = Text(
    "叫“{name}”的组织不止一个，请连上级一起写：上级/{name}", "There are several units “{name}”; write it with the one above: PARENT/{name}"
)
TAKEN = Text("“{parent}”下面已经有“{name}”了。", "There is a “{name}” under “{parent}” already.")
BAD_NAME = Text("组织的名称要有 1 到 40 个字，不能有斜线和换行。", "A unit's name has 1 to 40 characters, no slash and no line break.")
NOT_UNDER = Text("{kind}不能放在{parent}下面。", "A {kind} cannot stand under a {parent}.")
ALONE = Text("党小组要放在支部下面。", "A party group stands under a branch.")
FOUNDED = Text(
    "支部用 zhibu init 建立，再用 zhibu unit move 放到上级下面。",
    "A branch is founded with “zhibu init” and then put under a unit with “zhibu unit move”.",
)
CIRCLE = Text(
    "“{name}”不能放到它自己或它的下级“{parent}”下面。", "“{name}” cannot stand under itself or under “{parent}”, which is below it."
)
NOT_AWAY = Text("党小组属于支部，不能移到别的支部。", "A party group belongs to its branch and cannot be moved to another.")
CHILDREN = Text("“{name}”下面还有：{names}。请先移走或撤销。", "There are units under “{name}”: {names}. Move or close them first.")
PEOPLE = Text("“{name}”还有 {count} 人，不能撤销。", "“{name}” still has {count} people and cannot be closed.")
NOT_THERE = Text("{name}本来就不是“{unit}”的组织员。", "{name} is not organiser of “{unit}” anyway.")
GROUPS_HAVE_NONE = Text("党小组没有组织员。", "A party group has no organiser.")
TOLD = Text(
    "您现在是“{unit}”的组织员：发“各支部”看下面各支部的人数，发“组织架构”看下级。",
    "You are organiser of “{unit}” now: “branches” shows the numbers of those below, “organisation” the tree.",
)


async def named(work: UnitOfWork, name: str) -> Unit:
    """The living unit of a name, or of `PARENT/NAME`. Raises `UserError` for none and for several."""
    living = await work.units.living()
    by_id = {each.id: each for each in living}
    parent, _, last = name.strip().rpartition("/")
    found = [each for each in living if last.strip() in {each.name, each.latin}]
    if parent:
        found = [each for each in found if each.parent_id in by_id and by_id[each.parent_id].name == parent.strip()]
    if not found:
        raise UserError(NO_UNIT(name=name[:LONGEST]))
    if len(found) > 1:
        raise UserError(SEVERAL(name=last[:LONGEST]))
    return found[0]


async def add(work: UnitOfWork, actor: Actor, kind: Kind, name: str, parent: Unit | None) -> Unit:
    """A new committee, general branch or party group. Raises `UserError`."""
    require(actor, Permission.KEEP_UNITS)
    if kind is Kind.BRANCH:
        raise UserError(FOUNDED)
    _may_stand(kind, parent)
    chosen = await free_name(work, name, parent)
    return work.units.add(kind.value, chosen, latin(chosen), parent.id if parent else None, parent.branch_id if parent else None)


async def rename(work: UnitOfWork, actor: Actor, each: Unit, name: str) -> Unit:
    """Call a unit by another name; a branch's own name goes with it."""
    require(actor, Permission.KEEP_UNITS)
    return await renamed(work, each, name)


async def renamed(work: UnitOfWork, each: Unit, name: str) -> Unit:
    """The same, for who was allowed to."""
    parent = await work.units.get(each.parent_id) if each.parent_id is not None else None
    chosen = await free_name(work, name, parent, each)
    if each.kind == Kind.BRANCH and each.branch_id is not None:
        await work.branches.rename(each.branch_id, chosen, latin(chosen))
    return await work.units.change(each, name=chosen, latin=latin(chosen))


async def move(work: UnitOfWork, actor: Actor, each: Unit, parent: Unit | None) -> Unit:
    """Put a unit under another, or under none. Raises `UserError` for a circle, and where kinds do not fit."""
    require(actor, Permission.KEEP_UNITS)
    if each.kind == Kind.GROUP:
        raise UserError(NOT_AWAY)
    if parent is not None and parent.id in rules.below(units.parents_of(await work.units.living()), [each.id]):
        raise UserError(CIRCLE(name=each.name, parent=parent.name))
    _may_stand(Kind(each.kind), parent)
    await free_name(work, each.name, parent, each)
    return await work.units.change(each, parent_id=parent.id if parent else None)


async def close(work: UnitOfWork, actor: Actor, each: Unit) -> None:
    """End a unit that has nothing and nobody in it any more. Raises `UserError`."""
    require(actor, Permission.KEEP_UNITS)
    await closed(work, each)


async def closed(work: UnitOfWork, each: Unit) -> None:
    """The same, for who was allowed to."""
    children = [other.name for other in await work.units.living() if other.parent_id == each.id]
    if children:
        raise UserError(CHILDREN(name=each.name, names="、".join(children[:5])))
    people_in = 0
    if each.branch_id is not None and each.kind == Kind.BRANCH:
        people_in = (await work.unit_counts.members([each.branch_id])).get(each.branch_id, 0)
    elif each.branch_id is not None:
        people_in = list((await work.units.grouped(each.branch_id)).values()).count(each.id)
    if people_in:
        raise UserError(PEOPLE(name=each.name, count=people_in))
    await work.units.close(each)


async def appoint(work: UnitOfWork, actor: Actor, member: Member, each: Unit) -> None:
    """Make a member of the entered branch organiser of a unit: they see the counts of all branches below it."""
    require(actor, Permission.KEEP_UNITS)
    if each.kind == Kind.GROUP:
        raise UserError(GROUPS_HAVE_NONE)
    work.units.appoint(member.id, work.branch_id, each.id)
    await work.members.appoint(member.id, Role.ORGANISER.value)
    await trail.changed(work, actor, [member.id], trail.Kind.ROLE)
    await posting.to_member(work, member.id, Outgoing(TOLD(unit=units.called(each))), priority=Priority.NOTICE)


async def dismiss(work: UnitOfWork, actor: Actor, member: Member, each: Unit) -> None:
    """Take that office; the role goes with the last. Raises `UserError`."""
    require(actor, Permission.KEEP_UNITS)
    offices = await work.units.organised_by(member.id)
    if each.id not in offices:
        raise UserError(NOT_THERE(name=people.person(member), unit=each.name))
    work.units.dismiss(member.id, each.id)
    if len(offices) == 1:
        await work.members.dismiss(member.id, Role.ORGANISER.value)


async def free_name(work: UnitOfWork, name: str, parent: Unit | None, own: Unit | None = None) -> str:
    """A name, tidied, that no brother has. Raises `UserError`."""
    chosen = " ".join(name.split())
    if not chosen or len(chosen) > LONGEST or "/" in chosen or not chosen.isprintable() or chosen != name.strip():
        raise UserError(BAD_NAME)
    where = parent.id if parent else None
    brothers = [each for each in await work.units.living() if each.parent_id == where and each.name == chosen]
    if any(own is None or each.id != own.id for each in brothers):
        raise UserError(TAKEN(parent=parent.name if parent else "–", name=chosen))
    return chosen


def _may_stand(kind: Kind, parent: Unit | None) -> None:
    if rules.fits(kind, Kind(parent.kind) if parent else None):
        return
    if parent is None:
        raise UserError(ALONE)
    raise UserError(NOT_UNDER(kind=units.KIND_NAMES[kind], parent=units.KIND_NAMES[Kind(parent.kind)]))
