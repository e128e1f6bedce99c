"""What every command of the command line begins with: the configuration, the log, a loop."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from bot.config import Settings

T = TypeVar("T")
Config = Annotated[Path | None, typer.Option("-c", "--config", help="The configuration, as config.example.toml; without it: the defaults.")]


def settings_of(path: Path | None, *, serving: bool = False) -> "Settings":
    """The configuration; and the log is set up. What is not the running program itself only logs what is wrong."""
    from bot import config
    from bot.operations import logs
    from bot.sections.base import BadConfig

    logs.configure()
    settings = config.load(path)
    if not serving:
        begin()
    logs.configure(shape=settings.log.format, level=settings.log.level if serving else "warning")
    with suppress(BadConfig):  # what needs an unreadable secret says so itself
        logs.withhold(settings.secrets())
    return settings


def begin() -> None:
    """All is loaded, and something runs from now on: the garbage collector looks at what comes, and not at what was loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run something in a loop of its own."""
    begin()
    with asyncio.Runner() as runner:
        return runner.run(work)


def hint(words: str) -> None:
    """Say something beside what the command prints."""
    if words:
        print(words, file=sys.stderr)
