"""Somebody who was erased is nowhere: in no table, in no byte of the file, in no line of the log, and in no restored back-up."""

import asyncio
import io
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from bot.config import Backup, DatabaseSection, Keys, Settings
from bot.operations import backup, erasures, expiry, logs, opening, restore, traces
from bot.operations.trouble import Trouble
from bot.permissions import Actor, ActorKind
from bot.services import retention
from storage import key_file, maintenance
from storage.keys import AccountKey, BranchId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.handlers import test_me
from tests.operations.conftest import Zhibu

pytestmark = pytest.mark.sqlite

NAME, LATIN, PHONE, ACCOUNT = "李小山", "Li Xiaoshan", "13800001234", "7712345678"
FREE = ("孩子入学没着落", "以后先留证据", "桥修好了", "修电器", "房子被淹", "住院", "村东李家", "夜校")
PLAIN = ("以后先留证据", "桥修好了", "修电器", "村东李家", "夜校")
"""Those of them that stand in no sealed column; the first is sealed, but also stands in what the browser chat shows for a week."""
WORDS = (NAME, LATIN, PHONE, ACCOUNT, *FREE)


def _database(chat: Dialogue) -> Path:
    assert chat.app.database.path
    return chat.app.database.path


async def _known(chat: Dialogue) -> None:
    """One person of whom every table holds something, with an account on a platform of the world outside."""
    await test_me._filled(chat)

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey("telegram", "main", ACCOUNT), chat.members[NAME], ACCOUNT)

    await chat.in_branch(bind)


async def _removed(chat: Dialogue) -> None:
    await chat.private("王秀英", f"移除 {NAME}")
    await chat.private("王秀英", "对")
    chat.now += timedelta(days=31)
    await chat.pass_time(hours=0)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that the program logs, down to the least."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream, shape="json", level="debug")
    yield stream
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_who_left_is_found_nowhere_after_thirty_days_and_no_restore_brings_them_back(
    chat: Dialogue, tmp_path: Path, log: io.StringIO
) -> None:
    await _known(chat)
    before = tmp_path / "before.db"
    await asyncio.to_thread(backup.copy, _database(chat), before)
    assert {each.word for each in traces.search(before, WORDS)} == {NAME, LATIN, ACCOUNT, *PLAIN}
    await _removed(chat)
    maintenance.fold(_database(chat))
    assert '"event"' in log.getvalue()
    (tmp_path / "zhibu.log").write_text(log.getvalue(), encoding="utf-8")
    assert traces.search(_database(chat), WORDS, [tmp_path / "zhibu.log"]) == []
    settings = _elsewhere(chat, tmp_path)
    again = tmp_path / "again" / _database(chat).name
    assert erasures.keep(settings, _database(chat)) > 0
    listed = erasures.file_of(settings, again).read_text()
    assert [word for word in WORDS if word in listed] == []
    assert erasures.keep(settings, _database(chat)) == 0, "a line is added once"
    restored = await restore.restore(settings, lambda: chat.now, before, None)
    assert restored.erased == 1
    assert "1 person had been erased" in " ".join(restore.told(restored))
    async with opening.as_it_is(settings, lambda: chat.now) as database:
        await database.run(_night, chat.branch)
    maintenance.fold(again)
    assert traces.search(again, WORDS) == []


def _elsewhere(chat: Dialogue, tmp_path: Path) -> Settings:
    """The settings of a machine on which there are the back-ups and the key file, and nothing else."""
    (tmp_path / "again").mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path / 'again' / _database(chat).name}"
    keys = Keys(file=key_file.of(chat.app.settings.database.url, None))
    return Settings(database=DatabaseSection(url=url), backup=Backup(folder=tmp_path / "backups"), keys=keys)


async def _night(work: UnitOfWork, branch: BranchId) -> None:
    work.enter(branch)
    await retention.tidy(work, Actor(ActorKind.JOB, branch, None, frozenset()))


async def test_what_members_deleted_themselves_stays_deleted_after_a_restore_and_what_they_gave_since_stays(
    chat: Dialogue, tmp_path: Path
) -> None:
    await chat.private(NAME, "签到")
    await chat.private(NAME, "心得 以后先留证据。")
    chat.now += timedelta(minutes=1)
    await chat.private(NAME, "心得 猪要早喂。")
    before = tmp_path / "before.db"
    await asyncio.to_thread(backup.copy, _database(chat), before)
    chat.now += timedelta(minutes=20)
    await chat.private(NAME, "删除我的报平安记录")
    await chat.private(NAME, "删除心得 1")
    settings = _elsewhere(chat, tmp_path)
    erasures.keep(settings, _database(chat))
    restored = await restore.restore(settings, lambda: chat.now, before, None)
    assert restored.erased == 0
    again = tmp_path / "again" / _database(chat).name
    with closing(sqlite3.connect(again)) as connection:
        assert connection.execute("SELECT count(*) FROM check_in").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM reflection").fetchone() == (1,)


def test_back_ups_end_after_thirty_days_but_for_the_newest(tmp_path: Path) -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    settings, database = Settings(), tmp_path / "zhibu.db"
    folder = tmp_path / "backups"
    folder.mkdir()

    def made(path: Path, days: int) -> Path:
        path.write_text("x")
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
        return path

    gone = [
        made(folder / "zhibu-2026-02-06.db", 32),
        made(folder / "zhibu-before-upgrade-from-0009-2026-01-01-000000.db", 68),
        made(tmp_path / "zhibu.db.before-restore-2026-01-01-000000", 68),
    ]
    newest = made(folder / "zhibu-2026-02-07.db", 31)
    stays = [newest, made(folder / "mine.db", 400), made(folder / "zhibu.erased", 400), made(database, 400)]
    assert set(expiry.prune(settings, database, now)) == set(gone)
    assert all(each.exists() for each in stays)
    fresh = made(folder / "zhibu-2026-03-10.db", 0)
    assert expiry.prune(settings, database, now) == [newest]
    assert fresh.exists()


def test_a_list_that_cannot_be_read_stops_a_restore(tmp_path: Path) -> None:
    settings, database = Settings(), tmp_path / "zhibu.db"
    (tmp_path / "backups").mkdir()
    erasures.file_of(settings, database).write_text("1 everything 2 3\n")
    with pytest.raises(Trouble, match="cannot be read"):
        erasures.known(settings, database)


def test_traces_are_looked_for_on_the_command_line(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    log = tmp_path / "zhibu.log"
    log.write_text("nothing\n")
    found = zhibu("traces", "王秀英", "-c", sample, "--log", log)
    assert (found.code, "member.name: 1" in found.out, "王秀英" in found.out) == (1, True, False)
    none = zhibu("traces", "欧阳墨竹", "-c", sample, "--log", log)
    assert (none.code, "None of these words" in none.out) == (0, True)
