"""Keeping the long connection: who connects, when again, and when not."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.platforms.base import SendError
from bot.platforms.json_fields import Json
from bot.platforms.wecom.connection import TAKEN_IN, Connection, Ending
from bot.platforms.wecom.errors import Failed
from bot.platforms.wecom.log import Log

LONGEST = 30
"""Back-off goes from once to so many times the first wait."""
_REJECTED = 60
_STANDS = 60
"""So many first waits has a connection to stand before the back-off begins anew: one that breaks at once would be made at once for ever."""
_GLANCE = 2.0
"""How often it is looked whether this process still leads, in first waits."""
CONNECTED = "connected"
REJECTED = "WeCom does not accept the BotID and Secret of [wecom]; look them up in the bot's API settings"
KICKED = (
    "another program connected with the same WeCom bot, so this one is cut off and does not fight for it; "
    "stop the other one, then start zhibu again"
)
DOWN = "the long connection to WeCom is down; it is tried again and again"
_NETWORK = (aiohttp.ClientError, OSError, TimeoutError, ValueError)


class Keeper:
    """Keeps one subscribed connection while this process `leads`. `told` is told how it stands, in words."""

    def __init__(
        self,
        url: str,
        bot_id: str,
        secret: str,
        *,
        taken: Callable[[Json], Awaitable[None]],
        told: Callable[[str], Awaitable[None]],
        log: Log,
        leads: asyncio.Event | None,
        first_wait: float,
        ack_seconds: float,
        ping_seconds: float,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._url = url
        self._bot_id = bot_id
        self._secret = secret
        self._taken = taken
        self._told = told
        self._log = log
        self._leads = leads
        self._first_wait = first_wait
        self._ack_seconds = ack_seconds
        self._ping_seconds = ping_seconds
        self._chance = chance
        self._failures = 0
        self._out_of_reach = False
        self._session: aiohttp.ClientSession | None = None
        self.connection: Connection | None = None
        """The subscribed connection, while there is one."""

    async def run(self) -> None:
        """Connect and stay so until cancelled."""
        self._session = aiohttp.ClientSession()
        try:
            while True:
                await self._led()
                ending = await self._tried()
                if ending is Ending.KICKED:
                    await self._stand_aside()
                elif ending is None:
                    await asyncio.sleep(self._wait(_REJECTED))
                else:
                    await asyncio.sleep(self._wait(min(2**self._failures, LONGEST)))
                    self._failures = min(self._failures + 1, 10)
        finally:
            await self._session.close()

    def _wait(self, times: float) -> float:
        """Seconds, with jitter so that many bots do not come back at once."""
        return self._first_wait * times * (0.75 + self._chance() / 2)

    async def _led(self) -> None:
        if self._leads is not None:
            await self._leads.wait()

    async def _say(self, words: str) -> None:
        """How it stands; what another process leads is for that one to tell."""
        if self._leads is None or self._leads.is_set():
            await self._told(words)

    async def _tried(self) -> Ending | None:
        """The same as `_once`, whatever happens: a line that nobody keeps any more would be silent for ever."""
        try:
            return await self._once()
        except Exception as error:  # noqa: BLE001 – see above
            self._log.error("Keeping WeCom's connection stumbled and goes on.", error=type(error).__name__)
            return Ending.LOST

    async def _once(self) -> Ending | None:
        """One connection from beginning to end; None where WeCom does not take us."""
        try:
            connection = await self._connect()
        except _NETWORK as error:
            if not self._out_of_reach:  # once, however long it takes
                self._log.warning("WeCom cannot be reached; it is tried again and again.", error=type(error).__name__)
            self._out_of_reach = True
            await self._say(DOWN)
            return Ending.LOST
        try:
            await connection.subscribe(self._bot_id, self._secret)
            self.connection = connection
            self._out_of_reach = False
            self._log.info("WeCom's long connection stands.")
            await self._say(CONNECTED)
            ending = await self._until_it_ends(connection)
        except Failed as error:
            self._log.error("WeCom does not accept the bot's BotID and Secret.", code=error.code)
            await self._say(REJECTED)
            return None
        except SendError as error:
            self._log.warning("WeCom did not answer the subscription.", error=type(error).__name__)
            await self._say(DOWN)
            return Ending.LOST
        finally:
            self.connection = None
            await connection.close()
        self._log.warning("WeCom's long connection ended.", why=ending.value)
        if ending is Ending.LOST:
            await self._say(DOWN)
        return ending

    async def _connect(self) -> Connection:
        if self._session is None:
            raise OSError("stopped")
        async with asyncio.timeout(self._ack_seconds * 2):
            socket: aiohttp.ClientWebSocketResponse[Any] = await self._session.ws_connect(
                self._url, max_msg_size=TAKEN_IN, decode_text=False
            )
        return Connection(socket, self._taken, self._log, ack_seconds=self._ack_seconds, ping_seconds=self._ping_seconds)

    async def _until_it_ends(self, connection: Connection) -> Ending:
        """The end of the connection, or that another process leads: then it is let go, so that nobody has to be kicked."""
        ended = asyncio.ensure_future(connection.ended())
        standing = asyncio.get_running_loop().call_later(self._first_wait * _STANDS, self._stands)
        try:
            while not ended.done() and (self._leads is None or self._leads.is_set()):
                await asyncio.wait([ended], timeout=self._first_wait * _GLANCE)
        finally:
            standing.cancel()
            if not ended.done():
                ended.cancel()
                await asyncio.wait([ended])
        return ended.result() if not ended.cancelled() else Ending.LOST

    def _stands(self) -> None:
        self._failures = 0

    async def _stand_aside(self) -> None:
        """Who was cut off by another stays away: to connect again would only cut off the other in turn.

        In a house of several processes the other may be the one that leads now, which this one learns within some seconds.
        """
        await asyncio.sleep(self._first_wait * _GLANCE * 2)
        if self._leads is None or self._leads.is_set():
            self._log.error("Another program connected with the same WeCom bot; this one stays away until it is started again.")
            await self._told(KICKED)
        while self._leads is None or self._leads.is_set():  # noqa: ASYNC110 – an event tells when it is set, not when it is cleared
            await asyncio.sleep(self._first_wait * _GLANCE)
