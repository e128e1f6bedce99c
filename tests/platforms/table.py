"""`make contract`: the contract suite's table, platform by case, from a run of the suite. Fails where a case does."""

import sys
from collections import defaultdict
from typing import Any

import pytest

from tests.platforms.sides import SIDES

SUITE = ("test_contract.py", "test_contract_sending.py", "test_contract_trouble.py", "test_contract_attacks.py")
OK, FALLBACK, NOTHING, FAILED = "ok", "fall-back", "–", "FAILED"
_WORDS = {"fall-back": FALLBACK, "absent": NOTHING}


class Table:
    """A pytest plugin that keeps what became of each case on each platform."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = defaultdict(dict)
        self.words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What a case said of itself, once it has been tidied up after."""
        if report.failed:
            self._failed.add(report.nodeid)
        if report.when != "teardown":
            return
        case, platform = _case(report.nodeid)
        said = [(kind, str(words)) for kind, words in report.user_properties if kind in _WORDS]
        outcome = FAILED if report.nodeid in self._failed else _WORDS[said[-1][0]] if said else OK
        self.rows[case][platform] = outcome
        for _, words in said:
            self.words[case][words].append(platform)


def _case(nodeid: str) -> tuple[str, str]:
    """The case in words, and the platform."""
    name, _, parameters = nodeid.rpartition("::")[2].partition("[")
    platform, *others = parameters.rstrip("]").split("-")
    more = f" ({', '.join(others)})" if others else ""
    return name.removeprefix("test_").replace("_", " ") + more, platform


def printed(rows: dict[str, dict[str, str]], words: dict[str, dict[str, list[str]]], platforms: list[str]) -> str:
    """The table, and under it what holds instead."""
    left = max(map(len, rows), default=0)
    lines = [f"{'case':{left}}  " + "  ".join(f"{each:9}" for each in platforms)]
    lines += [f"{case:{left}}  " + "  ".join(f"{row.get(each, NOTHING):9}" for each in platforms) for case, row in rows.items()]
    counted = {each: [row.get(each, NOTHING) for row in rows.values()] for each in platforms}
    for kind in (OK, FALLBACK, NOTHING, FAILED):
        lines.append(f"{kind:>{left}}  " + "  ".join(f"{counted[each].count(kind):<9}" for each in platforms))
    lines += ["", "What holds instead, and where:"]
    lines += [f"- {case}: {said} ({', '.join(where)})" for case, each in words.items() for said, where in each.items()]
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    """Run the suite and print what came of it."""
    table = Table()
    folder = __file__.rpartition("/")[0]
    arguments: list[Any] = ["-q", "-n0", "--no-header", "-p", "no:cacheprovider", *(f"{folder}/{name}" for name in SUITE)]
    status = pytest.main(arguments, plugins=[table])
    sys.stdout.write(printed(table.rows, table.words, list(SIDES)) + "\n")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
