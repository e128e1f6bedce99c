"""The scripted branch day on every platform, over its real adapter: it leaves the same in the database everywhere."""

from pathlib import Path

import pytest

from bot.messages import ChatKind
from tests.branch_day import effects, play
from tests.databases import Template
from tests.lesson_folder import library
from tests.towns import TOWNS, has_buttons

EXPECTED = {"check_in", "consent", "place", "notice_read", "ledger_line", "dues_claim", "review_card", "appeal", "aid_offer", "member"}
"""Tables in which the day has to leave something, so that equal is not equally empty."""
_first: dict[str, list[str]] = {}


@pytest.fixture(autouse=True)
def _lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small library in the working directory, where it is looked for first."""
    library(tmp_path / "lessons")
    monkeypatch.chdir(tmp_path)


async def _effects(name: str, database: str) -> dict[str, list[str]]:
    async with TOWNS[name](database) as town:
        day = await play(town)
        assert bool(day.typed) is not has_buttons(town, ChatKind.PRIVATE)
        return await effects(town.app)


@pytest.mark.parametrize("name", TOWNS)
async def test_a_day_leaves_the_same_on_every_platform(name: str, empty_database: Template, tmp_path: Path) -> None:
    if not _first:
        _first.update(await _effects("browser", empty_database.copy(tmp_path / "browser.db")))
        assert set(_first) >= EXPECTED
    if name != "browser":
        found = await _effects(name, empty_database.copy(tmp_path / f"{name}.db"))
        assert {table: found.get(table) for table in {*_first, *found}} == {table: _first.get(table) for table in {*_first, *found}}
