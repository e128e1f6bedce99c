"""A PostgreSQL server as an operator meets it: every trouble in one sentence, and never the password."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from storage import server
from storage.maintenance import Unusable
from tests.databases import Databases, Served, ask
from tests.operations.conftest import Zhibu, configured

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
