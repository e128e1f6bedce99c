"""Timings of the first steps: a start, one check-in, a burst of them. Prints a table and writes results/latest.json.

python -m benchmarks.first
"""

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import search
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.language.names import latin
from bot.operations import opening, sample
from bot.services import browser_chat
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

RESULTS = Path(__file__).parent / "results" / "latest.json"
ONE_BY_ONE = 300
BURST = 500


def _start(config: Path) -> float:
    """Seconds from the command to the printed address."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "run", "--sample", "-c", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        if not process.stdout or "open at" not in process.stdout.readline():
            raise RuntimeError("the program did not start")
        took = time.perf_counter() - began
        process.terminate()
    return took


def _settings(folder: Path) -> Settings:
    return Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'bench.db'}"), web=Web(port=0))


async def _crowd(work: UnitOfWork, number: int) -> str:
    """More people with an account in the browser; answers the group's id."""
    work.enter((await work.branches.all())[0].id)
    for each in range(number):
        name = f"测{chr(0x4E00 + each)}"
        member = work.members.add(name, latin(name), ["member"])
        key = browser_chat.account_key(f"b{each}")
        work.accounts.bind(key, member.id, browser_chat.private_chat(f"b{each}"))
        await work.accounts.change(key, introduced_at=work.now)
    return browser_chat.group_chat(work.branch_id)


async def _check_ins(folder: Path, clock: Callable[[], datetime]) -> dict[str, float]:
    async with opening.opened(_settings(folder), clock) as database:
        await database.run(sample.load)
        group = await database.run(_crowd, ONE_BY_ONE + BURST)
    app = App(_settings(folder), clock)
    await app.open()
    browser = app.browser
    if browser is None:
        raise RuntimeError("there is no browser chat")
    await browser.start(app.router.receive, app.registry.hints())

    async def say(number: int) -> float:
        began = time.perf_counter()
        frame = {"type": "send", "chat": group, "text": "签到"}
        await browser.take(f"b{number}", Text.plain("测"), frame, f"n{number}")
        return time.perf_counter() - began

    try:
        single = []
        for number in range(ONE_BY_ONE):
            single.append(await say(number))
            await app.drain()
        began = time.perf_counter()
        waited = await asyncio.gather(*(say(number) for number in range(ONE_BY_ONE, ONE_BY_ONE + BURST)))
        stored = time.perf_counter() - began
        await app.drain()
        drained = time.perf_counter() - began
    finally:
        await app.stop()
    return {
        "one check-in, p50, ms": statistics.median(single) * 1000,
        "one check-in, p99, ms": statistics.quantiles(single, n=100)[98] * 1000,
        f"burst of {BURST}: all stored, s": stored,
        f"burst of {BURST}: slowest answer, s": max(waited),
        f"burst of {BURST}: stored a second": BURST / stored,
        f"burst of {BURST}: stored and due letters delivered, s": drained,
    }


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory(prefix="zhibu-bench-") as name:
        folder = Path(name)
        config = folder / "config.toml"
        config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{folder / "start.db"}"\n[web]\nport = 0\n', encoding="utf-8")
        figures = {"first start, with the sample, s": _start(config)}
        figures["second start, median of 3, s"] = statistics.median(_start(config) for _ in range(3))
        figures |= asyncio.run(_check_ins(folder, lambda: datetime.now(UTC)))
        figures |= asyncio.run(search.figures(folder))
    for what, figure in figures.items():
        print(f"{what:<56}{figure:>10.2f}")
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    found = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "figures": {k: round(v, 4) for k, v in figures.items()},
    }
    RESULTS.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
