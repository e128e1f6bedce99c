"""The real program as a process of its own, on a database in a folder of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Self

CONFIG = """\
[database]
url = "sqlite+aiosqlite:///{folder}/zhibu.db"
[web]
port = 0
"""


class Program:
    """`zhibu run` until the end of the `with`; with `sample` on the invented branch. `address` is where its page is."""

    def __init__(self, folder: Path, *, sample: bool = True, config: str = "") -> None:
        self.config = folder / "config.toml"
        self.config.write_text(CONFIG.format(folder=folder) + config, encoding="utf-8")
        self._log = folder / "program.log"
        self._sample = sample
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def __enter__(self) -> Self:
        command = self._command("run", *(["--sample"] if self._sample else []))
        with self._log.open("a") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=_environment())
        assert self._process.stdout
        said = ""
        for line in self._process.stdout:
            said += line
            if found := re.search(r"https?://\S+/", line):
                self.address = found[0]
                return self
        self.__exit__()
        raise AssertionError(f"the program did not start: {said}{self.log()}")

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=20)

    def command(self, *words: str) -> str:
        """What another command of `zhibu` prints with the same configuration."""
        return subprocess.run(self._command(*words), stdout=subprocess.PIPE, text=True, env=_environment(), check=True).stdout

    def _command(self, name: str, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", name, "-c", str(self.config), *words]

    def log(self) -> str:
        """What the program wrote to its log."""
        return self._log.read_text(encoding="utf-8")


def _environment() -> dict[str, str]:
    """Nothing of this deployment's own, and no measuring of coverage."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBU_", "COV_", "COVERAGE_"))}
