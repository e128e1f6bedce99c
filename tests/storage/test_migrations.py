"""Migrations: up, down, the same as the tables, and never touching a newer database."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url

from storage import migrations
from storage.engines import plain
from storage.schema import metadata
from tests.databases import Databases


@pytest.fixture
def url(databases: Databases, tmp_path: Path) -> URL:
    return make_url(databases.blank(tmp_path / "deep" / "x.db"))


def test_up_makes_what_the_tables_say_and_down_leaves_nothing(url: URL) -> None:
    assert migrations.upgrade(url)
    engine = create_engine(plain(url))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrations.downgrade(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    assert migrations.upgrade(url)


def test_a_second_time_there_is_nothing_to_do(url: URL) -> None:
    assert migrations.upgrade(url)
    assert not migrations.upgrade(url)


def test_the_named_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_a_database_of_a_newer_version_is_left_alone(url: URL) -> None:
    migrations.upgrade(url)
    engine = create_engine(plain(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(migrations.NewerSchema):
        migrations.upgrade(url)


def test_branches_that_were_there_become_units_of_their_own(url: URL) -> None:
    migrations.upgrade(url, "0019")
    engine = create_engine(plain(url))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO branch (id, name, latin, created_at) VALUES (7, '红旗村支部', 'Hongqi', 1000)"))
    engine.dispose()
    migrations.upgrade(url)
    engine = create_engine(plain(url))
    with engine.connect() as connection:
        for table in ("unit", "unit_change"):
            rows = connection.execute(text(f"SELECT id, name, latin, since, until FROM {table}")).all()
            assert [tuple(each) for each in rows] == [(7, "红旗村支部", "Hongqi", 1000, None)]
    engine.dispose()
