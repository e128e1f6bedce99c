"""A database that takes nothing, or is damaged: one line in the log that says what to do, and the same from a command."""

import resource
import shutil
from pathlib import Path

import pytest
from structlog.testing import CapturingLogger

from bot.operations import faults
from storage.faults import Fault, Unstorable
from tests.operations.conftest import Zhibu


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> CapturingLogger:
    captured = CapturingLogger()
    monkeypatch.setattr(faults, "log", captured)
    return captured


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_told_with_what_to_do(fault: Fault, log: CapturingLogger) -> None:
    faults.tell(fault)
    what, todo = log.calls[0].args[0], log.calls[0].kwargs["todo"]
    assert faults.explained(Unstorable(fault)) == f"{what}. {todo}"
    assert todo.endswith(".")


def test_that_it_goes_on_is_told_too_and_other_errors_are_not_explained(log: CapturingLogger) -> None:
    faults.tell(None)
    assert [call.method_name for call in log.calls] == ["warning"]
    assert faults.explained(ValueError("x")) is None


def test_a_damaged_page_is_found_beside_the_running_program_and_a_sound_file_is_not_spoken_of(
    empty_database: Path, tmp_path: Path, log: CapturingLogger
) -> None:
    path = tmp_path / "zhibu.db"
    shutil.copy(empty_database, path)
    faults.look_through(path).join()
    assert log.calls == []
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096)
    faults.look_through(path).join()
    assert "damaged" in log.calls[0].args[0]
    assert "zhibu restore" in log.calls[0].kwargs["todo"]


@pytest.mark.sqlite
def test_a_command_that_the_disk_refuses_says_what_to_do_in_one_line(zhibu: Zhibu, config: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        ran = zhibu("migrate", "-c", config)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ran.code == 1
    assert ran.err.startswith("zhibu: the disk does not read or write the database. Look at the disk")
    assert ran.err.count("\n") == 1
    assert zhibu("migrate", "-c", config).code == 0


@pytest.mark.sqlite
def test_a_file_that_is_no_database_any_more_is_told_with_the_way_back(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    (tmp_path / "zhibu.db").write_bytes(b"\xff" * 8192)
    ran = zhibu("run", "-c", config)
    assert ran.code == 1
    assert "cannot be opened" in ran.err
    assert "zhibu restore FILE" in ran.err
