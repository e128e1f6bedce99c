"""One branch with a group on QQ (OneBot), one on Telegram and one on our page: the real App and protocols, only the far sides are ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.platforms.onebot import OneBotPlatform
from bot.sections.onebot import OneBot
from bot.sections.telegram import Telegram
from bot.services import browser_chat
from bot.texts import Text
from storage.keys import AccountKey, BranchId, ChatKey, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, address
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import drained
from tests.onebot_server.model import Message as QQMessage
from tests.telegram_server import TelegramServer
from tests.telegram_server.model import Message as TelegramMessage

TOKEN = "a token that nobody knows"
QQ, TELEGRAM, PAGE = "onebot", "telegram", "browser"


async def rows_of(app: App, table: Any) -> int:
    """How many rows a table has."""

    async def counted(work: UnitOfWork) -> int:
        return int((await work.rows(select(func.count()).select_from(table)))[0][0])

    found: int = await app.database.run(counted)
    return found


class Everywhere:
    """People who have an account on each platform, one of which is bound to begin with: the page's."""

    def __init__(self, database: Path | str, qq: OneBotServer, telegram: TelegramServer, *, own_choice: bool) -> None:
        self.qq, self.telegram = qq, telegram
        self.now = START
        qq.date = int(START.timestamp())
        settings = Settings(
            database=DatabaseSection(url=address(str(database))),
            web=Web(port=0),
            onebot=OneBot(accounts=(str(qq.account),), token=SecretStr(TOKEN), jitter=0),
            telegram=Telegram(token=SecretStr(telegram.token), base_url=telegram.base_url, members_own_choice=own_choice),
        )
        self.app = App(settings, lambda: self.now)
        self.page: list[dict[str, Any]] = []
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self._nonce = 0
        self.qq_users = {name: qq.user(name, friend=True) for name in PEOPLE}
        self.qq_group = qq.add_group("红旗村支部QQ群", *self.qq_users.values())
        self.telegram_users = {name: telegram.user(name, started=True) for name in PEOPLE}
        self.telegram_group = telegram.add_group("红旗村支部群", *self.telegram_users.values())

    async def found(self, work: UnitOfWork) -> None:
        """The branch, its three groups and its people, known on the page."""
        branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
        self.branch = branch.id
        work.enter(branch.id)
        work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(branch.id)), branch.name)
        work.chats.bind(ChatKey(QQ, str(self.qq.account), f"g{self.qq_group.id}"), self.qq_group.title)
        work.chats.bind(ChatKey(TELEGRAM, "main", str(self.telegram_group.id)), self.telegram_group.title)
        for name, roles in PEOPLE.items():
            member = work.members.add(name, latin(name), roles)
            self.members[name] = member.id
            work.accounts.bind(browser_chat.account_key(name), member.id, browser_chat.private_chat(name))
            await work.accounts.change(browser_chat.account_key(name), introduced_at=work.now)
            await work.members.change(member.id, heard_at=work.now)

    def account(self, where: str, name: str) -> tuple[AccountKey, str]:
        """Somebody's account on a platform, and their private chat there."""
        if where == QQ:
            user = str(self.qq_users[name].id)
            return AccountKey(QQ, str(self.qq.account), user), f"u{user}"
        if where == TELEGRAM:
            user = str(self.telegram_users[name].id)
            return AccountKey(TELEGRAM, "main", user), user
        return browser_chat.account_key(name), browser_chat.private_chat(name)

    async def bound(self, where: str, *names: str) -> None:
        """People are bound and introduced on a platform, too."""

        async def bind(work: UnitOfWork) -> None:
            for name in names:
                key, chat = self.account(where, name)
                work.accounts.bind(key, self.members[name], chat)
                await work.accounts.change(key, introduced_at=work.now)

        self.now += timedelta(minutes=1)
        await self.in_branch(bind)

    async def in_branch(self, function: Any, *args: Any) -> Any:
        """Run something in a transaction of the branch."""

        async def entered(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            return await function(work, *args)

        return await self.app.database.run(entered)

    async def says(self, where: str, name: str, text: str, *, group: bool = False, answering: str | None = None) -> None:
        """Somebody writes on a platform, the bot takes it, and what is due is delivered."""
        self.now += timedelta(seconds=1)
        if where == QQ:
            self.qq.date = max(self.qq.date, int(self.now.timestamp()))
            user = self.qq_users[name]
            await self.qq.say(user, self.qq_group if group else user, text, answer=answering)
            await drained(self.qq, next(each for each in self.app.platforms if isinstance(each, OneBotPlatform)))
        elif where == TELEGRAM:
            member = self.telegram_users[name]
            self.telegram.say(member, self.telegram_group if group else member, text)
            await self.telegram.acknowledged()
        else:
            assert self.app.browser
            self._nonce += 1
            chat = browser_chat.group_chat(self.branch) if group else browser_chat.private_chat(name)
            await self.app.browser.take(name, Text(name, latin(name)), {"type": "send", "chat": chat, "text": text}, f"n{self._nonce}")
        await self.quiet()

    async def press(self, name: str, label: str) -> None:
        """Somebody presses the newest button of a label in the group on Telegram."""
        found = next(
            (message, data)
            for message in reversed(self.telegram.messages(self.telegram_group))
            for row in message.buttons
            for shown, data in row
            if shown == label
        )
        self.telegram.press(self.telegram_users[name], *found)
        await self.telegram.acknowledged()
        await self.quiet()

    async def press_on_page(self, name: str, label: str) -> None:
        """Somebody presses the newest button of a label in their private chat on the page."""
        assert self.app.browser
        chat = browser_chat.private_chat(name)
        found = next(
            (each["id"], button["data"])
            for each in reversed(self.page)
            if each["chat"] == chat
            for row in each["buttons"]
            for button in row
            if button["label"]["zh"] == label
        )
        self._nonce += 1
        frame = {"type": "press", "chat": chat, "message": found[0], "data": found[1]}
        await self.app.browser.take(name, Text(name, latin(name)), frame, f"n{self._nonce}")
        await self.quiet()

    async def quiet(self) -> None:
        """What waits for the seconds of the budgets arrives."""
        for _ in range(4):
            await self.app.drain()
            self.now += timedelta(seconds=2)
        await self.app.drain()

    async def pass_time(self, **span: float) -> None:
        """Time passes; jobs run, and what is due is delivered."""
        self.now += timedelta(**span)
        await self.app.scheduler.tick()
        await self.quiet()

    def group(self, where: str) -> list[str]:
        """The bot's words that a group shows now."""
        if where == PAGE:
            return self._on_page(browser_chat.group_chat(self.branch))
        return [each.text for each in self._said(where, None) if each.sender is None]

    def private(self, where: str, name: str) -> list[str]:
        """The bot's words that somebody's private chat shows now."""
        if where == PAGE:
            return self._on_page(browser_chat.private_chat(name))
        return [each.text for each in self._said(where, name) if each.sender is None]

    def _said(self, where: str, name: str | None) -> list[QQMessage] | list[TelegramMessage]:
        if where == QQ:
            return self.qq.messages(self.qq_users[name] if name else self.qq_group)
        return self.telegram.messages(self.telegram_users[name] if name else self.telegram_group)

    def _on_page(self, chat: str) -> list[str]:
        latest = {each["id"]: each for each in self.page if each["chat"] == chat and each["from"]["id"] == "bot"}
        return [each["text"]["zh"] for each in latest.values()]

    def newest_on_qq(self, words: str) -> str:
        """The id of the newest message of the group on QQ that holds some words."""
        return next(str(each.id) for each in reversed(self.qq.messages(self.qq_group)) if words in each.text)

    async def count(self, table: Any) -> int:
        """How many rows a table has."""
        return await rows_of(self.app, table)


@asynccontextmanager
async def everywhere(database: Path | str, *, own_choice: bool = True) -> AsyncIterator[Everywhere]:
    """A started branch on three platforms."""
    async with OneBotServer(token=TOKEN) as qq, TelegramServer() as telegram:
        branch = Everywhere(database, qq, telegram, own_choice=own_choice)
        await branch.app.open()
        await branch.app.database.run(branch.found)
        await branch.app._serve()
        hints = branch.app.registry.hints()
        for platform in branch.app.platforms:
            await platform.start(branch.app.router.receive, hints)
        assert branch.app.browser
        branch.app.browser.watchers.append(lambda message: branch.page.append(dict(message)))
        await qq.connect(branch.app.address.replace("http", "ws") + "onebot/v11/ws")
        await qq.until(lambda: qq.called("get_group_list"))
        try:
            yield branch
        finally:
            await branch.app.stop()
