"""`make fuzz`: ten thousand hostile inputs for each decoder and reader, the whole stack, and how time grows with the input."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.services import asking
from storage import migrations
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.fuzz import hostile
from tests.fuzz.targets import DECODERS, WHOLE, language_target, read, readers
from tests.fuzz.test_fuzz import receive

SIZES = (1_000, 5_000, 25_000)
"""Characters: the router reads a thousand, the edge lets five thousand in; the last shows how it goes on."""
SLOW = 0.05
"""Seconds that a thousand characters may take a reader, of the processor's time."""
UNITS = sorted(
    {unit for unit, _ in hostile.LONG}
    | {*"1一元月年到、，. -(零半两交我", "1.1", "1-1 ", "1月到", "6元 ", "一百", "A1 ", "在北京 ", "paid "}
)


def _tries(name: str, target: Callable[[random.Random], None], count: int) -> int:
    """Prints a line; answers how many inputs broke the target."""
    chance, broke, longest, began = random.Random(name), 0, 0.0, time.perf_counter()
    for _ in range(count):
        state, start = chance.getstate(), time.perf_counter()
        try:
            target(chance)
        except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
            broke += 1
            if broke == 1:
                print(f"  {name} broke, with the chance of {hash(state)}:", file=sys.stderr)
                traceback.print_exc()
        longest = max(longest, time.perf_counter() - start)
    took = time.perf_counter() - began
    print(f"{name:<34}{count:>8}{broke:>8}{took / count * 1e6:>12.0f}{longest * 1e3:>12.1f}", flush=True)
    return broke


async def _stack(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.db"
        migrations.upgrade(make_url(f"sqlite+aiosqlite:///{path}"))
        chat = Dialogue(str(path))
        await chat.open()
        began = time.perf_counter()
        failed = await receive(chat, random.Random(5), count)
        took = time.perf_counter() - began

        async def press(work: UnitOfWork) -> int:
            chance, taken = random.Random(6), 0
            for _ in range(count):
                taken += await asking.pressed(work, hostile.torn(chance, "q.1.0.0000000000000000")) is not None
            return taken

        start = time.perf_counter()
        forged = await chat.run(press)
        print(f"{'the whole stack':<34}{count:>8}{len(failed):>8}{took / count * 1e6:>12.0f}")
        print(f"{'forged buttons':<34}{count:>8}{forged:>8}{(time.perf_counter() - start) / count * 1e6:>12.0f}")
        await chat.close()
    print("".join(f"  failed: {key}\n" for key in failed), end="", file=sys.stderr)
    return len(failed) + int(forged)


def _seconds(function: Callable[..., object], words: str) -> float:
    """The processor's time that a reader takes at best, so that another program's load does not count."""
    best = float("inf")
    for _ in range(3):
        start = time.thread_time()
        with suppress(ValueError):  # more digits than Python reads; never from a message, which ends long before
            read(function, words, random.Random(0))
        best = min(best, time.thread_time() - start)
        if best < SLOW / 25:
            break
    return best


def _growth() -> Iterator[tuple[float, str]]:
    """For each reader the slowest text of a thousand characters, and how its time goes on."""
    for name, function in (readers() | WHOLE).items():
        worst, unit = max((_seconds(function, (each * 1000)[: SIZES[0]]), each) for each in UNITS)
        grown = [worst]
        for size in SIZES[1:]:
            grown.append(_seconds(function, (unit * size)[:size]) if grown[-1] < 0.5 else float("nan"))
        yield worst, f"{name:<34}" + "".join(f"{took * 1e3:>12.1f}" for took in grown) + f"   {unit!r}"


def main() -> int:
    """The table; 1 where anything broke or was slow."""
    asked = argparse.ArgumentParser(prog="make fuzz")
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    print(f"{'target':<34}{'inputs':>8}{'broke':>8}{'µs each':>12}{'longest ms':>12}")
    targets = DECODERS | {name: language_target(function) for name, function in readers().items()}
    broke = sum(_tries(name, target, options.count) for name, target in targets.items() if options.only in name)
    if options.only in "the whole stack":
        broke += asyncio.run(_stack(options.count))
    print("\n" + f"{'slowest text, ms':<34}" + "".join(f"{size:>12}" for size in SIZES) + "   of")
    slow = 0
    for took, line in sorted((each for each in _growth() if options.only in each[1]), reverse=True)[:15]:
        slow += took > SLOW
        print(line)
    print(f"\n{broke} inputs broke something; {slow} readers are slow.")
    return 1 if broke or slow else 0


if __name__ == "__main__":
    sys.exit(main())
