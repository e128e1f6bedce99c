"""Three real processes on one PostgreSQL, in short; `make torture-postgres` goes on for ten minutes."""

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.three_processes import play


@pytest.mark.process
@pytest.mark.server
async def test_killed_in_turn_three_processes_lose_nothing_and_do_nothing_twice(databases: Databases, tmp_path: Path) -> None:
    outcome = await play(tmp_path, databases.blank(tmp_path / "three"), seconds=4, people=8, seed=7, pause=1.0)
    assert outcome.good, outcome.table()
    assert outcome.kills
    assert outcome.messages == outcome.claims > 10
