"""Six people, a group and the bot on each platform, over its real adapter and local counterpart: the far side of the branch day."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.app import App
from bot.messages import ChatKind
from bot.services import browser_chat
from tests.dialogue import Dialogue
from tests.onebot_branch import OneBotBranch, onebot_branch
from tests.qq_branch import QQBranch, qq_branch
from tests.telegram_branch import TelegramBranch, telegram_branch
from tests.wecom_branch import WeComBranch, wecom_branch
from tests.wecom_server.reading import read

NEWCOMER = "郑平"


@dataclass(frozen=True)
class Read:
    """A message of the bot as somebody reads it, and its buttons: label and what is sent when it is pressed."""

    id: str
    text: str
    buttons: dict[str, str] = field(default_factory=dict)


class Town(Protocol):
    """What people can do on a platform. Everything is taken, and what is due is delivered, when a deed comes back."""

    app: App
    overhears: bool
    """Whether words in the group reach the bot that do not name it."""

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        """Somebody writes; `@支部` at the beginning names the bot."""
        ...

    async def chats(self, name: str, text: str) -> None:
        """Somebody says something in the group that is not for the bot, which perhaps hears it."""
        ...

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        """Somebody presses a button."""
        ...

    def reads(self, name: str | None) -> list[Read]:
        """What somebody reads in private, or everybody in the group, the newest last."""
        ...

    async def leaves(self, name: str) -> None:
        """Somebody leaves the group, as far as the platform tells."""
        ...

    async def passes(self, **span: float) -> None:
        """Time passes."""
        ...


class BrowserTown:
    """Pages of the browser chat."""

    overhears = True

    def __init__(self, chat: Dialogue) -> None:
        self.chat, self.app = chat, chat.app

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        await (self.chat.group if group else self.chat.private)(name, text)

    async def chats(self, name: str, text: str) -> None:
        await self.writes(name, text, group=True)

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        chat = self.chat.group_id() if group else browser_chat.private_chat(name)
        await self.chat._take(name, {"type": "press", "chat": chat, "message": message.id, "data": data})

    def reads(self, name: str | None) -> list[Read]:
        chat = self.chat.group_id() if name is None else browser_chat.private_chat(name)
        shown = {each["id"]: each for each in self.chat.shown if each["chat"] == chat and each["from"]["id"] == "bot"}
        return [
            Read(each["id"], each["text"]["zh"], {button["label"]["zh"]: button["data"] for row in each["buttons"] for button in row})
            for each in shown.values()
        ]

    async def leaves(self, name: str) -> None:
        """Nobody can."""

    async def passes(self, **span: float) -> None:
        await self.chat.pass_time(**span)


class TelegramTown:
    """Telegram accounts."""

    overhears = True

    def __init__(self, branch: TelegramBranch) -> None:
        self.branch, self.app = branch, branch.app
        branch.users[NEWCOMER] = branch.server.user(NEWCOMER, started=True)

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        await self.branch.says(name, text.replace("@支部", "@zhibu_bot"), group=group)

    async def chats(self, name: str, text: str) -> None:
        await self.writes(name, text, group=True)

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        place = self.branch.group if group else self.branch.users[name]
        found = self.branch.server.find(place, message.id)
        assert found
        self.branch.server.press(self.branch.users[name], found, data)
        await self.branch.settle()

    def reads(self, name: str | None) -> list[Read]:
        place = self.branch.group if name is None else self.branch.users[name]
        own = [each for each in self.branch.server.messages(place) if each.sender is None]
        return [Read(str(each.id), each.text, {label: data for row in each.buttons for label, data in row}) for each in own]

    async def leaves(self, name: str) -> None:
        self.branch.server.leave(self.branch.users[name], self.branch.group)
        await self.branch.settle()

    async def passes(self, **span: float) -> None:
        await self.branch.pass_time(**span)


class OneBotTown:
    """QQ numbers, by OneBot: no buttons, no edits."""

    overhears = True

    def __init__(self, branch: OneBotBranch) -> None:
        self.branch, self.app = branch, branch.app
        branch.users[NEWCOMER] = branch.server.user(NEWCOMER, friend=True)

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        await self.branch.says(name, text, group=group)

    async def chats(self, name: str, text: str) -> None:
        await self.writes(name, text, group=True)

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        raise AssertionError("there are no buttons")

    def reads(self, name: str | None) -> list[Read]:
        return [Read(text, text) for text in self.branch.shown(self.branch.group if name is None else name)]

    async def leaves(self, name: str) -> None:
        await self.branch.server.leave(self.branch.users[name], self.branch.group)
        await self.branch.settle()

    async def passes(self, **span: float) -> None:
        await self.branch.pass_time(**span)


class QQTown:
    """QQ accounts at the official API: no buttons, no edits, only what names the bot is told, and only answers go out."""

    overhears = False

    def __init__(self, branch: QQBranch) -> None:
        self.branch, self.app = branch, branch.app
        branch.people[NEWCOMER] = branch.server.person(NEWCOMER)

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        await self.branch.says(name, text.removeprefix("@支部").strip(), group=group)

    async def chats(self, name: str, text: str) -> None:
        """QQ does not tell of it."""

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        raise AssertionError("there are no buttons")

    def reads(self, name: str | None) -> list[Read]:
        return [Read(text, text) for text in self.branch.shown(self.branch.group if name is None else name)]

    async def leaves(self, name: str) -> None:
        """Nobody tells."""

    async def passes(self, **span: float) -> None:
        await self.branch.pass_time(**span)


class WeComTown:
    """Members of an enterprise: cards with buttons, no edits, only what names the bot is told."""

    overhears = False

    def __init__(self, branch: WeComBranch) -> None:
        self.branch, self.app = branch, branch.app
        branch.people[NEWCOMER] = branch.server.person("ZhengPing")

    async def writes(self, name: str, text: str, *, group: bool) -> None:
        await self.branch.says(name, text.removeprefix("@支部").strip(), group=group)

    async def chats(self, name: str, text: str) -> None:
        await self.branch.server.say(self.branch.people[name], text, self.branch.group)

    async def presses(self, name: str, message: Read, data: str, *, group: bool) -> None:
        where = self.branch.group if group else None
        await self.branch.server.press(self.branch.people[name], message.id, data, where)
        await self.branch.settle()

    def reads(self, name: str | None) -> list[Read]:
        return [Read(each.id, read(each), dict(each.buttons)) for each in self.branch.shown(name or "")]

    async def leaves(self, name: str) -> None:
        """Nobody tells."""

    async def passes(self, **span: float) -> None:
        await self.branch.pass_time(**span)


@asynccontextmanager
async def _browser(database: str) -> AsyncIterator[Town]:
    chat = Dialogue(database, "lessons")
    await chat.open()
    yield BrowserTown(chat)
    await chat.close()


@asynccontextmanager
async def _telegram(database: str) -> AsyncIterator[Town]:
    async with telegram_branch(database) as branch:
        yield TelegramTown(branch)


@asynccontextmanager
async def _onebot(database: str) -> AsyncIterator[Town]:
    async with onebot_branch(database) as branch:
        yield OneBotTown(branch)


@asynccontextmanager
async def _qq(database: str) -> AsyncIterator[Town]:
    async with qq_branch(database) as branch:
        yield QQTown(branch)


@asynccontextmanager
async def _wecom(database: str) -> AsyncIterator[Town]:
    async with wecom_branch(database) as branch:
        yield WeComTown(branch)


TOWNS: dict[str, Callable[[str], AbstractAsyncContextManager[Town]]] = {
    "browser": _browser,
    "telegram": _telegram,
    "onebot": _onebot,
    "qq": _qq,
    "wecom": _wecom,
}


def has_buttons(town: Town, kind: ChatKind) -> bool:
    """Whether a chat of the platform that is played has buttons."""
    return all(each.capabilities(kind).buttons for each in town.app.platforms if each.name != "browser" or isinstance(town, BrowserTown))
