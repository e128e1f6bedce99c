"""Lives of the program: started, killed, and seen to have ended."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent.parent.parent
START_LIMIT = 60.0
END_LIMIT = 30.0


@dataclass
class Life:
    """One process."""

    process: int
    ended: asyncio.Future[int]

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        if not self.ended.done():
            os.kill(self.process, number)

    async def end(self) -> int:
        """Wait for the end; the answer is how it ended, as of `os.waitpid`."""
        return await asyncio.wait_for(asyncio.shield(self.ended), END_LIMIT)


class Nursery:
    """Holds the loaded program; `async with` it, then `live` as often as is liked."""

    def __init__(self, plant: str = "") -> None:
        self._plant = plant
        self._born: asyncio.Queue[Life] = asyncio.Queue()
        self._lives: dict[int, Life] = {}
        self._birth = asyncio.Lock()

    async def __aenter__(self) -> Self:
        words = [sys.executable, "-m", "tests.torture.child", *([self._plant] if self._plant else [])]
        pipe = asyncio.subprocess.PIPE
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBU_", "COV_", "COVERAGE_"))}
        self._mother = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, cwd=HERE, env=kept)
        async with asyncio.timeout(START_LIMIT):
            if await self._read() != "loaded":
                raise RuntimeError("the program could not be loaded")
        self._listening = asyncio.create_task(self._listen())
        return self

    async def _read(self) -> str:
        assert self._mother.stdout
        return (await self._mother.stdout.readline()).decode().strip()

    async def _listen(self) -> None:
        while line := await self._read():
            word, process, *status = line.split()
            if word == "born":
                life = self._lives[int(process)] = Life(int(process), asyncio.get_running_loop().create_future())
                self._born.put_nowait(life)
            else:
                self._lives.pop(int(process)).ended.set_result(int(status[0]))

    async def live(self, **order: Any) -> Life:
        """A new process; there may be several at a time."""
        assert self._mother.stdin
        async with self._birth:
            self._mother.stdin.write(json.dumps(order).encode() + b"\n")
            await self._mother.stdin.drain()
            return await self._born.get()

    async def __aexit__(self, *_: object) -> None:
        assert self._mother.stdin
        self._mother.stdin.close()
        try:
            await asyncio.wait_for(self._mother.wait(), END_LIMIT)
        except TimeoutError:
            self._mother.kill()
            await self._mother.wait()
        await self._listening
