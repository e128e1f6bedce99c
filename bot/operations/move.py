"""`zhibu move`: a whole deployment carried over to another database, verified row by row."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from pydantic import ValidationError

from bot.clock import Clock
from bot.config import DatabaseSection, Keys, Settings
from bot.operations import ledger, opening
from bot.operations.lock import InUse, Lock
from bot.operations.trouble import Trouble
from storage import key_file, maintenance, migrations, moving, server
from storage.database import Database

NEXT = """\
Everything is there: {rows} rows in {tables} tables, the same on both sides; every ledger adds up.
What to do next: give zhibu the new address (ZHIBU_DATABASE__URL in its environment; [database] url where it holds no password), start
zhibu, see that it is well (zhibu doctor), and only then put the old database away. Do not start zhibu on the old one any more: what it
takes in there is not in the new one."""
KEYS = """
The keys of sealed columns stay where they are: also set [keys] file = "{file}" ({variable})."""
LOST = "{count} texts held the sign NUL, which PostgreSQL does not take; it is left out."


def move(settings: Settings, clock: Clock, to: str, say: Callable[[str], None]) -> str:
    """Carry everything over, or go on with it; answers what to do next. Raises `Trouble`."""
    target = _target(settings, to)
    ours, theirs = (Database(each.database.url, clock).url for each in (settings, target))
    if server.place(ours) == server.place(theirs):
        raise Trouble("--to names the database that is used already")
    path = opening.usable(settings, clock)
    if path is not None and not path.exists():
        raise Trouble(f"there is no database {path}, so there is nothing to move")
    with _held(settings, clock), _held(target, clock):
        if not opening.is_current(settings, clock):
            raise Trouble("the database is not of this version of the program yet; say “zhibu migrate” first")
        try:
            moved = moving.move(ours, theirs, say)
            _reckon(target, clock, say)
            moving.finish(theirs)
        except (maintenance.Unusable, migrations.NewerSchema) as error:
            raise Trouble(str(error)) from None
    if moved.without_nul:
        say(LOST.format(count=moved.without_nul))
    usual = key_file.of(target.database.url, None) == target.keys.file
    keys = "" if usual else KEYS.format(file=target.keys.file, variable="ZHIBU_KEYS__FILE")
    return NEXT.format(rows=moved.rows, tables=moved.tables) + keys


def _target(settings: Settings, to: str) -> Settings:
    try:
        section = DatabaseSection(url=to)
    except ValidationError as error:
        raise Trouble(f"--to {error.errors(include_input=False, include_url=False)[0]['msg'].removeprefix('Value error, ')}") from None
    keys = Keys(file=key_file.of(settings.database.url, settings.keys.file))
    return settings.model_copy(update={"database": section, "keys": keys})


@contextmanager
def _held(settings: Settings, clock: Clock) -> Iterator[None]:
    """Nobody else works on a database meanwhile."""
    url = Database(settings.database.url, clock).url
    with ExitStack() as stack:
        try:
            path = opening.file_of(settings, clock)
            if path is None:
                server.probe(url, unfinished=True)
                if opening.running_at(settings, clock) is not None:
                    raise Trouble(f"zhibu is running on {server.named(url)}; stop it first")
                stack.enter_context(moving.alone(url))
            else:
                maintenance.probe(path, unfinished=True)
                stack.enter_context(Lock(path))
        except InUse as error:
            raise Trouble(f"{error}; stop it first") from None
        except maintenance.Unusable as error:
            raise Trouble(str(error)) from None
        yield


def _reckon(settings: Settings, clock: Clock, say: Callable[[str], None]) -> None:
    """See that every ledger on the new side adds up. Raises `Trouble`."""
    audits = asyncio.run(ledger.reckon(settings, clock))
    lines = [line for name, audit in audits for line in ledger.told(name, audit)]
    if any(audit.faults for _, audit in audits):
        raise Trouble("a ledger does not add up: " + "; ".join(line for line in lines if line.startswith("WRONG")))
    for line in lines:
        say(line)
