"""Figures of this machine: percentiles, memory, processor time."""

import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import structlog


def percentile(values: Iterable[float], part: int) -> float:
    """The value under which `part` of a hundred lie; not a number where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)] if ordered else float("nan")


def resident(process: int | None = None) -> float:
    """Megabytes that a process holds in memory (`VmRSS`); of this one, if none is given."""
    status = Path(f"/proc/{process or os.getpid()}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def quiet() -> None:
    """Only warnings, on the side, in one line each."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
    )
