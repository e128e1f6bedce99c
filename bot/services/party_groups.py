"""党小组: the party groups inside a branch – made and filled by those who keep the register, each member seeing their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import UserError
from bot.language import party_groups as words_of
from bot.language.names import latin
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.units import Kind
from bot.services import finding, privacy, trail, unit_keeping, units
from bot.texts import Text
from storage.keys import MemberId, UnitId
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from storage.units import Unit

MADE, RENAMED, CLOSED, PLACED = "group_made", "group_renamed", "group_closed", "grouped"
"""Kinds of deeds."""
MOST = 60
NO_GROUPS = Text(
    "支部还没有分党小组。书记发“建党小组 第一小组”就有了。",
    "The branch has no party groups yet. The secretary makes one with “newgroup NAME”.",
)
NO_GROUP = Text("没有叫“{name}”的党小组。现有：{names}。", "There is no party group “{name}”. There are: {names}.")
NOT_IN_ONE = Text(
    "您还没有分到党小组。书记分好了，这里就能看到。", "You are in no party group yet. Once the secretary has put you in one, it shows here."
)
HOW = Text("请这样写：李小山、周海 到 第一小组", "Please write: put NAME, NAME into GROUP")
HOW_RENAME = Text("请这样写：党小组改名 第一小组 为 城东小组", "Please write: renamegroup OLD to NEW")
TOO_MANY = Text("一次最多 {most} 人，请分几次发。", "At most {most} people at a time; please send them in parts.")
CHANGED_SINCE = Text("后来又有变化，撤不回来了，请重新安排。", "It has changed since and cannot be taken back; please do it anew.")
OWN = Text("您在{group}，共 {count} 人：{names}", "You are in {group}, {count} people: {names}")
LINE = Text("{group}（{count} 人）：{names}", "{group} ({count}): {names}")
REST = Text("还没分的 {count} 人：{names}", "In no group yet, {count}: {names}")
NOBODY_YET = Text("还没有人", "nobody yet")
NOT_NAMED = Text("没有叫这些名字的：{names}。谁都没有动。", "There is nobody of these names: {names}. Nobody was moved.")


async def make(work: UnitOfWork, actor: Actor, name: str) -> Unit:
    """A new party group of the branch. Raises `UserError` for a name that is taken or none."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    branch = await _branch(work)
    spelled = words_of.spelled(name)
    taken = next((each for each in await work.units.groups(work.branch_id) if words_of.spelled(each.name) == spelled), None)
    if taken is not None:
        raise UserError(unit_keeping.TAKEN(parent=branch.name, name=taken.name))
    chosen = await unit_keeping.free_name(work, name, branch)
    made = work.units.add(Kind.GROUP.value, chosen, latin(chosen), branch.id, work.branch_id)
    _deed(work, actor, MADE, {"unit": made.id})
    return made


async def rename(work: UnitOfWork, actor: Actor, words: str) -> tuple[Unit, Unit]:
    """Call a group by another name: “OLD 为 NEW”. Answers what it was and what it is. Raises `UserError`."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    pair = words_of.renaming(words)
    if pair is None:
        raise UserError(HOW_RENAME)
    old = await named(work, pair[0])
    new = await unit_keeping.renamed(work, old, pair[1])
    _deed(work, actor, RENAMED, {"unit": old.id, "name": old.name, "now": new.name})
    return old, new


async def close(work: UnitOfWork, actor: Actor, name: str) -> Unit:
    """End a group in which nobody is any more. Raises `UserError`."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    group = await named(work, name)
    await unit_keeping.closed(work, group)
    _deed(work, actor, CLOSED, {"unit": group.id})
    return group


async def place(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Unit, list[Member]]:
    """Put people into a group, each out of the one they were in (“李小山、周海 到 第一小组”). Nobody is moved unless all are found."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    placed = words_of.placing(words) if ">" not in words else words
    if placed is None:
        raise UserError(HOW)
    listed, _, group_name = placed.rpartition(">")
    wanted = listed.split("、")
    if len(wanted) > MOST:
        raise UserError(TOO_MANY(most=MOST))
    group = await named(work, group_name)
    members = await _people(work, wanted, platform)
    before = await work.units.grouped(work.branch_id)
    work.units.put([each.id for each in members], work.branch_id, group.id)
    await trail.changed(work, actor, [each.id for each in members], trail.Kind.REGISTER)
    _deed(work, actor, PLACED, {"unit": group.id, "before": [[each.id, before.get(each.id)] for each in members]})
    return group, members


async def _people(work: UnitOfWork, wanted: Sequence[str], platform: str) -> list[Member]:
    """The present members of some names, by one statement. Raises `UserError` where one is nobody's, or several people's."""
    known: dict[str, list[Member]] = {}
    for each in await work.members.present():
        for word in {each.name, each.latin.casefold()}:
            known.setdefault(word, []).append(each)
    found = [await finding.the_one(work, known.get(name) or known.get(name.casefold()) or [], name, platform) for name in wanted]
    missing = [name for name, member in zip(wanted, found, strict=True) if member is None]
    if missing:
        raise UserError(NOT_NAMED(names="、".join(each[:20] for each in missing[:10])))
    return list({each.id: each for each in found if each is not None}.values())


async def shown(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """The groups and who is in them, for who sees the register; for everybody else their own group. Raises `UserError` for none."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    groups = await work.units.groups(work.branch_id)
    if not groups:
        raise UserError(NO_GROUPS)
    placed = await work.units.grouped(work.branch_id)
    everybody = await work.members.present()
    if actor.may(Permission.SEE_REGISTER):
        await trail.saw(work, actor, [each.id for each in everybody], trail.Kind.REGISTER)
        lines = [await _line(work, each, everybody, placed, platform) for each in groups]
        rest = [each for each in everybody if each.id not in placed]
        return [*lines, *([REST(count=len(rest), names=await privacy.listed(work, platform, rest))] if rest else [])]
    own = next((each for each in groups if actor.member is not None and placed.get(actor.member) == each.id), None)
    if own is None:
        raise UserError(NOT_IN_ONE)
    there = [each for each in everybody if placed.get(each.id) == own.id]
    return [OWN(group=units.called(own), count=len(there), names=await privacy.listed(work, platform, there))]


async def _line(work: UnitOfWork, group: Unit, everybody: Sequence[Member], placed: Mapping[MemberId, UnitId], platform: str) -> Text:
    there = [each for each in everybody if placed.get(each.id) == group.id]
    names = await privacy.listed(work, platform, there) if there else NOBODY_YET
    return LINE(group=units.called(group), count=len(there), names=names)


def of_name(groups: Sequence[Unit], name: str) -> Unit | None:
    """The group of a name, 第1小组 and 第一组 being 第一小组."""
    wanted = words_of.spelled(name)
    return next((each for each in groups if wanted and wanted in {words_of.spelled(each.name), each.latin.casefold()}), None)


async def named(work: UnitOfWork, name: str) -> Unit:
    """The branch's living group of a name. Raises `UserError`."""
    groups = await work.units.groups(work.branch_id)
    if (found := of_name(groups, name)) is not None:
        return found
    if not groups:
        raise UserError(NO_GROUPS)
    raise UserError(NO_GROUP(name=name[:20], names=Text.join([units.called(each) for each in groups], "、", ", ")))


async def undo_making(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a group back that was just made and is empty."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    await unit_keeping.closed(work, await _still(work, data))


async def undo_renaming(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Give a group its name back."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    group = await _still(work, data)
    if group.name != data["now"]:
        raise UserError(CHANGED_SINCE)
    await unit_keeping.renamed(work, group, data["name"])


async def undo_closing(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Open a group again."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    closed = await work.units.get(UnitId(data["unit"]))
    if closed is None or closed.branch_id != work.branch_id:
        raise UserError(CHANGED_SINCE)
    await unit_keeping.free_name(work, closed.name, await _branch(work))
    work.units.reopen(closed)


async def undo_placing(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Put people back where they were, unless they were put elsewhere since."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    now = await work.units.grouped(work.branch_id)
    living = {each.id for each in await work.units.groups(work.branch_id)}
    await trail.changed(work, actor, [MemberId(member) for member, _ in data["before"]], trail.Kind.REGISTER)
    for member, before in data["before"]:
        if now.get(MemberId(member)) != data["unit"]:
            continue
        if before in living:
            work.units.put([MemberId(member)], work.branch_id, UnitId(before))
        else:
            work.units.take([MemberId(member)])


async def _still(work: UnitOfWork, data: Mapping[str, Any]) -> Unit:
    group = await work.units.get(UnitId(data["unit"]))
    if group is None or group.until is not None or group.branch_id != work.branch_id:
        raise UserError(CHANGED_SINCE)
    return group


async def _branch(work: UnitOfWork) -> Unit:
    """The unit that this branch is; it has the branch's own number."""
    found = await work.units.get(UnitId(work.branch_id))
    if found is None:
        raise LookupError(f"branch {work.branch_id} is no unit")
    return found


def _deed(work: UnitOfWork, actor: Actor, kind: str, data: Mapping[str, Any]) -> None:
    if actor.member is not None:
        work.deeds.add(actor.member, kind, dict(data))
