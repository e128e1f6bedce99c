"""Bringing a database to this version's schema. Alembic is only loaded when there is something to do."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from storage.faults import Unstorable, fault_of

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0015"
"""The newest revision in versions/; a test holds it against Alembic's own answer."""


class NewerSchema(RuntimeError):
    """The database was written by a newer version of the program."""


def current(url: URL) -> str | None:
    """The revision a database is at; None for an empty one."""
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except OperationalError:
        return None
    finally:
        engine.dispose()


def is_current(url: URL) -> bool:
    """Whether a database is there and of this version; looks only. Raises `NewerSchema` for a database of a later version."""
    at = current(url.set(drivername="sqlite")) if Path(url.database or "").exists() else None
    if at is not None and at > HEAD:
        raise NewerSchema(f"the database is at {at}, this program knows {HEAD}")
    return at == HEAD


def upgrade(url: URL, revision: str = "head") -> bool:
    """Migrate up to a revision; False if nothing had to be done. Raises `NewerSchema` for a database of a later version."""
    if is_current(url) and revision == "head":
        return False
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    plain = url.set(drivername="sqlite")
    from alembic import command  # noqa: PLC0415  300 ms that a second start can spare

    _with_connection(plain, lambda config: command.upgrade(config, revision))
    return True


def downgrade(url: URL, revision: str = "base") -> None:
    """Migrate down to a revision."""
    from alembic import command  # noqa: PLC0415  as above

    _with_connection(url.set(drivername="sqlite"), lambda config: command.downgrade(config, revision))


def _with_connection(url: URL, act: "Callable[[Config], None]") -> None:
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    engine = create_engine(url, poolclass=NullPool)
    if url.get_backend_name() == "sqlite":
        _as_a_whole(engine)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            act(config)
    except DBAPIError as error:
        if (fault := fault_of(error)) is not None:
            raise Unstorable(fault) from error
        raise
    finally:
        engine.dispose()


def _as_a_whole(engine: Engine) -> None:
    """Let SQLite's driver change the schema inside the transaction: by itself it opens none before a CREATE TABLE.

    A migration that is killed half-way would otherwise leave tables that the next start finds in its way.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
