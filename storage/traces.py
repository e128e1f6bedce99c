"""Whether anything of some words is left, in every column of every table and in the bytes of the files themselves."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from storage.maintenance import Unusable


@dataclass(frozen=True, slots=True)
class Trace:
    """A word stands somewhere: `where` is a column (table.column), or a file in whose bytes it is."""

    word: str
    where: str
    times: int


def search(database: Path, words: Iterable[str], logs: Iterable[Path] = ()) -> list[Trace]:
    """Look for words in a database of SQLite's, its write-ahead log and other files. Raises `Unusable`.

    What is sealed cannot be searched: it is only sure to be gone with its row.
    """
    wanted = [each for each in dict.fromkeys(words) if each.strip()]
    found = [*_columns(database, wanted)]
    for path in (database, database.with_name(database.name + "-wal"), *logs):
        found += _bytes(path, wanted)
    return found


def _columns(database: Path, words: list[str]) -> Iterator[Trace]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database.absolute()))}?mode=ro", uri=True, timeout=30)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            for table in tables:
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]
                for column in columns:
                    for word in words:
                        times = _count(connection, table, column, word)
                        if times:
                            yield Trace(word, f"{table}.{column}", times)
    except sqlite3.Error as error:
        raise Unusable(f"{database} cannot be searched ({error})") from None


def _count(connection: sqlite3.Connection, table: str, column: str, word: str) -> int:
    where = " OR ".join(f"instr(CAST({_quoted(column)} AS TEXT), ?) > 0" for _ in _spelled(word))
    question = f"SELECT count(*) FROM {_quoted(table)} WHERE {where}"  # noqa: S608  the names are the database's own
    return int(connection.execute(question, _spelled(word)).fetchone()[0])


def _spelled(word: str) -> list[str]:
    """A word as it stands in text, and in JSON that writes its signs as numbers."""
    return list(dict.fromkeys([word, json.dumps(word)[1:-1]]))


def _bytes(path: Path, words: list[str]) -> Iterator[Trace]:
    try:
        held = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error.strerror})") from None
    for word in words:
        times = sum(held.count(each.encode()) for each in _spelled(word))
        if times:
            yield Trace(word, str(path), times)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
