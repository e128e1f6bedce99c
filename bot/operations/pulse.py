"""How the running program is doing: whether it can work, and what is counted of it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.clock import Clock
from bot.metrics import Gauge, Labels, Metrics
from storage.database import Database
from storage.unit_of_work import UnitOfWork

PATIENCE = 1.0
"""Seconds within which the writer has to answer."""


class Pulse:
    """Asked by /readyz and /metrics. `budgets`: how much each platform takes now; `newest_backup`: when the newest back-up was made."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        budgets: Callable[[], Mapping[Labels, float]],
        newest_backup: Callable[[], datetime | None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._budgets = budgets
        self._newest_backup = newest_backup
        self._asking: asyncio.Task[None] | None = None
        self.started = False
        """Whether every platform was started."""
        self.stopping = False

    async def ready(self) -> Mapping[str, bool]:
        """What must be so, and whether it is. The schema needs no look: nothing is served before it is of this version."""
        return {"migrated": True, "writer": await self._writer_answers(), "platforms": self.started, "not_stopping": not self.stopping}

    async def _writer_answers(self) -> bool:
        """Whether an empty transaction comes back in time. However many ask, only one of them waits in the queue."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._database.run(_nothing))
        answered, _ = await asyncio.wait([self._asking], timeout=PATIENCE)
        return bool(answered) and self._asking.exception() is None

    async def measured(self) -> bytes:
        """Everything that is counted, in Prometheus' text format."""
        unsent, oldest = await self._database.run(_backlog)
        now, newest = self._clock(), await asyncio.to_thread(self._newest_backup)
        gauges = [
            Gauge("zhibu_outbox_letters", "Letters that have not been sent, by state.", ("state",), {(k,): v for k, v in unsent.items()}),
            Gauge("zhibu_outbox_oldest_due_seconds", "How long the letter has been due that waits longest.", (), {(): _since(oldest, now)}),
            Gauge("zhibu_writer_waiting", "Errands that wait for the writer of the database.", (), {(): self._database.waiting}),
            Gauge("zhibu_budget_left", "Messages a platform still takes this second.", ("platform", "instance"), self._budgets()),
        ]
        if newest is not None:
            gauges.append(Gauge("zhibu_backup_age_seconds", "How old the newest back-up is.", (), {(): _since(newest, now)}))
        return self._metrics.text(gauges)


def _since(at: datetime | None, now: datetime) -> float:
    return 0.0 if at is None else max(0.0, (now - at).total_seconds())


async def _nothing(_work: UnitOfWork) -> None:
    """Only to see whether transactions are run."""


async def _backlog(work: UnitOfWork) -> tuple[dict[str, int], datetime | None]:
    return await work.backlog.unsent(), await work.backlog.oldest_due()
