"""`zhibu traces`: whether anything is left of somebody who was erased."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.operations.trouble import Trouble
from storage import traces
from storage.maintenance import Unusable
from storage.traces import Trace


def search(database: Path, words: Iterable[str], logs: Iterable[Path] = ()) -> list[Trace]:
    """Look for words in a database of SQLite's, its write-ahead log and files of the log. Raises `Trouble`."""
    if not database.is_file():
        raise Trouble(f"there is no database {database}; see [database] url")
    try:
        return traces.search(database, words, logs)
    except Unusable as error:
        raise Trouble(str(error)) from None


def told(found: list[Trace]) -> Iterator[str]:
    """What was found, a line for each place and without the words themselves."""
    for each in found:
        yield f"{each.where}: {each.times}"
    yield (
        f"{len(found)} places hold one of the words." if found else "None of these words stands in the database or what else was looked at."
    )
