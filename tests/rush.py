"""`make rush`: two hours in which 200 groups say what they say in a day; exit code 1 where a budget is broken or anything is lost.

The program as it is – router, scheduler, outbox, delivery, a SQLite file – on our clock. The far side of each platform knows what that
platform really takes, and notes what it would not have taken. Lines break, answers do not come, the process is killed once in the middle
of sending and started again, and platforms bring again what they have brought. At the end everything that was said has to be in the
database, and every letter sent, or visibly waiting with its reason.

    python -m tests.rush [--groups 200] [--people 50] [--minutes 120]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from benchmarks.measuring import percentile, quiet, resident
from bot.app import App
from bot.config import DatabaseSection, Settings, Study, Web
from bot.messages import Incoming, Priority
from bot.sections.telegram import Telegram
from bot.services import undelivered
from bot.services.people import actor_of
from storage.keys import MemberId
from storage.tables import check_in, notice_read, outbox, place
from storage.tables_aid import aid_alarm
from storage.tables_dues import dues_claim
from storage.tables_learning import discussion_voice
from storage.unit_of_work import UnitOfWork
from tests.rush_world import BEGIN, CITIES, PLATFORMS, SECOND, Word, World, far_side
from tests.sink_platform import SinkPlatform, Trouble, private_chat

TICK = timedelta(minutes=5)
STEP = timedelta(milliseconds=500)
AFTER = timedelta(minutes=20)
"""How long it goes on after the last word, so that what waits for room has gone."""
DISTURBED: tuple[tuple[str, float, float, Trouble | None], ...] = (
    ("onebot", 0.25, 0.28, None),
    ("telegram", 0.35, 0.36, Trouble.REFUSED),
    ("onebot", 0.45, 0.451, Trouble.HALF),
    ("wecom", 0.65, 0.7, None),
    ("telegram", 0.75, 0.751, Trouble.HALF),
)
"""Which platform is in trouble from which part of the time to which; without a kind its line is down, and events come when it is back."""
KILLED, MANY = 0.5, 4
"""From which part of the time on the process is killed, as soon as so many have said something to it at once."""
KEPT = {"check-in": check_in, "claim": dues_claim, "receipt": notice_read, "voice": discussion_voice, "alarm": aid_alarm, "place": place}
"""Where what was said is kept, a row for each of those who said it."""
COLUMNS = ("id", "platform", "state", "error", "priority", "not_before", "created_at", "sent_at", "message_id", "mark", "doubts")
TALKED_OF = frozenset({"telegram", "onebot"})
"""Where the bot hears what people say to each other."""


@dataclass
class Report:
    """What came of it."""

    said: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How many letters of a platform are in which state, and why."""
    waits: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds from the moment at which a letter might go until it went, by platform and urgency."""
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    turned_away: int = 0
    replayed: int = 0
    under_way: int = 0
    """Letters in hand when the process was killed."""


class Rush:
    """The play."""

    def __init__(self, folder: Path, world: World, after: timedelta = AFTER) -> None:
        self.now = BEGIN
        self._end = BEGIN + world.span + after
        self.world = world
        self.report = Report()
        self.sides = {name: far_side(name, lambda: self.now) for name in PLATFORMS}
        self._settings = Settings(
            database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'rush.db'}"),
            web=Web(port=0, chat=False),
            study=Study(lessons=""),
            telegram=Telegram(members_own_choice=True),
        )
        self._app: App
        self.words = world.day()
        self._ready: list[tuple[SinkPlatform, Incoming]] = []
        self._held: list[tuple[SinkPlatform, Incoming]] = []
        self._brought: list[tuple[SinkPlatform, Incoming]] = []
        self._ticked = self.now

    async def play(self) -> Report:
        began = time.perf_counter()
        await self._open()
        for group in range(self.world.groups):
            await self._app.database.run(self.world.found, group)
        await self._hours()
        await self._look()
        await self._app.stop()
        self.report.seconds = time.perf_counter() - began
        return self.report

    async def _open(self) -> None:
        self._app = App(self._settings, lambda: self.now)
        await self._app.open(list(self.sides.values()))
        for side in self.sides.values():
            await side.start(self._app.router.receive, ())

    async def _hours(self) -> None:
        words, span, number, killed = self.words, self.world.span, 0, False
        while self.now < self._end:
            part = (self.now - BEGIN) / span
            self._disturb(part)
            spoken = []
            while number < len(words) and BEGIN + words[number].at <= self.now:
                spoken.append(words[number])
                number += 1
            await self._speak(spoken)
            asking = sum(each.what not in {"talk", "draft"} for each in spoken)
            if not killed and part >= KILLED and asking >= (MANY if part < KILLED + 0.1 else 1):
                killed = True
                await self._kill()
            if self.now - self._ticked >= TICK:
                self._ticked = self.now
                print(f"{self.now - BEGIN} are over", file=sys.stderr, flush=True)
                await self._app.scheduler.tick()
            following = BEGIN + words[number].at if number < len(words) else self._end
            await self._deliver(max(self.now + SECOND, min(following, self._ticked + TICK)))

    def _disturb(self, part: float) -> None:
        for name, side in self.sides.items():
            now = [kind for which, first, last, kind in DISTURBED if which == name and first <= part < last]
            side.line, side.trouble = None not in now, next((each for each in now if each), None)
        held, self._held = self._held, []
        self._held = [each for each in held if not each[0].line]
        self._ready = [each for each in held if each[0].line]

    async def _speak(self, words: list[Word]) -> None:
        """What is said now, together with what was said while a line was down."""
        events = self._ready
        for each in words:
            name = self.world.platform(each.group)
            if each.what == "talk" and name not in TALKED_OF:
                continue
            self.report.said[each.what] += 1
            side = self.sides[name]
            user = self.world.user(each.group, each.person)
            mentioned = each.in_group and each.what != "talk"
            event = side.said(user, each.text, group=self.world.chat(each.group) if each.in_group else "", mentioned=mentioned)
            (events if side.line else self._held).append((side, event))
        self._brought = [*self._brought, *events][-200:]
        await asyncio.gather(*(side.bring(event) for side, event in events))

    async def _kill(self) -> None:
        """The process ends while it sends and hears nothing of what arrived; another starts, and what was brought is brought again."""
        for side in self.sides.values():
            side.trouble = Trouble.HANGS
        delivery = asyncio.create_task(self._app.delivery.run())
        for _ in range(200):
            await asyncio.sleep(0)
            if len(self._app.delivery._under_way) >= 3:
                break
            await asyncio.sleep(0.001)
        hanging = list(self._app.delivery._under_way)
        self.report.under_way = len(hanging)
        for each in (delivery, *hanging):
            each.cancel()
        await asyncio.gather(delivery, *hanging, return_exceptions=True)
        self._app.delivery._under_way.clear()
        await self._app.stop()
        self._disturb((self.now - BEGIN) / self.world.span)
        await self._open()
        self.report.replayed = len(self._brought)
        for side, event in self._brought:
            await side.bring(event)

    async def _deliver(self, until: datetime) -> None:
        while self.now < until:
            await self._app.drain()
            due = await self._app.next_due()
            self.now = min(until, max(due, self.now + STEP)) if due else until

    async def _look(self) -> None:
        """Compare what was said with what is there."""
        await self._app.database.run(self._kept)
        await self._app.database.run(self._letters)
        for group in range(self.world.groups):
            await self._app.database.run(self._answered, group)
        for name, side in self.sides.items():
            self.report.sent[name] = sum(each.what != "nothing" for each in side.delivered)
            self.report.turned_away += side.turned_away
            self.report.wrong += side.violations

    async def _kept(self, work: UnitOfWork) -> None:
        """Every check-in, claim, receipt, voice, place and alarm is there, once."""
        everybody = [(group, person) for group in range(self.world.groups) for person in range(self.world.people)]
        people = {self.world.member(*each): each for each in everybody}
        for what, table in KEPT.items():
            meant = Counter((each.group, each.person) for each in self.words if each.what == what)
            found = Counter(people[row.member_id] for row in await work.rows(select(table.c.member_id)))
            if found != meant:
                self.report.wrong.append(f"{what}: missing {sorted(meant - found)[:3]}, too many {sorted(found - meant)[:3]}")
        cities = {(each.group, each.person): CITIES[each.text[3:]] for each in self.words if each.what == "place"}
        if cities != {people[row.member_id]: row.code for row in await work.rows(select(place.c.member_id, place.c.code))}:
            self.report.wrong.append("somebody is in another city than they said")

    async def _letters(self, work: UnitOfWork) -> None:
        """Every letter was sent, and once, or waits for what is known."""
        letters = await work.rows(select(*(outbox.c[name] for name in COLUMNS)))
        delivered = Counter((each.key, each.text) for side in self.sides.values() for each in side.delivered if each.what == "message")
        arrived = {key for key, _ in delivered} | {each.key for side in self.sides.values() for each in side.delivered}
        doubted = {str(row.id) for row in letters if row.doubts}
        for (key, text), times in delivered.items():
            if times > 1 and key not in doubted:
                self.report.wrong.append(f"letter {key} arrived {times} times: {text[:20]}")
        for row in letters:
            why = "" if row.state == "sent" else "its moment" if row.not_before > self.now else row.error or ""
            self.report.states[row.platform or "", row.state, why] += 1
            if row.state in {"failed", "sending"} or (row.state == "waiting" and why != "its moment"):
                self.report.wrong.append(f"letter {row.id} on {row.platform} is {row.state}: {why}")
            if row.state == "sent" and not row.mark:
                if row.message_id and str(row.id) not in arrived:
                    self.report.wrong.append(f"letter {row.id} never arrived on {row.platform}")
                waited = (row.sent_at - max(row.created_at, row.not_before)).total_seconds()
                self.report.waits[row.platform, row.priority].append(max(0.0, waited))

    async def _answered(self, work: UnitOfWork, group: int) -> None:
        """Whoever spoke to the bot in private was answered, or the secretary sees that something waits for them."""
        work.enter(self.world.branch(group))
        secretary = await work.members.get(MemberId(self.world.member(group, 0)))
        assert secretary is not None
        side = self.sides[self.world.platform(group)]
        lines = await undelivered.undelivered(work, actor_of(secretary), side.name)
        waiting = await work.outbox.undelivered(self.now - undelivered.LONG)
        if bool(lines) != bool(waiting):
            self.report.wrong.append(f"group {group}: {len(waiting)} letters wait and {len(lines)} lines tell of it")
        unsent = Counter(each.member_id for each in waiting)
        told: Counter[str] = Counter()
        for each in side.delivered:
            if each.what == "message":
                told[each.chat] += each.text.count("\n\n") + 1
        asked = Counter(each.person for each in self.words if each.group == group and not each.in_group)
        for person, times in asked.items():
            answers = told[private_chat(self.world.user(group, person))] + unsent[MemberId(self.world.member(group, person))]
            if answers < times:
                self.report.wrong.append(f"{self.world.user(group, person)} on {side.name} spoke {times} times and was answered {answers}")


def show(report: Report, world: World) -> None:
    """Print a table."""
    said = ", ".join(f"{count:,} {what}" for what, count in report.said.most_common())
    print(f"{world.groups} groups of {world.people}, {world.span} of the day: {report.said.total():,} words said ({said})")
    print(f"in {report.seconds:.0f} s; {resident():.0f} MB of memory at the end")
    print(f"killed with {report.under_way} letters in hand, then {report.replayed} events brought again")
    print(f"\n| platform | delivered | {' | '.join(f'{each.name.lower()} p50 / p99' for each in Priority)} |")
    print("|---|---:|" + "---:|" * len(Priority))
    for name in PLATFORMS:
        cells = [
            f"{percentile(found, 50):.1f} / {percentile(found, 99):.1f} s" if (found := report.waits[name, each]) else "–"
            for each in Priority
        ]
        print(f"| {name} | {report.sent[name]:,} | {' | '.join(cells)} |")
    print("\n| platform | letters | state | why |\n|---|---:|---|---|")
    for (platform, state, why), count in sorted(report.states.items()):
        print(f"| {platform} | {count:,} | {state} | {why} |")
    print(f"\n{report.turned_away} times a chat was found closed. Violations and losses: {len(report.wrong)}")
    for each in report.wrong[:40]:
        print(f"WRONG {each}")


def main() -> int:
    """Play and print."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--groups", type=int, default=200)
    reading.add_argument("--people", type=int, default=50)
    reading.add_argument("--minutes", type=int, default=120)
    given = reading.parse_args()
    quiet()
    world = World(given.groups, given.people, timedelta(minutes=given.minutes))
    with tempfile.TemporaryDirectory(prefix="zhibu-rush-") as folder:
        report = asyncio.run(Rush(Path(folder), world).play())
    show(report, world)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
