"""Power loss in short: the files of a branch in use, cut. `make cuts` does it a thousand times with a process stopped in full load."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.engines import writing_engine
from tests.care_fund import appeal
from tests.dialogue import Dialogue
from tests.dues_branch import assess
from tests.torture import cuts
from tests.torture.wal import Log, Mark

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def moment(chat: Dialogue, tmp_path: Path) -> cuts.Snapshot:
    """The files at the end of a morning, of which the disk had synced no more than the first part."""
    await assess(chat, "周海")
    await appeal(chat)
    path = tmp_path / "zhibu.db"
    for text in ("签到", "已交 20 3月", "认捐 A1 100"):
        await chat.private("周海", text)
    mark = Mark.read(path.with_name("zhibu.db-shm"))
    assert mark
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as look:
        acknowledged = frozenset(key for (key,) in look.execute("SELECT key FROM inbox"))
    await chat.press("赵国强", "到账了")
    await chat.private("赵国强", "到账 P1")
    return cuts.copied(path, mark, acknowledged)


async def test_whatever_a_power_failure_leaves_opens_and_holds_all_that_was_acknowledged(moment: cuts.Snapshot, tmp_path: Path) -> None:
    bench = cuts.Bench(tmp_path)
    await bench.examine(moment, random.Random(1), 40)
    assert bench.report.wrong == []
    assert bench.report.by_kind == Counter(dict.fromkeys(cuts.KINDS, 8))
    assert len(bench.report.states) > 4, "the cuts met several states; how many there are depends on what the writer took together"
    assert bench.report.acknowledged >= 32 * len(moment.acknowledged) > 0
    assert "wrong                                        0" in bench.report.table()


async def test_a_lost_event_a_broken_page_and_a_state_that_never_was_are_told(moment: cuts.Snapshot, tmp_path: Path) -> None:
    hurt = bytearray(moment.database)
    hurt[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    older = bytearray(moment.log)
    older[Log(moment.log, 0).end_of(1) - 1] ^= 1
    for spoiled, told in (
        (replace(moment, acknowledged=moment.acknowledged | {"browser:never"}), "1 acknowledged events are gone"),
        (replace(moment, database=bytes(hurt)), "damaged"),
        (replace(moment, log=bytes(older)), "not the state after"),
    ):
        bench = cuts.Bench(tmp_path)
        await bench.examine(spoiled, random.Random(1), 5)
        assert any(told in each for each in bench.report.wrong), bench.report.wrong


def test_every_commit_is_synced(tmp_path: Path) -> None:
    engine = writing_engine(make_url(f"sqlite:///{tmp_path}/x.db"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
