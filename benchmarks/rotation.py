"""Every sealed value brought to a new key by `zhibu keys rotate`, while the program goes on writing. Prints a table.

python -m benchmarks.rotation [--values 20000]

The values are reflections, the longest of what is sealed. The program is this process, and it writes a hundred times a second at most; the
rotation is the command in a process of its own, as an operator would say it.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import percentile, quiet
from bot.config import DatabaseSection, Settings, Web
from bot.operations import opening
from storage import sealing
from storage.database import Database
from storage.keys import BranchId, MemberId
from storage.tables_learning import reflection
from storage.unit_of_work import UnitOfWork

VALUES = 20_000
ALONE = 5.0
"""Seconds for which the writer is measured without a rotation."""
_SHARE = 500


async def _founded(work: UnitOfWork) -> tuple[BranchId, MemberId]:
    branch = work.branches.add("红旗村支部", "hongqi").id
    work.enter(branch)
    return branch, work.members.add("李小山", "lixiaoshan", []).id


async def _filled(work: UnitOfWork, branch: BranchId, member: MemberId, numbers: range) -> None:
    work.enter(branch)
    for number in numbers:
        sealed = work.vault.seal("reflection", "text", number, f"第{number}条：在外打工，先签合同，工资条留着，出了事有凭据。")
        row = {"branch_id": branch, "member_id": member, "number": number, "at": work.now, "shared": "", "noted": False}
        work.insert(reflection, **row, id=number, text=sealed)


async def _written(work: UnitOfWork, branch: BranchId, member: MemberId, text: str) -> None:
    work.enter(branch)
    await work.reflections.add(member, text)


async def _write(database: Database, branch: BranchId, member: MemberId, until: asyncio.Event) -> list[float]:
    """Write again and again; seconds from giving each errand to hearing that it is kept."""
    waits: list[float] = []
    while not until.is_set():
        began = time.perf_counter()
        await database.run(_written, branch, member, "合同要留好")
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.01)
    return waits


async def _alone(database: Database, branch: BranchId, member: MemberId) -> list[float]:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(ALONE, over.set)
    return await _write(database, branch, member, over)


async def figures(folder: Path, values: int = VALUES) -> dict[str, float]:
    """Seconds of the rotation and of the writer. Raises `RuntimeError` where a value is left with the old key or cannot be opened."""
    config, url = folder / "config.toml", f"sqlite+aiosqlite:///{folder / 'rotation.db'}"
    config.write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    settings = Settings(database=DatabaseSection(url=url), web=Web(port=0))
    async with opening.opened(settings, lambda: datetime.now(UTC)) as database:
        branch, member = await database.run(_founded)
        for first in range(1, values + 1, _SHARE):
            await database.run(_filled, branch, member, range(first, min(first + _SHARE, values + 1)))
        before = await _alone(database, branch, member)
        over = asyncio.Event()
        writing = asyncio.create_task(_write(database, branch, member, over))
        began = time.perf_counter()
        command = [sys.executable, "-m", "bot", "keys", "rotate", "-c", str(config), "--drop-old"]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        code = await process.wait()
        took = time.perf_counter() - began
        over.set()
        waits = await writing
        used, faults = await database.run(sealing.uses), await database.run(sealing.unopened)
        newest = database.vault.file.newest()
    expected = values + len(before) + len(waits)
    if code or faults or newest is None or used != {newest.id: {"reflection.text": expected}}:
        raise RuntimeError(f"exit code {code}; {len(faults)} values cannot be opened; {used} are used, {expected} were written")
    return {
        "the command, its start included, s": took,
        "values brought to the new key a second, 1/s": values / took,
        "writes meanwhile": len(waits),
        "a write without a rotation, half of them, ms": percentile(before, 50) * 1000,
        "a write during it, half of them, ms": percentile(waits, 50) * 1000,
        "a write during it, 99 of 100, ms": percentile(waits, 99) * 1000,
        "the longest wait of a write without a rotation, ms": max(before) * 1000,
        "the longest wait of a write during it, ms": max(waits) * 1000,
    }


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(
        prog="python -m benchmarks.rotation", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    reading.add_argument("--values", type=int, default=VALUES)
    given = reading.parse_args()
    quiet()
    with tempfile.TemporaryDirectory(prefix="zhibu-rotation-") as name:
        for what, figure in asyncio.run(figures(Path(name), given.values)).items():
            print(f"{what:<60}{figure:>10.1f}")


if __name__ == "__main__":
    main()
