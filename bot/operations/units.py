"""`zhibu unit`: the operator keeps the tree of organisations."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from bot.permissions import OPERATOR
from bot.rules.units import Kind
from bot.services import finding, unit_keeping, units
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
KINDS = {
    "committee": Kind.COMMITTEE,
    "党委": Kind.COMMITTEE,
    "general-branch": Kind.GENERAL_BRANCH,
    "党总支": Kind.GENERAL_BRANCH,
    "group": Kind.GROUP,
    "党小组": Kind.GROUP,
    "branch": Kind.BRANCH,
    "支部": Kind.BRANCH,
}
"""What a unit can be, as it is typed."""


async def add(settings: Settings, clock: Clock, name: str, kind: str, under: str | None) -> str:
    """A new unit; answers what was done. Raises `Trouble`."""
    if kind not in KINDS:
        raise Trouble(f"--kind is one of: {', '.join(KINDS)}")

    async def act(work: UnitOfWork) -> str:
        parent = await unit_keeping.named(work, under) if under else None
        return (await unit_keeping.add(work, OPERATOR, KINDS[kind], name, parent)).name

    return f"“{await _run(settings, clock, act)}” is in the tree now."


async def move(settings: Settings, clock: Clock, name: str, under: str | None) -> str:
    """Put a unit under another, or under none. Raises `Trouble`."""

    async def act(work: UnitOfWork) -> str:
        parent = await unit_keeping.named(work, under) if under else None
        return (await unit_keeping.move(work, OPERATOR, await unit_keeping.named(work, name), parent)).name

    return f"“{await _run(settings, clock, act)}” stands under {f'“{under}”' if under else 'nothing'} now; where it stood is kept."


async def rename(settings: Settings, clock: Clock, name: str, new: str) -> str:
    """Call a unit by another name. Raises `Trouble`."""

    async def act(work: UnitOfWork) -> str:
        return (await unit_keeping.rename(work, OPERATOR, await unit_keeping.named(work, name), new)).name

    return f"“{name}” is called “{await _run(settings, clock, act)}” now; the old name is kept."


async def close(settings: Settings, clock: Clock, name: str) -> str:
    """End a unit that has nothing and nobody in it. Raises `Trouble`."""

    async def act(work: UnitOfWork) -> None:
        await unit_keeping.close(work, OPERATOR, await unit_keeping.named(work, name))

    await _run(settings, clock, act)
    return f"“{name}” is closed; its history is kept."


async def listed(settings: Settings, clock: Clock, on: str | None) -> str:
    """The tree in lines, now or as it was on a day. Raises `Trouble`."""
    _, lines = await _run(settings, clock, units.tree, OPERATOR, on or "")
    return "\n".join(line.zh for line in lines)


async def appoint(settings: Settings, clock: Clock, member: str, unit: str, branch: str | None, *, dismiss: bool = False) -> str:
    """Make a member organiser of a unit, or end that. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        chosen = await opening.the_branch(database, branch)
        await database.run(_appoint, chosen, member, unit, dismiss=dismiss)
    return f"{member} is organiser of “{unit}” {'no longer' if dismiss else 'now'}."


async def _appoint(work: UnitOfWork, branch: BranchId, member: str, unit: str, *, dismiss: bool) -> None:
    work.enter(branch)
    whom, which = await finding.by_name(work, member, finding.HERE), await unit_keeping.named(work, unit)
    await (unit_keeping.dismiss if dismiss else unit_keeping.appoint)(work, OPERATOR, whom, which)


async def _run(settings: Settings, clock: Clock, act: Callable[..., Coroutine[Any, Any, T]], *given: object) -> T:
    async with opening.beside(settings, clock) as database:
        return await database.run(act, *given)
