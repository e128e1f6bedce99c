"""(d) From the command to the printed address, and the memory held then: the real program, with web pages and scheduler."""

import compileall
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import resident

WARM = 12.0
"""Seconds after which the warm-up is over, with its rests."""


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


FIRST = """
import json, time
from bot import clock, discovery, reading
from bot.language.said import Setting
from bot.operations import warmup
registry, setting = discovery.registry(), Setting(clock.parsed("2026-03-10T09:00"))

def slowest(*texts):
    told = []
    for text in texts:
        began = time.process_time()
        reading.read(registry, text, setting)
        told.append(time.process_time() - began)
    return max(told)

told = {"sentence": slowest("请问这个月的党费最晚什么时候交"), "place": slowest("我到齐齐哈尔了")}
warmup._PEACE = 0.0
began = time.process_time()
warmup.Warmup(registry, setting.at).run()
told["warming"] = time.process_time() - began
told["warmed"] = slowest("麻烦问下我上个月的党费到账没有", "我从齐齐哈尔到牡丹江了", "wo dao mudanjiang le")
print(json.dumps(told))
"""


def first_messages() -> dict[str, float]:
    """The seconds of the processor that the first sentence and the first place take, the warm-up, and the slowest message after it."""
    ran = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def figures(folder: Path, rounds: int) -> dict[str, float]:
    """The first start, with the sample; then the median of several. Compiled before, as pip compiles what it installs."""
    compiled = [compileall.compile_dir(package, quiet=1) for package in ("bot", "handlers", "schedules", "storage")]
    if not all(compiled):
        raise RuntimeError("the program could not be compiled")
    config = folder / "start.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{folder / "start.db"}"\n[web]\nport = 0\n', encoding="utf-8")
    first, _ = start(config, "--sample")
    _, warm = start(config, "--sample", settle=WARM)
    later = [start(config, "--sample") for _ in range(rounds)]
    return {
        "first": first,
        "later": statistics.median(took for took, _ in later),
        "held": statistics.median(held for _, held in later),
        "warm": warm,
    }
