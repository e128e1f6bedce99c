"""What was promised against what is there: in the database, on the platform, and in the program's log."""

import json
import re
import socket
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.operations import ledger
from tests.telegram_server import Message
from tests.telegram_server.model import Place
from tests.torture.branch import FEN, START, Branch
from tests.torture.expected import Expected

YEAR = 2026


@dataclass
class Memory:
    """What the database knew on earlier days; after a week it forgets."""

    marked: set[tuple[int, int]] = field(default_factory=set)
    """Chats and messages that it knows as its own."""
    told: int = 0
    """How often the secretary had been told of what is in doubt when all of it was decided last."""


@dataclass
class Found:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    repeated: int = 0
    marked: int = 0
    """By the log: letters that may arrive twice."""
    arrived: int = 0
    """On the platform, without the program having been told so."""
    doubted: int = 0
    """By the log: letters that may have arrived and are not repeated."""
    uncounted: int = 0
    """Notices under which nothing is counted further, since a person decided to let them be as they arrived."""
    bot_messages: int = 0
    taken_up: int = 0
    """By the log: how often a process found another dead."""

    def count(self, what: str, wanted: Iterable[Any], there: Mapping[Any, int]) -> None:
        """Each of what is wanted has to be there once, and nothing else."""
        wanted = set(wanted)
        self.lost += [f"{what} {each}" for each in sorted(wanted, key=str) if not there.get(each)]
        self.doubled += [f"{what} {each}: {times}" for each, times in there.items() if times > 1 or (times and each not in wanted)]

    def read(self, log: Path) -> None:
        """How many letters a log marks as possibly repeated or in doubt, and what else it complains of."""
        for entry in _entries(log.read_text(encoding="utf-8")):
            if "may arrive twice" in entry["event"]:
                self.marked += entry["letters"]
            elif "may have arrived" in entry["event"]:
                self.doubted += entry["letters"]
            elif entry["event"].startswith("another process has died"):
                self.taken_up += 1
            elif entry["level"] in {"error", "critical"}:
                self.unexplained.append(f"log: {entry['event']} {' | '.join(entry.get('exception', [])[:1])}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def compare(branch: Branch, expected: Expected, memory: Memory, today: date) -> Found:
    """Everything that is lost, doubled or out of order so far."""
    found = Found()
    with closing(sqlite3.connect(f"file:{branch.database}?mode=ro", uri=True)) as look:
        _effects(look, expected, found)
        _money(look, found)
        _messages(look, branch, expected, memory, found)
        _counts(look, branch, expected, today, found)
        _order_in_outbox(look, found)
    found.read(branch.log)
    return found


def _effects(look: sqlite3.Connection, expected: Expected, found: Found) -> None:
    name = dict(look.execute("SELECT id, name FROM member"))
    days = Counter((name[who], date.fromisoformat(day)) for who, day in look.execute("SELECT member_id, day FROM check_in"))
    found.count("check-in", expected.check_ins, days)
    read = look.execute("SELECT nr.member_id, n.number FROM notice_read nr JOIN notice n ON n.id = nr.notice_id")
    found.count("read mark", expected.reads, Counter((name[who], number) for who, number in read))
    notices = Counter(text for text, state in look.execute("SELECT text, state FROM notice") if state == "open")
    found.count("posted notice", expected.notices, notices)
    claims = look.execute("SELECT member_id, months, number, state FROM dues_claim").fetchall()
    months = Counter((name[who], _month(each)) for who, named, *_ in claims for each in json.loads(named))
    found.count("claim", expected.claims, months)
    confirmed = {number for *_, number, state in claims if state == "confirmed"}
    found.count("confirmed claim", expected.confirmed, dict.fromkeys(confirmed - (expected.listed - expected.confirmed), 1))
    pledges = look.execute("SELECT member_id, fen, state FROM pledge").fetchall()
    wanted = {(*each, state) for each, state in expected.pledges.items()}
    found.count("pledge", wanted, Counter((name[who], fen, state) for who, fen, state in pledges))
    found.lost += [f"event {key} failed with {error}" for key, error in look.execute("SELECT key, error FROM inbox WHERE state != 'done'")]


def _month(named: list[Any]) -> str:
    year, month = named[0].split("-")
    return f"{int(month)}月" if int(year) == YEAR else str(named[0])


def _money(look: sqlite3.Connection, found: Found) -> None:
    """Each confirmed claim and each received pledge is one entry, and the sums agree."""
    entries = Counter(look.execute("SELECT book, kind, ref FROM ledger_entry"))
    dues = look.execute("SELECT receipt, fen FROM dues_claim WHERE state = 'confirmed'").fetchall()
    pledges = look.execute("SELECT number, state, received_fen FROM pledge").fetchall()
    wanted = {("dues", "paid", receipt) for receipt, _ in dues} | {("fund", "promised", f"P{number}") for number, *_ in pledges}
    ends = {"received": "received", "withdrawn": "released"}
    wanted |= {("fund", ends[state], f"P{number}") for number, state, _ in pledges if state in ends}
    found.count("ledger entry", wanted, entries)
    gifts = [(number, fen) for number, _, fen in pledges]
    for book, account, sum_of in (("dues", "custody", sum(fen for _, fen in dues)), ("fund", "cash", sum(fen for _, fen in gifts))):
        total = look.execute("SELECT coalesce(sum(fen), 0) FROM ledger_line WHERE book = ? AND account = ?", (book, account)).fetchone()[0]
        if total != sum_of:
            found.unexplained.append(f"{book} holds {total}, claims and gifts add up to {sum_of}")
    if len(dues) * FEN != sum(fen for _, fen in dues):
        found.unexplained.append("a claim is not of the usual amount")


def _messages(look: sqlite3.Connection, branch: Branch, expected: Expected, memory: Memory, found: Found) -> None:
    """Each answer is in one message; a message more than the database knows of repeats another, or came without a word of it."""
    rows = look.execute("SELECT chat_id, message_id FROM outbox WHERE message_id IS NOT NULL AND message_id != ''")
    memory.marked |= {(int(chat), int(message)) for chat, message in rows}
    doubted = look.execute("SELECT id, error FROM outbox WHERE state = 'uncertain'").fetchall()
    found.unexplained += [f"letter {letter} is still in doubt: {error}" for letter, error in doubted]
    there = set()
    for place in (branch.group, *branch.users.values()):
        messages = branch.server.shown(place)
        known = [each for each in messages if (place.id, each.id) in memory.marked]
        copies = [each for each in messages if (place.id, each.id) not in memory.marked]
        there |= {(place.id, each.id) for each in branch.server.messages(place)}
        repeated = sum(1 for each in copies if _resembles(each, messages))
        found.bot_messages += len(messages)
        found.repeated += repeated
        found.arrived += len(copies) - repeated
        _answers(place, known, messages, expected, found)
    found.lost += [f"message {each} was noted as sent and never came" for each in sorted(memory.marked - there)]


def _resembles(copy: Message, messages: list[Message]) -> bool:
    """Whether another message says the same, or the same and more; or the same with another count, where a count is edited."""
    bare = _uncounted(copy.text)
    return any(each is not copy and (copy.text in each.text or (bare != copy.text and _uncounted(each.text) == bare)) for each in messages)


def _uncounted(text: str) -> str:
    """Words that are kept up to date, without what changes in them."""
    return re.sub(r"\n已收到 \d+ 人|(?<=^今日报平安 )\d+ 人|(?<=^今天有 )\d+ 笔新认捐待到账，共 [\d.]+ 元", "", text)


def _answers(place: Place, known: list[Message], messages: list[Message], expected: Expected, found: Found) -> None:
    """Answers of a chat: each shown, and in one message that is known; in the order in which people asked, but for what was sent again."""
    texts = [each.text for each in messages]
    found.lost += [f"answer {each} in chat {place.id} is not shown" for each in sorted(expected.missing(place.id, texts))]
    for pattern in expected.answers.get(place.id, []):
        times = sum(len(re.findall(pattern, each.text)) for each in known)
        if times > 1:
            found.doubled.append(f"answer {pattern} {times} times")
    found.out_of_order += overtaken(place.id, texts, expected)
    for (chat, words), wanted in expected.often.items():
        if chat == place.id and (times := sum(each.text.count(words) for each in known)) > wanted:
            found.doubled.append(f"answer {words} {times} times instead of {wanted}")


def overtaken(chat: int, texts: Sequence[str], expected: Expected) -> list[str]:
    """The answers of a chat that were first seen after one that was asked for later; what a person had sent again does not count."""
    found, last = [], -1
    for pattern in expected.answers.get(chat, []):
        first = next((number for number, text in enumerate(texts) if re.search(pattern, text)), None)
        if first is None or pattern in expected.late[chat]:
            continue
        if first < last:
            found.append(f"answer {pattern} in chat {chat}")
        last = max(last, first)
    return found


def _counts(look: sqlite3.Connection, branch: Branch, expected: Expected, today: date, found: Found) -> None:
    """What the group is left with says how many checked in and read."""
    shown = [each.text for each in branch.server.shown(branch.group)]
    checked = sum(1 for _, day in expected.check_ins if day == today)
    days = [text for text in shown if text.startswith("今日报平安")]
    if checked and (not days or f" {checked} 人" not in days[-1]):
        found.lost.append(f"the day's message says {days[-1:]}, {checked} checked in")
    readers = Counter(number for _, number in expected.reads)
    known = {slot for (slot,) in look.execute("SELECT slot FROM outbox WHERE slot LIKE 'notice:%'")}
    for notice, text, number in look.execute("SELECT id, text, number FROM notice WHERE state = 'open'"):
        posted = [each for each in shown if each.startswith(f"【公告 N{number}】{text}")]
        if not posted:
            found.lost.append(f"notice N{number} is not shown")
        elif readers[number] and not posted[-1].endswith(f"已收到 {readers[number]} 人"):
            if number in expected.let_be and f"notice:{notice}" not in known:
                found.uncounted += 1
            else:
                found.lost.append(f"N{number} shows {posted[-1]!r}, {readers[number]} read it")


def _order_in_outbox(look: sqlite3.Connection, found: Found) -> None:
    """In a chat, what was written first and is as urgent was sent first: Telegram's numbers rise."""
    rows = look.execute(
        "SELECT chat_id, priority, id, CAST(message_id AS INTEGER) FROM outbox WHERE state = 'sent' AND slot IS NULL"
        " AND not_before = created_at AND message_id != '' ORDER BY id"
    )
    last: dict[tuple[str, int], int] = defaultdict(int)
    for chat, priority, letter, message in rows:
        if message < last[chat, priority]:
            found.out_of_order.append(f"letter {letter} in chat {chat} was overtaken")
        last[chat, priority] = max(last[chat, priority], message)


def _entries(text: str) -> Iterator[dict[str, Any]]:
    """The entries of a log whose lines may have lost their end, where the process was killed in them."""
    decoder, at = json.JSONDecoder(), text.find('{"')
    while at >= 0:
        try:
            entry, end = decoder.raw_decode(text, at)
        except ValueError:
            end = at + 2
        else:
            yield entry
        at = text.find('{"', end)


def table(outcome: Any, rows: Iterable[tuple[str, Any]] = (), without: Collection[str] = ()) -> str:
    """What was counted, of what is a list how long it is, and whether all promises were kept."""
    counted = [(name, len(value) if isinstance(value, list) else value) for name, value in vars(outcome).items() if name not in without]
    verdict = ("promises kept", "yes" if outcome.good else "NO")
    return "\n".join(f"{name.replace('_', ' '):<36}{value!s:>10}" for name, value in (*counted, *rows, verdict))


async def ledgers(settings: Settings) -> list[str]:
    """What `zhibu ledger verify` says of every book."""
    return [line for name, audit in await ledger.verify(settings, lambda: START) for line in ledger.told(name, audit)]


def in_doubt(branch: Branch) -> int:
    """How many letters wait for a person to decide whether they are sent again."""
    with closing(sqlite3.connect(f"file:{branch.database}?mode=ro", uri=True, timeout=20)) as look:
        return int(look.execute("SELECT count(*) FROM outbox WHERE state = 'uncertain'").fetchone()[0])
