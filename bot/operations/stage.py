"""A play for the sample: people say things at given times, through the real router, outbox and delivery, without a server."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.clock import BEIJING, Clock
from bot.commands import Registry
from bot.operations.trouble import Trouble
from bot.platforms.browser import BrowserPlatform
from bot.router import Router
from bot.services import browser_chat, deployment
from bot.texts import Text
from storage.database import Database

SETTLES = timedelta(seconds=20)
"""How far time runs after a line, so that what is gathered for some seconds is seen, too."""


class Ticker(Protocol):
    """What runs the jobs that are due."""

    async def tick(self) -> None:
        """Run them."""
        ...


class Running(Protocol):
    """What the stage needs of a running program; `bot.app.App` is one."""

    @property
    def database(self) -> Database:
        """Its database."""
        ...

    @property
    def registry(self) -> Registry:
        """What it answers."""
        ...

    @property
    def browser(self) -> BrowserPlatform | None:
        """The browser chat."""
        ...

    async def next_due(self) -> datetime | None:
        """When something may be delivered next."""
        ...

    @property
    def router(self) -> Router:
        """Where events go in."""
        ...

    @property
    def scheduler(self) -> Ticker:
        """What runs its jobs."""
        ...

    async def open(self) -> None:
        """Wire the parts."""
        ...

    async def drain(self) -> None:
        """Deliver what is due."""
        ...

    async def stop(self) -> None:
        """Let go of the database."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody does: says `text` in the group or in private, or presses the button of that label."""

    who: str
    where: str
    """`group`, `private` or `press`."""
    text: str
    at: datetime | None = None


STRIDE = timedelta(minutes=30)
"""How often the jobs run while time passes, at full and half hours: a month is played in seconds."""
MORNING, EVENING = 6, 22
"""Hours in Beijing between which that is so; the night is one step."""
GONE_THROUGH = timedelta(days=3)
Message = dict[str, Any]
"""A message as docs/browser-chat.md has it."""


def named(people: Mapping[str, Text], roles: Mapping[str, Text], who: str) -> str:
    """The id of the person of a name, an id or a role, in characters or in latin letters. Raises `Trouble` with whom there is.

    For a role it is the first who holds it and the fewest others: 党员 is not the secretary.
    """
    wanted = who.strip().casefold()
    for user_id, name in people.items():
        if wanted in {user_id, name.zh, name.en.casefold(), name.en.casefold().replace(" ", "")}:
            return user_id
    holding = [user_id for user_id, held in roles.items() if wanted in {*held.zh.split("、"), *held.en.casefold().split(", ")}]
    if holding:
        return min(holding, key=lambda user_id: len(roles[user_id].zh.split("、")))
    there = ", ".join(f"{name.zh} ({user_id})" for user_id, name in people.items())
    raise Trouble(f"nobody in the browser chat is called “{who}”; there is: {there}, or a role such as 书记")


def button(messages: list[Message], label: str) -> tuple[Message, str]:
    """The newest message that shows a button of a label, and the button's data. Raises `Trouble`."""
    for message in reversed(messages):
        for each in (each for row in message["buttons"] for each in row):
            if label.casefold() in {each["label"]["zh"].casefold(), each["label"]["en"].casefold()}:
                return message, str(each["data"])
    raise Trouble(f"this person sees no button “{label}”")


def frame_of(user_id: str, group: str, line: Line, seen: list[Message]) -> dict[str, Any]:
    """The frame that a page would send for a line. `seen`: the messages this person sees. Raises `Trouble`."""
    if line.where == "press":
        message, data = button(sorted(seen, key=lambda each: each["number"]), line.text)
        return {"type": "press", "chat": message["chat"], "message": message["id"], "data": data}
    return {"type": "send", "chat": group if line.where == "group" else browser_chat.private_chat(user_id), "text": line.text}


def told(message: Message, people: Mapping[str, Text]) -> Message:
    """A message as `zhibu say --json` prints it: who sees what in which chat."""
    owner = Text("大家", "everybody")
    if not message["chat"].startswith("group-"):
        owner = people.get(message["chat"].removeprefix("private-"), Text.plain(message["chat"]))
    return {
        "chat": "group" if message["chat"].startswith("group-") else "private",
        "to": {"zh": owner.zh, "en": owner.en},
        "from": message["from"]["name"],
        "text": message["text"],
        "buttons": [each["label"] for row in message["buttons"] for each in row],
        "reactions": message["reactions"],
        "edited": message["edited"],
        "at": message["at"],
    }


def worth_telling(message: Message) -> bool:
    """Whether a message is what the bot said, marked or deleted, rather than what a person just typed."""
    return bool(message["from"]["id"] == "bot" or message["reactions"] or message.get("removed"))


class Stage:
    """The play. `make` builds the program around the clock it is given; time stands still but for what lines and deliveries need."""

    def __init__(self, make: Callable[[Clock], Running], at: datetime) -> None:
        self.now = at.astimezone(UTC)
        self._app = make(lambda: self.now)
        self._shown: list[Message] = []
        self._group = ""
        self.people: dict[str, Text] = {}
        """Who there is, by id."""
        self._roles: dict[str, Text] = {}

    @property
    def database(self) -> Database:
        """The database that is played on."""
        return self._app.database

    async def open(self) -> None:
        """Open the database. Raises `Trouble` unless it holds the sample."""
        await self._app.open()
        if self._app.browser is None or not await self._app.database.run(deployment.is_sample):
            raise Trouble("people can only be played on the sample; load it with “zhibu sample”")
        visitors = await self._app.database.run(browser_chat.people)
        self.people = {each.user_id: each.name for each in visitors}
        self._roles = {each.user_id: each.role for each in visitors}
        self._group = browser_chat.group_chat(visitors[0].branch)
        await self._app.browser.start(self._app.router.receive, self._app.registry.hints())
        self._app.browser.watchers.append(lambda message: self._shown.append(dict(message)))

    async def close(self) -> None:
        """Let go of the database."""
        await self._app.stop()

    async def play(self, line: Line, until: datetime | None = None, *, jobs: bool = True) -> list[Message]:
        """Act a line out and answer the messages shown since the last one; what follows is delivered up to `until` at most."""
        if line.at is not None:
            await self._pass(line.at.astimezone(UTC), jobs=jobs)
        if jobs:
            await self._app.scheduler.tick()
            await self._app.drain()
        await self._say(line)
        settled = self.now + SETTLES
        await self._deliver(settled if until is None else min(settled, until.astimezone(UTC)))
        shown, self._shown = self._shown, []
        return [told(each, self.people) for each in shown if worth_telling(each)]

    async def _say(self, line: Line) -> None:
        user_id = named(self.people, self._roles, line.who)
        read, browser = self._app.database.read, self._app.browser
        seen = [each for chat in (self._group, browser_chat.private_chat(user_id)) for each in await browser_chat.history(read, chat)]
        frame = frame_of(user_id, self._group, line, seen)
        if browser is not None:
            await browser.take(user_id, self.people[user_id], frame, secrets.token_hex(8))

    async def _pass(self, until: datetime, *, jobs: bool) -> None:
        """Let time pass: at its time every delivery, every half hour the jobs; after a long while only the last days are gone through."""
        self.now = until if until < self.now else max(self.now, until - GONE_THROUGH)
        while self.now < until:
            step = min(until, _stride(self.now)) if jobs else until
            await self._deliver(step)
            self.now = step
            if jobs:
                await self._app.scheduler.tick()
        await self._deliver(until)

    async def _deliver(self, until: datetime) -> None:
        """Deliver at its time whatever comes due up to a moment; the time is then that of the last delivery."""
        while True:
            await self._app.drain()
            due = await self._app.next_due()
            if due is None or due > until:
                return
            self.now = max(self.now + timedelta(milliseconds=1), due)


def _stride(at: datetime) -> datetime:
    """When the jobs run next after a moment: at the next full or half hour, through the night in one step."""
    local = at.astimezone(BEIJING)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local.hour < MORNING:
        return (midnight + timedelta(hours=MORNING)).astimezone(UTC)
    step = midnight + ((local - midnight) // STRIDE + 1) * STRIDE
    return (step if step.hour < EVENING else midnight + timedelta(days=1, hours=MORNING)).astimezone(UTC)
