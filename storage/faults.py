"""Why a database takes nothing where it is not our doing, told apart so that somebody can be told what to do."""

import sqlite3
from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError


class Fault(StrEnum):
    """What is wrong around the database."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    AWAY = "out of reach"

    @property
    def passes(self) -> bool:
        """Whether everything fails alike and goes on by itself once somebody has seen to it."""
        return self is not Fault.DAMAGED


class Unstorable(Exception):
    """Nothing can be kept now, and nothing was: whoever brought it has to bring it again later."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"the database is {fault.value}")
        self.fault = fault


_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_IOERR: Fault.UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: Fault.UNREADABLE,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
}
_AWAY = ("08", "57P0", "53300")
"""How the SQLSTATEs of a lost or refused connection begin."""
_POSTGRES = {"53100": Fault.FULL, "25006": Fault.READ_ONLY, "55P03": Fault.LOCKED, "XX001": Fault.DAMAGED, "XX002": Fault.DAMAGED}
"""By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html."""


def fault_of(error: BaseException) -> Fault | None:
    """The fault behind an error of a statement or a commit; None for one of our own."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = str(getattr(cause, "sqlstate", None) or "")
    lost = isinstance(error, DBAPIError) and (error.connection_invalidated or (isinstance(error, OperationalError) and not state))
    return Fault.AWAY if lost or state.startswith(_AWAY) else _POSTGRES.get(state)


class Watch:
    """Tells once that nothing can be kept, and why, and once with None that it can again; from the writer's thread."""

    def __init__(self, told: Callable[[Fault | None], None]) -> None:
        self._told = told
        self._fault: Fault | None = None

    def failed(self, error: BaseException) -> Fault | None:
        """The fault behind an error of a transaction, if there is one; the next connection has to be a new one."""
        fault = fault_of(error)
        if fault is not None:
            self._change(fault)
        return fault

    def kept(self, connection: Connection | None) -> None:
        """A transaction of a connection was committed. If that has only read, it proves nothing."""
        if self._fault is not None and connection is not None:
            driver = connection.connection.driver_connection
            if getattr(driver, "total_changes", 1):
                self._change(None)

    def _change(self, fault: Fault | None) -> None:
        """What is damaged stays so."""
        if fault is not self._fault and self._fault is not Fault.DAMAGED:
            self._fault = fault
            self._told(fault)
