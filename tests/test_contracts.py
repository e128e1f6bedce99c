"""Every contract is seen to fail when it is broken: a copy of the tree gets one violation for each, and each has to be named."""

import shutil
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

PLANTED = {
    "handlers and schedules stand on bot, bot on storage": ("storage/inbox.py", "import bot.clock"),
    "the floors of bot": ("bot/texts.py", "import bot.router"),
    "only storage speaks SQL": ("bot/services/people.py", "import sqlalchemy"),
    "data is reached through services": ("handlers/checkin.py", "import storage.members"),
    "rules and language are pure": ("bot/rules/quiet_hours.py", "import asyncio"),
    "pictures and papers are pure": ("bot/render/tables.py", "import bot.clock"),
    "telegram stays in its adapter": ("bot/delivery.py", "import telegram"),
    "apscheduler stays in the scheduler": ("bot/jobs.py", "import apscheduler"),
    "handlers do not know each other": ("handlers/pages.py", "import handlers.checkin"),
    "no circles": ("storage/settings.py", "import storage.unit_of_work"),
}
"""A contract of pyproject.toml, and the file and line that break it."""

CIRCLE = "- .unit_of_work -> .settings"
"""How the contract about circles names the circle that was planted."""

BANNED = {
    "datetime.datetime.now": "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)",
    "time.time": "import time\n\nNOW = time.time()",
    "os.environ": "import os\n\nHOME = os.environ",
}
"""A call that ruff has to ban outside of clock.py and config.py."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree without its leftovers."""
    made = tmp_path_factory.mktemp("copy") / "tree"
    for folder in ("bot", "handlers", "schedules", "storage"):
        shutil.copytree(ROOT / folder, made / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", made)
    return made


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
    return subprocess.run([BIN / "lint-imports", "--no-cache"], cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_every_contract_is_kept_and_each_is_named_when_it_is_broken(copy: Path) -> None:
    whole = _lint(copy)
    assert whole.returncode == 0, whole.stdout
    assert all(f"{name} KEPT" in whole.stdout for name in PLANTED)
    assert f"Contracts: {len(PLANTED)} kept, 0 broken." in whole.stdout
    for file, line in PLANTED.values():
        path = copy / file
        path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    broken = _lint(copy)
    assert broken.returncode == 1
    for name, (file, line) in PLANTED.items():
        assert f"{name} BROKEN" in broken.stdout
        importer, imported = file.removesuffix(".py").replace("/", "."), line.removeprefix("import ")
        named = CIRCLE if name == "no circles" else f"{importer} -> {imported}"
        assert named in broken.stdout.replace("\n", " "), (name, broken.stdout)


def test_a_new_file_has_to_be_given_its_floor(copy: Path) -> None:
    (copy / "bot" / "newcomer.py").write_text('"""A file on no floor."""\n', encoding="utf-8")
    answer = _lint(copy)
    assert "newcomer" in answer.stdout
    assert answer.returncode == 1


@pytest.mark.parametrize("call", BANNED)
def test_reading_the_time_or_the_environment_elsewhere_is_banned(copy: Path, call: str) -> None:
    path = copy / "bot" / "services" / "planted.py"
    path.write_text(f'"""Planted."""\n\n{BANNED[call]}\n', encoding="utf-8")
    command = [BIN / "ruff", "check", "--no-cache", "--select", "TID251", str(path)]
    answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert f"`{call}` is banned" in answer.stdout


def test_an_untyped_function_does_not_pass(copy: Path) -> None:
    path = copy / "bot" / "rules" / "planted.py"
    path.write_text('"""Planted."""\n\n\ndef untyped(x):\n    return x\n', encoding="utf-8")
    command = [BIN / "mypy", "--strict", "--config-file=", "--no-incremental", str(path)]
    answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert "untyped" not in answer.stderr
    assert "Function is missing a type annotation" in answer.stdout


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_tests_cannot_reach_beyond_the_loopback() -> None:
    with socket.socket() as reaching, pytest.raises(SocketConnectBlockedError):
        reaching.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
