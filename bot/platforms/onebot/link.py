"""The connections of one account: which carries calls, and who is let in beside or instead of whom.

Two OneBots with one account that threw each other out would do so for ever, since each calls again. So the first stays while it lives, and
a dead one, of which the end was never heard, makes room at once: who was restarted is not kept out.
"""

import structlog
from aiohttp import WSCloseCode

from bot.platforms.json_fields import Json
from bot.platforms.onebot.calls import NeverSent
from bot.platforms.onebot.wire import Wire

ROLES = frozenset({"API", "Event", "Universal"})
ANSWER = 3.0
"""Seconds within which a connection gives a sign of life when it is asked for one."""

log = structlog.get_logger("onebot")


class Link:
    """At most one connection for calls and one for events; a universal one is both."""

    def __init__(self) -> None:
        self._wires: dict[str, Wire] = {}

    def is_open(self) -> bool:
        """Whether a call could go out now."""
        return self._caller() is not None

    async def has_room(self, role: str) -> bool:
        """Whether a newcomer may have a role: nobody has it who still lives. Who has it is asked and, where it is dead, let go."""
        for old in self._rivals(role):
            if await old.lives(ANSWER):
                return False
            if self._wires.get(old.role) is old:
                del self._wires[old.role]
                log.warning("A connection of OneBot was dead; a newer takes its place.")
                old.leave("no sign of life")
        return True

    def adopt(self, wire: Wire) -> bool:
        """A connection stands; False, and it is nothing to us, where another came first."""
        rivals = self._rivals(wire.role)
        if any(old.is_open() for old in rivals):
            return False
        for old in rivals:
            del self._wires[old.role]
        self._wires[wire.role] = wire
        return True

    def _rivals(self, role: str) -> list[Wire]:
        """The connections that do what somebody in a role would do."""
        return [old for each, old in self._wires.items() if role == "Universal" or each in {role, "Universal"}]

    def drop(self, wire: Wire) -> None:
        """A connection is over."""
        if self._wires.get(wire.role) is wire:
            del self._wires[wire.role]

    async def close(self, why: str) -> None:
        """Ends all of them."""
        for wire in list(self._wires.values()):
            await wire.close(WSCloseCode.GOING_AWAY, why)
        self._wires.clear()

    async def call(self, action: str, params: Json, wait: float) -> object:
        """The data of the answer. Raises a `Failure`."""
        wire = self._caller()
        if wire is None:
            raise NeverSent("not connected")
        return await wire.call(action, params, wait)

    def _caller(self) -> Wire | None:
        found = self._wires.get("Universal") or self._wires.get("API")
        return found if found is not None and found.is_open() else None
