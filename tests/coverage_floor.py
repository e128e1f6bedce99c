"""The last step of `make check`: how much of the code the tests ran, after `pytest --cov`. One sentence for each shortfall."""

import sys
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import CoverageException

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Floor:
    """A percentage of statements and branches that some folders must reach together."""

    folders: tuple[str, ...]
    percent: float


FLOORS = (Floor(("bot", "handlers", "schedules", "storage"), 90), Floor(("bot/language",), 100), Floor(("bot/rules",), 100))


@dataclass
class Ran:
    """What ran of some files, counted as `coverage report` does: statements and branches together."""

    possible: int = 0
    missed: int = 0

    @property
    def percent(self) -> float:
        return 100 * (self.possible - self.missed) / self.possible if self.possible else 0


def shortfalls(coverage: Coverage) -> list[str]:
    """A sentence for each floor that was not reached, and for each file below a floor of 100."""
    measured = sorted(Path(each) for each in coverage.get_data().measured_files())
    said: list[str] = []
    for floor in FLOORS:
        roots = [ROOT / folder for folder in floor.folders]
        files = [each for each in measured if any(each.is_relative_to(root) for root in roots)]
        each_ran = {each: _ran(coverage, each) for each in files}
        together = Ran(sum(each.possible for each in each_ran.values()), sum(each.missed for each in each_ran.values()))
        if together.percent >= floor.percent:
            continue
        worst = sorted(((each, ran) for each, ran in each_ran.items() if ran.missed), key=lambda pair: -pair[1].missed)[:5]
        where = ", ".join(f"{each.relative_to(ROOT)} misses {ran.missed} of {ran.possible}" for each, ran in worst)
        said.append(f"{', '.join(floor.folders)}: {together.percent:.2f} % covered, {floor.percent:g} % needed ({where or 'nothing was measured'}).")
    return said


def _ran(coverage: Coverage, file: Path) -> Ran:
    numbers = coverage.analysis2(str(file))
    analysis = coverage._analyze(str(file)).numbers  # the public API counts no branches
    assert len(numbers[1]) == analysis.n_statements
    return Ran(analysis.n_statements + analysis.n_branches, analysis.n_missing + analysis.n_missing_branches)


def main() -> int:
    """Read .coverage and say what is below its floor."""
    coverage = Coverage()
    try:
        coverage.load()
        said = shortfalls(coverage)
    except CoverageException as error:
        said = [f"there is nothing to judge: {error}; run pytest --cov first."]
    for sentence in said:
        print(sentence, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
