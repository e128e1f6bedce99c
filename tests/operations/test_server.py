"""A PostgreSQL server as an operator meets it: every trouble in one sentence, and never the password."""

import asyncio
import subprocess
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot import clock
from bot.app import App
from bot.config import DatabaseSection, Keys, Settings, Web
from bot.operations import move, opening
from bot.services import browser_chat, restored
from storage import home, key_file, server
from storage.keys import BranchId
from storage.maintenance import Unusable
from storage.unit_of_work import UnitOfWork
from tests.databases import Databases, Served, ask
from tests.dialogue import Dialogue
from tests.operations.conftest import Zhibu, configured
from tests.postgres_server import PROGRAMS

FOUND = ("init", "--branch", "红旗村支部", "--secretary", "王秀英")


@pytest.mark.server
def test_a_branch_is_founded_on_a_server_and_doctor_says_where(zhibu: Zhibu, config: Path) -> None:
    assert zhibu("migrate", "-c", config).out == "The database is ready.\n"
    assert zhibu("migrate", "-c", config).out == "The database was up to date.\n"
    assert zhibu(*FOUND, "-c", config).code == 0
    told = zhibu("doctor", "-c", config).out
    assert "can be read and written (PostgreSQL " in told
    assert "branch “红旗村支部”: 1 member" in told


@pytest.mark.server
def test_what_is_for_files_says_so(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    ran = zhibu("backup", tmp_path / "copy.db", "-c", config)
    assert ran.code == 1
    assert "pg_dump" in ran.err


@pytest.mark.server
def test_a_database_of_another_program_is_left_alone(zhibu: Zhibu, config: Path, blank_url: str) -> None:
    ask(blank_url, "CREATE TABLE theirs (id int)")
    ran = zhibu("migrate", "-c", config)
    assert (ran.code, "is a database of another program" in ran.err) == (1, True)


@pytest.mark.server
def test_a_server_that_can_only_be_read_is_named(blank_url: str) -> None:
    ask(blank_url, f"ALTER DATABASE {make_url(blank_url).database} SET default_transaction_read_only = on")
    with pytest.raises(Unusable, match="can only be read"):
        server.probe(make_url(blank_url))


@pytest.mark.server
def test_who_may_not_make_tables_is_told_what_to_ask_for(postgres: Served, databases: Databases, tmp_path: Path) -> None:
    url = make_url(databases.blank(tmp_path / "poor"))
    ask(url.render_as_string(hide_password=False), "DROP ROLE IF EXISTS poor")
    ask(url.render_as_string(hide_password=False), "CREATE ROLE poor LOGIN")
    with pytest.raises(Unusable, match="GRANT ALL ON SCHEMA public"):
        server.probe(url.set(username="poor"))


@pytest.mark.server
def test_text_has_to_be_kept_as_unicode(postgres: Served) -> None:
    with psycopg.connect(postgres.server.conninfo, autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        with pytest.raises(Unusable, match="ENCODING 'UTF8'"):
            server.probe(make_url(postgres.server.url("latin")))
        admin.execute("DROP DATABASE latin")


def test_a_server_that_is_not_there_is_one_sentence_without_the_password(
    zhibu: Zhibu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBU_DATABASE__URL", "postgresql+asyncpg://zhibu:geheim@127.0.0.1:9/zhibu")
    config = configured("sqlite+aiosqlite:///unused.db", tmp_path)
    for command in (("migrate",), ("run",), ("link", "王秀英")):
        ran = zhibu(*command, "-c", config)
        assert ran.code == 1
        assert ran.err.startswith("zhibu: the database zhibu on 127.0.0.1, port 9 cannot be reached (")
        assert len(ran.err.strip().splitlines()) == 1
        assert "geheim" not in ran.err
    told = zhibu("doctor", "-c", config)
    assert (told.code, "cannot be reached" in told.out, "geheim" in told.out) == (1, True, False)


def settings_of(url: str) -> Settings:
    return Settings(database=DatabaseSection(url=url), web=Web(port=0))


def _restored_from_a_dump(served: Served, url: str, target: str, file: Path) -> None:
    """What an operator does with the server's own tools."""
    place = ["-h", str(served.server.folder), "-U", "zhibu"]
    for words in (
        ["pg_dump", *place, "--format=custom", f"--file={file}", str(make_url(url).database)],
        ["pg_restore", *place, f"--dbname={make_url(target).database}", str(file)],
    ):
        subprocess.run([str(PROGRAMS / words[0]), *words[1:]], check=True, capture_output=True)


@pytest.mark.server
async def test_what_waited_in_a_restored_dump_is_left_to_the_secretary_once(
    chat: Dialogue, database_url: str, postgres: Served, tmp_path: Path
) -> None:
    async def letter(work: UnitOfWork) -> None:
        where = browser_chat.chat_key(browser_chat.private_chat("李小山"))
        work.outbox.add(where, kind="private", priority=1, content={"zh": "好"}, language="zh", member_id=chat.members["李小山"])

    await chat.in_branch(letter)
    assert await chat.run(restored.notice) == (0, []), "where it has always been nothing is in doubt"
    other = postgres.blank(tmp_path / "restored.db")
    _restored_from_a_dump(postgres, database_url, other, tmp_path / "zhibu.dump")
    for starts in (1, 2):
        app = App(settings_of(other), lambda: chat.now)
        await app.open()
        await app.stop()
        assert ask(other, "SELECT count(*) FROM outbox WHERE state = 'uncertain'") == [(1,)], f"start {starts}"
    assert ask(other, "SELECT count(*) FROM outbox WHERE slot LIKE 'once:undelivered-maybe%'") == [(1,)]
    assert ask(database_url, "SELECT count(*) FROM outbox WHERE state = 'uncertain'") == [(0,)]


@pytest.mark.server
@pytest.mark.parametrize(("was", "doubted"), [("-/{place}", 0), ("0/{place}", 1), ("-/0/0", 1)])
async def test_a_server_that_may_be_asked_who_it_is_only_now_puts_nothing_in_doubt(
    chat: Dialogue, database_url: str, was: str, doubted: int
) -> None:
    async def before(work: UnitOfWork) -> None:
        where = browser_chat.chat_key(browser_chat.private_chat("李小山"))
        work.outbox.add(where, kind="private", priority=1, content={"zh": "好"}, language="zh", member_id=chat.members["李小山"])
        here = await work.home.here() or ""
        work.settings.put(home.NAME, was.format(place=here.partition("/")[2]))

    await chat.in_branch(before)
    assert (await chat.run(restored.notice))[0] == doubted
    assert await chat.run(restored.notice) == (0, [])
    assert await chat.run(lambda work: work.settings.get(home.NAME)) == await chat.run(lambda work: work.home.here())


def test_where_one_server_is_not_known_the_database_decides() -> None:
    assert home.same("-/5/7", "9/5/7")
    assert home.same("9/5/7", "-/5/7")
    assert not home.same("8/5/7", "9/5/7")
    assert not home.same("-/5/8", "9/5/7")


def test_a_move_leaves_nothing_in_doubt(databases: Databases, database_url: str, tmp_path: Path) -> None:
    keys = Keys(file=key_file.of(database_url, None))

    async def start(url: str) -> tuple[int, list[BranchId]]:
        async with opening.as_it_is(settings_of(url).model_copy(update={"keys": keys}), clock.now) as database:
            return await database.run(restored.notice)

    asyncio.run(start(database_url))
    target = databases.blank(tmp_path / "moved.db")
    move.move(settings_of(database_url), clock.now, target, lambda _: None)
    assert ask(target, "SELECT count(*) FROM setting WHERE name = 'home'") == [(0,)]
    assert asyncio.run(start(target)) == (0, [])
