"""A migration that is killed half-way leaves the schema that was there, and the next start goes through."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage import migrations
from tests.torture.migrating import schema


@pytest.mark.process
def test_a_migration_killed_at_any_statement_is_as_if_it_had_not_begun_and_the_next_start_finishes_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    migrations.upgrade(make_url(f"sqlite+aiosqlite:///{path}"), "0005")
    before = schema(str(path))
    words = [sys.executable, "-m", "tests.torture.migrating", str(path), "2", "9", "25", "60", "1000000"]
    said = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
    *killed, finished = [json.loads(line) for line in said.splitlines()]
    assert killed == [{"ended": signal.SIGKILL} | before] * 4
    assert finished["ended"] == 0
    assert finished["revision"] == migrations.HEAD
    assert finished["sound"]
    assert set(before["names"]) < set(finished["names"])
