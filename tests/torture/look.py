"""How long SQLite's quick check of a large file takes, which every start does beside the program: `python -m tests.torture --check 100`."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from storage import maintenance

TABLE = "CREATE TABLE transcript (message_id TEXT PRIMARY KEY, chat_id TEXT, at INTEGER, number INTEGER UNIQUE, message TEXT)"


def measured(folder: Path, megabytes: int) -> str:
    """Write a file of that size, with two indices beside its key, and check it."""
    path, number = folder / "large.db", 0
    with closing(sqlite3.connect(path)) as made:
        made.execute(TABLE)
        made.execute("CREATE INDEX ix_transcript_chat_id ON transcript (chat_id, number)")
        while not path.exists() or path.stat().st_size < megabytes * 1_000_000:
            rows = [(f"m{each}", f"chat{each % 500}", each, each, "字" * 120) for each in range(number, number + 10_000)]
            made.executemany("INSERT INTO transcript VALUES (?, ?, ?, ?, ?)", rows)
            made.commit()
            number += len(rows)
    wall, processor = time.monotonic(), time.process_time()
    sound = maintenance.healthy(path)
    spent = f"{time.monotonic() - wall:.2f} s, {time.process_time() - processor:.2f} s of processor"
    return f"{path.stat().st_size / 1e6:.0f} MB, {'sound' if sound else 'DAMAGED'}: {spent}"
