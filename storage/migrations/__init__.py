"""Bringing a database to this version's schema. Alembic is only loaded when there is something to do."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engines import is_server, plain, writing_engine
from storage.faults import Unstorable, fault_of

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0034"
"""The newest revision in versions/; a test holds it against Alembic's own answer."""


class NewerSchema(RuntimeError):
    """The database was written by a newer version of the program."""


def current(url: URL) -> str | None:
    """The revision a database is at; None for an empty one."""
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    finally:
        engine.dispose()


def is_current(url: URL) -> bool:
    """Whether a database is there and of this version; looks only. Raises `NewerSchema` for a database of a later version."""
    at = current(url) if is_server(url) or Path(url.database or "").exists() else None
    if at is not None and at > HEAD:
        raise NewerSchema(f"the database is at {at}, this program knows {HEAD}")
    return at == HEAD


def upgrade(url: URL, revision: str = "head") -> bool:
    """Migrate up to a revision; False if nothing had to be done. Raises `NewerSchema` for a database of a later version."""
    if is_current(url) and revision == "head":
        return False
    if not is_server(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    from alembic import command  # noqa: PLC0415  300 ms that a second start can spare

    _with_connection(url, lambda config: command.upgrade(config, revision))
    return True


def downgrade(url: URL, revision: str = "base") -> None:
    """Migrate down to a revision."""
    from alembic import command  # noqa: PLC0415  as above

    _with_connection(url, lambda config: command.downgrade(config, revision))


def _with_connection(url: URL, act: "Callable[[Config], None]") -> None:
    """One transaction for all of it. On PostgreSQL it waits for its turn, so that of two programs started at once one migrates."""
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    engine = writing_engine(url) if is_server(url) else create_engine(plain(url), poolclass=NullPool)
    if not is_server(url):
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
