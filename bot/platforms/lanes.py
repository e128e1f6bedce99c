"""What came in and waits: in order within a chat, chats beside each other, and no more of it than there is room for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar
from weakref import WeakValueDictionary

import structlog

from bot.platforms.base import Stopping

T = TypeVar("T")
MOST = 1000
"""Items that wait at the same time; then whoever puts one waits until there is room, and reads no more of the socket meanwhile."""
LONGEST = 64
"""What cannot be stored is tried again after at most so many times the first wait, for as long as it takes: nobody brings it again."""


class Log(Protocol):
    """As much of a structlog logger as is needed here."""

    def info(self, event: str, **values: object) -> object:
        """For whoever wants to know."""
        ...

    def warning(self, event: str, **values: object) -> object:
        """Something to look at."""
        ...


class Turns:
    """A lock for each lane, kept as long as somebody has it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, lane: str) -> asyncio.Lock:
        """The lock of a lane, the same for all who ask while anybody keeps it."""
        return self._locks.get(lane) or self._locks.setdefault(lane, asyncio.Lock())

    def __len__(self) -> int:
        return len(self._locks)


class Lanes(Generic[T]):
    """Hands over one item of a lane after the other. `first_wait`: seconds until a failure is tried again, at first."""

    def __init__(
        self, hand_over: Callable[[T], Awaitable[None]], *, most: int = MOST, first_wait: float = 1.0, log: Log | None = None
    ) -> None:
        self._hand_over = hand_over
        self._room = asyncio.Semaphore(most)
        self._first_wait = first_wait
        self._log: Log = log or structlog.get_logger("lanes")
        self._lanes: dict[str, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def put(self, lane: str, item: T) -> None:
        """Puts an item behind the others of its lane, as soon as there is room."""
        await self._room.acquire()
        if (waiting := self._lanes.get(lane)) is not None:
            waiting.append(item)
            return
        self._lanes[lane] = deque([item])
        task = asyncio.create_task(self._run(lane), name="a lane")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waiting(self) -> int:
        """How many items are not handed over yet."""
        return sum(map(len, self._lanes.values()))

    async def stop(self, seconds: float) -> None:
        """Lets go of what is not handed over within so many seconds."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: str) -> None:
        waiting = self._lanes[lane]
        try:
            while waiting:
                await self._settle(waiting[0])
                waiting.popleft()
                self._room.release()
        finally:
            del self._lanes[lane]
            for _ in waiting:
                self._room.release()

    async def _settle(self, item: T) -> None:
        failures = 0
        while True:
            try:
                return await self._hand_over(item)
            except Stopping:
                self._log.info("An event came while the program stops and was not taken.")
                return None
            except Exception as error:  # noqa: BLE001 – whatever it was, the event is not lost for it
                failures += 1
                wait = self._first_wait * min(LONGEST, 4 ** min(failures - 1, 8))
                self._log.warning("An event could not be handed over; it is tried again.", failures=failures, error=type(error).__name__)
            await asyncio.sleep(wait)
