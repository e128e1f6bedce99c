"""The engine and the one way into a transaction.

One writer thread owns the one writing connection and drives the coroutines of our handlers by hand. A handler that awaits anything
but its unit of work (the network, a timer) is thrown out with `ForeignAwait`, so nothing slow can happen inside a transaction.
Pages and long lists are read through `read()`, a read-only connection of its own.
"""

import asyncio
import queue
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from storage import engines
from storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

QUEUE = 1024
"""How many callers may wait for the writer before new ones are held back."""


class ForeignAwait(RuntimeError):
    """A function in a transaction awaited something that is not its unit of work."""


class Seen(Exception):
    """An event of this key was already acted upon."""


@dataclass
class _Errand(Generic[T]):
    function: Callable[[UnitOfWork], Coroutine[Any, Any, T]]
    key: str | None
    reads: Mapping[str, Iterable[Any]]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[T]


class Database:
    """One database: a writer, and readers beside it. `url` is SQLAlchemy's, with an async driver."""

    def __init__(self, url: str, clock: Callable[[], datetime], new_id: Callable[[], int] = lambda: secrets.randbits(53)) -> None:
        self.url = make_url(url)
        self._clock = clock
        self._new_id = new_id
        self._queue: queue.SimpleQueue[_Errand[Any] | None] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(QUEUE)
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self._reader: Any = None

    @property
    def path(self) -> Path | None:
        """The file, if this is SQLite."""
        return Path(self.url.database) if self.url.get_backend_name() == "sqlite" and self.url.database else None

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
            self._queue.put(None)
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
        reads: Mapping[str, Iterable[Any]] | None = None,
    ) -> T:
        """As `run`; raises `Seen` if the event `key` is in the inbox. `reads`: keys per repository to fetch beforehand."""
        if self._thread is None:
            raise RuntimeError("the database is not started")
        loop = asyncio.get_running_loop()
        errand: _Errand[T] = _Errand(function, key, reads or {}, loop, loop.create_future())
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
        engine = engines.writing_engine(self.url)
        while (errand := self._queue.get()) is not None:
            if errand.done.cancelled():
                continue
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = engine.connect()
                result = self._do(self._connection, errand)
            except BaseException as error:  # noqa: BLE001  whatever happened belongs to the caller, and the writer lives on
                _tell(errand, None, error)
            else:
                _tell(errand, result, None)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        engine.dispose()

    def _do(self, connection: Connection, errand: _Errand[T]) -> T:
        with engines.transaction(connection):
            return _drive(self._unit(connection, errand))

    async def _unit(self, connection: Connection, errand: _Errand[T]) -> T:
        work = UnitOfWork(connection, self._clock(), self._new_id)
        for repository, keys in errand.reads.items():
            await getattr(work, repository).prefetch(keys)
        if errand.key is not None and await work.inbox.seen(errand.key):
            raise Seen(errand.key)
        result: T = await errand.function(work)
        await work.flush()
        return result


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


def _tell(errand: _Errand[Any], result: Any, error: BaseException | None) -> None:
    with suppress(RuntimeError):  # the caller's loop is closed: nobody waits for it any more
        errand.loop.call_soon_threadsafe(_settle, errand.done, result, error)


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))
