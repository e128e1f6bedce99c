"""The one way into a transaction."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Database, ForeignAwait, Seen
from storage.keys import ChatKey, EventKey
from storage.tables import inbox, setting
from storage.unit_of_work import CROSSING, UnitOfWork
from storage.work import WrongBranch
from tests.databases import Databases, Template
from tests.dialogue import START

CHAT = ChatKey("browser", "web", "group-1")


@pytest.fixture
async def database(empty_database: Template, tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(empty_database.copy(tmp_path / "a b #1.db"), lambda: START)
    await opened.start()
    yield opened
    await opened.stop()


async def _put(work: UnitOfWork, name: str, value: str) -> None:
    work.settings.put(name, value)


async def _get(work: UnitOfWork, name: str) -> str | None:
    return await work.settings.get(name)


async def test_what_a_function_wrote_is_there_after_it_returned(database: Database) -> None:
    await database.run(_put, "a", "1")
    assert await database.run(_get, "a") == "1"
    async with database.read() as connection:
        assert (await connection.execute(select(setting.c.value))).scalars().all() == ["1"]


async def test_the_reading_connection_cannot_write(database: Database) -> None:
    async with database.read() as connection:
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await connection.execute(text("DELETE FROM setting"))


async def test_an_error_leaves_no_trace_and_reaches_the_caller(database: Database) -> None:
    async def fails(work: UnitOfWork) -> None:
        work.settings.put("a", "1")
        await work.flush()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.run(fails)
    assert await database.run(_get, "a") is None


async def test_a_broken_constraint_undoes_only_its_own_function(database: Database) -> None:
    async def twice(work: UnitOfWork) -> None:
        work.insert(setting, name="b", value="1")
        work.insert(setting, name="b", value="2")

    with pytest.raises(IntegrityError):
        await database.run(twice)
    await database.run(_put, "b", "3")
    assert await database.run(_get, "b") == "3"


async def test_awaiting_the_network_in_a_transaction_is_an_error_and_undone(database: Database) -> None:
    async def waits(work: UnitOfWork) -> None:
        work.settings.put("c", "1")
        await asyncio.sleep(0)

    with pytest.raises(ForeignAwait):
        await database.run(waits)
    assert await database.run(_get, "c") is None


async def test_swallowing_that_error_does_not_help(database: Database) -> None:
    async def stubborn(work: UnitOfWork) -> None:
        work.settings.put("c", "1")
        try:
            await asyncio.sleep(0)
        except RuntimeError:
            work.settings.put("c", "2")

    with pytest.raises(ForeignAwait):
        await database.run(stubborn)
    assert await database.run(_get, "c") is None


async def test_an_event_that_was_seen_is_not_run_again(database: Database) -> None:
    async def note(work: UnitOfWork) -> None:
        work.inbox.note(EventKey("k"), CHAT)

    await database.run_once(note, key="k")
    with pytest.raises(Seen):
        await database.run_once(note, key="k")


async def test_two_hundred_at_once_that_read_and_then_write_lose_nothing(database: Database) -> None:
    async def more(work: UnitOfWork) -> None:
        work.settings.put("n", str(int(await work.settings.get("n") or 0) + 1))

    await asyncio.gather(*(database.run(more) for _ in range(200)))
    assert await database.run(_get, "n") == "200"


async def test_a_caller_that_gave_up_while_waiting_is_skipped_and_the_writer_lives_on(database: Database) -> None:
    task = asyncio.create_task(database.run(_put, "x", "1"))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await database.run(_put, "y", "1")
    assert await database.run(_get, "y") == "1"


async def test_a_database_that_is_not_started_says_so(databases: Databases, tmp_path: Path) -> None:
    database = Database(databases.blank(tmp_path / "x.db"), lambda: START)
    with pytest.raises(RuntimeError, match="not started"):
        await database.run(_get, "a")
    with pytest.raises(RuntimeError, match="not started"):
        async with database.read():
            raise AssertionError


async def test_collected_writes_are_seen_by_later_reads_and_go_out_in_bulk(database: Database) -> None:
    async def collects(work: UnitOfWork) -> int:
        for number in range(50):
            work.inbox.note(EventKey(f"k{number}"), CHAT)
        assert await work.inbox.seen("k7")
        await work.inbox.forget_before(START - timedelta(days=1))
        return int((await work.rows(select(func.count()).select_from(inbox)))[0][0])

    assert await database.run(collects) == 50


async def test_keyed_reads_ask_the_database_once_for_what_was_declared(database: Database) -> None:
    await database.run(_put, "a", "1")
    counted: list[str] = []

    async def reads(work: UnitOfWork) -> None:
        rows = work.rows

        async def counting(statement: object, parameters: object = None, **hints: object) -> object:
            counted.append(str(statement))
            return await rows(statement, parameters, **hints)  # type: ignore[arg-type]

        work.rows = counting  # type: ignore[method-assign,assignment]
        await work.settings.prefetch(["a", "b"])
        assert (await work.settings.get("a"), await work.settings.get("b")) == ("1", None)

    await database.run(reads)
    assert len(counted) == 1


async def test_only_the_listed_repositories_work_before_a_branch_is_entered(database: Database) -> None:
    """What crosses branches is named in one list (storage.unit_of_work.CROSSING); the others refuse."""

    async def attempts(work: UnitOfWork) -> set[str]:
        tries = {
            "news": None,
            "check_ins": work.check_ins.count(START.date()),
            "consents": None,
            "dues_assessments": work.dues_assessments.of_all(),
            "dues_claims": None,
            "dues_closings": work.dues_closings.of("2026-03"),
            "dues_elsewhere": work.dues_elsewhere.of_all(),
            "dues_reductions": None,
            "dues_reminding": work.dues_reminding.all(),
            "deeds": work.deeds.last(1, START),  # type: ignore[arg-type]
            "discussions": None,
            "ledger": work.ledger.head("dues"),
            "members": work.members.present(),
            "aid_offers": None,
            "alarms": work.alarms.of(1),  # type: ignore[arg-type]
            "appeals": None,
            "skills": work.skills.all(),
            "notices": None,
            "places": work.places.counts(),
            "policies": work.policies.history("x"),
            "reflections": None,
            "review_cards": None,
            "studies": None,
            "trail": work.trail.steps(),
            "register": None,
            "study_times": None,
            "bulletins": work.bulletins.live(),
            "branch_words": work.branch_words.all(),
            "pairings": work.pairings.of_state("wanted"),
            "liaisons": work.liaisons.current(),
            "care_contacts": work.care_contacts.counts(START.date()),
            "payouts": None,
            "pledges": None,
        }
        refused = set()
        for name, attempt in tries.items():
            try:
                if attempt is None:
                    _ = work.consents.put(1, "x", given=True) if name == "consents" else getattr(work, name)  # type: ignore[func-returns-value,arg-type]
                else:
                    await attempt
            except WrongBranch:
                refused.add(name)
        return refused

    refused = await database.run(attempts)
    everything = {name for name, value in vars(UnitOfWork).items() if hasattr(value, "func")}
    assert refused == everything - CROSSING


async def test_a_unit_of_work_cannot_change_its_branch(database: Database) -> None:
    async def strays(work: UnitOfWork) -> None:
        first, second = work.branches.add("甲", "Jia"), work.branches.add("乙", "Yi")
        work.enter(first.id)
        work.enter(first.id)
        work.enter(second.id)

    with pytest.raises(WrongBranch):
        await database.run(strays)


@pytest.mark.sqlite
async def test_a_stopped_database_is_one_file_even_if_it_was_read(database: Database) -> None:
    await database.run(_put, "a", "1")
    async with database.read() as connection:
        await connection.execute(select(setting.c.value))
    await database.stop()
    assert database.path
    assert sorted(each.name for each in database.path.parent.iterdir()) == [database.path.name, database.vault.file.path.name]
