"""`zhibu restore`: a back-up takes the database's place, after it was examined; what stood there before is kept."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.clock import BEIJING, Clock
from bot.config import DatabaseSection, Keys, Settings
from bot.operations import backup, erasures, opening, sealed, verify
from bot.operations.lock import InUse, Lock
from bot.operations.trouble import Trouble
from bot.services import erasing, uncertain
from bot.services import restored as restoring
from storage import invariants, looking, maintenance, migrations, sealing, tombstones
from storage import key_file as keys_of
from storage.database import Database
from storage.tombstones import Tombstone

MISSING = (
    "{file} has columns sealed with the key {keys}, which is not in {where}; nothing was changed. Put the key file of that time back and "
    "restore again; or, if the key is lost for good, add --without-keys: the rest is restored, and what nobody can read is erased"
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put where. `aside`: the files of before; `doubtful`: letters that may have been sent after the back-up was made.

    `erased`: people who had been erased and would have come back.
    """

    source: Path
    database: Path
    branches: int
    members: int
    last_said: datetime | None
    older: str | None
    aside: list[Path]
    doubtful: int
    erased: int


async def restore(settings: Settings, clock: Clock, file: Path, key_file: Path | None, *, without_keys: bool = False) -> Restored:
    """Examine a back-up and put it in the database's place. Raises `Trouble`, and has then changed nothing.

    `without_keys`: what was sealed with a key that is lost is erased in it.
    """
    database = opening.path_of(settings, clock)
    key = sealed.read_key(key_file) if key_file else backup.key_of(settings)
    _another(file, database)
    try:
        with Lock(database):
            return await _restore(settings, clock, file, key, without_keys=without_keys)
    except InUse as busy:
        raise Trouble(f"{busy}; stop it first, then restore") from None


def _another(file: Path, database: Path) -> None:
    if not file.is_file():
        raise Trouble(f"there is no file {file}")
    if database.exists() and file.samefile(database):
        raise Trouble(f"{file} is the database itself")


async def _restore(settings: Settings, clock: Clock, file: Path, key: sealed.Key | None, *, without_keys: bool) -> Restored:
    database = opening.path_of(settings, clock)
    new = database.with_name(database.name + ".restoring")
    leftovers = [new.with_name(new.name + ending) for ending in ("", "-wal", "-shm")]
    for each in leftovers:
        each.unlink(missing_ok=True)
    try:
        backup.unsealed(file, new, key)
        older = _known(file, new, clock)
        keys = Keys(file=keys_of.of(settings.database.url, settings.keys.file))
        opened = settings.model_copy(update={"database": DatabaseSection(url=_address(new)), "keys": keys})
        migrations.upgrade(Database(opened.database.url, clock).url)
        with looking.snapshot(Database(opened.database.url, clock).url, clock()) as look:
            _sound(file, look)
        await _keyed(opened, clock, file, without_keys=without_keys)
        with looking.snapshot(Database(opened.database.url, clock).url, clock(), keys.file) as look:
            branches, members, last = look(invariants.size)
        erased = await _erased_again(opened, clock, [*erasures.known(settings, database), *tombstones.in_file(database)])
        doubtful = await _doubted(opened, clock)
        aside = database.with_name(f"{database.name}.before-restore-{clock().astimezone(BEIJING):%Y-%m-%d-%H%M%S}")
        return Restored(file, database, branches, members, last, older, maintenance.replace(database, new, aside), doubtful, erased)
    except maintenance.Unusable as error:
        raise Trouble(str(error)) from None
    finally:
        for each in leftovers:
            each.unlink(missing_ok=True)


def _address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{quote(str(path))}"


def _known(file: Path, new: Path, clock: Clock) -> str | None:
    """The revision of an older back-up, None for one of this version. Raises `Trouble` for what cannot be used."""
    if not maintenance.healthy(new):
        raise Trouble(f"SQLite finds {file} damaged; nothing was changed, use another back-up")
    url = Database(_address(new), clock).url
    revision = migrations.current(url.set(drivername="sqlite"))
    if revision is None:
        raise Trouble(f"{file} is no database of zhibu's; nothing was changed")
    try:
        return None if migrations.is_current(url) else revision
    except migrations.NewerSchema:
        raise Trouble(f"{file} was made by a newer version of the program ({revision}); install that first; nothing was changed") from None


def _sound(file: Path, look: looking.Look) -> None:
    found = verify.examine(look, sqlite=True, running=True)
    wrong = [each for each in found if each.wrong and each.check in verify.GRAVE]
    if wrong:
        raise Trouble(f"{file} is not sound ({wrong[0].check}: {wrong[0].wrong[0]}); nothing was changed, use another back-up")


async def _erased_again(settings: Settings, clock: Clock, stones: Sequence[Tombstone]) -> int:
    """Erase again what was erased after the back-up was made; answers how many people that were."""
    async with opening.as_it_is(settings, clock) as database:
        back = await database.run(erasing.take_over, stones)
        await asyncio.gather(*(database.run(erasing.again, branch, gone) for branch, gone in back.items()))
    return sum(map(len, back.values()))


async def _keyed(settings: Settings, clock: Clock, file: Path, *, without_keys: bool) -> None:
    """See that what is sealed in it can be opened, or erase what cannot. Raises `Trouble`."""
    async with opening.as_it_is(settings, clock, keyless=True) as database:
        missing = database.missing_keys
        if missing and not without_keys:
            raise Trouble(MISSING.format(file=file, keys=", ".join(missing), where=database.vault.file.path))
        for each in missing:
            await database.run(sealing.forget, each)


async def _doubted(settings: Settings, clock: Clock) -> int:
    """Leave it to the secretaries what of that which was on its way is sent again, and tell them; answers how many messages."""
    async with opening.as_it_is(settings, clock) as database:
        doubtful, branches = await database.run(restoring.doubt)
        await asyncio.gather(*(database.run(uncertain.tell, each) for each in branches))
    return doubtful


def told(restored: Restored) -> Iterator[str]:
    """What was done, in sentences."""
    said = f"{restored.last_said.astimezone(BEIJING):%Y-%m-%d %H:%M} (Beijing)" if restored.last_said else "never"
    yield f"{restored.source} is now the database {restored.database}."
    holds = f"{_many(restored.branches, 'branch', 'branches')} and {_many(restored.members, 'member', 'members')}"
    yield f"It holds {holds}; the last message it knows of: {said}."
    yield "What was said after that is not in it: look through the groups, and enter what is missing with 补录."
    if restored.older:
        yield f"It was of an older version ({restored.older}) and was brought to this one; the back-up itself is as it was."
    if restored.aside:
        yield f"The database of before is kept as {', '.join(map(str, restored.aside))}; delete it when all is well."
    if restored.erased:
        yield f"{_many(restored.erased, 'person', 'persons')} had been erased since the back-up was made and were erased again."
    if restored.doubtful:
        letters = _many(restored.doubtful, "message was", "messages were")
        yield f"{letters} on the way when the back-up was made and may have arrived since; the secretary decides about them with 未送达."
    yield "Now run “zhibu verify”, then “zhibu run”."


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
