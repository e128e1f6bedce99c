"""The browser chat: a chat platform of our own, for the first run, for tests, and for branches without a bot account.

The protocol is docs/browser-chat.md. This module is both the far side (it keeps the chats and shows them to pages) and our adapter.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot.clock import Clock
from bot.language import identity
from bot.messages import (
    Budget,
    Capabilities,
    Chat,
    ChatKind,
    CommandHint,
    Incoming,
    Location,
    Outgoing,
    Parcel,
    Sender,
)
from bot.platforms import browser_frames as frames
from bot.platforms.base import Receive, Refused, Stopping, Unreachable, Vanished
from bot.platforms.browser_files import Files
from bot.platforms.browser_origin import is_own
from bot.platforms.browser_others import Others
from bot.platforms.browser_page import Page
from bot.platforms.pace import Pace
from bot.services import browser_chat
from bot.services.browser_chat import INSTANCE, PLATFORM, STRANGER, Visitor
from bot.texts import Text

log = structlog.get_logger()

BURST, PER_SECOND = 100, 10
"""Frames of one person that are taken at once, and how many a second after that: more than a thumb can do."""
PAGES = 20
"""Pages that one person may have open."""
LIFE = 3600.0
"""Seconds after which a socket has to be opened anew, so that a session which is over does not go on."""
_BOT = {"id": "bot", "name": {"zh": "支部机器人", "en": "Branch bot"}}
_PRIVATE = Text("支部机器人（私聊）", "Branch bot (private)")
_REMOVED = Text("（已删除）", "(deleted)")
_NOT_TAKEN = Text("没有发出去，请再试一次。", "It was not sent; please try again.")
_SLOWER = Text("您发得太快了，请过一会儿再发。", "That was too quick; please send it again in a moment.")
_NOT_YOURS = Text("只能改自己的消息。", "You can only change your own messages.")

Run = Callable[..., Awaitable[Any]]
"""Runs a service in a transaction: `Database.run`."""
WhoIs = Callable[[web.Request], Awaitable[Visitor | None]]
"""Answers who opened a page of a real deployment."""


class BrowserPlatform:
    """The platform `browser`. `sample` lets a page be anybody of the sample; otherwise `who_is` tells from the session."""

    name = PLATFORM
    instance = INSTANCE

    def __init__(
        self,
        run: Run,
        read: browser_chat.Read,
        clock: Clock,
        *,
        sample: bool,
        who_is: WhoIs,
        language: str = "zh",
        shared: bool = False,
        budget: Budget = Budget(chat_per_second=100, group_per_minute=6000, all_per_second=1000),
    ) -> None:
        self.budget = budget
        self._run = run
        self._read = read
        self._clock = clock
        self._sample = sample
        self._who_is = who_is
        self._language = language
        self._pages: dict[Page, None] = {}
        self._closing: set[asyncio.Task[bool]] = set()
        self._files = Files()
        self._pace = Pace(BURST, PER_SECOND)
        self._number = 0
        self._others = Others(read, lambda: self._pages) if shared else None
        self._looking: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()
        self._receive: Receive | None = None
        self._commands: Sequence[CommandHint] = ()
        self.can = Capabilities(recognise=True)
        """What the chat can do; it may be told to do less, to see what the bot says where that is so."""
        self.watchers: list[Callable[[dict[str, Any]], None]] = []
        """Called with every message that is shown or changed, for `zhibu say`."""

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Everything, and what is sent again is found in its own transcript."""
        return self.can

    def reachable(self) -> bool:
        """Always: who has no page open finds it there later."""
        return True

    def routes(self) -> list[web.RouteDef]:
        """The socket and the files that messages point to."""
        return [web.get("/ws", self._socket), web.get("/file/{token}", self._file)]

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Continue the numbers of the messages."""
        self._receive = receive
        self._commands = commands
        self._number = await self._run(browser_chat.last_number)
        if self._others is not None:
            self._looking = asyncio.create_task(self._others.run(), name="browser chat of others")

    async def stop(self) -> None:
        """Close every page's socket."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        for page in list(self._pages):
            await page.socket.close(code=WSCloseCode.GOING_AWAY)

    # Out

    async def send(self, parcel: Parcel) -> str:
        """Show, change, mark or remove a message."""
        content = parcel.content
        if content.remove is not None:
            return await self._remove(parcel.chat.chat_id, content.remove)
        if content.reaction is not None:
            return await self._react(content)
        if not parcel.chat.chat_id.startswith("private-" if parcel.kind is ChatKind.PRIVATE else "group-"):
            raise Unreachable("no such chat")
        edit = parcel.edit
        if edit is None and parcel.again:
            edit = await self._run(browser_chat.shown_of, parcel.chat.chat_id, parcel.key)
        old = await self._run(browser_chat.message, edit) if edit else None
        if edit and old is None:
            raise Vanished(edit)
        if not content.text and content.picture is None and content.file is None:
            raise Refused("an empty message")
        number = await self._next_number() if old is None else int(edit[1:]) if edit else 0
        message = {
            "id": f"b{number}",
            "chat": parcel.chat.chat_id,
            "from": _BOT,
            "text": frames.both(content.text),
            "at": old["at"] if old else self._clock().isoformat(),
            "edited": old is not None,
            "buttons": [[{"label": frames.both(button.label), "data": button.data} for button in row] for row in content.buttons],
            "picture": self._files.keep_picture(parcel.chat.chat_id, content.picture),
            "file": self._files.keep_file(parcel.chat.chat_id, content),
            "reply_to": content.reply_to.message_id if content.reply_to else None,
            "reactions": old["reactions"] if old else [],
            "letter": parcel.key or (old.get("letter", "") if old else ""),
        }
        await self._show(message, number, "edit" if old else "message")
        return str(message["id"])

    async def _next_number(self) -> int:
        """The next message's number; among several processes the database gives it."""
        self._number = self._number + 1 if self._others is None else await self._run(browser_chat.next_number)
        return self._number

    async def _react(self, content: Outgoing) -> str:
        message = await self._run(browser_chat.message, content.reply_to.message_id) if content.reply_to else None
        if message is None or content.reply_to is None:
            raise Vanished("nothing to mark")
        if content.reaction not in message["reactions"]:
            message["reactions"].append(content.reaction)
        await self._show(message, message["number"], "edit")
        return str(message["id"])

    async def _remove(self, chat: str, message_id: str) -> str:
        message = await self._run(browser_chat.message, message_id)
        if message is None or message["chat"] != chat:
            raise Vanished(message_id)
        await self._run(browser_chat.remove, message_id)
        for watcher in self.watchers:
            watcher(
                {**message, "text": frames.both(_REMOVED), "buttons": [], "picture": None, "file": None, "edited": True, "removed": True}
            )
        frame = {"type": "remove", "chat": chat, "message": message_id}
        await asyncio.gather(*(page.follow(frame) for page in self._pages if chat in page.chats))
        return message_id

    async def _show(self, message: dict[str, Any], number: int, frame: str, nonce: str = "") -> None:
        message["number"] = number
        listening = frozenset(page.visitor.user_id for page in self._pages if message["chat"] in page.chats)
        gone = await self._run(browser_chat.keep, number, message, self._clock(), listening)
        for watcher in self.watchers:
            watcher(message)
        shown, own = {"type": frame, "message": message}, {"type": frame, "message": message, "nonce": nonce}
        for page in [each for each in self._pages if each.visitor.user_id in gone]:
            self._let_go(page, WSCloseCode.POLICY_VIOLATION)
        there = [page for page in self._pages if message["chat"] in page.chats]
        if self._others is not None:
            for page in there:
                self._others.note(page, message)
        await asyncio.gather(*(page.follow(own if nonce and page.visitor.user_id == message["from"]["id"] else shown) for page in there))

    async def _file(self, request: web.Request) -> web.Response:
        visitor = None if self._sample else await self._who_is(request)
        if visitor is None and not self._sample:
            raise web.HTTPUnauthorized(text="Open the chat by a one-time link.")
        return self._files.serve(request.match_info["token"], browser_chat.chats_of(visitor) if visitor else None)

    # In

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if not is_own(request):
            raise web.HTTPForbidden(text="A page of another origin cannot open this chat.")
        visitor = await self._visitor(request)
        if visitor is None:
            raise web.HTTPUnauthorized(text="Open the chat by a one-time link.")
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=frames.FRAME)
        await socket.prepare(request)
        page = Page(socket, visitor, self._language)
        self._make_room(visitor.user_id)
        self._pages[page] = None
        life = asyncio.get_running_loop().call_later(LIFE, self._let_go, page, WSCloseCode.GOING_AWAY)
        try:
            await self._welcome(page)
            async for message in socket:
                if message.type is WSMsgType.TEXT and not await self._heard(page, message.data, request):
                    break
        finally:
            life.cancel()
            self._pages.pop(page, None)
        return socket

    def _make_room(self, user_id: str) -> None:
        """Close the pages that a person opened first, where they have too many."""
        theirs = [page for page in self._pages if page.visitor.user_id == user_id]
        for page in theirs[: max(0, len(theirs) - PAGES + 1)]:
            self._let_go(page, WSCloseCode.POLICY_VIOLATION)

    def _let_go(self, page: Page, code: WSCloseCode) -> None:
        """Close a page's socket without waiting for its answer, which may never come."""
        self._pages.pop(page, None)
        task = asyncio.create_task(page.socket.close(code=code))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _heard(self, page: Page, data: str, request: web.Request) -> bool:
        """Act on what a page sends; False where its session is over or its member gone, and the page with it."""
        if not self._pace.take(page.visitor.user_id, asyncio.get_running_loop().time()):
            await page.show({"type": "error", "nonce": frames.nonce(frames.decode_frame(data)) or None, "text": frames.both(_SLOWER)})
        elif not self._sample and await self._who_is(request) is None:
            await page.socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return False
        else:
            await self._frame(page, data)
        return True

    async def _visitor(self, request: web.Request) -> Visitor | None:
        if not self._sample:
            return await self._who_is(request)
        people = await self._run(browser_chat.people)
        wanted = request.query.get("as") or people[0].user_id
        return next((each for each in people if each.user_id == wanted), None)

    async def _welcome(self, page: Page) -> None:
        people = await self._run(browser_chat.people) if self._sample else []
        title, members = await self._run(browser_chat.branch_title, page.visitor.branch)
        group, private = browser_chat.group_chat(page.visitor.branch), browser_chat.private_chat(page.visitor.user_id)
        await page.show(
            {
                "type": "welcome",
                "sample": self._sample,
                "me": page.visitor.user_id,
                "name": frames.both(page.visitor.name),
                "people": [frames.person(each) for each in people],
                "chats": [
                    {"id": group, "kind": "group", "title": frames.both(title), "members": members},
                    {"id": private, "kind": "private", "title": frames.both(_PRIVATE), "members": 2},
                ],
                "commands": [frames.hint(each) for each in self._commands if not each.roles or each.roles & page.visitor.roles],
                "language": page.language,
            }
        )
        known: set[str] = set()
        for chat in (group, private):
            messages = await browser_chat.history(self._read, chat)
            known.update(each["id"] for each in messages)
            if self._others is not None:
                for each in messages:
                    self._others.note(page, each)
            await page.show({"type": "history", "chat": chat, "messages": messages})
        await page.caught_up(known)

    async def _frame(self, page: Page, data: str) -> None:
        frame = frames.decode_frame(data)
        nonce = frames.nonce(frame)
        if frame is None or frame.get("chat") not in page.chats or not nonce:
            await page.show({"type": "error", "nonce": nonce or None, "text": frames.both(_NOT_TAKEN)})
            return
        try:
            message_id = await self.take(page.visitor.user_id, page.visitor.name, frame, nonce)
        except _NotYours:
            await page.show({"type": "error", "nonce": nonce, "text": frames.both(_NOT_YOURS)})
        except Stopping:
            await page.show({"type": "error", "nonce": nonce, "text": frames.both(_NOT_TAKEN)})
        except Exception as error:  # noqa: BLE001  whatever it was, the page sends it again; its words may be those of a member
            log.warning("an event of the browser chat could not be stored", error=type(error).__name__)
            await page.show({"type": "error", "nonce": nonce, "text": frames.both(_NOT_TAKEN)})
        else:
            await page.show({"type": "ack", "nonce": nonce, "message": message_id})

    async def take(self, user_id: str, name: Text, frame: dict[str, Any], nonce: str) -> str:
        """Act on a frame from somebody; answers the id of the message it concerns. The same nonce is acted upon once."""
        if self._receive is None:
            raise RuntimeError("the platform is not started")
        message_id = "p" + hashlib.sha256(f"{user_id}\0{nonce}".encode()).hexdigest()[:16]
        if frame["type"] in {"send", "location"}:
            await self._said(message_id, user_id, name, frame, nonce)
        elif frame["type"] == "edit":
            message_id = await self._changed(user_id, frame)
        else:
            message_id = str(frame.get("message", ""))
        await self._receive(await self._incoming(user_id, name, frame, nonce, message_id))
        return message_id

    async def _said(self, message_id: str, user_id: str, name: Text, frame: dict[str, Any], nonce: str) -> None:
        async with self._lock:
            if await self._run(browser_chat.message, message_id) is not None:
                return
            number = await self._next_number()
            text = Text.plain(identity.masked(str(frame.get("text", ""))).text) if frame["type"] == "send" else Text("[位置]", "[location]")
            message = {
                "id": message_id,
                "chat": frame["chat"],
                "from": {"id": user_id, "name": frames.both(name)},
                "text": frames.both(text),
                "at": self._clock().isoformat(),
                "edited": False,
                "buttons": [],
                "picture": None,
                "file": None,
                "reply_to": frame.get("reply_to"),
                "reactions": [],
            }
            await self._show(message, number, "message", nonce)

    async def _changed(self, user_id: str, frame: dict[str, Any]) -> str:
        message = await self._run(browser_chat.message, str(frame.get("message", "")))
        if message is None or message["from"]["id"] != user_id:
            raise _NotYours
        message |= {"text": frames.both(Text.plain(identity.masked(str(frame.get("text", ""))).text)), "edited": True}
        await self._show(message, message["number"], "edit")
        return str(message["id"])

    async def _incoming(self, user_id: str, name: Text, frame: dict[str, Any], nonce: str, message_id: str) -> Incoming:
        text, named = frames.mention(str(frame.get("text", "")))
        reply_to = str(frame["reply_to"]) if frame.get("reply_to") else None
        answered = await self._run(browser_chat.message, reply_to) if reply_to else None
        kind = ChatKind.GROUP if frame["chat"].startswith("group-") else ChatKind.PRIVATE
        location = Location(frame["latitude"], frame["longitude"]) if frame["type"] == "location" else None
        return Incoming(
            key=browser_chat.event_key(user_id, nonce),
            kind=frames.KINDS[frame["type"]],
            chat=Chat(browser_chat.chat_key(frame["chat"]), kind),
            sender=Sender(browser_chat.account_key(user_id), name.zh if user_id != STRANGER else ""),
            at=self._clock(),
            text=str(frame.get("data", "")) if frame["type"] == "press" else text,
            message_id=message_id,
            mentioned=named or (answered is not None and answered["from"]["id"] == "bot"),
            reply_to=reply_to,
            location=location,
            spoken=frame.get("spoken") is True,
        )


class _NotYours(Exception):
    pass
