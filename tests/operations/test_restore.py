"""`zhibu restore`: only what is sound, only while nothing runs, never without keeping what was there."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy.engine import make_url

from bot.clock import now
from bot.config import DatabaseSection, Keys, Settings
from bot.operations import backup, restore, verify
from bot.operations.lock import Lock
from storage import key_file, maintenance, migrations
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.operations.conftest import Zhibu

pytestmark = pytest.mark.sqlite


def asked(database: Path, question: str) -> object:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchone()[0]


def changed(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_it_takes_the_databases_place_and_keeps_what_was_there(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    database, copied = tmp_path / "zhibu.db", tmp_path / "copy.db"
    zhibu("backup", copied, "-c", sample)
    before = copied.read_bytes()
    changed(database, "DELETE FROM check_in")
    ran = zhibu("restore", copied, "-c", sample)
    assert ran.code == 0
    assert "1 branch and 56 members" in ran.out
    assert copied.read_bytes() == before
    assert int(str(asked(database, "SELECT count(*) FROM check_in"))) > 500
    (aside,) = tmp_path.glob("zhibu.db.before-restore-*")
    assert str(aside) in ran.out
    assert asked(aside, "SELECT count(*) FROM check_in") == 0
    assert list(tmp_path.glob("*.restoring*")) == []
    assert zhibu("verify", "-c", sample).code == 0
    assert "Beijing" in ran.out


def test_what_still_stands_in_the_log_of_the_database_is_kept_with_it(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    database, copied = tmp_path / "zhibu.db", tmp_path / "copy.db"
    zhibu("backup", copied, "-c", sample)
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("INSERT INTO setting VALUES ('only', 'in the log')")
        for each in tmp_path.glob("zhibu.db*"):  # as kill -9 leaves it
            shutil.copy(each, killed)
    assert (killed / "zhibu.db-wal").stat().st_size > 0
    for each in killed.iterdir():
        shutil.move(each, tmp_path / each.name)
    assert zhibu("restore", copied, "-c", sample).code == 0
    (aside,) = (each for each in tmp_path.glob("zhibu.db.before-restore-*") if not each.name.endswith(("-wal", "-shm")))
    assert asked(aside, "SELECT value FROM setting WHERE name = 'only'") == "in the log"
    assert asked(database, "SELECT count(*) FROM setting WHERE name = 'only'") == 0


def test_a_database_too_damaged_to_open_gives_way_and_is_kept_as_it_is(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    database, copied = tmp_path / "zhibu.db", tmp_path / "copy.db"
    zhibu("backup", copied, "-c", sample)
    database.write_bytes(b"no database" * 1000)
    (tmp_path / "zhibu.db-wal").write_bytes(b"nor a log")
    assert zhibu("restore", copied, "-c", sample).code == 0
    kept = sorted(each for each in tmp_path.glob("zhibu.db.before-restore-*") if not each.name.endswith("-shm"))
    assert [each.read_bytes()[:6] for each in kept] == [b"no dat", b"nor a "]
    assert zhibu("verify", "-c", sample).code == 0


def test_while_a_program_runs_it_refuses(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    zhibu("backup", tmp_path / "copy.db", "-c", sample)
    with Lock(tmp_path / "zhibu.db"):
        ran = zhibu("restore", tmp_path / "copy.db", "-c", sample)
    assert (ran.code, "stop it first" in ran.err) == (1, True)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def _text(path: Path) -> None:
    path.write_text("no database at all")


def _foreign(path: Path) -> None:
    path.unlink()
    changed(path, "CREATE TABLE another (x)")


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut off": (_cut, "cannot be restored|damaged"),
    "no database": (_text, "cannot be restored"),
    "of another program": (_foreign, "no database of zhibu's"),
    "of a newer version": (lambda path: changed(path, "UPDATE alembic_version SET version_num = '9999'"), "newer version"),
    "a row points nowhere": (lambda path: changed(path, "PRAGMA foreign_keys=OFF", "DELETE FROM branch"), "not sound .references"),
    "an entry was changed": (lambda path: changed(path, "UPDATE ledger_line SET fen = fen + 1"), "not sound .ledgers"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_cannot_be_relied_on_is_refused_and_nothing_changes(zhibu: Zhibu, sample: Path, tmp_path: Path, what: str) -> None:
    copied = tmp_path / "copy.db"
    zhibu("backup", copied, "-c", sample)
    before = (tmp_path / "zhibu.db").read_bytes()
    spoil, said = UNUSABLE[what]
    spoil(copied)
    ran = zhibu("restore", copied, "-c", sample)
    assert ran.code == 1
    assert any(part in ran.err for part in said.replace(".", "(").split("|")), ran.err
    assert (tmp_path / "zhibu.db").read_bytes() == before
    assert list(tmp_path.glob("*.restoring*")) == list(tmp_path.glob("*.before-restore-*")) == []


def test_a_path_with_signs_that_mean_something_in_an_address_is_read_and_put_back(
    zhibu: Zhibu, config: Path, empty_database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a%41 b#c?d"
    folder.mkdir()
    for each in (folder / "zhibu.db", tmp_path / "other.db"):
        shutil.copy(empty_database, each)
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{quote(str(folder / "zhibu.db"))}"\n', encoding="utf-8")
    assert zhibu("init", "-c", config, "--branch", "一支部", "--secretary", "王秀英").code == 0
    assert zhibu("verify", "-c", config).code == 0
    assert zhibu("backup", folder / "copy.db", "-c", config).code == 0
    assert "1 branch and 1 member" in zhibu("restore", folder / "copy.db", "-c", config).out
    assert zhibu("move", "--to", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", "-c", config).code == 0


def test_a_log_that_cannot_be_folded_in_is_not_lost_and_nothing_is_replaced(tmp_path: Path) -> None:
    database, new = tmp_path / "zhibu.db", tmp_path / "new.db"
    changed(database, "CREATE TABLE old (x)")
    changed(new, "PRAGMA journal_mode=WAL", "CREATE TABLE new (x)")
    with closing(sqlite3.connect(new, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM new").fetchall()
        changed(new, "INSERT INTO new VALUES (1)")
        with pytest.raises(maintenance.Unusable, match="one file"):
            maintenance.replace(database, new, tmp_path / "aside.db")
    assert asked(database, "SELECT name FROM sqlite_master") == "old"
    maintenance.replace(database, new, tmp_path / "aside.db")
    assert asked(database, "SELECT x FROM new") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root puts back what belongs to another")
def test_what_root_puts_back_still_belongs_to_whoever_runs_the_program(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    database, copied = tmp_path / "zhibu.db", tmp_path / "copy.db"
    zhibu("backup", copied, "-c", sample)
    os.chown(database, 12345, 12346)
    assert zhibu("restore", copied, "-c", sample).code == 0
    assert (database.stat().st_uid, database.stat().st_gid) == (12345, 12346)


def test_the_database_itself_and_a_file_that_is_not_there_are_refused(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    assert "the database itself" in zhibu("restore", tmp_path / "zhibu.db", "-c", sample).err
    assert "there is no file" in zhibu("restore", tmp_path / "nowhere.db", "-c", sample).err


def test_an_older_one_is_brought_to_this_version_and_stays_as_it_is(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    migrations.upgrade(make_url(f"sqlite+aiosqlite:///{older}"), "0009")
    ran = zhibu("restore", older, "-c", config)
    assert (ran.code, "older version (0009)" in ran.out) == (0, True)
    assert "is kept as" not in ran.out, "there was nothing before"
    assert migrations.is_current(make_url(f"sqlite+aiosqlite:///{tmp_path / 'zhibu.db'}"))
    assert migrations.current(make_url(f"sqlite:///{older}")) == "0009"


def test_what_may_have_been_sent_since_is_left_to_the_secretary(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    copied, at = tmp_path / "copy.db", round(now().timestamp() * 1000)
    changed(
        tmp_path / "zhibu.db",
        "INSERT INTO outbox (platform, instance, chat_id, kind, priority, content, language, state, not_before, created_at, message_id) "
        f"VALUES ('browser', 'web', 'g', 'group', 1, '{{}}', 'zh', 'waiting', {at}, {at}, NULL), "
        f"('browser', 'web', 'g', 'group', 1, '{{}}', 'zh', 'sending', {at}, {at}, NULL), "
        f"('browser', 'web', 'g', 'group', 1, '{{}}', 'zh', 'waiting', {at + 86_400_000}, {at}, NULL), "
        f"('browser', 'web', 'g', 'group', 1, '{{}}', 'zh', 'waiting', {at}, {at}, 'b1')",
        "UPDATE outbox SET branch_id = (SELECT id FROM branch) WHERE chat_id = 'g'",
    )
    zhibu("backup", copied, "-c", sample)
    assert "2 messages were on the way" in zhibu("restore", copied, "-c", sample).out
    with closing(sqlite3.connect(tmp_path / "zhibu.db")) as database:
        states = [row[0] for row in database.execute("SELECT state FROM outbox WHERE chat_id = 'g' ORDER BY id")]
    assert states == ["uncertain", "uncertain", "waiting", "waiting"], "what is due later, and an edit, go their way"
    told = asked(tmp_path / "zhibu.db", "SELECT count(*) FROM outbox WHERE slot LIKE 'once:undelivered-maybe:%'")
    assert told == 1, "the secretary hears that there is something to decide"


def test_a_sealed_one_is_restored_with_its_key_alone(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    key, copied = tmp_path / "key", tmp_path / "copy.sealed"
    zhibu("backup", "--new-key", key)
    plain = sample.read_text(encoding="utf-8")
    sample.write_text(plain + f'[backup]\nkey_file = "{key}"\n', encoding="utf-8")
    zhibu("backup", copied, "-c", sample)
    sample.write_text(plain, encoding="utf-8")
    assert "--key-file" in zhibu("restore", copied, "-c", sample).err
    before = (tmp_path / "zhibu.db").read_bytes()
    cut = tmp_path / "cut.sealed"
    cut.write_bytes(copied.read_bytes()[:-500])
    assert "damaged or cut off" in zhibu("restore", cut, "--key-file", key, "-c", sample).err
    assert (tmp_path / "zhibu.db").read_bytes() == before
    assert list(tmp_path.glob("*.restoring*")) == []
    assert zhibu("restore", copied, "--key-file", key, "-c", sample).code == 0


async def test_a_copy_taken_under_load_holds_a_prefix_of_what_was_acknowledged(empty_database: Path, tmp_path: Path) -> None:
    path, copied = Path(shutil.copy(empty_database, tmp_path / "busy.db")), tmp_path / "copy.db"
    database = Database(f"sqlite+aiosqlite:///{path}", now)
    await database.start()
    acknowledged, done, ballast = 0, asyncio.Event(), "x" * 4000

    async def put(work: UnitOfWork, number: int) -> None:
        work.settings.put(f"n{number}", ballast)

    async def write() -> None:
        nonlocal acknowledged
        while not done.is_set():
            await database.run(put, acknowledged)
            acknowledged += 1

    writer = asyncio.create_task(write())
    while acknowledged < 200:
        await asyncio.sleep(0)
    before = acknowledged
    await asyncio.to_thread(backup.copy, path, copied)
    after = acknowledged
    done.set()
    await writer
    await database.stop()
    keys = Keys(file=key_file.of(f"sqlite+aiosqlite:///{path}", None))
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"), keys=keys)
    await restore.restore(settings, lambda: now() + timedelta(days=1), copied, None)
    with closing(sqlite3.connect(tmp_path / "restored.db")) as restored:
        held = sorted(int(row[0][1:]) for row in restored.execute("SELECT name FROM setting WHERE name LIKE 'n%' AND length(value) = 4000"))
    assert held == list(range(len(held)))
    assert before <= len(held) <= after + 1
    assert not any(each.wrong for each in verify.verify(settings, now))
