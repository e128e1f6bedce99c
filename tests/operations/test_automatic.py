"""The daily back-up: made once for each day, rotated, and missed aloud."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Backup, Settings
from bot.metrics import Metrics
from bot.operations import backup, doctor_backups, sealed
from bot.operations.automatic import AutomaticBackups, staying
from bot.operations.findings import Grade
from bot.services import browser_chat
from storage import maintenance
from tests.dialogue import Dialogue

pytestmark = pytest.mark.sqlite

FOUR = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
"""Four in the morning of 11 March in Beijing."""


class Keeper:
    """Automatic back-ups of a database, with the time in one's hands."""

    def __init__(self, database: Path, **section: object) -> None:
        self.now = FOUR
        self.settings = Settings(backup=Backup.model_validate(section))
        self.database = database
        self.failures = 0
        self.made = AutomaticBackups(self.settings, database, lambda: self.now, self._failed, Metrics())

    def _failed(self) -> None:
        self.failures += 1

    def names(self) -> list[str]:
        return sorted(path.name for path in (self.database.parent / "backups").iterdir())


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "zhibu.db"))


def test_one_is_made_for_each_day_at_its_hour_and_caught_up_later(database: Path) -> None:
    keeper = Keeper(database)
    keeper.now = FOUR - timedelta(minutes=1)
    assert keeper.made.tick()
    assert keeper.names() == ["zhibu-2026-03-10.db"], "before the hour it is yesterday's that is due"
    keeper.now = FOUR + timedelta(hours=9)
    assert keeper.made.tick()
    assert keeper.made.tick()
    assert keeper.names() == ["zhibu-2026-03-10.db", "zhibu-2026-03-11.db"]
    assert maintenance.healthy(database.parent / "backups" / "zhibu-2026-03-11.db")
    assert (database.parent / "backups").stat().st_mode & 0o077 == 0


def test_old_ones_go_and_nothing_else_in_the_folder_is_touched(database: Path) -> None:
    keeper = Keeper(database, daily=2, weekly=2, monthly=1)
    folder = backup.made(database.parent / "backups")
    for name in ("notes.txt", "other-2020-01-01.db", "zhibu-before-upgrade-from-0009-2020-01-01-000000.db"):
        (folder / name).write_text("mine")
    for _ in range(20):
        keeper.now += timedelta(days=1)
        assert keeper.made.tick()
    ours = [each.day.isoformat() for each in backup.all_kept(database, folder)]
    assert ours == ["2026-03-31", "2026-03-30", "2026-03-29"], "the last two days, the last two weeks, the last month"
    assert len(keeper.names()) == 3 + 3


def test_what_a_clock_dated_into_the_future_does_not_push_todays_out(database: Path) -> None:
    keeper = Keeper(database, daily=1, weekly=0, monthly=0)
    keeper.now = FOUR + timedelta(days=400)
    assert keeper.made.tick()
    keeper.now = FOUR
    assert keeper.made.tick()
    assert "zhibu-2026-03-11.db" in keeper.names()
    assert keeper.failures == 0


@settings(max_examples=60)
@given(
    st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1, max_size=60),
    st.integers(1, 9),
    st.integers(0, 6),
    st.integers(0, 14),
)
def test_what_stays_is_the_newest_of_days_weeks_and_months(days: set[date], daily: int, weekly: int, monthly: int) -> None:
    section = Backup(daily=daily, weekly=weekly, monthly=monthly)
    stay = staying(days, section)
    newest = sorted(days, reverse=True)
    assert stay <= days
    assert set(newest[:daily]) <= stay
    assert len(stay) <= daily + weekly + monthly
    months = sorted({(day.year, day.month) for day in days}, reverse=True)[:monthly]
    assert {max(day for day in days if (day.year, day.month) == month) for month in months} <= stay
    assert staying(stay, section) == stay, "what stayed today is not let go tomorrow without a newer one"


def test_with_a_key_it_is_sealed_and_the_doctor_opens_it(database: Path, tmp_path: Path) -> None:
    sealed.new_key(tmp_path / "key")
    keeper = Keeper(database, key_file=str(tmp_path / "key"))
    assert keeper.made.tick()
    (only,) = backup.all_kept(database, tmp_path / "backups")
    assert only.path.name == "zhibu-2026-03-11.db.sealed"

    def grades(age: timedelta = timedelta(0)) -> list[Grade]:
        return [each.grade for each in doctor_backups.examine(keeper.settings, database, lambda: only.made_at + age)]

    assert grades() == [Grade.GOOD, Grade.GOOD]
    assert grades(timedelta(days=3)) == [Grade.GOOD, Grade.MEND]
    (tmp_path / "key").chmod(0o644)
    assert grades() == [Grade.MEND, Grade.GOOD]
    only.path.write_bytes(only.path.read_bytes()[:-1])
    assert grades() == [Grade.MEND]


def test_the_doctor_says_that_there_is_none(database: Path) -> None:
    for automatic, grade in ((True, Grade.NOTE), (False, Grade.MEND)):
        found = doctor_backups.examine(Settings(backup=Backup(automatic=automatic)), database, lambda: FOUR)
        assert [each.grade for each in found] == [Grade.NOTE, grade]


def _no_folder(database: Path) -> None:
    (database.parent / "backups").write_text("a file where the folder should be")


def _no_database(database: Path) -> None:
    database.unlink()


def _damaged(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    database.write_bytes(content)


@pytest.mark.parametrize("spoil", [_no_folder, _no_database, _damaged])
def test_what_cannot_be_made_is_told_leaves_nothing_and_is_tried_again(database: Path, spoil: Callable[[Path], None]) -> None:
    whole = database.read_bytes()
    keeper = Keeper(database)
    spoil(database)
    assert not keeper.made.tick()
    assert keeper.failures == 1
    folder = database.parent / "backups"
    assert not folder.is_dir() or list(folder.iterdir()) == []
    if folder.is_file():
        folder.unlink()
    database.write_bytes(whole)
    assert keeper.made.tick()
    assert keeper.names() == ["zhibu-2026-03-11.db"]


def test_it_leaves_the_running_bot_its_room(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(database)
    monkeypatch.setattr("bot.operations.automatic._free", lambda _folder: database.stat().st_size)
    assert not keeper.made.tick()
    assert keeper.names() == []


def test_whatever_goes_wrong_the_thread_lives_on_and_it_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(database)

    def breaks(_folder: Path) -> int:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr("bot.operations.automatic._free", breaks)
    assert not keeper.made.tick()
    assert keeper.failures == 1


def test_what_a_clock_that_ran_ahead_made_does_not_hide_that_back_ups_are_missing(database: Path) -> None:
    keeper = Keeper(database)
    keeper.made.tick()
    (only,) = backup.all_kept(database, database.parent / "backups")
    for now, grade in ((only.made_at, Grade.GOOD), (only.made_at - timedelta(days=300), Grade.NOTE)):
        assert doctor_backups.examine(keeper.settings, database, lambda now=now: now)[-1].grade is grade  # type: ignore[misc]


def test_a_program_that_stops_gives_it_up_without_a_word(database: Path) -> None:
    keeper = Keeper(database)
    keeper.made.stop()
    backup.made(database.parent / "backups")
    keeper.made.tick()
    assert keeper.failures == 0
    assert keeper.names() in ([], ["zhibu-2026-03-11.db"]), "a copy of a few pages may be done before it is asked"


async def test_the_secretary_hears_of_it_once_a_day_and_nobody_else_does(chat: Dialogue) -> None:
    await chat.app._tell_backup_failed()
    first = await chat.pass_time(hours=1)
    await chat.app._tell_backup_failed()
    again = await chat.pass_time(hours=1)
    assert [text for text in chat.to("王秀英", first) if "备份没有做成" in text]
    assert not [each for each in first if each.chat != browser_chat.private_chat("王秀英") and "备份" in each.text]
    assert not [each for each in again if "备份" in each.text]
    await chat.pass_time(days=1)
    await chat.app._tell_backup_failed()
    assert [text for text in chat.to("王秀英", await chat.pass_time(seconds=1)) if "备份没有做成" in text]


def test_what_was_erased_is_written_beside_the_back_ups_at_every_look(database: Path) -> None:
    keeper = Keeper(database)
    assert keeper.made.tick()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO tombstone (id, branch_id, member_id, what, at) VALUES (1, 2, 3, 'member', 4000)")
        connection.commit()
    assert keeper.made.tick()
    assert keeper.made.tick()
    assert (database.parent / "backups" / "zhibu.erased").read_text() == "4000 member 2 3\n"
