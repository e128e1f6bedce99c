"""Importing a workbook of 5,000 members, 300 of them with something wrong, and exporting them: time and memory. Prints a table.

python -m benchmarks.carry [--rows 5000] [--faulty 300]
"""

import argparse
import asyncio
import io
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from benchmarks.measuring import resident
from bot.clock import beijing_day
from bot.config import DatabaseSection, Settings, Web
from bot.messages import Outgoing
from bot.operations import opening
from bot.operations.register_export import HOME
from bot.permissions import OPERATOR, Actor, Role
from bot.rules.months import month_of
from bot.services import drawings, exporting, importing, membership, people, sheets
from bot.services.exporting import Exported
from bot.services.importing import Preview, Reverted, State, Taken
from bot.services.sheets import Document
from bot.texts import Text
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

ROWS, FAULTY = 5_000, 300
BRANCH, SECRETARY = "红旗村支部", "王秀英"
HEADINGS = (
    "序号",
    "姓名",
    "手机号码",
    "人员类别",
    "入党时间",
    "外出时间",
    "外出原因",
    "流入地",
    "现工作单位",
    "活动证",
    "组织关系",
    "备注",
)
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "明华建国志强秀兰玉珍海涛晓东春梅立夏小山永红文军丽娟云飞"
_WRONG: tuple[Callable[[list[str]], None], ...] = (
    lambda row: row.__setitem__(2, row[2][:7]),
    lambda row: row.__setitem__(2, "1.38E+10"),
    lambda row: row.__setitem__(1, ""),
    lambda row: row.__setitem__(3, "积极分子"),
    lambda row: row.__setitem__(4, "2013.1"),
    lambda row: row.__setitem__(4, "2019年2月30日"),
    lambda row: row.__setitem__(4, "2098-07-01"),
    lambda row: row.__setitem__(8, "工地" * 40),
    lambda row: row.__setitem__(10, "不好说"),
    lambda row: row.__setitem__(11, "身份证 410323199001011234"),
)
"""Ten ways in which a row is wrong, in turn."""


def rows(count: int, faulty: int) -> list[list[str]]:
    """The rows: names that no two share, numbers as towns type them, every so-many-th row wrong."""
    made = []
    for at in range(count):
        name = (
            _FAMILY[at % len(_FAMILY)] + _GIVEN[at // len(_FAMILY) % len(_GIVEN)] + _GIVEN[at // len(_FAMILY) // len(_GIVEN) % len(_GIVEN)]
        )
        number = f"1{38_00_000_000 + at}"
        phone = (f"+86 {number[:3]} {number[3:7]} {number[7:]}", number, f"{number[:3]}-{number[3:7]}-{number[7:]}")[at % 3]
        left = date(2024, 2, 15) + timedelta(days=at % 700)
        row = [
            str(at + 1),
            name,
            phone,
            ("正式党员", "预备党员")[at % 9 == 0],
            f"{1990 + at % 34}年{1 + at % 12}月",
            left.isoformat(),
            "务工",
        ]
        made.append([*row, ("广东省深圳市", "浙江杭州", "苏州")[at % 3], f"第{at % 97}建筑公司", ("有", "无")[at % 2], "在本支部", ""])
    for which in range(faulty):
        _WRONG[which % len(_WRONG)](made[which * count // faulty])
    return made


def workbook(listed: list[list[str]]) -> bytes:
    """The rows as Excel saves them."""
    paper = io.BytesIO()
    with Workbook(paper, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("党员台账")
        for down, row in enumerate([list(HEADINGS), *listed]):
            page.write_row(down, 0, row)
    return paper.getvalue()


class Peak:
    """The most memory that this process held since it was begun, in megabytes above what it held then."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._before = resident()

    def above(self) -> float:
        """So many megabytes."""
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024 - self._before


async def _actor(work: UnitOfWork, branch: BranchId) -> Actor:
    work.enter(branch)
    return people.actor_of((await work.members.holding(Role.SECRETARY.value))[0])


async def _founded(work: UnitOfWork, names: list[str]) -> BranchId:
    """A branch in which the first half of the people are already, with nothing known of them."""
    await membership.found(work, OPERATOR, BRANCH, SECRETARY)
    for name in names:
        work.members.add(name, name, [Role.MEMBER.value])
    return work.branch_id


async def _seen(work: UnitOfWork, branch: BranchId, document: Document) -> Preview:
    return await importing.preview(work, await _actor(work, branch), document)


async def _taken(work: UnitOfWork, branch: BranchId) -> Taken:
    return await importing.take(work, await _actor(work, branch), "", None)


async def _undone(work: UnitOfWork, branch: BranchId, batch: int) -> Reverted:
    return await importing.revert(work, await _actor(work, branch), batch)


async def _ledger(work: UnitOfWork, branch: BranchId) -> Exported:
    return await exporting.ledger(work, await _actor(work, branch), HOME)


async def _report(work: UnitOfWork, branch: BranchId) -> Exported:
    return await exporting.report(work, await _actor(work, branch), month_of(beijing_day(work.now)), HOME)


async def _exported(database: Database, made: Callable[[UnitOfWork, BranchId], Coroutine[Any, Any, Exported]], branch: BranchId) -> int:
    """A workbook described in a transaction, drawn outside it; answers how many people stand in it."""
    exported = await database.run(made, branch)
    described = Outgoing(Text.plain(""), drawing=drawings.opened(exported.drawing, database.vault))
    drawn = await asyncio.to_thread(drawings.drawn, described)
    if drawn.file is None or not drawn.file.content.startswith(b"PK"):
        raise RuntimeError("nothing was drawn")
    return exported.people


async def figures(folder: Path, count: int = ROWS, faulty: int = FAULTY) -> dict[str, float]:
    """Seconds and megabytes of each step. Raises `RuntimeError` where a row is lost or a faulty one not found."""
    listed = rows(count, faulty)
    packed = workbook(listed)
    plain = "\r\n".join(",".join(row) for row in [list(HEADINGS), *listed]).encode("gbk")
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'carry.db'}"), web=Web(port=0))
    found: dict[str, float] = {"the workbook, KB": len(packed) / 1000}
    async with opening.opened(settings, lambda: datetime.now(UTC)) as database:
        branch = await database.run(_founded, [row[1] for row in listed[: count // 2] if row[1]])
        peak = Peak()
        began, used = time.perf_counter(), time.process_time()

        def step(name: str) -> None:
            nonlocal began, used
            found[f"{name}, s"] = time.perf_counter() - began
            found[f"{name}: processor of the program that serves, s"] = time.process_time() - used
            began, used = time.perf_counter(), time.process_time()

        await sheets.read("名册.csv", plain, beijing_day(datetime.now(UTC)))
        step("a GBK text file read, in its own process")
        document = await sheets.read("名册.xlsx", packed, beijing_day(datetime.now(UTC)))
        step("the workbook read, in its own process")
        found["memory of that process at most, MB"] = document.used / 1_000_000
        seen = await database.run(_seen, branch, document)
        step("what each row would change")
        taken = await database.run(_taken, branch)
        step("taken")
        written = await _exported(database, _ledger, branch)
        step("the ledger exported as a workbook")
        await _exported(database, _report, branch)
        step("the monthly report exported as a workbook")
        back = await database.run(_undone, branch, taken.batch)
        step("undone")
        found["memory of the program that serves, above what it held, MB"] = peak.above()
    if (len(seen.rows), len(seen.of(State.FAULTY)), taken.made + taken.changed) != (count, faulty, count - faulty):
        raise RuntimeError(f"{len(seen.rows)} rows, {len(seen.of(State.FAULTY))} faulty, {taken.made + taken.changed} taken")
    if written < count - faulty:
        raise RuntimeError(f"{written} people in the ledger")
    if back.put_back + back.removed != count - faulty:
        raise RuntimeError(f"{back.put_back} put back, {back.removed} removed")
    found["faulty rows, each told in words, rows"] = len([row for row in seen.of(State.FAULTY) if row.problems])
    return found


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(prog="python -m benchmarks.carry", description=__doc__)
    reading.add_argument("--rows", type=int, default=ROWS)
    reading.add_argument("--faulty", type=int, default=FAULTY)
    given = reading.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhibu-carry-") as name:
        for what, figure in asyncio.run(figures(Path(name), given.rows, given.faulty)).items():
            print(f"{what:<90}{figure:>10.2f}")


if __name__ == "__main__":
    main()
