"""What the doctors of the platforms ask the database: how a line stood last, and which chats are bound."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from storage.chats import Group
from storage.unit_of_work import UnitOfWork

K = TypeVar("K")


async def look_up(settings: Settings, clock: Clock, ask: Callable[..., Coroutine[Any, Any, K]], *given: object) -> K | None:
    """What `ask(work, *given, running=…)` finds, told whether the bot runs; None where the database cannot be asked."""
    try:
        path = opening.usable(settings, clock)
        if (path is not None and not path.exists()) or not opening.is_current(settings, clock):
            return None
        running = opening.running_at(settings, clock) is not None
        async with opening.as_it_is(settings, clock) as database:
            found: K = await database.run(ask, *given, running=running)
            return found
    except Trouble:
        return None


async def bound(work: UnitOfWork, platform: str) -> list[Group]:
    """The chats of a platform that a branch is bound to."""
    found: list[Group] = []
    branches = [each.id for each in await work.branches.all()]
    await work.chats.prefetch_of(branches)
    for branch in branches:
        work.enter(branch)
        found += [each for each in await work.chats.of_branch() if each.key.platform == platform]
    return found
