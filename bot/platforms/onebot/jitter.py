"""Messages that nobody waits for go at odd moments: a machine's regularity is what gets an account frozen.

What was put off may not meet what came after it in one heap, so the budget is counted once more where the message really goes out.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.budgets import Spending
from bot.messages import Budget, Parcel

_LONGEST = timedelta(minutes=1)
_TRIES = 5


class Jitter:
    """`most`: seconds that a message is put off at most; 0: none is, and nothing is counted here."""

    def __init__(
        self,
        most: float,
        budget: Budget,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        chance: Callable[[], float],
    ) -> None:
        self._most = most
        self._budget = budget
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._spending = Spending()

    async def wait(self, parcel: Parcel) -> None:
        """Comes back when a message may go out."""
        content = parcel.content
        if not self._most or content.reaction or content.remove or content.admission:
            return
        if parcel.unasked:
            await self.a_little()
        for _ in range(_TRIES):  # a clock that stands still, or was set back, holds nothing up for long
            now = self._clock()
            ready = self._spending.ready_at(parcel.chat, parcel.kind, self._budget, now, marks=False)
            if ready <= now:
                break
            await self._sleep(min(ready - now, _LONGEST).total_seconds())
        self._spending.spend(parcel.chat, parcel.kind, self._budget, self._clock())

    async def a_little(self) -> None:
        """A pause of random length."""
        await self._sleep(self._most * self._chance())
