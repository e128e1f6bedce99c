"""`zhibu keys`: the keys of sealed columns listed, renewed while the program runs, and given up where one is lost."""

import socket
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.clock import BEIJING, Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from bot.services import backups
from storage import sealing
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.vault import BadKeyFile, Unopened

ELSEWHERE = "another zhibu works on this database from another machine; stop it, rotate, and give every machine the new key file"
REST = 0.06
"""Seconds between two transactions of a rotation: who waits for SQLite looks again after at most 25 ms at first, and is to find it free."""


async def listed(settings: Settings, clock: Clock) -> list[str]:
    """What there is to say about each key, the oldest first; last those that are missing. Raises `Trouble`."""
    async with opening.beside(settings, clock, keyless=True) as database:
        noted = {each.id: each for each in await database.run(sealing.noted)}
        used = await database.run(sealing.uses)
        newest = database.vault.file.newest()
        lines = [f"The keys are in {database.vault.file.path}."]
        for key in database.vault.file.every():
            made = f"made {noted[key.id].made_at.astimezone(BEIJING):%Y-%m-%d}, " if key.id in noted else ""
            until = f"kept for back-ups until {key.until}" if key.until else _values(used.get(key.id, {}))
            lines.append(f"{key.id}  {made}{until}{', seals what is new' if key == newest else ''}")
        return [*lines, *(f"{each}  MISSING: {_values(used.get(each, {}))} cannot be read" for each in database.missing_keys)]


async def rotate(settings: Settings, clock: Clock, say: Callable[[str], None], *, keep_old: bool = False, drop_old: bool = False) -> None:
    """Seal every value anew with a new key, or go on with it, while the program runs or not. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        if await database.patiently(_elsewhere):
            raise Trouble(ELSEWHERE)
        try:
            key, new = await database.patiently(sealing.renew)
            say(f"{key} is a new key." if new else f"Going on with the key {key}.")
            await database.reseal(lambda table, rows: say(f"{table}: {rows} rows"), REST)
            until: date | None = clock().astimezone(BEIJING).date() + backups.KEPT + timedelta(days=1)
            if drop_old and not await database.patiently(sealing.on_their_way):
                until = None
            gone = await database.patiently(sealing.retire, until, keep=keep_old)
        except (Unopened, BadKeyFile) as error:
            raise Trouble(f"{error}; what was sealed anew stays so, say the same again to go on") from None
        for each in gone:
            why = (
                "is kept in the key file"
                if keep_old
                else f"is kept until {until}, for back-ups and letters on their way"
                if until
                else "is gone from the key file"
            )
            say(f"No value is of the key {each} any more; it {why}.")
        database.vault.file.prune(clock().astimezone(BEIJING).date())
        say(f"Everything is sealed with {key}. Copy {database.vault.file.path} to where its copy is kept, apart from the back-ups.")


async def _elsewhere(work: UnitOfWork) -> bool:
    """Whether a program on another machine could not see the new key file."""
    return await work.processes.on_other_hosts(socket.gethostname())


async def lost(settings: Settings, clock: Clock, key: str) -> list[str]:
    """What would be erased with a lost key, in sentences. Raises `Trouble` for a key that is not lost."""
    async with opening.beside(settings, clock, keyless=True) as database:
        _missing(database, key)
        return list(_told((await database.run(sealing.uses)).get(key, {})))


async def forget(settings: Settings, clock: Clock, key: str) -> None:
    """Erase what nobody can read any more. Raises `Trouble` for a key that is not lost."""
    async with opening.beside(settings, clock, keyless=True) as database:
        _missing(database, key)
        await database.run(sealing.forget, key)


def _missing(database: Database, key: str) -> None:
    if key not in database.missing_keys:
        missing = ", ".join(database.missing_keys) or "none"
        raise Trouble(f"{key} is no key that this database uses and {database.vault.file.path} lacks; missing: {missing}")


def _told(values: Mapping[str, int]) -> Iterator[str]:
    yield f"{_values(values)} cannot be read without it, and would be erased:"
    yield from (f"  {column}: {count}" for column, count in sorted(values.items()))
    yield "Names, check-ins, places, dues and every ledger stay; a question of which the words are lost is closed."


def _values(values: Mapping[str, int]) -> str:
    count = sum(values.values())
    return f"{count} {'value' if count == 1 else 'values'}"
