"""kill -9 with the real process, in short; `make torture` does it a hundred times."""

from pathlib import Path

import pytest

from tests import torture


@pytest.mark.process
async def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    outcome = await torture.torture(tmp_path, kills=3, seed=7)
    assert outcome.kills == 3
    assert outcome.acked == outcome.messages > 60
    assert (outcome.lost, outcome.doubled) == ([], [])
    assert outcome.effects == outcome.messages
