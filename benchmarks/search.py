"""How long finding a lesson takes in a large library: plain columns that are looked into, no index. Prints a table.

python -m benchmarks.search
"""

import asyncio
import random
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.config import DatabaseSection, Settings, Web
from bot.language import lesson_words
from bot.operations import opening
from bot.services import lesson_files, library
from bot.services.lesson_files import Folder
from storage.unit_of_work import UnitOfWork

SIZES = (30, 300, 3000)
QUERIES = ("养猪", "欠薪", "种食用菌", "焊工 安全", "yangzhu", "没有这样的课")
ROUNDS = 20


def _crowded(folder: Folder, size: int) -> Folder:
    """The sample library, its words shuffled into as many lessons as are wanted."""
    chance = random.Random(1)
    texts = [each.text for each in folder.lessons.values()]
    made = {}
    for number in range(size):
        text = texts[number % len(texts)]
        words = list(text.body)
        chance.shuffle(words)
        made[f"lesson-{number}"] = lesson_files.shelved(replace(text, body="".join(words)))
    return Folder(f"bench {size}", lessons=made)


async def _fill(work: UnitOfWork, folder: Folder) -> None:
    for lesson_id, shelved in folder.lessons.items():
        library.put(work, lesson_id, shelved)
    await work.flush()


async def _look(work: UnitOfWork, query: str) -> int:
    return len(await work.lessons.found(lesson_words.terms(query), library.MOST))


async def figures(folder: Path) -> dict[str, float]:
    """Milliseconds to find a word, and seconds to take over a whole library, by the number of lessons."""
    sample = lesson_files.read("lessons")
    if sample is None or not sample.lessons:
        raise RuntimeError("there is no sample library")
    found: dict[str, float] = {}
    for size in SIZES:
        settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / f'search{size}.db'}"), web=Web(port=0))
        async with opening.opened(settings, lambda: datetime.now(UTC)) as database:
            folder_of_many = _crowded(sample, size)
            began = time.perf_counter()
            await database.run(_fill, folder_of_many)
            found[f"{size} lessons: taken over, s"] = time.perf_counter() - began
            took = []
            for query in QUERIES * ROUNDS:
                began = time.perf_counter()
                await database.run(_look, query)
                took.append((time.perf_counter() - began) * 1000)
            found[f"{size} lessons: a search, p50, ms"] = statistics.median(took)
            found[f"{size} lessons: a search, p99, ms"] = statistics.quantiles(took, n=100)[98]
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="zhibu-search-") as name:
        for what, figure in asyncio.run(figures(Path(name))).items():
            print(f"{what:<56}{figure:>10.2f}")


if __name__ == "__main__":
    main()
