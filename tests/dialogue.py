"""The dialogue fixture: who says what, where, and what each person sees – through the real router, outbox and a real database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import App
from bot.config import DatabaseSection, Settings, Study, Web
from bot.language.names import latin
from bot.services import browser_chat
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork

START = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
"""Tuesday 10 March 2026, nine in the morning in Beijing."""
UNEVEN = timedelta(microseconds=529)
"""What a clock shows beyond what is stored: whoever compares both has to see it."""

PEOPLE = {
    "王秀英": ["member", "secretary"],
    "赵国强": ["member", "dues_keeper"],
    "孙丽": ["member", "liaison"],
    "李小山": ["member"],
    "周海": ["member"],
    "吴芳": ["member"],
}
STRANGER = "路人"


@dataclass(frozen=True)
class Seen:
    """A message as a person sees it."""

    id: str
    chat: str
    text: str
    en: str
    buttons: tuple[str, ...]
    data: tuple[str, ...]
    edited: bool
    reactions: tuple[str, ...]
    sender: str
    raw: dict[str, Any] = field(repr=False)


def address(database: str) -> str:
    """The address of a database of which perhaps only the file was given."""
    return database if "://" in database else f"sqlite+aiosqlite:///{database}"


class Dialogue:
    """A branch and its people, with the time in one's hands."""

    def __init__(self, database: str, lessons: str = "") -> None:
        self.now = START
        settings = Settings(database=DatabaseSection(url=address(database)), web=Web(port=0), study=Study(lessons=lessons))
        self.app = App(settings, lambda: self.now + UNEVEN)
        self.shown: list[dict[str, Any]] = []
        self.members: dict[str, MemberId] = {}
        self.branch = BranchId(0)
        self._nonce = 0

    async def open(self) -> None:
        await self.app.open()
        self.branch = await self.run(self._found, "红旗村支部", PEOPLE)
        assert self.app.browser
        await self.app.browser.start(self.app.router.receive, self.app.registry.hints())
        self.app.browser.watchers.append(lambda message: self.shown.append(dict(message)))

    async def _found(self, work: UnitOfWork, name: str, people: dict[str, list[str]]) -> BranchId:
        branch = work.branches.add(name, latin(name))
        work.enter(branch.id)
        work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(branch.id)), name)
        for person, roles in people.items():
            await self._settle(work, person, roles)
        return branch.id

    async def _settle(self, work: UnitOfWork, person: str, roles: list[str]) -> None:
        member = work.members.add(person, latin(person), roles)
        self.members[person] = member.id
        key = browser_chat.account_key(person)
        work.accounts.bind(key, member.id, browser_chat.private_chat(person))
        await work.accounts.change(key, introduced_at=work.now)
        await work.members.change(member.id, heard_at=work.now)

    async def join(self, name: str, *roles: str) -> None:
        """Somebody more in the branch, with an account like the others."""
        await self.in_branch(self._settle, name, list(roles) or ["member"])

    async def another_branch(self, name: str, people: dict[str, list[str]]) -> BranchId:
        """A second branch in the same deployment."""
        return await self.run(self._found, name, people)

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Run something in a transaction."""
        return await self.app.database.run(function, *args, **kwargs)

    async def in_branch(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Run something in a transaction of the branch."""

        async def entered(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            return await function(work, *args, **kwargs)

        return await self.run(entered)

    def group_id(self) -> str:
        return browser_chat.group_chat(self.branch)

    async def group(self, person: str, text: str, reply_to: str | None = None, nonce: str | None = None) -> list[Seen]:
        """Somebody says something in the group; answers what everybody sees because of it."""
        return await self._take(person, {"type": "send", "chat": self.group_id(), "text": text, "reply_to": reply_to}, nonce)

    async def private(self, person: str, text: str, nonce: str | None = None) -> list[Seen]:
        """Somebody says something to the bot in private."""
        return await self._take(person, {"type": "send", "chat": browser_chat.private_chat(person), "text": text}, nonce)

    async def speak(self, person: str, heard: str) -> list[Seen]:
        """Somebody sends a voice message in private; `heard` is what the platform makes of it, perhaps nothing."""
        return await self._take(person, {"type": "send", "chat": browser_chat.private_chat(person), "text": heard, "spoken": True})

    async def card(self, person: str, latitude: float, longitude: float, *, group: bool = False) -> list[Seen]:
        """Somebody sends a location card."""
        chat = self.group_id() if group else browser_chat.private_chat(person)
        return await self._take(person, {"type": "location", "chat": chat, "latitude": latitude, "longitude": longitude})

    async def press(self, person: str, label: str, message: Seen | None = None) -> list[Seen]:
        """Somebody presses the button of a label, under the last message that shows it to them."""
        chats = {self.group_id(), browser_chat.private_chat(person)}
        found = message or next(each for each in map(_seen, reversed(self.shown)) if each.chat in chats and label in each.buttons)
        return await self.press_data(person, found, found.data[found.buttons.index(label)])

    async def press_data(self, person: str, message: Seen, data: str) -> list[Seen]:
        """Somebody sends a button's data, perhaps a forged one."""
        return await self._take(person, {"type": "press", "chat": message.chat, "message": message.id, "data": data})

    async def change(self, person: str, message: Seen, text: str) -> list[Seen]:
        """Somebody edits a message of theirs."""
        return await self._take(person, {"type": "edit", "chat": message.chat, "message": message.id, "text": text})

    async def _take(self, person: str, frame: dict[str, Any], nonce: str | None = None) -> list[Seen]:
        assert self.app.browser
        self._nonce += 1
        before = len(self.shown)
        await self.app.browser.take(person, Text(person, latin(person)), frame, nonce or f"n{self._nonce}")
        await self.app.drain()
        return [each for each in map(_seen, self.shown[before:]) if each.sender == "bot"]

    async def pass_time(self, **span: float) -> list[Seen]:
        """Time passes; jobs that came due run, and what is due is delivered."""
        before = len(self.shown)
        self.now += timedelta(**span)
        await self.app.scheduler.tick()
        await self.app.drain()
        return [each for each in map(_seen, self.shown[before:]) if each.sender == "bot"]

    async def days_pass(self, days: int) -> list[Seen]:
        """Whole days pass, one after the other."""
        seen: list[Seen] = []
        for _ in range(days):
            seen += await self.pass_time(days=1)
        return seen

    def in_group(self, seen: Sequence[Seen]) -> list[str]:
        """The texts that the group sees."""
        return [each.text for each in seen if each.chat == self.group_id()]

    def to(self, person: str, seen: Sequence[Seen]) -> list[str]:
        """The texts that a person sees in private."""
        return [each.text for each in seen if each.chat == browser_chat.private_chat(person)]

    async def close(self) -> None:
        await self.app.stop()


def _seen(raw: dict[str, Any]) -> Seen:
    buttons = [button for row in raw["buttons"] for button in row]
    return Seen(
        raw["id"],
        raw["chat"],
        raw["text"]["zh"],
        raw["text"]["en"],
        tuple(button["label"]["zh"] for button in buttons),
        tuple(button["data"] for button in buttons),
        raw["edited"],
        tuple(raw["reactions"]),
        raw["from"]["id"],
        raw,
    )
