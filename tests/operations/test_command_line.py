"""The command line as an operator meets it: help with an example, and one sentence where something is wrong."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.operations import opening
from bot.operations.lock import Lock
from tests.databases import ask
from tests.operations.conftest import Zhibu

COMMANDS = ("run", "sample", "say", "init", "link", "doctor", "migrate", "backup", "move", "docs", "lessons check")


def one_sentence(err: str) -> bool:
    return err.startswith("zhibu: ") and len(err.strip().splitlines()) == 1 and "Traceback" not in err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(zhibu: Zhibu, command: str) -> None:
    ran = zhibu(*command.split(), "--help")
    assert ran.code == 0
    assert f"Example: zhibu {command}" in ran.out


def test_the_help_lists_every_command(zhibu: Zhibu) -> None:
    listed = zhibu("--help").out
    assert all(f"  {command.split()[0]} " in listed for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [("fly",), ("backup",), ("run", "--loud"), ("say",), ("say", "签到", "--as", "p1", "--press", "收到")]
)
def test_wrong_arguments_are_one_sentence(zhibu: Zhibu, arguments: tuple[str, ...]) -> None:
    ran = zhibu(*arguments)
    assert ran.code in {1, 2}
    assert one_sentence(ran.err)
    assert ran.out == ""


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[web]\nport = 99999\n", "web.port"),
        ("[web\n", "not valid TOML"),
        ('[web]\nhost = "0.0.0.0"\n', "exposed = true"),
        ("[webb]\nport = 1\n", "webb"),
        ('[telegram]\ntoken = "1:x"\n', "does not belong into bad.toml"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_one_sentence(zhibu: Zhibu, tmp_path: Path, toml: str, says: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(toml, encoding="utf-8")
    for command in ("run", "migrate", "sample"):
        ran = zhibu(command, "-c", path)
        assert ran.code == 2
        assert one_sentence(ran.err)
        assert says in ran.err


def test_a_missing_configuration_is_one_sentence(zhibu: Zhibu) -> None:
    ran = zhibu("run", "-c", "nowhere.toml")
    assert (ran.code, ran.err) == (2, "zhibu: the configuration cannot be used: there is no file nowhere.toml\n")


@pytest.mark.sqlite
def test_a_database_of_another_program_is_left_alone(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "zhibu.db") as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
    other.close()
    ran = zhibu("migrate", "-c", config)
    assert ran.code == 1
    assert "another program" in ran.err
    assert one_sentence(ran.err)


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_one_sentence(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    (tmp_path / "zhibu.db").write_text("no database " * 100)
    ran = zhibu("migrate", "-c", config)
    assert ran.code == 1
    assert "cannot be opened" in ran.err
    assert one_sentence(ran.err)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("{}/file/zhibu.db", "is a file"),
        ("{}/file/deeper/zhibu.db", "there is no folder"),
        ("/proc/zhibu.db", "the folder /proc cannot be written"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_one_sentence(zhibu: Zhibu, tmp_path: Path, place: str, says: str) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{place.format(tmp_path)}"\n', encoding="utf-8")
    for command in (("migrate",), ("run",), ("say", "--as", "p1", "签到"), ("link", "王秀英")):
        ran = zhibu(*command, "-c", path)
        assert ran.code == 1
        assert one_sentence(ran.err)
        assert says in ran.err
    doctor = zhibu("doctor", "-c", path)
    assert (doctor.code, doctor.err) == (1, "")
    assert says in doctor.out


@pytest.mark.sqlite
def test_a_lock_of_another_user_is_one_sentence(zhibu: Zhibu, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zhibu("migrate", "-c", config)
    openly = os.open

    def guarded(path: Any, *arguments: Any, **named: Any) -> int:
        if str(path).endswith(".lock"):
            raise PermissionError(13, "Permission denied")
        return openly(path, *arguments, **named)

    monkeypatch.setattr(os, "open", guarded)
    ran = zhibu("migrate", "-c", config)
    assert ran.code == 1
    assert one_sentence(ran.err)
    assert "does it belong to another user?" in ran.err
    assert "does it belong to another user?" in zhibu("doctor", "-c", config).out


def test_a_database_of_a_newer_version_is_one_sentence(zhibu: Zhibu, config: Path, blank_url: str) -> None:
    assert zhibu("migrate", "-c", config).out == "The database is ready.\n"
    assert zhibu("migrate", "-c", config).out == "The database was up to date.\n"
    ask(blank_url, "UPDATE alembic_version SET version_num = '9999'")
    ran = zhibu("migrate", "-c", config)
    assert ran.code == 1
    assert "newer version" in ran.err
    assert one_sentence(ran.err)


@pytest.mark.sqlite
def test_a_second_process_on_a_database_is_refused_in_one_sentence(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish("http://127.0.0.1:8700/")
        for command in ("run", "sample", "migrate"):
            ran = zhibu(command, "-c", config)
            assert (ran.code, ran.err) == (1, "zhibu: another zhibu is running on this database (http://127.0.0.1:8700/)\n")


def test_the_unexpected_is_a_number_and_a_file_never_a_traceback(zhibu: Zhibu, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise KeyError("私人的话")

    monkeypatch.setattr(opening, "prepare", broken)
    ran = zhibu("migrate", "-c", config)
    assert ran.code == 1
    assert one_sentence(ran.err)
    assert "number" in ran.err
    assert "私人" not in ran.err


def test_in_memory_databases_are_refused(zhibu: Zhibu, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[database]\nurl = "sqlite+aiosqlite:///:memory:"\n', encoding="utf-8")
    ran = zhibu("migrate", "-c", path)
    assert ran.code == 1
    assert "must name a file" in ran.err
