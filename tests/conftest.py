"""Shared fixtures."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest
import structlog
from sqlalchemy.engine import make_url

from storage import migrations
from tests.dialogue import Dialogue
from tests.lesson_folder import library

hypothesis.settings.register_profile("zhibu", deadline=None)  # timings live in `make bench`
hypothesis.settings.load_profile("zhibu")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrations.upgrade(make_url(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def chat(empty_database: Path, tmp_path: Path) -> AsyncIterator[Dialogue]:
    """A branch with a secretary, a dues keeper, a liaison and three members; time stands still until it is told to pass."""
    path = tmp_path / "zhibu.db"
    shutil.copy(empty_database, path)
    dialogue = Dialogue(str(path))
    await dialogue.open()
    yield dialogue
    await dialogue.close()


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder with four lessons."""
    return library(tmp_path / "lessons")


@pytest.fixture
async def study(empty_database: Path, tmp_path: Path, lessons: Path) -> AsyncIterator[Dialogue]:
    """The branch of `chat` with the four lessons in its library."""
    path = tmp_path / "study.db"
    shutil.copy(empty_database, path)
    dialogue = Dialogue(str(path), str(lessons))
    await dialogue.open()
    await dialogue.pass_time(seconds=0)
    yield dialogue
    await dialogue.close()
