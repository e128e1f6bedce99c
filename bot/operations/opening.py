"""Opening a deployment's database for a command, with every usual trouble told in one sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from pydantic import SecretStr

from bot.clock import Clock
from bot.config import DatabaseSection, Settings
from bot.errors import UserError
from bot.operations import backup
from bot.operations.lock import InUse, Lock, holder
from bot.operations.trouble import Trouble
from bot.sections.onebot import OneBot
from bot.sections.qq import QQ
from bot.sections.wecom import WeCom
from bot.services import deployment
from storage import maintenance, migrations, sealing, server
from storage.database import Database
from storage.engines import is_server
from storage.keys import BranchId
from storage.members import Branch
from storage.unit_of_work import UnitOfWork
from storage.vault import BadKeyFile

log = structlog.get_logger()

LOST = (
    "this database has columns sealed with the key {keys}, which is not in {file} ({columns}): put the key file back ([keys] file says "
    "where it is), or, if it is lost for good, say “zhibu keys forget {first}”, which tells what is lost and erases that"
)


def file_of(settings: Settings, clock: Clock) -> Path | None:
    """The database's file; None if it is on a PostgreSQL server. Raises `Trouble`."""
    database = Database(settings.database.url, clock)
    if is_server(database.url):
        return None
    path = database.path
    if path is None or path.name in {"", ":memory:"}:
        raise Trouble("[database] url must name a file, for example sqlite+aiosqlite:///var/zhibu.db")
    return path


def path_of(settings: Settings, clock: Clock) -> Path:
    """The database's file, for what only a SQLite file can have done to it. Raises `Trouble`."""
    path = file_of(settings, clock)
    if path is None:
        raise Trouble(backup.POSTGRES)
    return path


def is_usual(settings: Settings) -> bool:
    """Whether nobody chose the database, so that the sample may have it."""
    return settings.database == DatabaseSection()


def usable(settings: Settings, clock: Clock) -> Path | None:
    """The database's file, if it is one, after a look whether the database is there or can be made. Raises `Trouble`."""
    path = file_of(settings, clock)
    try:
        if path is None:
            server.probe(Database(settings.database.url, clock).url)
        else:
            maintenance.probe(path)
    except maintenance.Unusable as error:
        raise Trouble(f"{error}; see [database] url") from None
    return path


def running_at(settings: Settings, clock: Clock) -> str | None:
    """Where the zhibu that runs on this database is reached, empty if not by a page; None if none runs. Raises `Trouble`."""
    path = file_of(settings, clock)
    return server.running(Database(settings.database.url, clock).url) if path is None else holder(path)


def prepare(settings: Settings, clock: Clock) -> bool:
    """Bring the database to this version of the program; False if it was. What there was is copied before. Raises `Trouble`."""
    path = usable(settings, clock)
    if is_current(settings, clock):
        return False
    if path is None and running_at(settings, clock) is not None:
        raise Trouble("an older version of zhibu is running on this database; stop it first, on every machine")
    url = Database(settings.database.url, clock).url
    revision = migrations.current(url) if path is not None and path.exists() else None
    if path is not None and revision is not None:
        copied = backup.before_upgrade(settings, path, clock, revision)
        log.warning("the database is brought to this version; the one of before is kept", file=str(copied))
    return migrations.upgrade(url)


def is_current(settings: Settings, clock: Clock) -> bool:
    """Whether the database is of this version of the program; looks only. Raises `Trouble` if it is of a later one."""
    try:
        return migrations.is_current(Database(settings.database.url, clock).url)
    except migrations.NewerSchema as error:
        raise Trouble(f"{error}; install the newer version, or use another [database] url") from None


def offline(settings: Settings) -> Settings:
    """The settings for playing people of the sample in this process: the browser chat and no other platform."""
    telegram = settings.telegram.model_copy(
        update={"token": SecretStr(""), "token_file": None, "webhook_secret_file": None, "mode": "polling"}
    )
    others = {"onebot": OneBot(), "qq": QQ(), "wecom": WeCom()}
    return settings.model_copy(update={**others, "telegram": telegram, "web": settings.web.model_copy(update={"chat": True})})


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Database]:
    """The database, prepared and started, for who holds its lock. A refusal of a service becomes `Trouble`."""
    prepare(settings, clock)
    async with as_it_is(settings, clock) as database:
        yield database


@asynccontextmanager
async def beside(settings: Settings, clock: Clock, *, keyless: bool = False) -> AsyncIterator[Database]:
    """The same beside a program that may be running: the database is only brought to this version while none is. Raises `Trouble`."""
    path = usable(settings, clock)
    if not is_current(settings, clock):
        try:
            with Lock(path):
                prepare(settings, clock)
        except InUse:
            raise Trouble("an older version of zhibu is running on this database; stop it first") from None
    async with as_it_is(settings, clock, keyless=keyless) as database:
        yield database


@asynccontextmanager
async def as_it_is(settings: Settings, clock: Clock, *, keyless: bool = False) -> AsyncIterator[Database]:
    """The database started as it is, for who only looks. A refusal of a service becomes `Trouble`.

    `keyless`: also where a key of sealed columns is missing.
    """
    database = Database(settings.database.url, clock, keys=settings.keys.file)
    await begin(database, keyless=keyless)
    try:
        yield database
    except UserError as refusal:
        raise Trouble(refusal.text.en) from None
    finally:
        await database.stop()


async def begin(database: Database, *, keyless: bool = False) -> None:
    """Start a database. Raises `Trouble` where a key of its sealed columns is missing, unless `keyless`."""
    try:
        await database.start()
    except BadKeyFile as error:
        raise Trouble(str(error)) from None
    if database.missing_keys and not keyless:
        columns = await _sealed_with(database)
        await database.stop()
        missing = database.missing_keys
        raise Trouble(LOST.format(keys=", ".join(missing), file=database.vault.file.path, columns=columns, first=missing[0]))


async def _sealed_with(database: Database) -> str:
    """The columns that missing keys touch, and how many values of each."""
    used = await database.run(sealing.uses)
    places = [f"{place} {count}" for key in database.missing_keys for place, count in sorted(used.get(key, {}).items())]
    return ", ".join(places) or "no value needs it"


async def branches(work: UnitOfWork) -> list[Branch]:
    """Every branch, by name."""
    return await work.branches.all()


async def the_branch(database: Database, wanted: str | None) -> BranchId:
    """The branch of a name, or the only one. Raises `Trouble`."""
    found = await database.run(branches)
    if not found:
        raise Trouble("there is no branch yet; found one with “zhibu init”")
    if wanted is None and len(found) > 1:
        raise Trouble("there are several branches; say which with --branch: " + ", ".join(each.name for each in found))
    chosen = [each.id for each in found if wanted in {None, each.name, each.latin}]
    if not chosen:
        raise Trouble(f"there is no branch “{wanted}”; there is: " + ", ".join(each.name for each in found))
    return chosen[0]


async def refuse_sample(database: Database, instead: str) -> None:
    """Raises `Trouble` where the database holds the invented branch."""
    if await database.run(deployment.is_sample):
        raise Trouble(f"this database holds the invented sample branch; {instead}")


async def missing(settings: Settings, clock: Clock) -> str:
    """What a program that starts now lacks to be of use, in a sentence; empty if nothing."""
    async with opened(settings, clock) as database:
        if not await database.run(branches):
            return "There is no branch yet: “zhibu init” founds one, “zhibu run --sample” shows an invented one, “zhibu doctor” says more."
    if not settings.platforms() and not settings.web.chat:
        return "Nobody can reach the bot: no chat platform is set up, and [web] chat is off."
    return ""
