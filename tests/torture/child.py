"""The real program with a clock that can be set and a trap at a named point: at its n-th passage the process kills itself.

One process loads the program and waits; each line it reads makes it fork, and the fork runs `zhibu run`. So every life is a process of
its own, with its own database connections and its own death by SIGKILL, without the second that loading the modules takes.
"""

import contextlib
import functools
import importlib
import inspect
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.torture.wal import Mark

POINTS = (
    "after receive",
    "before acknowledge",
    "before commit",
    "after commit",
    "in a job",
    "before send",
    "after send",
    "between send and mark",
)
"""Where the trap may be. What the platform does not learn of a message it took is `mid-send` and lies in the platform's hands."""

LATER = (
    *("bot.__main__", "bot.operations.opening", "bot.operations.serving", "bot.services.drawings", "sqlite3", "sqlalchemy.dialects.sqlite"),
    *("anyio._backends._asyncio", "httpcore", "h11", "certifi", "apscheduler.executors.asyncio", "apscheduler.triggers.interval"),
    *("chinese_calendar", "concurrent.futures.thread", "bot.operations.logs", "bot.operations.secret_files", "encodings.ascii"),
    *("tzdata.zoneinfo", "typer._adapters", "typer._click.decorators"),
)
"""Modules that the program loads when it first needs them."""


@dataclass
class Order:
    """What this life is for: where its trap is, how far its clock is ahead, where it writes down what of the log is safe."""

    point: str = ""
    left: int = 0
    shift: timedelta = timedelta()
    marks: int = -1
    index: Path = Path()


mine = Order()


def passing(point: str) -> None:
    """The program is at a point; if the trap is there and it is time, this is the end."""
    if point and point == mine.point:
        mine.left -= 1
        if mine.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _around(owner: Any, name: str, before: str = "", after: str = "", then: Callable[[], None] = lambda: None) -> None:
    inner = getattr(owner, name)

    async def waited(*args: Any, **kwargs: Any) -> Any:
        passing(before)
        result = await inner(*args, **kwargs)
        passing(after)
        return result

    def done(*args: Any, **kwargs: Any) -> Any:
        passing(before)
        result = inner(*args, **kwargs)
        then()
        passing(after)
        return result

    setattr(owner, name, functools.wraps(inner)(waited if inspect.iscoroutinefunction(inner) else done))


def load(plant: str = "") -> None:
    """Import the program, set its clock and lay the traps."""
    from bot import clock

    clock.now = lambda: datetime.now(UTC) + mine.shift
    from sqlalchemy.engine.default import DefaultDialect

    from bot import app, discovery, scheduler
    from bot.messages import Budget
    from bot.platforms.telegram import TelegramPlatform
    from bot.router import Router
    from bot.services import deliveries

    assert app.App.__init__.__defaults__ == (clock.now,)
    discovery.registry()
    discovery.jobs()
    for name in LATER:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    # The limits of a chat are not what is tried here, and a keeper gets more in these minutes than in a year.
    TelegramPlatform.__init__.__kwdefaults__["budget"] = Budget(1000, 1000, 1000)
    if plant:
        from tests.torture.plants import PLANTS

        PLANTS[plant]()
    _around(Router, "receive", "after receive", "before acknowledge")
    _around(DefaultDialect, "do_commit", "before commit", "after commit", _mark)
    _around(TelegramPlatform, "send", "before send", "after send")
    _around(deliveries, "sent", "between send and mark")
    _around(scheduler, "_occurrence", after="in a job")


def _mark() -> None:
    """Write down how much of the write-ahead log is safe now: what SQLite's index of it says after a commit has returned."""
    if mine.marks >= 0 and (mark := Mark.read(mine.index)) is not None:
        os.write(mine.marks, mark.packed())


def _live(order: dict[str, Any]) -> None:
    mine.shift, mine.point, mine.left = timedelta(seconds=order["shift"]), order.get("point", ""), order.get("passage", 0)
    append = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    log, nothing = os.open(order["log"], append), os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, log, log)):
        os.dup2(file, number)
    if "marks" in order:
        mine.marks, mine.index = os.open(order["marks"], append), Path(order["index"])
    from bot.__main__ import main

    sys.argv = ["zhibu", "run", "-c", order["config"]]
    main()


def _forked(order: dict[str, Any]) -> int:
    process = os.fork()
    if process:
        return process
    code = 1
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        _live(order)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _say(words: str) -> None:
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def _orders(rest: bytes, woken: int) -> Iterator[bytes]:
    """The lines that come in; meanwhile it is told of every life that ended, and how."""
    while True:
        ready, _, _ = select.select([sys.stdin.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _bury(os.WNOHANG)
        if sys.stdin.fileno() in ready:
            more = os.read(sys.stdin.fileno(), 65536)
            if not more:
                return
            *lines, rest = (rest + more).split(b"\n")
            yield from lines


def _bury(how: int) -> None:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, how))[0]:
            _say(f"ended {found[0]} {found[1]}")


def main() -> None:
    """Fork at every line, and tell the process; once it has ended, how."""
    load(sys.argv[1] if len(sys.argv) > 1 else "")
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _say("loaded")
    for order in _orders(b"", woken):
        _say(f"born {_forked(json.loads(order))}")
    _bury(0)


if __name__ == "__main__":
    main()
