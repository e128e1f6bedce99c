"""One database and the one way into a transaction.

Whoever writes gives the writer an errand (see `storage.writer`) and hears of it after the commit, never before. A handler that awaits
anything but its unit of work (the network, a timer) is thrown out with `ForeignAwait`, so nothing slow can happen inside a transaction.
Pages and long lists are read through `read()`, a read-only connection of its own.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.engine import make_url

from storage import engines, key_file, sealing
from storage.faults import Fault, Unstorable, Watch
from storage.sealed_columns import SEALED
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from storage.writer import Errand, ForeignAwait, Hint, Seen, Warm, Writer

__all__ = ["Database", "ForeignAwait", "Seen"]

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE, PAUSE = 120, 0.5
"""How often, and after how many seconds, a rotation asks again while others hold the file."""
QUEUE = 1024
"""How many callers may wait for the writer before new ones are held back."""


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
        keys: Path | None = None,
    ) -> None:
        self.url = make_url(url)
        self.vault = Vault(keys or key_file.beside(self.url))
        self.missing_keys: tuple[str, ...] = ()
        """Keys that this database uses and the key file lacks: what was sealed with them cannot be read."""
        self.process = secrets.randbits(53)
        """Which of the processes on this database this is."""
        self._clock = clock
        self._new_id = new_id
        self._observe = observe
        """Told after each commit how many errands were in it and how many seconds it took; from the writer's thread."""
        self._watch = Watch(on_fault)
        self._patience = patience
        self._room = asyncio.Semaphore(QUEUE)
        self._writer: Writer | None = None
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
        return self._writer.waiting if self._writer is not None else 0

    async def start(self) -> None:
        """Start the writer. The schema must be there already (see `storage.migrations.upgrade`). Raises `BadKeyFile`."""
        engine = partial(engines.writing_engine, self.url, self._patience)
        self._writer = Writer(engine, self._clock, self._new_id, self.process, self._observe, self._watch, self.vault)
        self._writer.start()
        try:
            await self._settle()
        except BaseException:
            await self.stop()
            raise

    async def _settle(self) -> None:
        """See that there is a key, and seal what is from before there were keys."""
        settled = await self.run(sealing.settle)
        self.missing_keys = settled.missing
        if settled.plain and not settled.missing:
            self.vault.takes_plain = True
            await self.reseal()
            self.vault.takes_plain = False

    async def reseal(self, say: Callable[[str, int], None] = lambda _table, _rows: None, rest: float = 0) -> None:
        """Bring every sealed value to the newest key, some hundred rows at a time; told of each the table and how many so far.

        `rest`: seconds between two transactions, in which other processes come to write. Whatever is interrupted here goes on where it
        was. Raises `Unopened` for a value that cannot be opened.
        """
        for table in SEALED:
            rows, last = await self.patiently(sealing.reseal, table)
            while last:
                say(table, rows)
                await asyncio.sleep(rest)
                more, last = await self.patiently(sealing.reseal, table, last)
                rows += more
            if rows:
                say(table, rows)
        await self.patiently(sealing.finish)

    async def patiently(
        self, function: Callable[Concatenate[UnitOfWork, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `run`, but while others hold the file it asks again, for a minute: a rotation has time, and a running program has not."""
        for _ in range(PATIENCE):
            try:
                return await self.run(function, *args, **kwargs)
            except Unstorable as refused:
                if refused.fault is not Fault.LOCKED:
                    raise
                await asyncio.sleep(PAUSE)
        return await self.run(function, *args, **kwargs)

    async def stop(self) -> None:
        """Finish what waits, then let go of the file. The writer goes last: only it can fold the write-ahead log into the file."""
        if self._reader is not None:
            await self._reader.dispose()
            self._reader = None
        if self._writer is not None:
            await self._writer.end()
            self._writer = None

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
        if self._writer is None:
            raise RuntimeError("the database is not started")
        loop = asyncio.get_running_loop()
        errand: Errand[T] = Errand(function, key, warm, hint, loop, loop.create_future())
        async with self._room:
            self._writer.give(errand)
            return await errand.done

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Any]:
        """A read-only `AsyncConnection` that never waits for the writer."""
        if self._writer is None:
            raise RuntimeError("the database is not started")
        if self._reader is None:
            self._reader = engines.reading_engine(self.url)
        async with self._reader.connect() as connection:
            yield connection
