"""kill -9 with the real process, in short; `make torture` does it a hundred times."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import torture


@pytest.mark.process
async def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    outcome = await torture.torture(tmp_path, kills=3, seed=7)
    assert outcome.kills == 3
    assert outcome.acked == outcome.messages == outcome.effects > 60
    assert (outcome.lost, outcome.doubled) == ([], [])
    assert "effects lost" in outcome.table()

    database = tmp_path / "torture.db"
    with closing(sqlite3.connect(database)) as spoiled:
        member = spoiled.execute("SELECT member_id FROM deed WHERE kind = 'notice_read' LIMIT 1").fetchone()[0]
        spoiled.execute("DELETE FROM notice_read WHERE member_id = ?", (member,))
        spoiled.execute("INSERT INTO deed SELECT NULL, branch_id, member_id, kind, data, at FROM deed WHERE member_id = ?", (member,))
        spoiled.commit()
    _, lost, doubled, _ = torture.compare(database, outcome.deeds, outcome.tally)
    assert lost
    assert doubled
