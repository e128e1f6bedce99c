"""A small rush: some minutes of a few groups on four platforms, a process that is killed in the middle; and that a broken limit is seen."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages import ChatKind, Outgoing, Parcel
from bot.platforms.base import NotNow
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.rush import Rush
from tests.rush_world import BEGIN, MINUTE, PLATFORMS, SECOND, World, far_side


async def test_in_a_rush_no_budget_is_broken_and_nothing_is_lost(tmp_path: Path) -> None:
    report = await Rush(tmp_path, World(4, 12, timedelta(minutes=4)), after=timedelta(minutes=1)).play()
    assert report.wrong == []
    assert report.under_way > 0
    assert report.replayed > 20
    assert report.turned_away > 0
    assert min(report.sent[name] for name in PLATFORMS) > 10
    assert {what for what, count in report.said.items() if count} >= {"check-in", "place", "claim", "receipt", "notice", "alarm"}


@pytest.mark.parametrize("name", PLATFORMS)
async def test_the_far_side_notes_what_the_platform_would_not_have_taken(name: str) -> None:
    now = BEGIN
    side = far_side(name, lambda: now)
    parcel = Parcel(ChatKey(name, "main", "g1"), ChatKind.GROUP, Outgoing(Text.plain("你好")), Language.ZH)
    side.hears("g1", ChatKind.GROUP)
    most = {"telegram": 20, "onebot": 10, "qq": 5, "wecom": 30}[name]
    for _ in range(most):
        await side.send(parcel)
        now += SECOND
    assert side.violations == []
    if name == "qq":
        with pytest.raises(NotNow):
            await side.send(parcel)
        side.hears("g1", ChatKind.GROUP)
        now += 5 * MINUTE + SECOND
        with pytest.raises(NotNow):
            await side.send(parcel)
    else:
        await side.send(parcel)
        assert len(side.violations) == 1
