"""Both kinds of database take and give the same; and what a server can do to us that a file cannot."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.engine import make_url

from storage import engines, migrations
from storage.database import Database
from storage.faults import Unstorable
from storage.ledger import Line
from storage.tables import setting
from storage.unit_of_work import UnitOfWork
from tests.databases import Databases, Served, ask
from tests.dialogue import START

HUGE = 2**62


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, lambda: START)
    await opened.start()
    yield opened
    await opened.stop()


async def _found(work: UnitOfWork) -> None:
    work.enter(work.branches.add("红旗村支部", "Hongqi").id)


async def _put(work: UnitOfWork, name: str, value: str) -> None:
    work.settings.put(name, value)


async def _get(work: UnitOfWork, name: str) -> str | None:
    return await work.settings.get(name)


@pytest.mark.parametrize("value", ["", "支部", "𠮷😀", "a\nb\t\\'\"%_", "\ufeff\u202e\uffff", "长" * 5000])
async def test_any_text_comes_back_as_it_was(database: Database, value: str) -> None:
    await database.run(_put, "a", value)
    assert await database.run(_get, "a") == value


async def test_the_sign_that_means_nothing_is_no_error(database: Database) -> None:
    await database.run(_put, "a", "c\x00d")
    assert (await database.run(_get, "a") or "").replace("\x00", "") == "cd"

    async def in_json(work: UnitOfWork) -> str:
        await _found(work)
        member = work.members.add("李\x00小山", "Li", ["member"])
        work.deeds.add(member.id, "kind", {"words": "x\x00y"})
        return str((await work.deeds.of_kind("kind"))[0].data["words"])

    assert await database.run(in_json) == "x\x00y"


async def test_half_a_sign_is_refused_by_both_alike_and_undone_alone(database: Database) -> None:
    with pytest.raises(UnicodeEncodeError):
        await database.run(_put, "a", "\ud800")
    await database.run(_put, "b", "1")
    assert await database.run(_get, "b") == "1"


async def test_a_number_that_somebody_made_up_is_not_found_and_no_error(database: Database) -> None:
    async def look(work: UnitOfWork) -> list[object]:
        await _found(work)
        return [await work.payouts.numbered(HUGE), await work.pledges.numbered(HUGE), await work.appeals.numbered(HUGE)]

    assert await database.run(look) == [None, None, None]


async def test_sums_of_money_are_whole_numbers(database: Database) -> None:
    async def reckon(work: UnitOfWork) -> int:
        await _found(work)
        for _ in range(2):
            await work.ledger.append("dues", "paid", [Line("custody", 2**40), Line("dues", -(2**40))], actor=None)
        return await work.ledger.sum("dues", "custody")

    total = await database.run(reckon)
    assert (type(total), total) == (int, 2**41)


async def test_texts_are_ordered_by_their_signs_whatever_the_server_speaks(database: Database) -> None:
    names = ["b", "A", "a", "B", "ä", "中", "_", "1", "𠮷", "\uffee"]

    async def order(work: UnitOfWork) -> list[str]:
        for name in names:
            work.settings.put(name, name)
        return [row.name for row in await work.rows(select(setting.c.name).order_by(setting.c.name))]

    assert await database.run(order) == sorted(names)


async def test_what_is_deleted_is_counted_and_an_empty_list_matches_nothing(database: Database) -> None:
    await database.run(_put, "a", "1")

    async def drop(work: UnitOfWork, names: list[str]) -> int:
        return await work.change(delete(setting).where(setting.c.name.in_(names)))

    assert await database.run(drop, []) == 0
    assert await database.run(drop, ["a", "b"]) == 1


async def test_deeds_are_numbered_in_the_order_in_which_they_were_done(database: Database) -> None:
    async def deeds(work: UnitOfWork) -> list[object]:
        await _found(work)
        member = work.members.add("李小山", "Li", ["member"])
        for number in range(300):
            work.deeds.add(member.id, "kind", {"n": number})
        return [each.data["n"] for each in await work.deeds.of(member.id)]

    assert await database.run(deeds) == list(range(299, -1, -1))


@pytest.mark.server
async def test_writers_of_two_programs_take_turns_and_lose_nothing(database: Database) -> None:
    other = Database(str(database.url.render_as_string(hide_password=False)), lambda: START + timedelta(hours=1))
    await other.start()

    async def more(work: UnitOfWork) -> None:
        work.settings.put("n", str(int(await work.settings.get("n") or 0) + 1))

    await asyncio.gather(*(each.run(more) for _ in range(60) for each in (database, other)))
    assert await database.run(_get, "n") == "120"
    await other.stop()


async def _cut(work: UnitOfWork) -> None:
    work.settings.put("cut", "1")
    await work.rows(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.mark.server
async def test_what_was_cut_off_is_undone_and_told_and_the_next_goes_through(database: Database) -> None:
    with pytest.raises(Unstorable, match="out of reach"):
        await database.run(_cut)
    assert await database.run(_get, "cut") is None
    await database.run(_put, "a", "1")
    assert await database.run(_get, "a") == "1"


@pytest.mark.server
async def test_a_server_that_was_started_again_is_found_again(database: Database, postgres: Served) -> None:
    await database.run(_put, "a", "1")
    async with database.read() as connection:
        assert (await connection.execute(select(setting.c.value))).scalars().all() == ["1"]
    postgres.restart()
    assert await database.run(_get, "a") == "1", "an errand that had not begun is not lost with the old connection"
    async with database.read() as connection:
        assert (await connection.execute(select(setting.c.value))).scalars().all() == ["1"]


@pytest.mark.server
async def test_a_commit_is_on_the_disk_when_it_is_told(database: Database) -> None:
    async def shown(work: UnitOfWork) -> list[str]:
        names = ("synchronous_commit", "lock_timeout", "transaction_isolation")
        return [(await work.rows(text(f"SHOW {name}")))[0][0] for name in names]

    assert await database.run(shown) == ["on", "10s", "read committed"]


@pytest.mark.server
def test_of_two_programs_started_at_once_one_migrates_and_the_other_waits(databases: Databases, tmp_path: Path) -> None:
    url = make_url(databases.blank(tmp_path / "twice"))
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: migrations.upgrade(url), range(3)))
    assert migrations.is_current(url)


@pytest.mark.server
def test_a_migration_that_fails_leaves_nothing_behind(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = databases.blank(tmp_path / "half")
    unspoilt = [None] * 30
    monkeypatch.setattr("alembic.operations.BatchOperations.create_index", lambda *_, **__: unspoilt.pop())
    with pytest.raises(IndexError):
        migrations.upgrade(make_url(address))
    assert ask(address, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [(0,)]


def test_the_address_of_one_driver_is_turned_into_that_of_the_other() -> None:
    url = make_url("postgresql+asyncpg://u:p@h:5433/d?ssl=require")
    assert engines.plain(url).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h:5433/d?sslmode=require"
    assert str(engines.plain(make_url("sqlite+aiosqlite:///a b.db"))) == "sqlite:///a b.db"


def test_a_driver_that_is_missing_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(engines, "import_module", missing)
    engines.need_drivers(make_url("sqlite+aiosqlite:///a.db"))
    with pytest.raises(engines.MissingDriver, match="pip install"):
        engines.need_drivers(make_url("postgresql+asyncpg://h/d"))
