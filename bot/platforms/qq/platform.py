"""`QQPlatform`: the parts put together behind the `Platform` protocol."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.messages import Budget, Capabilities, ChatKind, CommandHint, Parcel
from bot.platforms.base import Heard, Note, Receive, Temporary
from bot.platforms.bounded import Bounded
from bot.platforms.json_fields import Json
from bot.platforms.lanes import Turns
from bot.platforms.qq.api import Api
from bot.platforms.qq.compose import LONGEST
from bot.platforms.qq.decode import Change, Decoder, lane_of
from bot.platforms.qq.send import Sender
from bot.platforms.qq.signing import Signer
from bot.platforms.qq.tokens import NOT_TAKEN, Tokens
from bot.platforms.qq.transport import BadCredentials, Failure, Line
from bot.platforms.qq.webhook import Webhook
from bot.platforms.qq.windows import SPANS, Anchor, Pushes, Windows

log = structlog.get_logger("qq")

_STOP_SECONDS = 1.5
_LOOK = 0.5
"""Seconds between two looks at whether this process leads."""
_HEEDED, _RECALLED = 1000, 10_000


def _nothing() -> None:
    pass


class QQPlatform:
    """One bot of QQ's open platform. `note` remembers what is wrong with the line, in words; `wake` is called when a token is found.

    Of several processes only the one that `leads` takes callbacks and sends; the others answer 503, and QQ, or what stands before them,
    tries the next.
    """

    name = "qq"

    def __init__(
        self,
        app_id: str,
        secret: str,
        *,
        clock: Clock,
        instance: str = "main",
        api_url: str = "https://api.sgroup.qq.com",
        token_url: str = "https://bots.qq.com/app/getAppAccessToken",  # noqa: S107  an address
        markdown: bool = False,
        private_pushes: bool = False,
        registered: Collection[str] = (),
        budget: Budget = Budget(),
        answer_seconds: float = 15.0,
        note: Note | None = None,
        leads: asyncio.Event | None = None,
        wake: Callable[[], None] = _nothing,
        heard: Heard | None = None,
        retry_seconds: float = 60.0,
    ) -> None:
        self.instance = instance
        self.budget = budget
        self._clock = clock
        self._private_pushes = private_pushes
        self._note = note
        self._leads = leads
        self._wake = wake
        self._retry_seconds = retry_seconds
        self._searching = False
        self._line = Line(min(10.0, answer_seconds), answer_seconds)
        self._tokens = Tokens(self._line, token_url, app_id, secret, clock)
        self._api = Api(self._line, self._tokens, api_url)
        self._windows, self._pushes = Windows(clock), Pushes(clock)
        known = frozenset(each.casefold() for each in registered)
        self._sender = Sender(
            self._api, self._windows, self._pushes, markdown=markdown, private_pushes=private_pushes, registered=known, recall=self._recall
        )
        self._heard = heard
        self._recalled: Bounded[str, None] = Bounded(_RECALLED)
        self._decoder = Decoder(instance, clock, self._sender.is_ours)
        self._webhook = Webhook(f"/qq/{instance}", Signer(secret), self._take, clock=clock, tell=self._tell_of_the_clock)
        self._receive: Receive | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes = Turns()
        self._heeded: Bounded[str, None] = Bounded(_HEEDED)
        self._troubles: dict[str, str] = {}
        self._noted: str | None = None

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Text, pictures and files; buttons where QQ has granted them. In a group an administrator's bot may delete."""
        return Capabilities(
            push=kind is ChatKind.PRIVATE and self._private_pushes,
            edit=False,
            react=False,
            buttons=self._sender.markdown,
            remove=kind is ChatKind.GROUP,
            mark_in_words=kind is ChatKind.GROUP,
            overhear=False,
            longest_text=LONGEST,
        )

    def reachable(self) -> bool:
        """Whether QQ takes the AppSecret, and this process is the one that takes its callbacks: only it knows what may be replied to."""
        return self._is_first() and not self._tokens.rejected

    def _is_first(self) -> bool:
        if self._leads is None or self._leads.is_set():
            return True
        self._recalled.clear()  # what is said from now on another process hears
        return False

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's route."""
        return [self._webhook.route()]

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Listens from now on; a first token is fetched beside, to find out whether QQ takes the AppSecret."""
        self._receive = receive
        await self._line.open()
        self._searching = False
        self._search()
        if self._leads is not None:
            self._spawn(self._look_who_leads())

    async def stop(self) -> None:
        """Ends what is under way beside, then closes the connections."""
        self._receive = None
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_STOP_SECONDS)
        await self._line.close()

    async def send(self, parcel: Parcel) -> str:
        """Sends or deletes; the answer is the id under which QQ shows the message when somebody answers it."""
        try:
            return await self._sender.deliver(parcel)
        finally:
            if self._tokens.rejected and self._receive is not None:
                self._search()

    async def _take(self, payload: Json, posted: int) -> bool:
        """Hands over what was posted, one callback of a chat after the other; False while the bot is not ready."""
        name = lane_of(payload)
        lane = self._lanes.of(name)
        async with lane:
            if self._receive is None or not self._is_first():
                return False
            decoded = self._decoder.read(payload, posted)
            if decoded.change is not None:
                self._heed(decoded.change)
            if (opening := decoded.opening) is not None:
                self._windows.open(opening.chat.key.chat_id, opening.chat.kind, opening.anchor, opening.age)
            if decoded.event is not None:
                await self._receive(decoded.event)
        if decoded.press:
            self._spawn(self._answer(decoded.press))
        return True

    async def _recall(self, parcel: Parcel) -> None:
        """Open what was said in a chat before this process began, or while another one led; asked once for each chat."""
        chat, now = parcel.chat, self._clock()
        if self._heard is None or chat.chat_id in self._recalled:
            return
        self._recalled.keep(chat.chat_id, None)
        try:
            found = await self._heard(chat, now - SPANS[parcel.kind])
        except Exception as error:  # noqa: BLE001 – nothing was sent: whatever it was, the next try asks again
            self._recalled.pop(chat.chat_id)
            raise Temporary(f"what was said lately cannot be looked up ({type(error).__name__})") from None
        for key, at in reversed(found):
            if (message_id := self._decoder.message_of(key)) is not None:
                self._windows.open(chat.chat_id, parcel.kind, Anchor("msg_id", message_id), now - at)

    def _heed(self, change: Change) -> None:
        """What QQ lets the bot do in a chat has changed; told a second time it may be out of date."""
        if change.key in self._heeded:
            return
        self._heeded.keep(change.key, None)
        if change.pushes is not None:
            self._pushes.tell(change.chat, allowed=change.pushes)
        if change.left:
            self._windows.leave(change.chat)

    async def _answer(self, press: str) -> None:
        """Tells QQ that a pressed button was heard; where that fails the button only shows it a little longer."""
        try:
            await self._api.call("PUT", f"/interactions/{quote(press, safe='')}", {"code": 0})
        except Failure as error:
            log.info("A pressed button could not be answered.", error=type(error).__name__)

    async def _look_who_leads(self) -> None:
        """However short another process led, it is seen that this one did not: two beats are further apart than two looks."""
        while True:
            self._is_first()
            await asyncio.sleep(_LOOK)

    async def _find_a_token(self) -> None:
        """Asks for a token until there is one, so that whoever runs the bot hears at once that the AppSecret is wrong."""
        said = False
        while True:
            try:
                await self._tokens.get()
            except BadCredentials:
                self._tell("token", NOT_TAKEN)
            except Failure as error:
                if not said:
                    log.warning("QQ gives no access token yet.", error=type(error).__name__)
                said = True
            else:
                self._tell("token", "")
                self._searching = False
                return self._wake()
            await asyncio.sleep(self._retry_seconds)

    def _search(self) -> None:
        if not self._searching:
            self._searching = True
            self._spawn(self._find_a_token())

    def _tell_of_the_clock(self, words: str) -> None:
        self._tell("clock", words)

    def _tell(self, what: str, words: str) -> None:
        """Remember of something how it stands; said to the log and noted for the doctor when it changes."""
        self._troubles[what] = words
        told = " ".join(filter(None, self._troubles.values()))
        if told == self._noted:
            return
        self._noted = told
        if words:
            log.warning(words)
        if self._note is not None:
            self._spawn(self._noting(self._note, told))

    async def _noting(self, note: Note, told: str) -> None:
        await note(self.name, self.instance, told)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
