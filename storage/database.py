"""The engine and the one way into a transaction.

One writer thread owns the one writing connection. It takes what waits, opens one transaction for all of it, and drives the coroutines
of our handlers by hand, one after the other. One that fails takes its own writes back; a caller is told after the commit, never before.
A handler that awaits anything but its unit of work (the network, a timer) is thrown out with `ForeignAwait`, so nothing slow can happen
inside a transaction.
Pages and long lists are read through `read()`, a read-only connection of its own.
"""

import asyncio
import queue
import secrets
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from storage import engines
from storage.faults import Fault, Unstorable, Watch
from storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

QUEUE = 1024
"""How many callers may wait for the writer before new ones are held back."""


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
class _Errand(Generic[T]):
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


class Database:
    """One database: a writer, and readers beside it. `url` is SQLAlchemy's, with an async driver."""

    def __init__(  # noqa: PLR0917  what tests set is named
        self,
        url: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], int] = lambda: secrets.randbits(53),
        observe: Callable[[int, float], None] = lambda _errands, _seconds: None,
        on_fault: Callable[[Fault | None], None] = lambda _fault: None,
        patience: timedelta = engines.PATIENCE,
    ) -> None:
        self.url = make_url(url)
        self.process = secrets.randbits(53)
        """Which of the processes on this database this is."""
        self._clock = clock
        self._new_id = new_id
        self._observe = observe
        """Told after each commit how many errands were in it and how many seconds it took; from the writer's thread."""
        self._watch = Watch(on_fault)
        self._patience = patience
        self._queue: queue.SimpleQueue[_Errand[Any] | _End] = queue.SimpleQueue()
        self._ending: _End | None = None
        self._room = asyncio.Semaphore(QUEUE)
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self._reader: Any = None

    @property
    def path(self) -> Path | None:
        """The file, if this is SQLite."""
        return Path(self.url.database) if self.url.get_backend_name() == "sqlite" and self.url.database else None

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it, too."""
        return engines.is_server(self.url)

    @property
    def waiting(self) -> int:
        """How many callers wait for the writer."""
        return self._queue.qsize()

    async def start(self) -> None:
        """Start the writer. The schema must be there already (see `storage.migrations.upgrade`)."""
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Finish what waits, then let go of the file. The writer goes last: only it can fold the write-ahead log into the file."""
        if self._reader is not None:
            await self._reader.dispose()
            self._reader = None
        if self._thread is not None:
            self._queue.put(_End())
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    async def run(
        self,
        function: Callable[Concatenate[UnitOfWork, P], Coroutine[Any, Any, T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function(work, *args)` in one transaction and return after its commit; an error of it leaves no trace."""
        return await self.run_once(lambda work: function(work, *args, **kwargs))

    async def run_once(
        self,
        function: Callable[[UnitOfWork], Coroutine[Any, Any, T]],
        *,
        key: str | None = None,
        warm: Warm | None = None,
        hint: Hint = None,
    ) -> T:
        """As `run`; raises `Seen` if the event `key` is in the inbox, `Unstorable` if nothing can be kept now.

        Errands of one `warm` that wait together are warmed together.
        """
        if self._thread is None:
            raise RuntimeError("the database is not started")
        loop = asyncio.get_running_loop()
        errand: _Errand[T] = _Errand(function, key, warm, hint, loop, loop.create_future())
        async with self._room:
            self._queue.put(errand)
            return await errand.done

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Any]:
        """A read-only `AsyncConnection` that never waits for the writer."""
        if self._thread is None:
            raise RuntimeError("the database is not started")
        if self._reader is None:
            self._reader = engines.reading_engine(self.url)
        async with self._reader.connect() as connection:
            yield connection

    def _write(self) -> None:
        engine = engines.writing_engine(self.url, self._patience)
        while batch := self._waiting():
            self._act(engine, [errand for errand in batch if not errand.done.cancelled()])
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        engine.dispose()

    def _waiting(self) -> list[_Errand[Any]]:
        """What waits now, once something does; nothing when the writer is to end."""
        batch: list[_Errand[Any]] = []
        errand = self._ending or self._queue.get()
        while isinstance(errand, _Errand):
            batch.append(errand)
            if len(batch) >= TOGETHER:
                return batch
            try:
                errand = self._queue.get_nowait()
            except queue.Empty:
                return batch
        self._ending = errand
        return batch

    def _act(self, engine: Engine, batch: Sequence[_Errand[Any]]) -> None:
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

    def _together(self, connection: Connection, batch: Sequence[_Errand[Any]]) -> list[_Outcome]:
        alone, began = len(batch) == 1, time.perf_counter()
        with engines.transaction(connection):
            work = UnitOfWork(connection, self._new_id, alone=alone)
            work.process = self.process
            if not alone:
                work.turn(self._clock())
                _drive(_warm(work, batch))
                work.done()
            outcomes = [self._one(work, errand, alone=alone) for errand in batch]
            _drive(work.flush())
        self._observe(len(batch), time.perf_counter() - began)
        return outcomes

    def _one(self, work: UnitOfWork, errand: _Errand[Any], *, alone: bool) -> _Outcome:
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


async def _errand(work: UnitOfWork, errand: _Errand[T]) -> T:
    if errand.key is not None and await work.inbox.seen(errand.key):
        raise Seen(errand.key)
    return await errand.function(work)


async def _warm(work: UnitOfWork, batch: Sequence[_Errand[Any]]) -> None:
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


def _tell(batch: Sequence[_Errand[Any]], outcomes: Sequence[_Outcome]) -> None:
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
