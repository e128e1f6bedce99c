"""The command line in this process: what it prints, and its exit code."""

import asyncio
import logging
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
from tests.databases import Databases, Template


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Zhibu = Callable[..., Ran]


@pytest.fixture
def blank_url(databases: Databases, tmp_path: Path) -> str:
    """The address of a database that has no tables yet."""
    return databases.blank(tmp_path / "zhibu.db")


@pytest.fixture
def config(blank_url: str, tmp_path: Path) -> Path:
    """A configuration with a database of its own and any free port."""
    return configured(blank_url, tmp_path)


def configured(url: str, folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text(f'[database]\nurl = "{url}"\n[web]\nport = 0\n', encoding="utf-8")
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
def sample_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A database that holds the sample, to be copied."""
    url = databases.blank(tmp_path_factory.mktemp("sample") / "zhibu.db", keep=True)
    settings = Settings(database=DatabaseSection(url=url), web=Web(port=0))

    async def load() -> None:
        async with opening.opened(settings, now) as database:
            await database.run(sample_branch.load)
        await story.perform(partial(App, settings), now())

    asyncio.run(load())
    return Template(databases, url)


@pytest.fixture
def sample_url(sample_database: Template, tmp_path: Path) -> str:
    """The address of a database that holds the sample."""
    return sample_database.copy(tmp_path / "zhibu.db")


@pytest.fixture
def sample(sample_url: str, tmp_path: Path) -> Path:
    """The configuration of a database that holds the sample."""
    return configured(sample_url, tmp_path)
