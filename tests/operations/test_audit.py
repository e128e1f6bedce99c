"""`zhibu audit verify`: whatever was done to the log in the database itself is named by branch and number."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations.conftest import Zhibu

MOVED = [f"UPDATE trail_entry SET number = {to} WHERE number = {at}" for at, to in ((1, 9999), (2, 1), (9999, 2))]
COLUMNS = "branch_id, number, at, acted, actor_id, member_id, deed, kind, upto, hash"
TAMPERED = {
    "altered": (["UPDATE trail_entry SET member_id = 7 WHERE number = 2"], "entry 2: it, or the order"),
    "removed": (["DELETE FROM trail_entry WHERE number = 2"], "entry 3: an entry before it is missing"),
    "inserted": (
        [
            "UPDATE trail_entry SET number = -number - 1 WHERE number >= 2",
            "UPDATE trail_entry SET number = -number WHERE number < 0",
            f"INSERT INTO trail_entry ({COLUMNS}) SELECT {COLUMNS.replace('number', '2')} FROM trail_entry WHERE number = 1",
            "UPDATE trail_head SET number = number + 1",
        ],
        "entry 2: it, or the order",
    ),
    "reordered": (MOVED, "entry 1: it, or the order"),
    "cut off": (["DELETE FROM trail_entry WHERE number = (SELECT max(number) FROM trail_entry)"], "is not the one that was written last"),
    "beginning": (
        [
            "UPDATE trail_head SET dropped = 1, anchor = (SELECT hash FROM trail_entry WHERE number = 1)",
            "DELETE FROM trail_entry WHERE number = 1",
        ],
        "not because their three years were over",
    ),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_with_the_file_is_found(zhibu: Zhibu, sample: Path, tmp_path: Path, how: str) -> None:
    statements, said = TAMPERED[how]
    with closing(sqlite3.connect(tmp_path / "zhibu.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    ran = zhibu("audit", "verify", "-c", sample)
    assert ran.code == 1
    assert said in ran.out
    assert "WRONG " in ran.out.splitlines()[0]


@pytest.mark.sqlite
def test_a_sound_log_says_how_long_it_is(zhibu: Zhibu, sample: Path) -> None:
    ran = zhibu("audit", "verify", "-c", sample)
    assert ran.code == 0
    assert ran.out.startswith("good  ")
    assert "check code" in ran.out
