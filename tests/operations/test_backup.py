"""`zhibu backup`: a consistent copy that overwrites nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations.conftest import Zhibu

pytestmark = pytest.mark.sqlite


def test_a_copy_taken_while_somebody_writes_is_whole_and_readable_by_its_owner_alone(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with closing(sqlite3.connect(tmp_path / "zhibu.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM check_in")
        ran = zhibu("backup", target, "-c", sample)
        writer.execute("ROLLBACK")
    assert ran.code == 0
    assert target.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM check_in").fetchone()[0] > 500


def test_nothing_is_overwritten_and_no_half_file_stays(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    ran = zhibu("backup", target, "-c", sample)
    assert ran.code == 1
    assert "overwrites nothing" in ran.err
    assert target.read_text() == "precious"
    assert list(tmp_path.glob("*.partial")) == []


def test_a_folder_that_is_not_there_and_a_database_that_is_not_there_are_one_sentence(
    zhibu: Zhibu, config: Path, sample: Path, tmp_path: Path
) -> None:
    assert "cannot be written" in zhibu("backup", tmp_path / "no" / "copy.db", "-c", sample).err
    (tmp_path / "zhibu.db").unlink()
    assert "there is no database" in zhibu("backup", tmp_path / "copy.db", "-c", config).err
