"""What is installed is what was looked at: every dependency is named with version and hashes, and nothing is installed otherwise."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKED = sorted(ROOT.glob("requirements*.txt"))
_PINNED = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==[0-9][A-Za-z0-9.+!_-]*( ; .+)?( --hash=sha256:[0-9a-f]{64})+")


def logical(text: str) -> list[str]:
    """The lines of a file, with those that a backslash continues put together."""
    joined = re.sub(r" *\\\n *", " ", text)
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_there_are_locked_files() -> None:
    assert {"requirements.txt", "requirements-dev.txt", "requirements-tools.txt"} <= {path.name for path in LOCKED}


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_dependency_is_pinned_with_its_hashes(path: Path) -> None:
    lines = logical(path.read_text(encoding="utf-8"))
    assert lines
    assert [line for line in lines if not _PINNED.fullmatch(line)] == []


def test_everything_the_project_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {re.split(r"[\[=]", line, maxsplit=1)[0] for line in logical((ROOT / "requirements.txt").read_text(encoding="utf-8"))}
    named = {re.split(r"[\[~=<>! ]", each, maxsplit=1)[0].lower() for each in project["dependencies"]}
    assert named <= locked


def test_nothing_is_installed_without_its_hashes() -> None:
    recipes = logical((ROOT / "Makefile").read_text(encoding="utf-8"))
    installing = [line for line in recipes if re.search(r"pip install\b", line)]
    assert installing
    for line in installing:
        for command in re.findall(r"pip install\b[^;|&]*", line):
            own = "--no-deps" in command and "-e ." in command  # the program itself, from this folder, with the tools that are locked
            assert own or "--require-hashes" in command, command
