"""Events handed over in the order of each chat. WeCom brings none a second time, so one that cannot be stored is tried again."""

import asyncio
from collections import deque

from bot.messages import Incoming
from bot.platforms.base import Receive, Stopping
from bot.platforms.wecom.log import Log

MOST = 10_000
"""Events that may wait; more are not taken in, since nobody can answer them either."""
_LONGEST = 64
_STOP_SECONDS = 1.5


class Lanes:
    """A queue for each chat that has something waiting. `first_wait` is in seconds and doubles to sixty-four fold."""

    def __init__(self, receive: Receive, log: Log, first_wait: float) -> None:
        self._receive = receive
        self._log = log
        self._first_wait = first_wait
        self._waiting: dict[str, deque[Incoming]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0

    def put(self, incoming: Incoming) -> None:
        """Take an event in; it is handed over after those of its chat."""
        if self._number >= MOST:
            self._log.error("Too many messages of WeCom wait to be stored; one is lost.", cause=incoming.cause)
            return
        self._number += 1
        chat = incoming.chat.key.chat_id
        if (lane := self._waiting.get(chat)) is not None:
            lane.append(incoming)
            return
        self._waiting[chat] = deque([incoming])
        task = asyncio.create_task(self._serve(chat), name="wecom hands over")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Finish what is under way, within a moment."""
        if self._tasks:
            _, left = await asyncio.wait(self._tasks, timeout=_STOP_SECONDS)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, chat: str) -> None:
        lane = self._waiting[chat]
        try:
            while lane:
                if not await self._handed_over(lane[0]):
                    return
                lane.popleft()
                self._number -= 1
        finally:
            self._number -= len(lane)
            del self._waiting[chat]

    async def _handed_over(self, incoming: Incoming) -> bool:
        failures = 0
        while True:
            try:
                await self._receive(incoming)
            except Stopping:
                self._log.warning("The program stops; a message of WeCom was not taken in.", cause=incoming.cause)
                return False
            except Exception as error:  # noqa: BLE001 – whatever it was, nobody brings the event again
                failures += 1
                told = {"cause": incoming.cause, "failures": failures, "error": type(error).__name__}
                self._log.warning("A message of WeCom could not be stored; it is tried again.", **told)
                await asyncio.sleep(self._first_wait * min(_LONGEST, 2 ** (failures - 1)))
            else:
                return True
