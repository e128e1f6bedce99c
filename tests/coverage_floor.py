"""The last step of `make check`: how much of the code the tests ran, after `pytest --cov`. One sentence for each shortfall."""

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import CoverageException


@dataclass(frozen=True)
class Floor:
    """A percentage of statements and branches that some folders must reach together."""

    folders: tuple[str, ...]
    percent: float


FLOORS = (Floor(("bot", "handlers", "schedules", "storage"), 90), Floor(("bot/language",), 99.5), Floor(("bot/rules",), 100))


@dataclass(frozen=True)
class Ran:
    """How much of some files ran: statements and branches together, as `coverage report` counts them."""

    possible: int = 0
    ran: int = 0

    @property
    def missed(self) -> int:
        return self.possible - self.ran

    @property
    def percent(self) -> float:
        return 100 * self.ran / self.possible if self.possible else 0

    def __add__(self, other: "Ran") -> "Ran":
        return Ran(self.possible + other.possible, self.ran + other.ran)


def measured() -> dict[str, Ran]:
    """What was measured of each file, by its path in the repository. Raises `CoverageException`."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text())["files"]
    return {
        Path(name).as_posix(): Ran(
            of["summary"]["num_statements"] + of["summary"]["num_branches"],
            of["summary"]["covered_lines"] + of["summary"]["covered_branches"],
        )
        for name, of in files.items()
    }


def shortfalls(files: Mapping[str, Ran]) -> list[str]:
    """A sentence for each floor that was not reached, with the files that miss most."""
    said: list[str] = []
    for floor in FLOORS:
        below = {name: ran for name, ran in files.items() if name.startswith(tuple(f"{folder}/" for folder in floor.folders))}
        together = sum(below.values(), Ran())
        if together.percent >= floor.percent:
            continue
        worst = sorted((name for name in below if below[name].missed), key=lambda name: -below[name].missed)[:5]
        where = ", ".join(f"{name} misses {below[name].missed} of {below[name].possible}" for name in worst) or "nothing was measured"
        said.append(f"{', '.join(floor.folders)}: {together.percent:.2f} % covered, {floor.percent:g} % needed ({where}).")
    return said


def main() -> int:
    """Read .coverage and say what is below its floor."""
    try:
        said = shortfalls(measured())
    except CoverageException as error:
        said = [f"there is nothing to judge ({error}): run pytest --cov first."]
    for sentence in said:
        print(sentence, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
