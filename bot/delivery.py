"""From the outbox to the platforms: the loop of turns, in order and within budgets. Never inside a transaction."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog

from bot.budgets import HOUR, MINUTE, Spending
from bot.clock import Clock
from bot.delivery_failures import FIRST_WAIT, Failures
from bot.delivery_fate import Fate, is_free
from bot.messages import ChatKind, Priority
from bot.metrics import Metrics
from bot.platforms.base import Platform
from bot.rules.turns import Turns
from bot.services import deliveries, uncertain
from bot.spelled import Heard
from storage.database import Database
from storage.faults import Unstorable
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

AT_ONCE = 128
"""Chats of an account that are served at the same time. Each account has places of its own: one that hangs holds up no other."""
JITTER = timedelta(minutes=1)
"""A clock that goes back by less is being kept right and not set, or another program's was ahead: what waits for it waits no longer."""
IDLE = timedelta(minutes=1)
"""How long delivery sleeps at most when nothing wakes it."""
GATHER = timedelta(milliseconds=50)
"""How long it is noted later that something arrived which nobody asked for: what was sent with it arrives about now, too."""
GLANCE, LED = timedelta(seconds=0.5), timedelta(seconds=2)
"""The same where other processes may have left letters: while this one leads, and while another does, which sends nearly all."""
KEEPING, TRIES = timedelta(seconds=30), 3000
"""How often the database is asked at least whether it takes anything again, and how many times: about a day."""


class Delivery:
    """Sends what waits in the outbox. `wake` may be called at any time from the loop's thread.

    `heard`: which words the bot acts upon in a group without being named; `leads` is set while this is the one of several processes that
    sends through accounts which all of them could reach.
    """

    def __init__(
        self,
        database: Database,
        platforms: Sequence[Platform],
        clock: Clock,
        chance: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        metrics: Metrics | None = None,
        heard: Heard = lambda _: False,
        leads: asyncio.Event | None = None,
    ) -> None:
        self._database = database
        self._platforms: Mapping[tuple[str, str], Platform] = {(each.name, each.instance): each for each in platforms}
        self._clock = clock
        self._chance = chance
        self._sleep = sleep
        self._spending = Spending()
        failures = Failures(
            self._note,
            self._spending.block,
            recognising=self._recognising(),
            cautious=self._cautious(),
            clock=clock,
            chance=chance,
        )
        served = self._platforms
        self._fate = Fate(self._note, database, served, self._spending, failures, clock=clock, metrics=metrics or Metrics(), heard=heard)
        self._awake = asyncio.Event()
        self._gathering: asyncio.TimerHandle | None = None
        self._turns = Turns()
        self._under_way: dict[asyncio.Task[None], Letter] = {}
        self._arrived: list[tuple[Letter, str]] = []
        self._unheard = False
        """Whether the database was asked for letters and its answer, perhaps, got lost."""
        self._stopping = False
        self._seen = clock()
        self._shared = database.shared
        self._leads = leads
        self._led = False

    def stop(self) -> None:
        """Take up no more letters; those under way are finished."""
        self._stopping = True
        self.wake()

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def start(self) -> None:
        """Take up again what a stopped process had in its hands."""
        latest: datetime | None = await self._database.run(uncertain.latest_moment)
        self._seen = max(latest or self._clock(), self._clock())
        await self._remember(self._platforms)
        self._led = self._is_leading()
        await self.recover()

    def _is_leading(self) -> bool:
        return self._leads is None or self._leads.is_set()

    def _serves(self, platform: Platform) -> bool:
        """Whether this process sends through an account now (see `Budget.by_any`)."""
        return platform.reachable() and (platform.budget.by_any or self._is_leading())

    async def _mind_the_lead(self) -> None:
        """Who comes to lead counts what those that led before have sent."""
        leads = self._is_leading()
        if leads and not self._led:
            accounts = [account for account, each in self._platforms.items() if not each.budget.by_any]
            self._spending.forget(accounts)
            await self._remember(accounts)
        self._led = leads

    async def _remember(self, accounts: Collection[tuple[str, str]]) -> None:
        """What was sent by the process of before still counts."""
        by_hour = any(each.budget.chat_per_hour is not None for each in self._platforms.values())
        for chat, kind, at, mark in await self._database.run(deliveries.sent_within, HOUR if by_hour else MINUTE):
            platform = self._platforms.get(chat[:2]) if chat[:2] in accounts else None
            if platform is not None and not (mark and is_free(platform.capabilities(kind))):
                self._spending.spend(chat, kind, platform.budget, at)

    async def recover(self) -> None:
        """Take up what processes that ended had in hand."""
        repeated, doubted, branches = await self._database.run(uncertain.recover, self._recognising())
        if repeated:
            log.warning("some messages may arrive twice: the process ended while they were being sent", letters=repeated)
        if doubted:
            log.warning(
                "some messages may have arrived and are not repeated: the process ended while they were being sent", letters=doubted
            )
        # What waits for the writer together shares a transaction.
        await asyncio.gather(*(self._database.run(uncertain.tell, each) for each in branches))
        self.wake()

    def _cautious(self) -> frozenset[tuple[str, str]]:
        """The platforms on which an answer that may have arrived is not said again."""
        return frozenset(key for key, each in self._platforms.items() if not each.capabilities(ChatKind.PRIVATE).repeat)

    def _recognising(self) -> frozenset[tuple[str, str]]:
        """The platforms that show a message once however often it is sent."""
        return frozenset(key for key, each in self._platforms.items() if each.capabilities(ChatKind.PRIVATE).recognise)

    def budgets(self) -> dict[tuple[str, ...], float]:
        """How many more messages each platform takes within this second, by its name and instance."""
        now = self._clock()
        return {key: self._spending.room(key, each.budget, now, unasked=False) for key, each in self._platforms.items()}

    async def run(self) -> None:
        """Deliver until stopped."""
        while not self._stopping:
            self._awake.clear()
            self._gathered()
            try:
                due = await self._turn()
            except Unstorable:
                due = self._clock() + FIRST_WAIT
            except Exception:
                log.exception("delivery stumbled and goes on")
                due = self._clock() + FIRST_WAIT
            idle = IDLE if not self._shared else GLANCE if self._is_leading() else LED
            wait = min(idle, max(timedelta(milliseconds=20), due - self._clock())) if due else idle
            with suppress(TimeoutError):
                async with asyncio.timeout(wait.total_seconds()):  # wait_for of 3.11 may swallow the cancelling
                    await self._awake.wait()
        await self._finish()

    async def _finish(self) -> None:
        """Note what still arrives, each as it comes: one that hangs until we are cancelled takes with it nothing but itself."""
        self._gathered()
        try:
            while self._under_way or self._arrived:
                if self._under_way:
                    await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
                await self._turn()
        finally:
            for task in self._under_way:
                task.cancel()

    async def next_due(self) -> datetime | None:
        """When something may be tried next: now, if there is something that may go."""
        now = self._clock()
        rooms = self._rooms(now)
        return self._again(await self._database.run(deliveries.turn, (), 0, rooms, Turns()), rooms, now)

    async def drain(self) -> None:
        """Send what is due now, and what becomes due by that."""
        while not self._stopping:
            await self._turn()
            if self._under_way:
                await asyncio.wait(self._under_way)
            elif not self._arrived:
                return

    async def _turn(self) -> datetime | None:
        """Note in one transaction what arrived and take up as many letters as there is room for; answers when to look again."""
        await self._mind_the_clock()
        await self._mind_the_lead()
        now = self._clock()
        arrived, self._arrived = self._arrived, []
        # Where every place is taken, the next that ends wakes us.
        rooms = [] if self._stopping else [each for each in self._rooms(now) if each.under_way < AT_ONCE]
        if not (arrived or rooms or self._unheard):
            return self._again(deliveries.NOTHING, rooms, now)
        try:
            turn = await self._stored(deliveries.turn, arrived, AT_ONCE, rooms, self._turns)
        except BaseException:
            self._arrived = arrived + self._arrived
            raise
        now = self._clock()  # for all of them, so that room for all of them comes back together
        for account, until in turn.put_off:
            self._spending.put_off(account, until)
        for letter in turn.letters:
            task = asyncio.create_task(self._deliver(letter, now))
            self._under_way[task] = letter
            task.add_done_callback(self._ended)
        if self._unheard:
            self._unheard = False
            in_hand = [letter.id for letter in (*self._under_way.values(), *(letter for letter, _ in self._arrived))]
            await self._stored(deliveries.let_go, in_hand)
            return await self._turn()
        return self._again(turn, rooms, now)

    def _again(self, turn: deliveries.Turn, rooms: Sequence[deliveries.Room], now: datetime) -> datetime | None:
        """When to look again: something has to wait for its moment, an account for room, or a chat that rests."""
        moments = [turn.due, *(self._spending.blocked(account, now) for account in self._platforms)]
        # Where there is room for answers, what is held is what nobody asked for.
        moments += [
            self._spending.next_free(room.account, self._platforms[room.account].budget, now, unasked=room.messages > 0)
            for room in rooms
            if room.account in turn.held
        ]
        moments += [until for room in rooms for chat, until in room.resting.items() if chat in turn.held]
        return min((each for each in moments if each is not None), default=None)

    def _rooms(self, now: datetime) -> list[deliveries.Room]:
        resting = self._spending.resting(now)
        under_way = Counter(letter.chat[:2] for letter in self._under_way.values() if letter.chat is not None)
        return [
            deliveries.Room(
                account,
                self._spending.room(account, each.budget, now, unasked=False),
                self._spending.room(account, each.budget, now, unasked=True),
                {chat: until for chat, until in resting.items() if chat[:2] == account},
                under_way[account],
                partial(self._some_time, each.budget.jitter) if each.budget.jitter else None,
            )
            for account, each in self._platforms.items()
            if self._serves(each) and self._spending.blocked(account, now) is None
        ]

    def _some_time(self, most: timedelta, now: datetime) -> datetime:
        return now + most * self._chance()

    async def _mind_the_clock(self) -> None:
        """After the clock was set back nothing waits until it shows again what it had shown."""
        now, was = self._clock(), self._seen
        if was - now > JITTER:
            held = await self._database.run(uncertain.clock_set_back, was)
            self._spending.set_back(was, now)
            log.warning("the clock was set back", seconds=(was - now).total_seconds(), letters=held)
        self._seen = now

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a letter could not be dealt with", error=type(error).__name__)
        if not self._under_way or not self._arrived or any(letter.priority < Priority.NOTICE for letter, _ in self._arrived):
            self.wake()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER.total_seconds(), self.wake)

    def _gathered(self) -> None:
        """A turn comes, and with it what was gathered."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    async def _note(
        self, function: Callable[Concatenate[UnitOfWork, P], Coroutine[Any, Any, object]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Note what became of a letter. While that cannot be stored, its chat waits and it is tried again."""
        await self._stored(function, *args, **kwargs)

    async def _stored(self, function: Callable[Concatenate[UnitOfWork, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function answers, as soon as the database takes it; what it would note is not known anywhere else."""
        for attempt in range(TRIES):
            try:
                return await self._database.run(function, *args, **kwargs)
            except Exception as error:
                if not isinstance(error, Unstorable):
                    self._unheard = True
                    log.exception("what became of a letter could not be stored")
                await self._sleep(min(KEEPING, FIRST_WAIT * 2 ** min(attempt, 10)).total_seconds())
        raise OSError("the database took nothing for a day")

    async def _deliver(self, letter: Letter, now: datetime | None = None) -> None:
        message_id = await self._fate.deliver(letter, now or self._clock())
        if message_id is not None:
            self._arrived.append((letter, message_id))  # the next turn notes it
