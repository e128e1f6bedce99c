"""The command line in this process: what it prints, and its exit code."""

import asyncio
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import structlog

from bot import __main__ as command_line
from bot.app import App
from bot.clock import now
from bot.config import DatabaseSection, Settings, Web
from bot.operations import opening, story
from bot.operations import sample as sample_branch


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Zhibu = Callable[..., Ran]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with a database of its own and any free port."""
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path / "zhibu.db"}"\n[web]\nport = 0\n', encoding="utf-8")
    return path


@pytest.fixture
def zhibu(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Zhibu]:
    """`zhibu …` run in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["zhibu", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    yield run
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the sample, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "zhibu.db"
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{path}"), web=Web(port=0))

    async def load() -> None:
        async with opening.opened(settings, now) as database:
            await database.run(sample_branch.load)
        await story.perform(partial(App, settings), now())

    asyncio.run(load())
    return path


@pytest.fixture
def sample(config: Path, sample_database: Path, tmp_path: Path) -> Path:
    """The configuration of a database that holds the sample."""
    shutil.copy(sample_database, tmp_path / "zhibu.db")
    return config
