"""What happens when the database takes nothing: nobody is told that it did, nothing is lost, and it goes on without a restart."""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.services import browser_chat
from bot.texts import Text
from storage import migrations
from storage.database import Database
from storage.faults import Fault, Unstorable, fault_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, Dialogue

ROOM = 3 * 1024 * 1024


class Kept:
    """A branch whose database was told to say what is wrong with it."""

    def __init__(self, template: Path, path: Path) -> None:
        shutil.copy(template, path)
        self.path = path
        self.faults: list[Fault | None] = []
        self.chat = Dialogue(str(path))
        self.chat.app.database = Database(
            f"sqlite+aiosqlite:///{path}", lambda: self.chat.now, on_fault=self.faults.append, patience=timedelta(milliseconds=20)
        )

    async def refused(self, nonce: str) -> Fault | None:
        """Somebody says that they are well; why that could not be kept, if it could not."""
        assert self.chat.app.browser
        frame = {"type": "send", "chat": browser_chat.private_chat("李小山"), "text": "签到"}
        try:
            await self.chat.app.browser.take("李小山", Text("李小山", "Li Xiaoshan"), frame, nonce)
        except Unstorable as error:
            return error.fault
        return None

    def look(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as look:
            return list(look.execute(question))


@pytest.fixture
async def kept(empty_database: Path, tmp_path: Path) -> AsyncIterator[Kept]:
    made = Kept(empty_database, tmp_path / "zhibu.db")
    await made.chat.open()
    yield made
    await made.chat.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here: only root may")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room_again(empty_database: Path, small_disk: Path) -> None:
    kept, filler = Kept(empty_database, small_disk / "zhibu.db"), small_disk / "filler"
    await kept.chat.open()
    with filler.open("wb") as file:
        while (free := os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize) > 0:
            os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), min(free, 4096))
    because = {f"n{number}": await kept.refused(f"n{number}") for number in range(20)}
    assert list(because.values()).count(Fault.FULL) >= 10
    assert kept.faults[0] is Fault.FULL
    stored = {str(key).rpartition(":")[2] for (key,) in kept.look("SELECT key FROM inbox")}
    assert stored == {nonce for nonce, fault in because.items() if fault is None}
    filler.unlink()
    for nonce in because:
        assert await kept.refused(nonce) is None
    assert kept.faults[-1] is None
    assert kept.look("SELECT count(*) FROM inbox") == [(20,)]
    assert kept.look("SELECT count(*) FROM check_in") == [(1,)]
    assert kept.look("PRAGMA integrity_check") == [("ok",)]
    await kept.chat.close()


@contextmanager
def file_limit(path: Path) -> Iterator[None]:
    """No file of this process may grow beyond the log's size by more than a page: what a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name("zhibu.db-wal").stat().st_size + 4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def foreign_lock(path: Path) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize(("wrong", "fault"), [(file_limit, Fault.UNREADABLE), (foreign_lock, Fault.LOCKED)])
async def test_what_cannot_be_kept_is_refused_and_taken_when_it_comes_again(
    kept: Kept, wrong: Callable[[Path], AbstractContextManager[None]], fault: Fault
) -> None:
    with wrong(kept.path):
        for number in range(3):
            assert await kept.refused(f"n{number}") is fault
        await kept.chat.app.scheduler.tick()
    for number in range(3):
        assert await kept.refused(f"n{number}") is None
    assert kept.faults == [fault, None]
    assert kept.look("SELECT count(*) FROM inbox WHERE state = 'done'") == [(3,)]
    assert kept.look("SELECT count(*) FROM check_in") == [(1,)]


async def test_a_file_that_may_not_be_written_is_told_from_a_full_disk(kept: Kept) -> None:
    async def forbid(work: UnitOfWork) -> None:
        work._connection.exec_driver_sql("PRAGMA query_only = ON")

    await kept.chat.run(forbid)
    assert await kept.refused("n0") is Fault.READ_ONLY
    assert await kept.refused("n0") is None
    assert kept.faults == [Fault.READ_ONLY, None]


async def test_all_that_wait_together_are_refused_at_once_and_not_one_after_the_other(kept: Kept) -> None:
    begun: list[str] = []

    @event.listens_for(Engine, "begin")
    def count(_connection: object) -> None:
        begun.append("begin")

    async def nothing(_work: UnitOfWork) -> None:
        return None

    try:
        with foreign_lock(kept.path):
            outcomes = await asyncio.gather(*(kept.chat.run(nothing) for _ in range(100)), return_exceptions=True)
    finally:
        event.remove(Engine, "begin", count)
    assert all(isinstance(each, Unstorable) for each in outcomes)
    assert len(begun) <= 3


def test_our_own_mistakes_are_no_faults_of_the_disk() -> None:
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE TABLE x (a PRIMARY KEY)")
        for statement in ("SELECT b FROM x", "INSERT INTO x VALUES (1), (1)"):
            with pytest.raises(sqlite3.Error) as caught:
                memory.execute(statement)
            assert fault_of(caught.value) is None
    assert fault_of(ValueError()) is None


def test_a_migration_that_finds_no_room_says_so(tmp_path: Path) -> None:
    path = tmp_path / "zhibu.db"
    database = Database(f"sqlite+aiosqlite:///{path}", lambda: START)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(Unstorable):
            migrations.upgrade(database.url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert migrations.upgrade(database.url)
