"""Why a database takes nothing where it is not our doing, told apart so that somebody can be told what to do."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class Fault(StrEnum):
    """What is wrong around the database."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"

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
_POSTGRES = {"53100": Fault.FULL, "25006": Fault.READ_ONLY, "55P03": Fault.LOCKED, "XX001": Fault.DAMAGED, "XX002": Fault.DAMAGED}
"""By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html."""


def fault_of(error: BaseException) -> Fault | None:
    """The fault behind an error of a statement or a commit; None for one of our own."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    return _POSTGRES.get(str(getattr(cause, "sqlstate", "")))
