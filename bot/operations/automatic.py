"""The daily back-up that the running program makes by itself, in a thread beside the loop, and which old ones are let go."""

import shutil
import threading
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import structlog

from bot.clock import BEIJING, Clock
from bot.config import Backup, Settings
from bot.jobs import daily
from bot.metrics import Metrics
from bot.operations import backup, erasures, expiry
from bot.operations.trouble import Trouble
from storage import key_file, maintenance
from storage.key_file import KeyFile

log = structlog.get_logger()

FIRST = 60.0
"""Seconds after the start: people come first."""
LOOK = 300.0
AGAIN = 3600.0
"""Seconds until the next try after a failure."""
SPARE = 64 * 1024**2
"""Bytes that stay free beside a copy."""


class AutomaticBackups:
    """One back-up for each day, caught up after the program was off. `failed` is told when one could not be made, from the thread."""

    def __init__(self, settings: Settings, database: Path, clock: Clock, failed: Callable[[], None], metrics: Metrics) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._failed = failed
        self._metrics = metrics
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look whether a back-up is due."""
        self._thread = threading.Thread(target=self._run, name="back-ups", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give up what is being made; its half leaves no trace. Waits a moment for that."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
            self._thread = None

    def _run(self) -> None:
        wait = FIRST
        while not self._stopping.wait(wait):
            wait = LOOK if self.tick() else AGAIN

    def tick(self) -> bool:
        """Make the back-up that is due, unless it is there; False if that failed."""
        try:
            made = self._make()
        except Exception as error:
            if self._stopping.is_set():
                return True
            if isinstance(error, Trouble):
                log.error("the daily back-up could not be made", why=str(error))  # noqa: TRY400  the sentence says it all
            else:
                log.exception("the daily back-up could not be made")
            self._metrics.backup(made=False)
            self._failed()
            return False
        if made is not None:
            self._metrics.backup(made=True)
            log.info("the daily back-up is made", file=str(made), size=made.stat().st_size)
        return True

    def _room(self, folder: Path) -> None:
        """A copy must not take the room that the running bot needs. Raises `Trouble`."""
        size = self._database.stat().st_size if self._database.exists() else 0
        for each in {folder, self._database.parent}:
            if _free(each) < 2 * size + SPARE:
                raise Trouble(f"there is too little room in {each} for a copy of {size // 1024**2} MiB")

    def _make(self) -> Path | None:
        section = self._settings.backup
        day = daily(section.hour).latest(self._clock()).astimezone(BEIJING).date()
        folder = backup.folder_of(self._settings, self._database)
        erasures.keep(self._settings, self._database)
        if any(each.day == day for each in backup.all_kept(self._database, folder)):
            return None
        key = backup.key_of(self._settings)
        self._room(backup.made(folder))
        target = folder / backup.name_of(self._database, day, is_sealed=key is not None)
        backup.copy(self._database, target, key, self._stopping.is_set)
        kept = backup.all_kept(self._database, folder)
        stay = {day, *staying([each.day for each in kept], section)}  # a clock that ran ahead may have dated others later
        for each in kept:
            if each.day not in stay:
                each.path.unlink(missing_ok=True)
        expiry.prune(self._settings, self._database, self._clock())
        maintenance.fold(self._database)
        KeyFile(key_file.of(self._settings.database.url, self._settings.keys.file)).prune(day)
        return target


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def staying(days: Iterable[date], section: Backup) -> set[date]:
    """Which days' back-ups stay: the newest days, the newest of each of the newest weeks, and of each of the newest months."""
    newest_first = sorted(set(days), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    for day in newest_first:
        weeks.setdefault(day.isocalendar()[:2], day)
        months.setdefault((day.year, day.month), day)
    return {
        *newest_first[: section.daily],
        *list(weeks.values())[: section.weekly],
        *list(months.values())[: section.monthly],
    }
