"""What an operator is told when the database takes nothing, or is damaged: what it is, and what to do."""

import threading
from pathlib import Path

import structlog

from storage import maintenance
from storage.faults import Fault, Unstorable

log = structlog.get_logger()

WAITS = "What people send waits with the platforms and is taken then, without a restart."
WORDS = {
    Fault.FULL: ("the disk is full", f"Make room beside the database. {WAITS}"),
    Fault.READ_ONLY: ("the database cannot be written", f"Give the file and its folder back to the user who runs zhibu. {WAITS}"),
    Fault.LOCKED: ("another program holds the database locked", f"Close whatever else has the file open. {WAITS}"),
    Fault.UNREADABLE: ("the disk does not read or write the database", f"Look at the disk and its messages (dmesg). {WAITS}"),
    Fault.AWAY: ("the database server cannot be reached", f"See that the server runs and the network leads there. {WAITS}"),
    Fault.DAMAGED: (
        "the database is damaged",
        "Stop zhibu, keep the damaged file, go back to the last back-up with “zhibu restore FILE”, and look at the disk.",
    ),
}
"""What is wrong, and what to do."""


def explained(error: Exception) -> str | None:
    """For a command that an `Unstorable` has stopped: what it is and what to do; None for any other error."""
    if not isinstance(error, Unstorable):
        return None
    what, todo = WORDS[error.fault]
    return f"{what}. {todo}"


def tell(fault: Fault | None) -> None:
    """Say in the log, once for each time, that nothing can be kept, and that it can again (None)."""
    if fault is None:
        log.warning("the database takes what comes again")
    else:
        what, todo = WORDS[fault]
        log.error(what, todo=todo)


def look_through(path: Path) -> threading.Thread:
    """Check the whole file beside the running program, and say aloud if it is damaged.

    A start does not wait for it: the check reads all of the file, 0.1 s of processor for 100 MB (docs/durability.md). It may be left
    alone at the end.
    """
    thread = threading.Thread(target=_look, args=(path,), name="integrity", daemon=True)
    thread.start()
    return thread


def _look(path: Path) -> None:
    if path.exists() and not maintenance.healthy(path):
        tell(Fault.DAMAGED)
