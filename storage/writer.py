"""The writer's thread: it takes what waits, opens one transaction for all of it, and tells each caller what became of theirs.

It drives the coroutines of our handlers by hand, one after the other. One that fails takes its own writes back; what the database
refuses makes each be done in a transaction of its own. A caller is told after the commit, never before.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage import engines
from storage.faults import Unstorable, Watch
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

T = TypeVar("T")

TOGETHER = 128
"""How many errands share a transaction at most."""


class ForeignAwait(RuntimeError):
    """A function in a transaction awaited something that is not its unit of work."""


class Torn(RuntimeError):
    """A transaction in which a statement broke off was not committed."""


class Seen(Exception):
    """An event of this key was already acted upon."""


Hint = Any
"""What a caller knows beforehand about its errand, for `warm`."""
Warm = Callable[[UnitOfWork, Sequence[Hint]], Coroutine[Any, Any, None]]
"""Fetches for many errands at once what each of them will ask for by key. Only makes things faster."""


@dataclass(slots=True)
class Errand(Generic[T]):
    """What a caller wants done; `key` is the event's, if it is one, and `done` hears of it in the caller's loop."""

    function: Callable[[UnitOfWork], Coroutine[Any, Any, T]]
    key: str | None
    warm: Warm | None
    hint: Hint
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[T]


class _End:
    """The last thing in the queue of a writer."""


@dataclass(slots=True)
class _Outcome:
    result: Any = None
    error: BaseException | None = None


class Writer:
    """One thread and the one connection that it writes through. `engine` is made, and ended, in the thread."""

    def __init__(  # noqa: PLR0917  the parts of a database, each once
        self,
        engine: Callable[[], Engine],
        clock: Callable[[], datetime],
        new_id: Callable[[], int],
        process: int,
        observe: Callable[[int, float], None],
        watch: Watch,
        vault: Vault,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._new_id = new_id
        self._process = process
        self._observe = observe
        self._watch = watch
        self._vault = vault
        self._queue: queue.SimpleQueue[Errand[Any] | _End] = queue.SimpleQueue()
        self._ending: _End | None = None
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)

    @property
    def waiting(self) -> int:
        """How many errands wait."""
        return self._queue.qsize()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def give(self, errand: Errand[Any]) -> None:
        """Something to be done; its caller waits for `errand.done`."""
        self._queue.put(errand)

    async def end(self) -> None:
        """Finish what waits, and let go of the database."""
        self._queue.put(_End())
        await asyncio.to_thread(self._thread.join)

    def _write(self) -> None:
        engine = self._engine()
        while batch := self._waiting():
            self._act(engine, [errand for errand in batch if not errand.done.cancelled()])
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        engine.dispose()

    def _waiting(self) -> list[Errand[Any]]:
        """What waits now, once something does; nothing when the writer is to end."""
        batch: list[Errand[Any]] = []
        errand = self._ending or self._queue.get()
        while isinstance(errand, Errand):
            batch.append(errand)
            if len(batch) >= TOGETHER:
                return batch
            try:
                errand = self._queue.get_nowait()
            except queue.Empty:
                return batch
        self._ending = errand
        return batch

    def _act(self, engine: Engine, batch: Sequence[Errand[Any]]) -> None:
        """Run a batch in one transaction, or each errand in its own where the database refused something. Tell only what is committed."""
        try:
            if self._connection is None or self._connection.closed:
                self._connection = engine.connect()
            outcomes = self._together(self._connection, batch)
        except engines.Unknown as error:
            outcomes = [_Outcome(error=error) for _ in batch]  # what may be committed is not run again
        except BaseException as error:  # noqa: BLE001  whatever happened belongs to the callers, and the writer lives on
            fault = self._watch.failed(error)
            if fault is not None:
                self._let_go()
            if fault is not None and fault.passes:
                error = Unstorable(fault)
            elif len(batch) > 1:
                for errand in batch:
                    self._act(engine, [errand])
                return
            outcomes = [_Outcome(error=error) for _ in batch]
        else:
            self._watch.kept(self._connection)
        _tell(batch, outcomes)

    def _let_go(self) -> None:
        """A connection that could not write may be in its transaction still."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

    def _together(self, connection: Connection, batch: Sequence[Errand[Any]]) -> list[_Outcome]:
        alone, began = len(batch) == 1, time.perf_counter()
        with engines.transaction(connection):
            work = UnitOfWork(connection, self._new_id, self._vault, alone=alone)
            work.process = self._process
            if not alone:
                work.turn(self._clock())
                _drive(_warm(work, batch))
                work.done()
            outcomes = [self._one(work, errand, alone=alone) for errand in batch]
            _drive(work.flush())
        self._observe(len(batch), time.perf_counter() - began)
        return outcomes

    def _one(self, work: UnitOfWork, errand: Errand[Any], *, alone: bool) -> _Outcome:
        work.turn(self._clock())
        try:
            result = _drive(_errand(work, errand))
        except BaseException as error:
            # What the database refused may have ended the transaction for all, and may have been the row of an earlier errand.
            if alone or work.torn or isinstance(error, SQLAlchemyError):
                raise
            work.undo()
            return _Outcome(error=error)
        if work.torn:
            raise Torn("a function swallowed an error of the database")
        work.done()
        return _Outcome(result)


async def _errand(work: UnitOfWork, errand: Errand[T]) -> T:
    if errand.key is not None and await work.inbox.seen(errand.key):
        raise Seen(errand.key)
    return await errand.function(work)


async def _warm(work: UnitOfWork, batch: Sequence[Errand[Any]]) -> None:
    await work.inbox.prefetch(each.key for each in batch if each.key is not None)
    for warm in dict.fromkeys(each.warm for each in batch):
        if warm is not None:
            await warm(work, [each.hint for each in batch if each.warm is warm])


def _drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never has to wait for anything."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        value: T = finished.value
        return value
    try:
        coroutine.throw(ForeignAwait("only the unit of work may be awaited in a transaction"))
    except StopIteration:
        pass
    finally:
        coroutine.close()
    raise ForeignAwait("a function swallowed the error about its foreign await")


def _tell(batch: Sequence[Errand[Any]], outcomes: Sequence[_Outcome]) -> None:
    """Wake every loop once for all of its callers."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], _Outcome]]] = {}
    for errand, outcome in zip(batch, outcomes, strict=True):
        by_loop.setdefault(errand.loop, []).append((errand.done, outcome))
    for loop, settled in by_loop.items():
        with suppress(RuntimeError):  # the caller's loop is closed: nobody waits for it any more
            loop.call_soon_threadsafe(_settle, settled)


def _settle(settled: Sequence[tuple[asyncio.Future[Any], _Outcome]]) -> None:
    for future, outcome in settled:
        if future.done():
            continue
        if outcome.error is None:
            future.set_result(outcome.result)
        else:
            future.set_exception(outcome.error if isinstance(outcome.error, Exception) else RuntimeError(repr(outcome.error)))
