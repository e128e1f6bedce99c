"""`zhibu move`: everything is carried over and compared; what is killed goes on; what is not ours is left alone."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.config import DatabaseSection, Keys, Settings, Web
from bot.operations import ledger, move, opening, sample
from bot.operations.lock import Lock
from bot.operations.trouble import Trouble
from bot.services import deployment
from storage import key_file, moving
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.databases import Databases, Files, Template, ask
from tests.operations.conftest import Zhibu, configured

pytestmark = pytest.mark.server
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def settings_of(url: str) -> Settings:
    return Settings(database=DatabaseSection(url=url), web=Web(port=0))


def moved_to(url: str, source: str) -> Settings:
    """The new address; the keys stay where they were, as `move` says."""
    return settings_of(url).model_copy(update={"keys": Keys(file=key_file.of(source, None))})


def now() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite database with the sample in it, and with what only SQLite keeps: the sign NUL, and emptiness of two kinds."""
    url = Files().blank(tmp_path_factory.mktemp("loaded") / "zhibu.db")

    async def load() -> None:
        async with opening.opened(settings_of(url), now) as database:
            await database.run(sample.load)
            await database.run(deployment.ensure_key)
        await ledger.verify(settings_of(url), now)  # notes how far the books were found sound, which a move does on the other side

    asyncio.run(load())
    ask(url, "UPDATE member SET zone = 'a' || char(0) || 'b' WHERE id IN (SELECT id FROM member ORDER BY id LIMIT 3)")
    return url


@pytest.fixture
def source(loaded: str, tmp_path: Path) -> str:
    return Files().copy(loaded, tmp_path / "old.db")


@pytest.fixture
def target(empty_database: Template, tmp_path: Path) -> str:
    return empty_database.copy(tmp_path / "new.db")


def counts(url: str) -> dict[str, int]:
    return {table.name: ask(url, f"SELECT count(*) FROM {table.name}")[0][0] for table in moving.tables()}


def lines(said: list[str], word: str) -> list[str]:
    return [each for each in said if word in each]


def test_everything_is_there_and_the_new_side_goes_on_numbering(source: str, target: str) -> None:
    said: list[str] = []
    told = move.move(settings_of(source), now, target, said.append)
    assert "give zhibu the new address" in told
    assert counts(target) == counts(source)
    assert counts(target)["check_in"] > 500
    assert len(lines(said, "the same on both sides")) == sum(1 for each in counts(source).values() if each)
    assert len(lines(said, "good ")) == 2

    async def one_more() -> tuple[int, int]:
        async with opening.opened(moved_to(target, source), now) as database:

            async def numbers(work: UnitOfWork) -> tuple[int, int]:
                branch = (await work.branches.all())[0].id
                work.enter(branch)
                last = max([each.id for each in await work.outbox.in_slots("x")], default=0)
                for _ in range(2):
                    work.outbox.add(None, kind="private", priority=1, content={}, language="zh", slot="x")
                return last, min(each.id for each in await work.outbox.in_slots("x"))

            return await database.run(numbers)

    before = ask(source, "SELECT coalesce(max(id), 0) FROM outbox")[0][0]
    assert asyncio.run(one_more())[1] > before


def test_there_and_back_is_what_it_was(source: str, target: str, tmp_path: Path) -> None:
    move.move(settings_of(source), now, target, lambda _: None)
    back = Files().blank(tmp_path / "back.db")
    move.move(moved_to(target, source), now, back, lambda _: None)
    if "postgresql" in target:
        ask(source, "UPDATE member SET zone = 'ab' WHERE hex(zone) = '610062'")
    with (
        closing(sqlite3.connect(str(make_url(source).database))) as old,
        closing(sqlite3.connect(str(make_url(back).database))) as new,
    ):
        for table in moving.tables():
            names = ", ".join(f"{column.name}, typeof({column.name})" for column in table.columns)
            rows = f"SELECT {names} FROM {table.name} ORDER BY {', '.join(column.name for column in table.primary_key)}"
            assert new.execute(rows).fetchall() == old.execute(rows).fetchall(), table.name


def test_the_sign_that_a_server_does_not_take_is_counted(source: str, target: str) -> None:
    said: list[str] = []
    move.move(settings_of(source), now, target, said.append)
    assert lines(said, "NUL") == ["3 texts held the sign NUL, which PostgreSQL does not take; it is left out."]


@pytest.mark.parametrize("chunks", [0, 30])
def test_what_was_broken_off_goes_on_where_it_was(source: str, target: str, chunks: int, zhibu: Zhibu, tmp_path: Path) -> None:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) > chunks:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.move(settings_of(source), now, target, say)
    refused = zhibu("link", "王秀英", "-c", configured(target, tmp_path))
    assert (refused.code, "is not finished" in refused.err) == (1, True)
    again: list[str] = []
    move.move(settings_of(source), now, target, again.append)
    assert counts(target) == counts(source)
    copied = {each.split(":")[0] for each in said[:-1] if " of " in each and each.split()[1] == each.split()[3]}
    assert copied.isdisjoint(each.split(":")[0] for each in lines(again, " of ")), "what was over is not carried again"


@pytest.mark.process
def test_a_move_that_was_killed_goes_on(source: str, target: str, tmp_path: Path) -> None:
    config = configured(source, tmp_path)
    command = [sys.executable, "-m", "bot", "move", "--to", target, "-c", str(config)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBU_", "COV_"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("check_in: 500"):
                process.send_signal(signal.SIGKILL)
                break
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    assert "check_in: 500 of" not in done
    assert "member:" not in "\n".join(lines(done.splitlines(), " of "))
    assert "Everything is there" in done
    assert counts(target) == counts(source)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE check_in SET at = at + 1 WHERE day = (SELECT min(day) FROM check_in)", "a row of check_in differs"),
        ("DELETE FROM check_in WHERE day = (SELECT max(day) FROM check_in)", "a row of check_in is missing in the target"),
        ("INSERT INTO setting (name, value) VALUES ('zzz', '1')", "a row of setting is only in the target"),
    ],
)
def test_a_row_that_is_not_the_same_is_named(source: str, target: str, change: str, told: str) -> None:
    def say(line: str) -> None:
        if line.startswith("pairing_visit") or "the same" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.move(settings_of(source), now, target, say)
    ask(target, change)
    with pytest.raises(Trouble, match=told):
        move.move(settings_of(source), now, target, lambda _: None)


def test_a_target_that_holds_something_is_left_alone(source: str, target: str) -> None:
    move.move(settings_of(source), now, target, lambda _: None)
    before = counts(target)
    with pytest.raises(Trouble, match="not empty"):
        move.move(settings_of(source), now, target, lambda _: None)
    assert counts(target) == before


def test_the_unfinished_move_of_another_deployment_is_left_alone(source: str, target: str) -> None:
    def say(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.move(settings_of(source), now, target, say)
    ask(source, "UPDATE setting SET value = 'other' WHERE name = 'signing_key'")
    with pytest.raises(Trouble, match="another deployment"):
        move.move(settings_of(source), now, target, lambda _: None)


def test_nothing_is_moved_beside_a_program_that_runs_or_onto_itself(source: str, target: str) -> None:
    with Lock(Path(str(make_url(source).database))), pytest.raises(Trouble, match=r"another zhibu is running.*stop it first"):
        move.move(settings_of(source), now, target, lambda _: None)
    with pytest.raises(Trouble, match="that is used already"):
        move.move(settings_of(source), now, source, lambda _: None)
    with pytest.raises(Trouble, match="must begin with"):
        move.move(settings_of(source), now, "mysql://x", lambda _: None)


def test_of_two_moves_into_one_server_the_second_waits_for_another_day(source: str, target: str) -> None:
    with moving.alone(Database(target, now).url), pytest.raises(Trouble, match="another move is under way"):
        move.move(settings_of(source), now, target, lambda _: None)


def test_the_command_says_how_far_it_is_and_what_to_do_next(zhibu: Zhibu, source: str, databases: Databases, tmp_path: Path) -> None:
    target = databases.blank(tmp_path / "blank.db")
    ran = zhibu("move", "--to", target, "-c", configured(source, tmp_path))
    assert ran.code == 0
    assert "What to do next: give zhibu the new address" in ran.out
    nothing = zhibu("move", "--to", target, "-c", configured(Files().blank(tmp_path / "none.db"), tmp_path))
    assert (nothing.code, "nothing to move" in nothing.err) == (1, True)
