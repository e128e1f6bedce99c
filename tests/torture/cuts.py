"""Power that fails: the database's file and its log as a disk would leave them, cut, torn, with pages dropped; each is opened and checked.

What was synced has to be there: SQLite syncs the log at every commit (synchronous=FULL) and before it copies pages from the log into the
file. So of the log everything after the last commit that returned may be lost or garbled, and of the file every page that was being
copied. A log that is cut before that point – a disk that lies about syncing – must still leave a state that was once true.
"""

import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import DatabaseSection, Settings
from bot.operations import ledger
from tests.torture.branch import START
from tests.torture.wal import HEADER, Log, Mark

KINDS = ("cut", "torn", "pages dropped", "cut in a checkpoint", "disk that lies")
SECTOR = 512


@dataclass(frozen=True)
class Snapshot:
    """The two files of one moment, what was safe then, the events that were acknowledged by then, and the keys of sealed columns."""

    database: bytes
    log: bytes
    mark: Mark
    acknowledged: frozenset[str]
    keys: bytes = b""


@dataclass(frozen=True)
class Damage:
    kind: str
    database: bytes
    log: bytes


@dataclass
class Report:
    """What the cuts left."""

    cuts: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    states: set[str] = field(default_factory=set)
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [("cuts", self.cuts), *((f"of them: {kind}", self.by_kind[kind]) for kind in KINDS)]
        rows += [("different states found", len(self.states)), ("acknowledged events looked for", self.acknowledged)]
        return "\n".join(f"{name:<36}{value:>10}" for name, value in (*rows, ("wrong", len(self.wrong))))


class Bench:
    """Opens damaged copies in a folder; each state that comes out is looked through once."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "cut.db"
        self.report = Report()
        self._inbox: dict[str, frozenset[str]] = {}

    async def examine(self, snapshot: Snapshot, chance: random.Random, cuts: int) -> None:
        """So many cuts of a snapshot."""
        if snapshot.keys:
            self._path.with_suffix(".keys").write_bytes(snapshot.keys)
        log = Log(snapshot.log, snapshot.mark.frames if snapshot.mark.salt == snapshot.log[16:24] else 0)
        safe = log.end_of(snapshot.mark.frames) if snapshot.mark.salt == log.salt else 0
        for number, damage in zip(range(cuts), _damages(snapshot, log, safe, chance), strict=False):
            hurt = _first_difference(snapshot.log, damage.log)
            last = max((each for each in log.commits if each.end <= hurt), key=lambda each: each.end)
            self.report.cuts += 1
            self.report.by_kind[damage.kind] += 1
            wanted = log.applied(snapshot.database, last)
            where = f"{damage.kind}, cut {number} at byte {hurt} of {len(snapshot.log)}, safe {safe}"
            state = self._opened(damage, where)
            if state is not None and state != wanted:
                self.report.wrong.append(f"{where}: not the state after {last.frames} frames")
            elif state is not None:
                held = await self._sound(state, where)
                if hurt >= safe and not snapshot.acknowledged <= held:
                    self.report.wrong.append(f"{where}: {len(snapshot.acknowledged - held)} acknowledged events are gone")
                self.report.acknowledged += len(snapshot.acknowledged) if hurt >= safe else 0

    def _opened(self, damage: Damage, where: str) -> bytes | None:
        """What SQLite makes of the two files; None, and it is told, where it cannot."""
        beside = [self._path.with_name(f"{self._path.name}{end}") for end in ("-wal", "-shm")]
        for each in beside:
            each.unlink(missing_ok=True)
        self._path.write_bytes(damage.database)
        beside[0].write_bytes(damage.log)
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None)) as opened:
                if opened.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    self.report.wrong.append(f"{where}: SQLite finds it damaged")
                    return None
                opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            self.report.wrong.append(f"{where}: it cannot be opened ({error})")
            return None
        return self._path.read_bytes()

    async def _sound(self, state: bytes, where: str) -> frozenset[str]:
        """Look a state through, once: integrity, references, both ledgers. The answer is which events it knows."""
        name = hashlib.sha256(state).hexdigest()
        if name not in self._inbox:
            self.report.states.add(name)
            with closing(sqlite3.connect(self._path)) as opened:
                if (
                    opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
                    or opened.execute("PRAGMA foreign_key_check").fetchall()
                ):
                    self.report.wrong.append(f"{where}: integrity or a reference is broken")
                self._inbox[name] = frozenset(key for (key,) in opened.execute("SELECT key FROM inbox"))
            settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{self._path}"))
            audits = await ledger.verify(settings, lambda: START)
            self.report.wrong += [f"{where}: {line}" for branch, audit in audits if audit.faults for line in ledger.told(branch, audit)]
        return self._inbox[name]


def _damages(snapshot: Snapshot, log: Log, safe: int, chance: random.Random) -> Iterator[Damage]:
    """Kinds of damage in turn, for ever. Before what the file holds already, no honest disk and no lying one loses anything."""
    content, copied = snapshot.log, log.end_of(snapshot.mark.backfilled) if snapshot.mark.salt == log.salt else 0
    copying = _is_copying(snapshot, log)
    while True:
        at = chance.randint(safe, len(content))
        tail = len(content) - at
        yield Damage("cut", snapshot.database, content[:at])
        yield Damage("torn", snapshot.database, content[:at] + chance.randbytes(chance.randint(0, tail)))
        dropped = bytearray(content)
        for sector in range(-(-at // SECTOR) * SECTOR, len(content), SECTOR):
            if chance.random() < 0.3:
                dropped[sector : sector + SECTOR] = bytes(len(dropped[sector : sector + SECTOR]))
        yield Damage("pages dropped", snapshot.database, bytes(dropped))
        yield Damage("cut in a checkpoint", _half_copied(snapshot.database, log, snapshot.mark, chance), content[:at])
        if not copying:
            yield Damage("disk that lies", snapshot.database, content[: chance.randint(copied, len(content))])


def _is_copying(snapshot: Snapshot, log: Log) -> bool:
    """Whether pages of the log were being copied into the file at that moment."""
    size = log.page_size
    start = snapshot.mark.backfilled if snapshot.mark.salt == log.salt else 0
    newer = [(page, number) for page, number in log.latest(len(log.pages)).items() if number >= start]
    return any(snapshot.database[(page - 1) * size : page * size] == log.body(number) for page, number in newer)


def _half_copied(database: bytes, log: Log, mark: Mark, chance: random.Random) -> bytes:
    """The file while pages of the safe part of the log are copied into it: some are there, some in part, some not yet."""
    if mark.salt != log.salt:
        return database
    safe = max((each for each in log.commits if each.frames <= mark.frames), key=lambda each: each.frames)
    image, size = bytearray(database), log.page_size
    for page, number in log.latest(safe.frames).items():
        if page <= safe.pages and chance.random() < 0.5:
            written = log.body(number)[: chance.choice((size, size, SECTOR, size // 2))]
            image.extend(bytes(max(0, (page - 1) * size + len(written) - len(image))))
            image[(page - 1) * size : (page - 1) * size + len(written)] = written
    return bytes(image)


def _first_difference(whole: bytes, damaged: bytes) -> int:
    """The first byte that is not as it was."""
    if whole.startswith(damaged):
        return len(damaged) if len(damaged) >= HEADER else 0
    low, high = 0, min(len(whole), len(damaged))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if whole[:middle] == damaged[:middle] else (low, middle - 1)
    return low


def copied(path: Path, mark: Mark, acknowledged: frozenset[str]) -> Snapshot:
    """The files as they are; nobody may be writing."""
    keys = path.with_suffix(".keys")
    log = path.with_name(f"{path.name}-wal").read_bytes()
    return Snapshot(path.read_bytes(), log, mark, acknowledged, keys.read_bytes() if keys.exists() else b"")


def room_in_memory() -> str | None:
    """A folder in memory, where there is one: a thousand opened copies need no disk."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 200_000_000 else None
