"""Fetching updates: acknowledged only when what they caused is committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.messages import EventKind
from bot.platforms.base import Stopping
from bot.platforms.telegram.decode import Decoded
from bot.platforms.telegram.transport import Failures
from bot.platforms.telegram.trouble import Log, Trouble

LONGEST = 64
"""An update that cannot be stored is tried again after at most so many times the first wait, for as long as it takes."""


class Poller:
    """Moves the offset over an update only when it and all before it were handed over."""

    def __init__(
        self,
        *,
        fetch: Callable[[int | None], Awaitable[list[object]]],
        decode: Callable[[object], Decoded | None],
        hand_over: Callable[[Decoded], Awaitable[None]],
        log: Log,
        first_wait: float,
    ) -> None:
        self._fetch = fetch
        self._decode = decode
        self._hand_over = hand_over
        self._log = log
        self._first_wait = first_wait
        self._trouble = Trouble(log, first_wait)
        self._offset: int | None = None
        self._done: set[int] = set()
        """Handed over, while an earlier one is not."""
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, float] = {}

    async def run(self) -> None:
        """Polls until cancelled."""
        while True:
            await self.once()

    async def once(self) -> None:
        """One request and what it brings; after a failure, a wait."""
        try:
            values = await self._fetch(self._offset)
        except Failures as error:
            await asyncio.sleep(self._trouble.wait_after(error))
            return
        self._trouble.over()
        updates = sorted((update for value in values if (update := self._decode(value))), key=lambda update: update.update_id)
        await asyncio.gather(*(self._in_order(lane) for lane in _lanes(updates)))
        advanced = self._advance(updates)
        if values and not advanced:
            await asyncio.sleep(self._first_wait)

    async def _in_order(self, lane: Sequence[Decoded]) -> None:
        for update in lane:
            number = update.update_id
            waiting = self._not_before.get(number, 0.0) > asyncio.get_running_loop().time()
            if number not in self._done and (waiting or not await self._settled(update)):
                return
            self._done.add(number)

    async def _settled(self, update: Decoded) -> bool:
        """Whether an update was handed over. Receiving only fails when nothing can be stored, so no update is ever passed over."""
        try:
            await self._hand_over(update)
        except Stopping:
            return False
        except Exception as error:  # noqa: BLE001 – whatever it was, the update is not acknowledged
            failures = self._failures[update.update_id] = self._failures.get(update.update_id, 0) + 1
            wait = self._first_wait * min(LONGEST, 4 ** (failures - 1))
            self._not_before[update.update_id] = asyncio.get_running_loop().time() + wait
            told = {"update_id": update.update_id, "failures": failures, "error": type(error).__name__}
            self._log.warning("An update could not be handed over; it will be fetched again.", **told)
            return False
        return True

    def _advance(self, updates: Sequence[Decoded]) -> bool:
        before = self._offset
        for update_id in sorted({update.update_id for update in updates}):
            if update_id not in self._done:
                break
            self._done.discard(update_id)
            self._failures.pop(update_id, None)
            self._not_before.pop(update_id, None)
            self._offset = max(self._offset or 0, update_id + 1)
        return self._offset != before


def _lanes(updates: Sequence[Decoded]) -> list[list[Decoded]]:
    """The updates of each chat in their order; a group keeps its lane when it changes its id."""
    lanes: dict[str, list[Decoded]] = {}
    moved: dict[str, str] = {}
    for update in updates:
        event = update.events[0] if update.events else None
        chat = event.chat.key.chat_id if event else ""
        lane = moved.get(chat, chat)
        if event and event.kind is EventKind.MIGRATED and event.new_chat_id:
            moved[event.new_chat_id] = lane
        lanes.setdefault(lane, []).append(update)
    return list(lanes.values())
