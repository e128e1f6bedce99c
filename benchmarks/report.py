"""A table to read and a JSON file to compare with: name, unit, ours, baseline, ratio."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

RESULTS = Path(__file__).parent / "results"
_BEGIN, _END = "<!-- begin: make bench -->", "<!-- end: make bench -->"
_VERSIONS = ("aiohttp", "aiosqlite", "python-telegram-bot", "sqlalchemy", "pydantic")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `less`: less is better, and the ratio is the baseline by ours. `goal`: a number and what kind of bound it is."""

    name: str
    unit: str
    ours: float
    baseline: float | None = None
    against: str = ""
    less: bool = False
    goal: tuple[float, Literal["ratio", "most", "least"]] | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as good as the baseline."""
        if not self.baseline or not self.ours:
            return None
        return self.baseline / self.ours if self.less else self.ours / self.baseline

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        wanted, kind = self.goal
        if kind == "ratio":
            return (self.ratio or 0) >= wanted
        return self.ours <= wanted if kind == "most" else self.ours >= wanted

    def json(self) -> dict[str, Any]:
        """As it is written down."""
        told = {"name": self.name, "unit": self.unit, "ours": _short(self.ours), "baseline": _short(self.baseline)}
        told |= {"ratio": _short(self.ratio), "against": self.against or None}
        return told | ({"goal": {self.goal[1]: self.goal[0]}, "met": self.met} if self.goal else {})


def table(rows: Sequence[Row]) -> str:
    """As Markdown."""
    lines = ["| what | unit | ours | baseline | ratio | goal |", "|---|---|---:|---:|---:|---|"]
    for row in rows:
        baseline = "" if row.baseline is None else f"{_figure(row.baseline)} ({row.against})"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(f"| {row.name} | {row.unit} | {_figure(row.ours)} | {baseline} | {ratio} | {_goal(row)} |")
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """Where and with what it was measured."""
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {name: version(name) for name in _VERSIONS},
    }


def write(rows: Sequence[Row], *, quick: bool) -> Path:
    """Into results/latest.json, or results/quick.json."""
    RESULTS.mkdir(exist_ok=True)
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": machine(),
        "rows": [row.json() for row in rows],
    }
    path = RESULTS / ("quick.json" if quick else "latest.json")
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def into(paper: Path, rows: Sequence[Row]) -> None:
    """Into a document, between its two marks: the table with its date and machine."""
    text = paper.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    where = machine()
    told = f"{datetime.now(UTC):%Y-%m-%d}, `make bench`, {where['cores']} cores, load {where['load']}, {where['system']}"
    told += f", Python {where['python']}, SQLite {where['sqlite']}"
    paper.write_text(f"{before}{_BEGIN}\n{told}\n\n{table(rows)}\n{_END}{after}", encoding="utf-8")


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    wanted, kind = row.goal
    words = {"ratio": f"≥ {wanted:g} ×", "most": f"≤ {wanted:g}", "least": f"≥ {wanted:g}"}[kind]
    return f"{words} {'met' if row.met else 'NOT met'}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
