"""The connections of one account: which carries calls, and what becomes of an older one when a newer comes."""

import structlog
from aiohttp import WSCloseCode

from bot.platforms.json_fields import Json
from bot.platforms.onebot.calls import NeverSent
from bot.platforms.onebot.wire import Wire

ROLES = frozenset({"API", "Event", "Universal"})

log = structlog.get_logger("onebot")


class Link:
    """At most one connection for calls and one for events; a universal one is both."""

    def __init__(self) -> None:
        self._wires: dict[str, Wire] = {}

    def is_open(self) -> bool:
        """Whether a call could go out now."""
        return self._caller() is not None

    async def adopt(self, wire: Wire) -> None:
        """A new connection takes the place of whatever did the same; who still waits for an answer there gets none."""
        both = wire.role == "Universal"
        for role in [each for each in self._wires if both or each in {wire.role, "Universal"}]:
            old = self._wires.pop(role)
            if old.is_open():
                log.warning("A second OneBot connected with the same account; the newer takes the place of the older.")
                await old.close(WSCloseCode.POLICY_VIOLATION, "another connection took its place")
        self._wires[wire.role] = wire

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
