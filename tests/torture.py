"""kill -9 in a stream of messages: nothing acknowledged may be lost, nothing may happen twice.

Starts the real program on a database of its own, speaks docs/browser-chat.md as many people at once, kills it with SIGKILL at random
moments, starts it again and sends what was not acknowledged once more (and some of what was), as a platform would.

    python -m tests.torture --kills 100
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.config import DatabaseSection, Settings
from bot.language.names import latin
from bot.operations import opening, sample
from bot.permissions import Actor, ActorKind, Role
from bot.services import browser_chat, deployment, notices
from storage.unit_of_work import UnitOfWork

HERE = Path(__file__).parent.parent
PEOPLE = 200
NOTICES = 12
AT_ONCE = 16
"""People who speak at the same time."""
A_LIFE = 24
"""New messages between two kills."""
DONE = "收到，一路平安"
START_LIMIT = 60.0


@dataclass(frozen=True)
class Deed:
    """Something one person does once: a check-in, or saying that a notice was read. Its effect is one row."""

    who: str
    nonce: str
    text: str
    private: bool
    notice: int = 0


@dataclass
class Tally:
    kills: int = 0
    sent: int = 0
    acked: set[str] = field(default_factory=set)
    starts: list[float] = field(default_factory=list)


@dataclass
class Outcome:
    kills: int
    messages: int
    sent: int
    acked: int
    effects: int
    lost: list[str]
    doubled: list[str]
    repeated: int
    median_start: float
    seconds: float
    deeds: list[Deed] = field(repr=False)
    tally: Tally = field(repr=False)

    def table(self) -> str:
        rows = (
            ("kills", self.kills),
            ("messages", self.messages),
            ("sent, repeats among them", self.sent),
            ("acknowledged", self.acked),
            ("effects", self.effects),
            ("effects lost", len(self.lost)),
            ("effects doubled", len(self.doubled)),
            ("bot messages repeated", self.repeated),
            ("start, median, s", f"{self.median_start:.2f}"),
            ("seconds", f"{self.seconds:.0f}"),
        )
        return "\n".join(f"{name:<28}{value:>10}" for name, value in rows)


async def prepare(settings: Settings) -> list[Deed]:
    """The sample with two hundred more people and some notices; answers what they will do, in a random order."""
    now = lambda: datetime.now(UTC)  # noqa: E731
    async with opening.opened(settings, now) as database:
        await database.run(sample.load)
        await database.run(deployment.ensure_key)
        numbers = await database.run(_crowd)
    deeds = []
    for number in range(PEOPLE):
        who = f"t{number}"
        deeds.append(Deed(who, f"{who}-checkin", "签到", private=number % 2 == 0))
        deeds += [Deed(who, f"{who}-n{each}", f"收到 N{each}", private=number % 3 == 0, notice=each) for each in numbers]
    random.shuffle(deeds)
    return deeds


async def _crowd(work: UnitOfWork) -> list[int]:
    work.enter((await work.branches.all())[0].id)
    surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "甲乙丙丁戊己庚辛壬癸"
    for number in range(PEOPLE):
        name = surnames[number % 20] + "测" + given[number // 20]
        member = work.members.add(name, latin(name), ["member"])
        key = browser_chat.account_key(f"t{number}")
        work.accounts.bind(key, member.id, browser_chat.private_chat(f"t{number}"))
        await work.accounts.change(key, introduced_at=work.now)
    secretary = (await work.members.holding("secretary"))[0]
    actor = Actor(ActorKind.PERSON, work.branch_id, secretary.id, frozenset({Role.SECRETARY}))
    made = [await notices.announce(work, actor, f"第{number}条") for number in range(NOTICES)]
    for each in made:
        work.notices.change(each, nudged_at=work.now)
    return [each.number for each in made]


class Program:
    """The real process."""

    def __init__(self, config: Path, port: int, log: Path) -> None:
        self.config = config
        self.address = f"http://127.0.0.1:{port}/"
        self.log = log
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "-c", str(self.config), stdout=asyncio.subprocess.PIPE, stderr=log, cwd=HERE
            )

    async def ready(self) -> None:
        assert self.process
        assert self.process.stdout
        line = await asyncio.wait_for(self.process.stdout.readline(), START_LIMIT)
        if b"open at" not in line:
            raise RuntimeError(f"the program did not start: {self.log.read_text()[-2000:]}")

    async def end(self, number: signal.Signals) -> None:
        assert self.process
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        await self.process.wait()


async def _speak(session: aiohttp.ClientSession, program: Program, deeds: list[Deed], tally: Tally) -> None:
    """Several people say what they have to say, one socket for each, until all of it is acknowledged or the program is gone."""
    by_person: dict[str, list[Deed]] = {}
    for deed in deeds:
        by_person.setdefault(deed.who, []).append(deed)
    with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError, TypeError):
        await asyncio.gather(*(_person(session, program, who, theirs, tally) for who, theirs in by_person.items()))


async def _person(session: aiohttp.ClientSession, program: Program, who: str, deeds: list[Deed], tally: Tally) -> None:
    with contextlib.suppress(aiohttp.ClientError, OSError, TypeError):
        async with session.ws_connect(f"{program.address}ws?as={who}", max_msg_size=0) as page:
            welcome = await page.receive_json()
            chats = {chat["kind"]: chat["id"] for chat in welcome["chats"]}
            waiting = set()
            for deed in deeds:
                chat = chats["private" if deed.private else "group"]
                tally.sent += 1
                await page.send_json({"type": "send", "chat": chat, "text": deed.text, "nonce": deed.nonce})
                waiting.add(deed.nonce)
            while waiting:
                frame = await page.receive_json()
                if frame["type"] == "ack":
                    waiting.discard(frame["nonce"])
                    tally.acked.add(frame["nonce"])


async def torture(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so many times, then let everything settle and compare."""
    began = time.monotonic()
    chance = random.Random(seed)
    random.seed(seed)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = folder / "torture.db"
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{database}"))
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "{settings.database.url}"\n[web]\nport = {port}\n')
    deeds = (await prepare(settings))[: (kills + 1) * A_LIFE]
    program, tally = Program(config, port, folder / "log.jsonl"), Tally()
    share = max(1, len(deeds) // (kills + 1))
    offered: list[Deed] = []
    async with aiohttp.ClientSession() as session:
        for kill in range(kills):
            offered += deeds[kill * share : (kill + 1) * share]
            await _one_life(session, program, offered, tally, chance)
        at = time.monotonic()
        await program.start()
        await program.ready()
        tally.starts.append(time.monotonic() - at)
        while left := _some([deed for deed in deeds if deed.nonce not in tally.acked]):
            await _speak(session, program, left, tally)
    await _settled(database)
    await program.end(signal.SIGTERM)
    found = compare(database, deeds, tally)
    return Outcome(
        kills=tally.kills,
        messages=len(deeds),
        sent=tally.sent,
        acked=len(tally.acked),
        effects=found[0],
        lost=found[1],
        doubled=found[2],
        repeated=found[3],
        median_start=sorted(tally.starts)[len(tally.starts) // 2],
        seconds=time.monotonic() - began,
        deeds=deeds,
        tally=tally,
    )


async def _one_life(session: aiohttp.ClientSession, program: Program, offered: list[Deed], tally: Tally, chance: random.Random) -> None:
    """Start, send what is not acknowledged and a little of what is, kill at a random moment – now and then while it still starts."""
    at = time.monotonic()
    await program.start()
    if chance.random() < 0.1:
        await asyncio.sleep(chance.uniform(0.05, 1.5))
    else:
        await program.ready()
        tally.starts.append(time.monotonic() - at)
        fresh = _some([deed for deed in offered if deed.nonce not in tally.acked])
        known = [deed for deed in offered if deed.nonce in tally.acked]
        again = chance.sample(known, min(len(known), 2))
        speaking = asyncio.create_task(_speak(session, program, fresh + again, tally))
        before = len(tally.acked)
        while len(tally.acked) == before and not speaking.done():
            await asyncio.sleep(0.005)
        await asyncio.sleep(chance.uniform(0, 0.25))
        await program.end(signal.SIGKILL)
        await speaking
    await program.end(signal.SIGKILL)
    tally.kills += 1


def _some(deeds: list[Deed]) -> list[Deed]:
    """The deeds of as many people as speak at the same time."""
    people = list(dict.fromkeys(deed.who for deed in deeds))[:AT_ONCE]
    return [deed for deed in deeds if deed.who in people]


async def _settled(database: Path) -> None:
    """Wait until the outbox has nothing left; a count is edited every fifteen seconds at most."""
    for _ in range(150):
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as look:
            left = look.execute("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')").fetchone()[0]
        if not left:
            return
        await asyncio.sleep(0.5)


def compare(database: Path, deeds: list[Deed], tally: Tally) -> tuple[int, list[str], list[str], int]:
    """Effects found; what is lost, what is doubled; how many bot messages were shown more than once."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as look:
        member = dict(look.execute("SELECT user_id, member_id FROM account WHERE user_id LIKE 't%'"))
        here = set(member.values())
        days = Counter(row[0] for row in look.execute("SELECT member_id FROM check_in") if row[0] in here)
        read = Counter(look.execute("SELECT nr.member_id, n.number FROM notice_read nr JOIN notice n ON n.id = nr.notice_id"))
        done = Counter(
            (row[0], row[1]) for row in look.execute("SELECT member_id, kind || coalesce(json_extract(data, '$.number'), '') FROM deed")
        )
        inbox = Counter(row[0] for row in look.execute("SELECT key FROM inbox"))
        failed = [row[0] for row in look.execute("SELECT key FROM inbox WHERE state != 'done'")]
        outbox = Counter(row[0] for row in look.execute("SELECT chat_id FROM outbox WHERE state = 'sent' AND message_id != ''"))
        messages = [json.loads(row[0]) for row in look.execute("SELECT message FROM transcript ORDER BY number")]
    lost, doubled = [f"failed: {key}" for key in failed], []
    for deed in deeds:
        who = member[deed.who]
        times = read[who, deed.notice] if deed.notice else days[who]
        noted = done[who, f"notice_read{deed.notice}" if deed.notice else "check_in"]
        if deed.nonce in tally.acked and not (times and inbox[browser_chat.event_key(deed.who, deed.nonce)]):
            lost.append(deed.nonce)
        if times > 1 or noted > 1:
            doubled.append(deed.nonce)
    lost += _wrong_counts(messages, days, deeds)
    said = Counter(message["chat"] for message in messages if message["from"]["id"] == "bot" and message["chat"].startswith("private-t"))
    repeated = sum(max(0, said[chat] - outbox[chat]) for chat in said)
    effects = sum(days.values()) + sum(times for (who, _), times in read.items() if who in here)
    return effects, lost, doubled, repeated


def _wrong_counts(messages: list[dict[str, Any]], days: Counter[int], deeds: list[Deed]) -> list[str]:
    """Counts that the group is left with, where they differ from what is stored."""
    wrong = []
    in_group = [each["text"]["zh"] for each in messages if each["from"]["id"] == "bot" and each["chat"].startswith("group-")]
    today = [text for text in in_group if text.startswith("今日报平安")][-1]
    if f" {sum(days.values())} 人" not in today:
        wrong.append(f"the day's message says {today!r}, {sum(days.values())} checked in")
    for number in {deed.notice for deed in deeds if deed.notice}:
        shown = [text for text in in_group if text.startswith(f"【公告 N{number}】")][-1]
        readers = sum(1 for deed in deeds if deed.notice == number)
        if not shown.endswith(f"已收到 {readers} 人"):
            wrong.append(f"N{number} shows {shown!r}, {readers} read it")
    return wrong


def main() -> int:
    """Print the table; exit code 1 if something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="zhibu-torture-") as folder:
        outcome = asyncio.run(torture(Path(folder), options.kills, options.seed))
    print(outcome.table())
    for each in (*outcome.lost[:20], *outcome.doubled[:20]):
        print(each)
    return 1 if outcome.lost or outcome.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
