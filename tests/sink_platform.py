"""A platform whose far side is a list: what really was delivered, when, and whether it rang. It keeps the contract of a `Platform`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.messages import (
    AccountKey,
    Budget,
    Capabilities,
    Chat,
    ChatKey,
    ChatKind,
    CommandHint,
    EventKey,
    EventKind,
    Incoming,
    Parcel,
    Sender,
)
from bot.platforms.base import Receive, Refused

NAME = "sink"


@dataclass(frozen=True)
class Delivered:
    """One thing that arrived. `what` is a message, an edit or a mark; only a message makes a telephone ring."""

    at: datetime
    chat: str
    kind: ChatKind
    what: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    """Label and data of each button."""
    message_id: str


class SinkPlatform:
    """Takes everything; without `edit` it refuses to change what was said, as QQ does."""

    name = NAME
    instance = "main"

    def __init__(self, clock: Callable[[], datetime], *, edit: bool = True, react: bool = True) -> None:
        self.budget = Budget(chat_per_second=1000, group_per_minute=100_000, all_per_second=100_000)
        self.delivered: list[Delivered] = []
        self._clock = clock
        self._can = Capabilities(edit=edit, react=react)
        self._receive: Receive
        self._events = 0

    def capabilities(self, kind: ChatKind) -> Capabilities:
        return self._can

    def reachable(self) -> bool:
        return True

    def routes(self) -> Sequence[web.RouteDef]:
        return ()

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        self._receive = receive

    async def stop(self) -> None:
        pass

    async def send(self, parcel: Parcel) -> str:
        if parcel.edit and not self._can.edit:
            raise Refused("nothing can be edited here")
        content = parcel.content
        marks = content.reaction is not None
        what = "mark" if marks else "edit" if parcel.edit else "message"
        number = (content.reply_to.message_id if marks and content.reply_to else parcel.edit) or f"m{len(self.delivered)}"
        buttons = tuple((each.label.zh, each.data) for row in content.buttons for each in row)
        text = content.text.to(parcel.language)
        self.delivered.append(Delivered(self._clock(), parcel.chat.chat_id, parcel.kind, what, text, buttons, number))
        return number

    async def says(self, user: str, text: str, *, group: str = "", kind: EventKind = EventKind.MESSAGE) -> None:
        """Somebody writes, or presses the button of that data: to the bot in private, or in a group."""
        self._events += 1
        chat = Chat(ChatKey(NAME, "main", group or private_chat(user)), ChatKind.GROUP if group else ChatKind.PRIVATE)
        event = EventKey(f"sink:{self._events}")
        await self._receive(Incoming(event, kind, chat, Sender(account_key(user), user), self._clock(), text, f"e{self._events}"))


def account_key(user: str) -> AccountKey:
    return AccountKey(NAME, "main", user)


def private_chat(user: str) -> str:
    return f"p-{user}"
