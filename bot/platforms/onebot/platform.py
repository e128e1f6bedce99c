"""`OneBotPlatform`: the parts put together behind the `Platform` protocol, for one QQ account."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import structlog
from aiohttp import WSCloseCode, web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, EventKind, Incoming, Parcel
from bot.platforms.base import Note, Receive, Refused, SendError, Stopping
from bot.platforms.json_fields import Json
from bot.platforms.lanes import Lanes
from bot.platforms.onebot.answered import Answered
from bot.platforms.onebot.calls import Failure, Line, Patience
from bot.platforms.onebot.decode import NOTHING, Decoded, Decoder
from bot.platforms.onebot.encode import LONGEST_TEXT, Encoder
from bot.platforms.onebot.errors import meaning
from bot.platforms.onebot.forward import Backoff, Forward
from bot.platforms.onebot.greeting import Greeting
from bot.platforms.onebot.hub import Hub
from bot.platforms.onebot.intake import Intake
from bot.platforms.onebot.link import Link
from bot.platforms.onebot.memory import Memory
from bot.platforms.onebot.places import noted_as
from bot.platforms.onebot.posts import HttpLine
from bot.platforms.onebot.standing import Standing
from bot.platforms.onebot.wire import Socket, Wire

_STOP = 1.5
_LONGEST_POST = 60.0
"""Seconds that a post waits for its event to be stored; then it is answered with 503, and the event is tried on all the same."""
_SAID = frozenset({EventKind.MESSAGE, EventKind.LOCATION})

log = structlog.get_logger("onebot")

Posted = asyncio.Future[bool]
"""Whether the event of a post is stored; who posted it waits for that."""


@dataclass(frozen=True, slots=True, repr=False)
class Manner:
    """How an account is reached and how it speaks; the settings of [onebot]."""

    mode: Literal["reverse", "forward", "http"] = "reverse"
    url: str = ""
    token: str = ""
    announce: Literal["message", "essence", "notice"] = "message"
    accept_friends: bool = True
    budget: Budget = field(default_factory=Budget)
    patience: Patience = field(default_factory=Patience)
    first_wait: float = 1.0
    """Scales every wait after a failure."""


class OneBotPlatform:
    """One QQ account; `instance` is its number, `ours` are the numbers of all. Of several processes only the one that `leads` calls."""

    name = "onebot"

    def __init__(
        self,
        instance: str,
        manner: Manner,
        hub: Hub,
        *,
        clock: Callable[[], datetime],
        ours: frozenset[str] = frozenset(),
        leads: asyncio.Event | None = None,
        note: Note | None = None,
        wake: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.instance = instance
        self.budget = manner.budget
        self._manner = manner
        self._hub = hub
        self._leads = leads
        self._note = note
        self._sleep = sleep
        self._chance = chance
        self._memory = Memory()
        self._link = Link()
        self._http = HttpLine(manner.url, manner.token) if manner.mode == "http" else None
        self._line: Line = self._http or self._link
        self._standing = Standing(self._say, wake, leads)
        self._greeting = Greeting(instance, self._line, self._standing, self._say_places, wait=manner.patience.answer)
        self._decoder = Decoder(instance, ours | {instance}, clock, self._greeting.titles)
        self._answered = Answered(instance, self._line, self._memory, clock)
        self._encoder = Encoder(instance, self._line.call, self._memory, manner.patience, manner.announce)
        self._lanes: Lanes[tuple[Incoming, Posted | None]] = Lanes(self._settle, first_wait=manner.first_wait)
        self._intake = Intake(self._take)
        self._posts: set[Posted] = set()
        self._receive: Receive | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        hub.add(self)

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """No editing and no buttons; marks in groups where the implementation has them."""
        group = kind is ChatKind.GROUP
        return Capabilities(
            edit=False,
            react=group and self._greeting.marks,
            buttons=False,
            remove=True,
            admit=group,
            repeat=False,
            longest_text=LONGEST_TEXT,
        )

    def reachable(self) -> bool:
        """Whether OneBot is connected to this process and its account is on QQ."""
        return self._line.is_open() and self._greeting.done and self._standing.online

    def routes(self) -> Sequence[web.RouteDef]:
        """The routes that all accounts share, told by the first."""
        return self._hub.routes(self)

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Begins in the background, so that a OneBot that is down only delays it."""
        self._receive = receive
        manner = self._manner
        self._spawn(self._intake.run())
        if self._http is None:
            self._spawn(self._greeting.keep_asking(manner.patience.status))
        if manner.mode == "forward":
            backoff = Backoff(manner.first_wait, self._chance)
            client = Forward(manner.url, manner.token, serve=self.serve, standing=self._standing, backoff=backoff, leads=self._leads)
            self._spawn(client.run())
        elif self._http is not None:
            self._http.open()
            self._spawn(self._greeting.keep_calling(manner.patience.status, Backoff(manner.first_wait, self._chance)))
        else:
            self._standing.lost("OneBot has not connected yet; see that its reverse WebSocket leads to /onebot/v11/ws")

    async def stop(self) -> None:
        """Takes nothing more and hands over what it took, then ends the connections."""
        await self._lanes.stop(_STOP)
        self._receive = None
        for each in self._posts:
            _tell(each, stored=False)
        await self._link.close("the program stops")
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_STOP)
        if self._http is not None:
            await self._http.close()

    async def send(self, parcel: Parcel) -> str:
        """Sends, marks, removes or admits; the answer is the id of the message that holds the text."""
        content = parcel.content
        if content.reaction and not self.capabilities(parcel.kind).react:
            raise Refused("no mark can stand there")
        try:
            return await self._encoder.deliver(parcel)
        except SendError:
            raise
        except Failure as error:
            sorry = meaning(error, repeatable=bool(content.reaction or content.remove or content.admission))
        raise sorry

    # In

    def refused(self, why: str) -> None:
        """Somebody who would have been its OneBot was turned away."""
        self._standing.refused(why)

    async def has_room(self, role: str) -> bool:
        """Whether a OneBot may connect in a role; who is refused for a living one is told of in the log and to the doctor."""
        if await self._link.has_room(role):
            return True
        self._standing.second()
        return False

    async def serve(self, socket: Socket, role: str) -> Wire:
        """Speaks over a socket until that is over."""
        wire = Wire(socket, role, self.take, self._manner.patience)
        if self._receive is None:
            await wire.close(WSCloseCode.TRY_AGAIN_LATER, "not ready")
            return wire
        if not self._link.adopt(wire):
            self._standing.second()
            await wire.close(WSCloseCode.POLICY_VIOLATION, "another OneBot speaks for this account already")
            return wire
        if role != "Event":
            self._greeting.done = False
            self._spawn(self._greeting.ask())
        try:
            await wire.run()
        finally:
            self._link.drop(wire)
            await wire.close(WSCloseCode.OK, "")
            if not self._link.is_open():
                self._standing.lost("OneBot's connection is over; it is waited for")
        return wire

    async def take(self, wire: Wire, value: Json) -> None:
        """Takes an event that came over a socket; waits while too many wait already."""
        await self._intake.put(wire, value)

    async def _take(self, wire: Wire, value: Json) -> None:
        """The next event; waits while too many are not stored yet."""
        decoded = self._decode(value)
        if decoded.pulse is not None and decoded.pulse.interval:
            wire.interval = decoded.pulse.interval
        self._heed(decoded)
        if decoded.event is not None:
            await self._lanes.put(decoded.event.chat.key.chat_id, (decoded.event, None))

    async def take_post(self, value: Json) -> bool:
        """Takes an event that was posted and answers after the commit. OneBot does not post it again, so it is tried until it is stored."""
        if self._receive is None:
            return False
        decoded = self._decode(value)
        self._heed(decoded)
        if decoded.event is None:
            return True
        posted: Posted = asyncio.get_running_loop().create_future()
        self._posts.add(posted)
        try:
            async with asyncio.timeout(_LONGEST_POST):
                await self._lanes.put(decoded.event.chat.key.chat_id, (decoded.event, posted))
                return await posted
        except TimeoutError:
            return False
        finally:
            self._posts.discard(posted)

    def _decode(self, value: Json) -> Decoded:
        try:
            return self._decoder.event(value)
        except Exception as error:  # noqa: BLE001 – one event that nobody foresaw must not end the connection for all
            # Without the error's own words, which may be somebody's.
            log.error("An event could not be understood and was left out.", error=type(error).__name__)  # noqa: TRY400
            return NOTHING

    def _heed(self, decoded: Decoded) -> None:
        """What only concerns the adapter."""
        if decoded.event is not None and decoded.event.kind in _SAID:
            self._standing.account(online=True)  # who hears what is said is there, whatever was told before
        if decoded.pulse is not None and decoded.pulse.online is not None:
            self._standing.account(online=decoded.pulse.online, why=decoded.pulse.why)
        if decoded.met is not None:
            self._memory.met.keep(*decoded.met)
        if decoded.gone:
            self._memory.gone.keep(decoded.gone, value=True)
        if decoded.place:
            self._spawn(self._greeting.look_at(decoded.place))
        if decoded.friend:
            self._spawn(self._befriend(decoded.friend))

    async def _settle(self, item: tuple[Incoming, Posted | None]) -> None:
        event, posted = item
        try:
            await self._hand_over(event)
        except Stopping:
            _tell(posted, stored=False)
            raise
        _tell(posted, stored=True)

    async def _hand_over(self, event: Incoming) -> None:
        if self._receive is None:
            raise Stopping
        event = await self._answered.known(event)
        await self._receive(event)

    async def _befriend(self, flag: str) -> None:
        if not self._manner.accept_friends:
            log.info("Somebody wants to be the bot's friend on QQ; [onebot] accept_friends is off.")
            return
        await self._sleep(self._manner.budget.jitter.total_seconds() * self._chance())  # who accepts at once is a machine
        try:
            await self._line.call("set_friend_add_request", {"flag": flag, "approve": True, "remark": ""}, self._manner.patience.answer)
        except Failure as error:
            log.warning("A friend of the bot on QQ could not be accepted.", error=str(error))

    def _say(self, words_: str) -> None:
        if self._note is not None:
            self._spawn(self._noted(self._note, self.instance, words_))

    def _say_places(self, words_: str) -> None:
        if self._note is not None:
            self._spawn(self._noted(self._note, noted_as(self.instance), words_))

    async def _noted(self, note: Note, name: str, words_: str) -> None:
        try:
            await note(self.name, name, words_)
        except Exception as error:  # noqa: BLE001 – the line goes on without the doctor knowing
            log.warning("How the line stands could not be noted.", error=type(error).__name__)

    def _spawn(self, work: Coroutine[object, object, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _tell(posted: Posted | None, *, stored: bool) -> None:
    if posted is not None and not posted.done():
        posted.set_result(stored)
