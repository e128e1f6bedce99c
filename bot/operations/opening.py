"""Opening a deployment's database for a command, with every usual trouble told in one sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import Clock
from bot.config import Settings
from bot.errors import UserError
from bot.services import deployment
from storage import maintenance, migrations
from storage.database import Database
from storage.keys import BranchId
from storage.members import Branch
from storage.unit_of_work import UnitOfWork


class Trouble(Exception):
    """Something the operator can mend; the message is one sentence that says how."""


def path_of(settings: Settings, clock: Clock) -> Path:
    """The database's file. Raises `Trouble`."""
    path = Database(settings.database.url, clock).path
    if path is None or path.name in {"", ":memory:"}:
        raise Trouble("[database] url must name a file, for example sqlite+aiosqlite:///var/zhibu.db")
    return path


def prepare(settings: Settings, clock: Clock) -> bool:
    """Look whether the database can be used and bring it to this version; False if it was. Raises `Trouble`."""
    path = path_of(settings, clock)
    try:
        maintenance.probe(path)
        return migrations.upgrade(Database(settings.database.url, clock).url)
    except maintenance.Unusable as error:
        raise Trouble(f"{error}; see [database] url") from None
    except migrations.NewerSchema as error:
        raise Trouble(f"{error}; install the newer version, or use another [database] url") from None


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Database]:
    """The database, prepared and started. A refusal of a service becomes `Trouble`."""
    prepare(settings, clock)
    database = Database(settings.database.url, clock)
    await database.start()
    try:
        general, telegram = settings.general, settings.telegram
        await database.run(
            deployment.remember,
            language=general.language,
            operator=general.operator,
            abroad_is_own_choice=telegram.members_own_choice,
        )
        yield database
    except UserError as refusal:
        raise Trouble(refusal.text.en) from None
    finally:
        await database.stop()


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
