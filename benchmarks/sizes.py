"""(z) What a member and a check-in take on the disk, in a SQLite file without free pages."""

import asyncio
import sqlite3
from pathlib import Path

from benchmarks import world
from benchmarks.check_ins import AT_ONCE, Answers
from benchmarks.databases import Files
from benchmarks.ours import Time, running
from benchmarks.report import Row
from benchmarks.sink import InProcess
from benchmarks.world import World

GROUPS, FEW, MANY = 40, 100, 2_100


def kilobytes(file: Path) -> int:
    """In use; what stands in the write-ahead log counts as in the file."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    pages, free, page = (int(connection.execute(f"pragma {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size"))
    connection.close()
    return (pages - free) * page // 1024


async def rows(folder: Path) -> list[Row]:
    """The rows of (z)."""
    held: dict[int, int] = {}
    for people in (FEW, MANY):
        await world.build(Files(folder).url(f"members{people}"), World(GROUPS, people))
        held[people] = kilobytes(folder / f"members{people}.db")
    member = (held[MANY] - held[FEW]) * 1024 / (MANY - FEW)
    made = [Row("a member, with role and account", "bytes", member)]
    for private in (False, True):
        where = "in private" if private else "in a group"
        made.append(Row(f"a check-in {where}, all its rows on the first day", "bytes", await _check_in(folder, private=private)))
    return made


async def _check_in(folder: Path, *, private: bool) -> float:
    people, answers, name = World(GROUPS, MANY), Answers(), f"check-ins-{private}"
    url = Files(folder).url(name)
    await world.build(url, people)
    before = kilobytes(folder / f"{name}.db")
    async with running(url, InProcess(answers.told), Time()) as ours:
        numbers = iter(range(people.people))

        async def one_after_the_other() -> None:
            for number in numbers:
                person = people.person(number)
                answered = answers.expect(*(("message", person.user_id) if private else ("mark", number + 1)))
                await ours.say(person, "签到", message_id=number + 1, private=private)
                await answered

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return (kilobytes(folder / f"{name}.db") - before) * 1024 / people.people
