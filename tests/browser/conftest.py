"""A Chromium, and the real program on a fresh copy of the sample branch."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.visit import DESK, Visit, chromium
from tests.program import Program


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module: the synchronous Playwright must be gone before another module's event loop begins."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a program that was started with --sample and stopped."""
    folder = tmp_path_factory.mktemp("sample")
    with Program(folder):
        pass
    return folder / "zhibu.db"


@pytest.fixture
def address(sample: Path, tmp_path: Path) -> Iterator[str]:
    """Where the real program answers, started on a copy of the sample."""
    for each in (sample, *sample.parent.glob("*.keys")):
        shutil.copy(each, tmp_path / each.name)
    with Program(tmp_path) as program:
        yield program.address


Visiting = Callable[..., Visit]


@pytest.fixture
def visiting(browser: Browser, address: str) -> Iterator[Visiting]:
    """Opens the page as a newcomer finds it; at the end there was no error in the console and the content policy held."""
    visits: list[Visit] = []

    def visit(size: ViewportSize = DESK, **options: Any) -> Visit:
        visits.append(Visit(browser, address, size, **options))
        return visits[-1]

    yield visit
    for each in visits:
        each.close()
    assert [trouble for each in visits for trouble in each.troubles] == []
