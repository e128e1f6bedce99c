"""(b) The floor: the rows of a check-in written by sqlite3 alone, many in one transaction. No bot, no platform, no objects."""

import sqlite3
import time
from pathlib import Path

from benchmarks import world
from benchmarks.databases import Files
from benchmarks.world import World

BATCH = 64


async def group_commit(folder: Path, seconds: float) -> float:
    """Check-ins a second: inbox, check-in, deed, answer and the member's two dates stored; then the answers marked as sent."""
    people = World(groups=400, people=20_000)
    await world.build(Files(folder).url("floor"), people)
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"pragma {pragma}")
    began, done = time.perf_counter(), 0
    while done + BATCH <= people.people and time.perf_counter() - began < seconds:
        _batch(connection, people, range(done, done + BATCH))
        done += BATCH
    took = time.perf_counter() - began
    connection.close()
    return done / took


def _batch(connection: sqlite3.Connection, people: World, numbers: range) -> None:
    now, day = 1_800_000_000_000, "2026-11-26"
    who = [(10_000_001 + number, people.branch_of(number % people.groups), people.person(number)) for number in numbers]
    execute = connection.executemany
    connection.execute("begin immediate")
    keys = [(f"telegram:main:{member}",) for member, _, _ in who]
    connection.execute(f"select key from inbox where key in ({','.join('?' * len(keys))})", [key for (key,) in keys]).fetchall()
    execute("insert into inbox (key, chat, at, state) values (?, 'telegram:main:1', ?, 'done')", [(key, now) for (key,) in keys])
    execute("insert into check_in (member_id, day, branch_id, at) values (?, ?, ?, ?)", [(m, day, b, now) for m, b, _ in who])
    execute("insert into deed (branch_id, member_id, kind, data, at) values (?, ?, 'check_in', '{}', ?)", [(b, m, now) for m, b, _ in who])
    execute("update member set last_check_in = ?, heard_at = ? where id = ?", [(day, now, m) for m, _, _ in who])
    letters = (
        "insert into outbox (branch_id, platform, instance, chat_id, kind, priority, content, language, state, not_before, created_at)"
    )
    values = "values (?, 'telegram', 'main', ?, 'group', 1, '{\"reaction\": 1}', 'zh', 'sending', ?, ?)"
    execute(f"{letters} {values}", [(b, str(p.group_id), now, now) for _, b, p in who])
    connection.execute("commit")
    connection.execute("begin immediate")
    connection.execute("update outbox set state = 'sent', content = null, sent_at = ? where state = 'sending'", (now,))
    connection.execute("commit")
