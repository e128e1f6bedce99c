"""Life after life: start, let people speak, kill, start again; now and then a night passes and everything is compared."""

import asyncio
import json
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture import comparison
from tests.torture.branch import START, Branch, found
from tests.torture.child import POINTS
from tests.torture.crowd import Crowd
from tests.torture.nursery import Life, Nursery
from tests.torture.witness import Witness

A_LIFE = 14
"""What people do in one life."""
BACKLOG = 25
"""So much may wait for the program; on a machine that is busy otherwise people wait with it."""
A_DAY = 100
"""Kills between two nights."""
LONGEST_LIFE = 30.0
"""Seconds after which a life is ended that did not come to its point; long before, it is ended because there is nothing left to do."""
IDLE, GLANCE = 6, 0.05
"""So many glances in a row at which nothing waits, and the seconds between them."""
PASSAGES = {"before commit": 20, "after commit": 20, "in a job": 6, "after receive": 12, "before acknowledge": 12}
FATES = ("random", "random", "random", "while starting", "mid-send", *POINTS)
ENOUGH = 8
"""Turns of all fates after which each must have come about."""
A_NIGHT = 24 * 3600.0
SETTLE_LIVES, QUIET_LIFE = 12, 90.0


class Clock:
    """The time of the play: runs like ours, and jumps while the program is down."""

    def __init__(self) -> None:
        self.shift = START.timestamp() - time.time()

    def __call__(self) -> float:
        return time.time() + self.shift

    def sleep(self) -> None:
        """A night passes: it is the hour again at which the play began, long after the quiet hours."""
        begun, now = START.timestamp(), self()
        self.shift += A_NIGHT - (now - begun) % A_NIGHT


@dataclass
class Outcome:
    """What is printed, and kept as JSON."""

    seed: int
    kills: int = 0
    by_point: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    acknowledged: int = 0
    effects: int = 0
    bot_messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    repeated_messages: int = 0
    marked_as_possibly_repeated: int = 0
    arrived_untold: int = 0
    marked_as_in_doubt: int = 0
    sent_again_by_decision: int = 0
    left_by_decision: int = 0
    counted_no_further_by_decision: int = 0
    ledger: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        wrong = (
            self.lost,
            self.doubled,
            self.out_of_order,
            self.unexplained,
            [each for each in self.ledger if not each.startswith("good")],
        )
        repeats = self.marked_as_possibly_repeated + self.sent_again_by_decision
        explained = self.repeated_messages <= repeats and self.arrived_untold <= self.marked_as_in_doubt
        return not any(wrong) and explained

    def table(self) -> str:
        rows: list[tuple[str, Any]] = [
            (f"killed {point}", self.by_point[point]) for point in (*dict.fromkeys(FATES), "at the end of its time")
        ]
        rows += [("seconds a kill", round(self.seconds / max(1, self.kills), 2))]
        return "\n".join([comparison.table(self, rows, without={"by_point", "ledger", "seconds", "seed"}), *self.ledger])

    def json(self) -> str:
        return json.dumps(vars(self) | {"good": self.good}, ensure_ascii=False, indent=1)


class Campaign:
    """One branch, one platform, many lives."""

    def __init__(self, branch: Branch, nursery: Nursery, clock: Clock, seed: int) -> None:
        self.branch, self.server, self.nursery, self.clock = branch, branch.server, nursery, clock
        self.chance = random.Random(seed)
        self.crowd = Crowd(branch, random.Random(seed + 1))
        self.outcome = Outcome(seed)
        self.memory = comparison.Memory()

    async def born(self, *, webhooks: float = 0.15, **more: Any) -> Life:
        """A new life; so often the platform calls instead of being asked."""
        config = self.branch.webhook if self.chance.random() < webhooks else self.branch.config
        return await self.nursery.live(config=str(config), log=str(self.branch.log), shift=self.clock.shift, **more)

    async def one_life(self, fate: str) -> None:
        """People speak, something was said before, and the process dies of its fate."""
        if self.chance.random() < 0.3:
            self.server.repeat(self.chance)
        for _ in range(self.chance.randrange(A_LIFE // 3)):
            self._act()
        trap = {"point": fate, "passage": self.chance.randint(1, PASSAGES.get(fate, 8))} if fate in POINTS else {}
        life = await self.born(**trap)
        if fate == "mid-send":
            self._watch(life, self.chance.randint(1, 8))
        speaking = asyncio.create_task(self._speak(life))
        await self._await_fate(life, fate, speaking)
        in_time = life.ended.done() or fate not in {*POINTS, "mid-send"}
        life.kill()
        status = await life.end()
        self.server.watch = lambda: None
        await speaking
        if status != signal.SIGKILL:
            self.outcome.unexplained.append(f"a life ended by itself with status {status}, see {self.branch.log}")
        self.outcome.kills += 1
        self.outcome.by_point[fate if in_time else "at the end of its time"] += 1
        self.clock.shift += self.chance.uniform(0, 15)

    async def _await_fate(self, life: Life, fate: str, speaking: asyncio.Task[None]) -> None:
        """Until the process is dead, or it is for us to kill it."""
        if fate == "while starting":
            await asyncio.wait([life.ended], timeout=self.chance.uniform(0, 0.25))
            return
        calls, deadline, idle = len(self.server.calls), time.monotonic() + LONGEST_LIFE, 0
        while not life.ended.done() and idle < IDLE and time.monotonic() < deadline:
            if fate == "random" and len(self.server.calls) > calls:
                await asyncio.wait([life.ended], timeout=self.chance.uniform(0, 0.5))
                return
            quiet = speaking.done() and self._polled(calls) and not self.server.pending and not self._waiting()
            idle = idle + 1 if quiet else 0
            await asyncio.wait([life.ended], timeout=0.01 if fate == "random" else GLANCE)

    def _polled(self, calls: int) -> bool:
        """Whether the program has asked for news, or to be brought them, since there were so many calls."""
        return any(name in {"getUpdates", "setWebhook"} for name, _ in self.server.calls[calls:])

    def _watch(self, life: Life, passage: int) -> None:
        """The platform has stored a message and has not said so yet: the process dies with the answer on the way."""
        left = [passage]

        def watch() -> None:
            left[0] -= 1
            if left[0] == 0:
                life.kill()

        self.server.watch = watch

    async def _speak(self, life: Life) -> None:
        for _ in range(A_LIFE):
            if life.ended.done():
                return
            self._act()
            await asyncio.sleep(self.chance.uniform(0, 0.02))

    def _act(self) -> None:
        if len(self.server.pending) < BACKLOG:
            self.crowd.act()

    async def settle(self) -> None:
        """Quiet lives until everything is acknowledged and everything that was due, some minutes ahead too, has been sent."""
        quiet = 0
        for _ in range(SETTLE_LIVES):
            await self._quiet_life()
            if self.server.pending or self._waiting():
                continue
            quiet += 1
            if quiet == 2:
                return
            self.clock.shift += 240
        self.outcome.unexplained.append(f"{len(self.server.pending)} updates and {self._waiting()} letters still wait")

    async def decide(self) -> None:
        """In a quiet life the secretary, once told that there is something, looks and decides until nothing is open."""
        steps = self._decisions()
        await self._quiet_life(lambda: next(steps, False))
        self.memory.told = self.crowd.secretary.told()

    def _decisions(self) -> Iterator[bool]:
        secretary = self.crowd.secretary
        if comparison.in_doubt(self.branch) and secretary.told() == self.memory.told:
            self.outcome.lost.append("the secretary was not told that something is in doubt")
        secretary.looks()
        yield True
        while secretary.decides():
            yield True

    async def _quiet_life(self, more: Callable[[], bool] = lambda: False) -> None:
        """A life without haste: it ends when nothing waits and nobody does anything `more`."""
        life, before, deadline = await self.born(webhooks=0), len(self.server.calls), time.monotonic() + QUIET_LIFE
        while not life.ended.done() and time.monotonic() < deadline:
            if self._polled(before) and not self.server.pending and not self._waiting() and not more():
                break
            await asyncio.sleep(0.02)
        life.kill(signal.SIGTERM)
        if status := await life.end():
            self.outcome.unexplained.append(f"a quiet life ended with status {status}, see {self.branch.log}")

    def _waiting(self) -> int:
        """Letters that are due or under way."""
        with closing(sqlite3.connect(f"file:{self.branch.database}?mode=ro", uri=True, timeout=20)) as look:
            due = int(self.clock() * 1000)
            rows = look.execute("SELECT count(*) FROM outbox WHERE state = 'sending' OR state = 'waiting' AND not_before <= ?", (due,))
            return int(rows.fetchone()[0])

    async def reckon(self) -> None:
        """Let the secretary decide what is in doubt, and compare what was promised with what is there."""
        await self.decide()
        await self.settle()
        found = comparison.compare(self.branch, self.crowd.expected, self.memory, self.crowd.today)
        for name in ("lost", "doubled", "out_of_order", "unexplained"):
            new = [each for each in getattr(found, name) if each not in getattr(self.outcome, name)]
            getattr(self.outcome, name).extend(new)
        outcome = self.outcome
        outcome.repeated_messages, outcome.marked_as_possibly_repeated = found.repeated, found.marked
        outcome.arrived_untold, outcome.marked_as_in_doubt = found.arrived, found.doubted
        expected = self.crowd.expected
        outcome.sent_again_by_decision, outcome.left_by_decision = expected.sent_again, expected.left
        outcome.counted_no_further_by_decision, outcome.bot_messages = found.uncounted, found.bot_messages
        outcome.effects, outcome.messages = expected.effects, self.server.events
        outcome.acknowledged = len(self.server.acknowledged_keys())


async def torture(folder: Path, kills: int, seed: int, *, people: int = 200, plant: str = "", say: Any = None) -> Outcome:
    """So many kills, then a reckoning; `say` is told how far it is."""
    began, clock = time.monotonic(), Clock()
    async with Witness(clock) as server, Nursery(plant) as nursery:
        branch = await found(folder, server, people, comparison.free_port())
        campaign = Campaign(branch, nursery, clock, seed)
        fates: list[str] = []
        while len(fates) < kills:
            fates += campaign.chance.sample(FATES, len(FATES))
        for number, fate in enumerate(fates[:kills], 1):
            await campaign.one_life(fate)
            if number % A_DAY == 0 and number < kills:
                await campaign.reckon()
                clock.sleep()
                campaign.crowd.sleep()
            if say and number % 20 == 0:
                say(f"{number} kills, {time.monotonic() - began:.0f} s")
        await campaign.reckon()
        if kills >= ENOUGH * len(FATES):
            never = [point for point in FATES if not campaign.outcome.by_point[point]]
            campaign.outcome.unexplained += [f"nothing was ever killed {point}: does the program still pass there?" for point in never]
        campaign.outcome.ledger = await comparison.ledgers(branch.settings)
        campaign.outcome.seconds = time.monotonic() - began
        return campaign.outcome
