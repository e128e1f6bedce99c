"""A table as it stands in a file: rows of words."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.language.normalise import visible
from bot.patterns import Pattern

LONGEST = 500
"""Characters of a cell that are looked at."""
_FORCED = Pattern('="([^"]*)"')
_FORMULA = Pattern(r"[=@].*|[+\-](?![0-9 ]).*", flags=16)  # re.DOTALL


class Cut(Exception):
    """A file that is not read on. `why`: bomb, rows, locked or broken."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its name, rows of words, and the number that Excel gives the first of them."""

    name: str
    rows: Sequence[Sequence[str]]
    first: int = 1


def words_of(cell: Any) -> str:
    """What stands in a cell, as words: whole numbers without a point, days as YYYY-MM-DD. A formula is nothing."""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e20 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if isinstance(cell, time | timedelta) or cell is None else str(cell)


def _text(words: str) -> str:
    """Words as they are read: without invisible signs, in common width; one line. ="…" keeps what it holds, a formula nothing."""
    cut = words[: LONGEST + 1]
    plain = " ".join("".join(filter(visible, unicodedata.normalize("NFKC", cut))).split())[: LONGEST + 1]
    if forced := _FORCED.fullmatch(plain):
        return str(forced[1]).strip()
    return "" if _FORMULA.fullmatch(plain) else plain
