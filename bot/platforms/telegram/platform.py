"""`TelegramPlatform`: the parts put together behind the `Platform` protocol."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Literal

import structlog
from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, Counted, Parcel
from bot.patterns import Pattern
from bot.platforms.base import STALE, Receive, SendError
from bot.platforms.json_fields import number, words
from bot.platforms.lanes import Turns
from bot.platforms.telegram.address import Self
from bot.platforms.telegram.decode import ALLOWED_UPDATES, Decoded, Decoder, lane_of
from bot.platforms.telegram.encode import LONGEST, Encoder
from bot.platforms.telegram.errors import meaning
from bot.platforms.telegram.menu import menus
from bot.platforms.telegram.polling import Poller
from bot.platforms.telegram.transport import Api, Conflict, Failures, Line
from bot.platforms.telegram.trouble import Log, Trouble
from bot.platforms.telegram.webhook import Webhook

_SECRET = Pattern(r"[A-Za-z0-9_-]{1,256}")
_MENU_TRIES = 3
_READY_SECONDS = 5.0
_STOP_SECONDS = 1.5


class TelegramPlatform:
    """One bot account. `webhook_url` is the whole public address of the route; `first_wait` scales every wait after a failure.

    `noted` is told the bot's name once Telegram has told it. `line` carries the requests, if not HTTP.
    Of several processes only the one that `leads` fetches updates.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        *,
        clock: Callable[[], datetime],
        instance: str = "main",
        mode: Literal["polling", "webhook"] = "polling",
        base_url: str = "https://api.telegram.org/bot",
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        poll_seconds: int = 25,
        answer_seconds: float = 15.0,
        first_wait: float = 1.0,
        budget: Budget = Budget(),
        log: Log | None = None,
        noted: Callable[[str], Awaitable[object]] | None = None,
        line: Line | None = None,
        leads: asyncio.Event | None = None,
    ) -> None:
        if not token:
            raise ValueError("Telegram needs a bot token.")
        if mode == "webhook" and not (webhook_url and _SECRET.fullmatch(webhook_secret or "")):
            raise ValueError("Telegram's webhook needs its public address and a secret of 1–256 of A–Z a–z 0–9 _ -.")
        self.instance = instance
        self.budget = budget
        self._token = token
        self._mode = mode
        self._clock = clock
        self._webhook_url = webhook_url
        self._webhook_secret = webhook_secret or ""
        self._poll_seconds = poll_seconds
        self._first_wait = first_wait
        self._log: Log = log or structlog.get_logger("telegram")
        self._api = Api(line, answer_seconds) if line else Api.over_http(token, base_url, answer_seconds)
        self._encoder = Encoder(self._api)
        self._noted = noted
        self._leads = leads
        self._receive: Receive | None = None
        self._decoder: Decoder | None = None
        self._known = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes = Turns()

    @property
    def username(self) -> str | None:
        """The bot's name without @, once Telegram has told it."""
        return self._decoder.me.username or None if self._decoder else None

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Everything, everywhere."""
        return Capabilities(longest_text=LONGEST, counted=Counted.UTF16)

    def reachable(self) -> bool:
        """Always: every message is a request of its own."""
        return True

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's route, where there is one."""
        if self._mode == "polling":
            return []
        return [Webhook(f"/telegram/{self.instance}", self._webhook_secret, self.take, self._log).route()]

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Begins in the background, so that a network that is down only delays it."""
        self._receive = receive
        await self._api.connect()
        self._spawn(self._run(commands))

    async def stop(self) -> None:
        """Ends the long poll and every other task, then closes the connections. What was under way is fetched again."""
        self._receive = None
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_STOP_SECONDS)
        await self._api.disconnect()

    async def send(self, parcel: Parcel) -> str:
        """Sends, edits, marks or deletes; the answer is the id of the message that holds the text."""
        try:
            return await self._encoder.deliver(parcel)
        except SendError:
            raise
        except Failures as error:
            sorry = meaning(error, repeatable=bool(parcel.edit or parcel.content.reaction or parcel.content.remove))
        # Outside the except clause, so that no traceback leads to an address with the token in it.
        sorry.args = tuple(str(part).replace(self._token, "…") for part in sorry.args)
        raise sorry

    async def _run(self, commands: Sequence[CommandHint]) -> None:
        await self._insist(self._introduce)
        if self._noted is not None and self.username:
            self._spawn(self._note(self._noted, self.username))
        self._spawn(self._offer_menu(commands))
        if self._mode == "webhook":
            await self._insist(self._set_webhook)
            return
        try:
            await self._delete_webhook()
        except Failures as error:
            self._log.info("The webhook could not be deleted; tried again if it is in the way.", error=type(error).__name__)
        poller = Poller(fetch=self._fetch, decode=self._decode, hand_over=self._hand_over, log=self._log, first_wait=self._first_wait)
        await poller.run()

    @staticmethod
    async def _note(noted: Callable[[str], Awaitable[object]], name: str) -> None:
        await noted(name)

    async def _insist(self, action: Callable[[], Awaitable[object]]) -> None:
        trouble = Trouble(self._log, self._first_wait)
        while True:
            try:
                await action()
            except Failures as error:
                await asyncio.sleep(trouble.wait_after(error))
            else:
                return trouble.over()

    async def _introduce(self) -> None:
        account = await self._api.me()
        prefix = self._token.partition(":")[0]
        user_id = number(account.get("id")) or (int(prefix) if prefix.isdecimal() else None)
        self._decoder = Decoder(self.instance, Self(user_id, words(account.get("username"))), self._clock)
        self._known.set()

    async def _set_webhook(self) -> None:
        await self._api.call(
            "setWebhook",
            {
                "url": self._webhook_url or "",
                "secret_token": self._webhook_secret,
                "allowed_updates": ALLOWED_UPDATES,
                "drop_pending_updates": False,
            },
        )

    async def _delete_webhook(self) -> None:
        await self._api.call("deleteWebhook", {"drop_pending_updates": False})

    async def _fetch(self, offset: int | None) -> list[object]:
        if self._leads is not None:
            await self._leads.wait()
        try:
            return await self._api.updates(offset, self._poll_seconds, ALLOWED_UPDATES)
        except Conflict as error:
            if "webhook" in error.message:
                await self._delete_webhook()
            raise

    def _decode(self, value: object) -> Decoded | None:
        return self._decoder.update(value) if self._decoder else None

    async def take(self, value: object) -> bool:
        """Hands over what the webhook brought, one update of a chat after the other; False while the bot is not ready."""
        if not self._known.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(_READY_SECONDS):
                    await self._known.wait()
        if self._decoder is None or self._receive is None:
            return False
        chat = lane_of(value)
        lane = self._lanes.of(chat)
        async with lane:  # what waits in a burst waits as it came: read, it would take twice the room
            update = self._decode(value)
            if update is None:
                return True
            oldest = self._clock() - STALE
            if any(event.at < oldest for event in update.events):
                update = replace(update, events=tuple(event for event in update.events if event.at >= oldest))
            await self._hand_over(update)
        return True

    async def _hand_over(self, update: Decoded) -> None:
        if self._receive is None:
            raise RuntimeError("stopped")
        for event in update.events:
            await self._receive(event)
        if update.press:
            self._spawn(self._answer(update.press))

    async def _answer(self, press: str) -> None:
        """Stops the little clock on a pressed button; where that fails the button only shows it a little longer."""
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": press})
        except Failures as error:
            self._log.info("A pressed button could not be answered.", error=type(error).__name__)

    async def _offer_menu(self, commands: Sequence[CommandHint]) -> None:
        for menu in menus(commands, self._log):
            trouble = Trouble(self._log, self._first_wait)
            for _ in range(_MENU_TRIES):
                try:
                    await self._api.call("setMyCommands", menu)
                except Failures as error:
                    await asyncio.sleep(trouble.wait_after(error))
                else:
                    break
            else:
                self._log.warning("Telegram did not take the menu of commands.", scope=menu["scope"], language=menu["language_code"])

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
