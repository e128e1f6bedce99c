"""`make peers`: independent implementations on the other side of our wire. A table; `docs/peers.md`; 1 where something failed.

--only WORD      only the proofs against a package whose name holds the word; writes nothing
"""

import argparse
import asyncio
import json
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime

from benchmarks.measuring import quiet
from tests.peers import proofs
from tests.peers.proofs import NODE, PROOFS, PYTHON, ROOT, Outcome

PAPER = ROOT / "docs" / "peers.md"
_BEGIN, _END = "<!-- begin: make peers -->", "<!-- end: make peers -->"
_ASKED = "import importlib.metadata as m, json, sys; print(json.dumps({each: m.version(each) for each in sys.argv[1:]}))"


def versions(packages: list[str]) -> dict[str, str]:
    """What runs on the far side."""
    inside = [each for each in packages if not each.startswith("@")]
    told: dict[str, str] = json.loads(subprocess.run([PYTHON, "-c", _ASKED, *inside], capture_output=True, check=True).stdout)
    for each in packages:
        described = NODE / "node_modules" / each / "package.json"
        if each.startswith("@") and shutil.which("node") and described.exists():
            told[each] = json.loads(described.read_text(encoding="utf-8"))["version"]
    return told


def table(outcomes: list[Outcome], of: dict[str, str]) -> str:
    """One line a proof."""
    lines = ["| against | what | seen | |", "|---|---|---|---|"]
    for each in outcomes:
        named = " + ".join(f"{package} {of[package]}" for package in each.against.split(" + "))
        seen = each.seen.replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {named} | {each.what} | {seen} | {'good' if each.good else 'FAILED'}, {each.seconds:.1f} s |")
    return "\n".join(lines)


def main() -> int:
    """Run, print, keep."""
    reading = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reading.add_argument("--only", default="")
    given = reading.parse_args()
    from tests.peers import euler, onebot, qq, wecom, wecom_app  # noqa: F401  they enter their proofs

    of = versions(sorted({package for against, _, _ in PROOFS for package in against.split(" + ")}))
    quiet()
    wanted = [each for each in PROOFS if given.only in each[0] and set(each[0].split(" + ")) <= of.keys()]
    left = sorted({package for against, _, _ in PROOFS for package in against.split(" + ")} - of.keys())
    outcomes = asyncio.run(_run(wanted))
    told = table(outcomes, of)
    if left:
        told += f"\n\nLeft out, since it is not installed here (node and npm): {', '.join(left)}."
    print(told)
    good = all(each.good for each in outcomes)
    print(f"\n{sum(each.good for each in outcomes)} of {len(outcomes)} good")
    if good and not (given.only or left):
        before, _, rest = PAPER.read_text(encoding="utf-8").partition(_BEGIN)
        head = f"{datetime.now(UTC):%Y-%m-%d}, `make peers`, {platform.system()}, Python {platform.python_version()}"
        PAPER.write_text(f"{before}{_BEGIN}\n{head}\n\n{told}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")
    return 0 if good else 1


async def _run(wanted: list[tuple[str, str, proofs.Proof]]) -> list[Outcome]:
    return [await proofs.run(*each) for each in wanted]


if __name__ == "__main__":
    sys.exit(main())
