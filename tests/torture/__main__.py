"""`make torture` and `make cuts`."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from tests.torture import cuts
from tests.torture.campaign import torture
from tests.torture.look import measured
from tests.torture.outage import outages
from tests.torture.plants import PLANTS


def main() -> int:
    """Print the table; exit code 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Kill the program, or its power, and look what is left.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--cuts", type=int, default=0, help="fail the power so many times instead")
    parser.add_argument("--check", type=int, default=0, metavar="MB", help="time the check of a sound file of that size instead")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    parser.add_argument("--plant", default="", choices=["", *PLANTS], help="make a mistake on purpose")
    parser.add_argument("--json", type=Path, help="write the outcome there, too")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave everything there")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="zhibu-torture-", dir=cuts.room_in_memory()) as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        say = lambda words: print(words, file=sys.stderr, flush=True)  # noqa: E731
        if options.check:
            print(measured(place, options.check))
            return 0
        if options.cuts:
            return _told(asyncio.run(outages(place, options.cuts, options.seed)))
        outcome = asyncio.run(torture(place, options.kills, options.seed, plant=options.plant, say=say))
    print(outcome.table())
    for kind in (outcome.lost, outcome.doubled, outcome.out_of_order, outcome.unexplained):
        for each in kind[:20]:
            print(each)
    if options.json:
        options.json.write_text(outcome.json(), encoding="utf-8")
    return 0 if outcome.good else 1


def _told(report: cuts.Report) -> int:
    print(report.table())
    for each in report.wrong[:20]:
        print(each)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
