"""(d) From the command to the printed address, and the memory held then: the real program, with web pages and scheduler."""

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import resident


def start(config: Path, *more: str, settle: float = 1.0) -> tuple[float, float]:
    """Seconds until it is ready, and megabytes held `settle` seconds later."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "run", "-c", str(config), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        if not process.stdout or "open at" not in process.stdout.readline():
            raise RuntimeError("the program did not start")
        took = time.perf_counter() - began
        time.sleep(settle)
        held = resident(process.pid)
        process.terminate()
    return took, held


def figures(folder: Path, rounds: int) -> dict[str, float]:
    """The first start, with the sample; then the median of several. Compiled before, as pip compiles what it installs."""
    compiled = [compileall.compile_dir(package, quiet=1) for package in ("bot", "handlers", "schedules", "storage")]
    if not all(compiled):
        raise RuntimeError("the program could not be compiled")
    config = folder / "start.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{folder / "start.db"}"\n[web]\nport = 0\n', encoding="utf-8")
    first, _ = start(config, "--sample")
    later = [start(config, "--sample") for _ in range(rounds)]
    return {"first": first, "later": statistics.median(took for took, _ in later), "held": statistics.median(held for _, held in later)}
