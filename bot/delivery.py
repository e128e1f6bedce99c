"""From the outbox to the platforms: in order, within budgets, merging, retrying, giving up aloud. Never inside a transaction."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog

from bot.budgets import HOUR, MINUTE, Spending
from bot.clock import BEIJING, Clock
from bot.delivery_failures import FIRST_WAIT, Failures
from bot.messages import Capabilities, ChatKind, Outgoing, Parcel, Priority
from bot.metrics import Metrics
from bot.platforms.base import NotNow, Platform, Refused, SendError, Uncertain
from bot.rules import tallies
from bot.rules.turns import Turns
from bot.services import deliveries, drawings, uncertain
from bot.services.posting import unpack
from bot.spelled import Heard, fitted
from bot.texts import Language, Text
from storage.database import Database
from storage.faults import Unstorable
from storage.outbox import BUDGET, Letter
from storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

AT_ONCE = 128
"""Chats of an account that are served at the same time. Each account has places of its own: one that hangs holds up no other."""
TAKEN = Text("👌 记下了", "👌 noted")
"""What is said where a mark would stand, if there are none."""
JITTER = timedelta(minutes=1)
"""A clock that goes back by less is being kept right and not set, or another program's was ahead: what waits for it waits no longer."""
LATE = timedelta(minutes=1)
"""From then on a letter that nobody asked for may have slipped into the night."""
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
        self._heard = heard
        self._platforms: Mapping[tuple[str, str], Platform] = {(each.name, each.instance): each for each in platforms}
        self._clock = clock
        self._chance = chance
        self._sleep = sleep
        self._metrics = metrics or Metrics()
        self._spending = Spending()
        self._failures = Failures(
            self._note,
            self._spending.block,
            recognising=self._recognising(),
            cautious=self._cautious(),
            clock=clock,
            chance=chance,
        )
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
            if platform is not None and not (mark and _is_free(platform.capabilities(kind))):
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
        if letter.chat is None or letter.content is None:
            await self._note(deliveries.give_up, letter, "nothing to send")
            return
        structlog.contextvars.bind_contextvars(cause=letter.cause)  # a task of its own, hence a context of its own
        platform = self._platforms[letter.chat[:2]]
        kind, now = ChatKind(letter.kind), now or self._clock()
        can = platform.capabilities(kind)
        can_edit = can.edit
        if await self._lets_be(letter, letter.content, now, can_edit=can_edit):
            return
        unasked = letter.priority >= Priority.NOTICE
        free = letter.mark and ("reaction" not in letter.content or _is_free(can))
        ready = self._spending.ready_at(letter.chat, kind, platform.budget, now, marks=free, unasked=unasked)
        if ready > now:
            await self._note(deliveries.put_back, letter, ready, BUDGET, attempts=letter.attempts)
            return
        spent = None if free else self._spending.spend(letter.chat, kind, platform.budget, now, unasked=unasked)
        content = unpack(letter.content, letter.picture, letter.file)
        edit = letter.message_id if can_edit else None
        began = asyncio.get_running_loop().time()
        try:
            if content.drawing is not None:
                content = await self._drawn(content, can)
            message_id = await self._send(
                platform,
                Parcel(
                    letter.chat, kind, content, Language(letter.language), edit, str(letter.id), letter.doubts > 0, unasked, letter.version
                ),
            )
        except SendError as error:
            if spent is not None and isinstance(error, NotNow):
                self._spending.spared(letter.chat, kind, platform.budget, spent)
            self._told(letter, type(error).__name__.lower(), began)
            await self._failures.deal_with(letter, error)
        except Exception as error:
            log.exception("a platform broke its promise", platform=letter.chat.platform, letter=letter.id)
            self._told(letter, "broken", began)
            await self._failures.deal_with(letter, Uncertain(type(error).__name__))
        else:
            self._told(letter, "edited" if letter.message_id else "sent", began)
            self._arrived.append((letter, message_id))  # the next turn notes it

    def _told(self, letter: Letter, result: str, began: float) -> None:
        """What came of handing a letter over, in numbers."""
        seconds = asyncio.get_running_loop().time() - began
        platform = letter.chat.platform if letter.chat else ""
        arrived = result in {"sent", "edited"}
        self._metrics.send(platform, result, seconds, (self._clock() - letter.not_before).total_seconds() if arrived else None)
        log.info("letter", platform=platform, letter=letter.id, result=result, attempts=letter.attempts, seconds=round(seconds, 3))

    async def _lets_be(self, letter: Letter, content: Mapping[str, Any], now: datetime, *, can_edit: bool) -> bool:
        """Whether a letter is not sent, or not now: it is stale, it is not worth saying, or it is night."""
        if letter.good_until is not None and letter.message_id is None and letter.good_until < now:
            await self._note(deliveries.stale, letter)
            return True
        return (not can_edit and await self._spares(letter, content, now)) or await self._slept_over(letter, now)

    async def _slept_over(self, letter: Letter, now: datetime) -> bool:
        """What nobody asked for and is late, after an outage perhaps, does not arrive in the night; it waits for its morning."""
        if letter.day is None or letter.message_id is not None or now - letter.not_before <= LATE:
            return False
        try:
            return await self._database.run(deliveries.put_off_at_night, letter)
        except Exception:
            log.exception("whether it is night there could not be found out", letter=letter.id)
            return False

    async def _spares(self, letter: Letter, content: Mapping[str, Any], now: datetime) -> bool:
        """Where nothing can be edited a changed count is not said anew, and a number that grows only now and then."""
        if letter.message_id is not None and "only_edit" in content:
            await self._note(deliveries.unsaid, letter)
            return True
        if "tally" not in content:
            return False
        if letter.good_until is not None and letter.good_until < now:
            await self._note(deliveries.unsaid, letter)
            return True
        due = tallies.first(letter.created_at) if letter.sent_at is None else tallies.again(letter.sent_at, BEIJING)
        if due is None:
            await self._note(deliveries.unsaid, letter)
        elif due > now:
            await self._note(deliveries.postpone, letter, due)
        return due is None or due > now

    @staticmethod
    async def _drawn(content: Outgoing, can: Capabilities) -> Outgoing:
        """The message with its picture or paper made, beside the loop; without a picture where there are none.

        What cannot be drawn cannot be drawn at the next try either.
        """
        if content.drawing is not None and content.drawing.is_picture and not can.pictures:
            return replace(content, drawing=None)
        try:
            return await asyncio.to_thread(drawings.drawn, content)
        except Exception as error:
            log.exception("a picture or paper could not be drawn")
            raise Refused(f"could not be drawn: {type(error).__name__}") from error

    async def _send(self, platform: Platform, parcel: Parcel) -> str:
        can = platform.capabilities(parcel.kind)
        if parcel.content.reaction and not can.react:
            if not can.mark_in_words:
                return ""
            parcel = replace(parcel, content=Outgoing(TAKEN, reply_to=parcel.content.reply_to))
        if parcel.content.remove and not can.remove:
            raise Refused("messages cannot be deleted there")
        if parcel.content.admission and not can.admit:
            raise Refused("nobody can be let in there")
        content = fitted(parcel.content, parcel.kind, can, self._heard)
        return await platform.send(parcel if content is parcel.content else replace(parcel, content=content))


def _is_free(can: Capabilities) -> bool:
    """Whether a mark costs nothing, because it is not said in words."""
    return can.react or not can.mark_in_words
