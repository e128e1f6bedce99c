"""What is proved, against whom, and how it went; and the far side as a process that speaks JSON lines."""

import asyncio
import json
import os
import socket
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
FAR = Path(__file__).parent / "far"
NODE = Path(__file__).parent / "node"
PATIENCE = 20.0
"""Seconds that the far side may take for anything."""

Json = dict[str, Any]
Proof = Callable[[], Awaitable[str]]
"""Runs, and says in words what was seen. Raises `AssertionError` where something was not as it should be."""
PROOFS: list[tuple[str, str, Proof]] = []
"""Against which package, what, and how."""


def proves(against: str, what: str) -> Callable[[Proof], Proof]:
    """Enters a proof into the table."""

    def enter(proof: Proof) -> Proof:
        PROOFS.append((against, what, proof))
        return proof

    return enter


@dataclass(frozen=True)
class Outcome:
    """How a proof went."""

    against: str
    what: str
    seen: str
    good: bool
    seconds: float


async def run(against: str, what: str, proof: Proof) -> Outcome:
    """One proof; whatever it meets is told and stops no other."""
    began = time.perf_counter()
    try:
        seen, good = await proof(), True
    except (Exception, pytest.fail.Exception) as wrong:  # noqa: BLE001  the far side may fail in any way
        seen, good = f"{type(wrong).__name__}: {wrong}", False
    return Outcome(against, what, seen, good, time.perf_counter() - began)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Far:
    """A script of the far side, in its own environment. `next` waits for what it tells; `ask` asks and waits for the answer."""

    def __init__(self, *command: str | Path, folder: Path | None = None, **told: object) -> None:
        self._command = [str(each) for each in command]
        self._folder = folder
        plain = {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}
        self._told = {"PYTHONPATH": str(FAR), "PYTHONDONTWRITEBYTECODE": "1", "LOG_LEVEL": "ERROR", **plain}
        self.heard: list[Json] = []
        """All that was told so far and not waited for."""

    @classmethod
    def python(cls, script: str, *arguments: object, folder: Path | None = None, **told: object) -> Self:
        """A script of `far/`, in a folder."""
        return cls(PYTHON, FAR / script, *(str(each) for each in arguments), folder=folder, **told)

    @classmethod
    def node(cls, *arguments: object) -> Self:
        """The script for node."""
        return cls("node", NODE / "aibot.mjs", *(str(each) for each in arguments))

    async def __aenter__(self) -> Self:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ZHIBU_")} | self._told
        self._process = await asyncio.create_subprocess_exec(
            *self._command, cwd=self._folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=2**24
        )
        await self.next("started")
        return self

    async def __aexit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), 5)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def next(self, kind: str, **such: object) -> Json:
        """What it tells next of a kind, with such values; the rest is kept. Raises `AssertionError` if it does not come, or it failed."""

        def fits(each: Json) -> bool:
            return each["kind"] == kind and all(each.get(name) == value for name, value in such.items())

        for each in self.heard:
            if fits(each):
                self.heard.remove(each)
                return each
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    told = await self._line()
                    if fits(told):
                        return told
                    assert told["kind"] != "failed", f"the far side failed: {told.get('words')}"
                    self.heard.append(told)
        except TimeoutError:
            heard = [{name: value for name, value in each.items() if value} for each in self.heard[-5:]]
            raise AssertionError(f"waited for {kind} {such}; heard {heard}") from None

    async def ask(self, **question: object) -> Json:
        """One question, one answer."""
        await self.tell(**question)
        return await self.next("answer")

    async def tell(self, **what: object) -> None:
        """A line to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
        await self._process.stdin.drain()

    async def _line(self) -> Json:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            if line.startswith(b'{"kind"'):
                told: Json = json.loads(line)
                return told
        raise AssertionError(f"the far side ended with {await self._process.wait()}")
