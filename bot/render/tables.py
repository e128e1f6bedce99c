"""Tables as pictures that are read on a phone: large type, striped rows, and a sign or a word wherever there is a colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from bot.render.canvas import BAND, INK, LINE, PAPER, QUIET, RED, Canvas, Colour, measure
from bot.render.fonts import shown
from bot.render.lines import widest_piece, wrapped
from bot.render.widths import fitted

MOST_COLUMNS = 24
LONGEST = 300
"""Characters of a cell that are shown; what is longer ends in … there."""

TITLE, BODY, SMALL = 44, 32, 28  # type sizes, in pixels like all that follows
_LEAD = 1.4
_MARGIN, _ACROSS, _DOWN = 32, 14, 11
_NARROWEST, _UPRIGHT, _LANDSCAPE = 720, 1080, 1920
_TALLEST = 4000


class Tone(StrEnum):
    """What a cell's background says beside its words."""

    PLAIN = "plain"
    DONE = "done"
    OPEN = "open"
    MUTED = "muted"


SIGNS = {Tone.PLAIN: "", Tone.DONE: "✓", Tone.OPEN: "○", Tone.MUTED: "–"}
"""What a cell with a tone and without words shows: nothing is said by colour alone."""

TONES: dict[Tone, tuple[Colour, Colour]] = {
    Tone.DONE: ("#DCF0DF", "#14532D"),
    Tone.OPEN: ("#FCE7BE", "#6B4200"),
    Tone.MUTED: ("#E7E5E4", "#57534E"),
}
"""Background and ink of each tone."""


class Align(StrEnum):
    """Where a column's words stand."""

    LEFT = "l"
    CENTRE = "m"
    RIGHT = "r"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and where its words stand."""

    title: str
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with a tone."""

    text: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def words(self) -> str:
        """What is shown: the words, or the sign of the tone where there are none that can be seen."""
        text = shown(self.text) or SIGNS[self.tone]
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns of which the first names the row, rows as long as there are columns, a legend of signs, a note beneath.

    Raises `ValueError` for a row of another length and for more columns than `MOST_COLUMNS` or none.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | str]]
    note: str = ""
    legend: Sequence[tuple[Cell, str]] = ()

    def __post_init__(self) -> None:
        if not 0 < len(self.columns) <= MOST_COLUMNS:
            raise ValueError(f"a table has 1 to {MOST_COLUMNS} columns, not {len(self.columns)}")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")

    def cells(self) -> list[list[Cell]]:
        """The rows, plain words made cells."""
        return [[each if isinstance(each, Cell) else Cell(each) for each in row] for row in self.rows]


def picture(table: Table) -> bytes:
    """The table on one PNG, 720 to 1080 pixels wide, more where many columns need it, and as tall as it takes.

    A table that may be long is better cut by `pictures`: messengers shrink a tall picture.
    """
    plan = _Plan(table)
    return plan.sheet(range(len(plan.rows)))


def pictures(table: Table, rows_per_sheet: int = 28) -> list[bytes]:
    """The table on as many PNGs as it takes, of about as many rows each, with the same columns and the sheet's number in the title."""
    plan = _Plan(table)
    sheets = list(plan.portions(rows_per_sheet))
    return [plan.sheet(rows, f"{number}/{len(sheets)}" if len(sheets) > 1 else "") for number, rows in enumerate(sheets, 1)]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it stands: each cell's lines and tone."""

    cells: list[tuple[list[str], Tone]]

    @property
    def height(self) -> float:
        return max(len(lines) for lines, _ in self.cells) * BODY * _LEAD + 2 * _DOWN


class _Plan:
    """Where everything of a table stands, worked out once for all its sheets."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._cells = table.cells()
        self._measure = measure(BODY)
        self._widths = self._column_widths()
        self._lefts = list(accumulate(self._widths, initial=_MARGIN))
        self._width = self._lefts[-1] + _MARGIN
        self._head = self._row([Cell(column.title) for column in table.columns])
        self.rows = [self._row(row) for row in self._cells]

    def _column_widths(self) -> list[int]:
        """Wide enough for the words if there is room; else as narrow as their longest word, names last."""
        columns = [[each.title, *(row[at].words for row in self._cells)] for at, each in enumerate(self._table.columns)]
        frame = 2 * _ACROSS + 1
        wished = [max(*(self._measure(shown(each)) for each in words), 1.6 * BODY) + frame for words in columns]
        longest = [max(*(widest_piece(each, self._measure) for each in words), 4 * BODY) + frame for words in columns]
        longest[0] = wished[0]
        least = [min(wish, long, 9 * BODY) for wish, long in zip(wished, longest, strict=True)]
        room = (_UPRIGHT if sum(least) <= _UPRIGHT - 2 * _MARGIN else _LANDSCAPE) - 2 * _MARGIN
        filled = max(_NARROWEST - 2 * _MARGIN, min(room, sum(wished)))
        return [int(each) for each in fitted(wished, least, filled)]

    def _row(self, cells: Sequence[Cell]) -> _Row:
        rooms = zip(cells, self._widths, strict=True)
        return _Row([(wrapped(each.words, width - 2 * _ACROSS, self._measure), each.tone) for each, width in rooms])

    def portions(self, most: int) -> Iterator[range]:
        """The rows of each sheet: about as many on each, and no sheet too tall to be sent. A table without rows has one sheet."""
        count = len(self.rows)
        each = -(-count // max(1, -(-count // most))) or 1
        start, height = 0, 0.0
        for at, row in enumerate(self.rows):
            if at > start and (at - start >= each or height + row.height > _TALLEST):
                yield range(start, at)
                start, height = at, 0.0
            height += row.height
        yield range(start, count)

    def sheet(self, rows: range, number: str = "") -> bytes:
        """The PNG of some of the rows."""
        inside = self._width - 2 * _MARGIN
        title = wrapped(Cell(self._table.title).words, inside - (3 * TITLE if number else 0), measure(TITLE))
        legend, rest = self._legend(inside)
        note = [line for words in (*rest, self._table.note) if words for line in wrapped(words, inside, measure(SMALL))]
        top = _MARGIN + len(title) * TITLE * _LEAD + _DOWN
        body = self._head.height + sum(self.rows[at].height for at in rows)
        below = (len(legend) * 1.2 + len(note)) * SMALL * _LEAD
        canvas = Canvas(self._width, round(top + body + (below and below + _DOWN) + _MARGIN))
        canvas.box(0, 0, self._width, 10, RED)
        for at, line in enumerate(title):
            canvas.text(_MARGIN, _MARGIN + (at + 0.5) * TITLE * _LEAD, line, size=TITLE, colour=RED)
        canvas.text(self._width - _MARGIN, _MARGIN + TITLE * _LEAD / 2, number, size=SMALL, colour=QUIET, anchor="r")
        top = self._draw_rows(canvas, top, rows) + _DOWN
        for chips in legend:
            self._draw_legend(canvas, top, chips)
            top += 1.2 * SMALL * _LEAD
        for at, line in enumerate(note):
            canvas.text(_MARGIN, top + (at + 0.5) * SMALL * _LEAD, line, size=SMALL, colour=QUIET)
        return canvas.png()

    def _draw_rows(self, canvas: Canvas, top: float, rows: range) -> float:
        canvas.box(_MARGIN, top, self._width - 2 * _MARGIN, self._head.height, RED)
        self._draw_row(canvas, top, self._head, ink=PAPER)
        top += self._head.height
        for at in rows:
            row = self.rows[at]
            canvas.box(_MARGIN, top, self._width - 2 * _MARGIN, row.height, BAND if at % 2 else PAPER)
            self._draw_row(canvas, top, row)
            top += row.height
        canvas.box(_MARGIN, top, self._width - 2 * _MARGIN, 2, LINE)
        return top

    def _draw_row(self, canvas: Canvas, top: float, row: _Row, ink: Colour = INK) -> None:
        for column, left, width, (lines, tone) in zip(self._table.columns, self._lefts[:-1], self._widths, row.cells, strict=True):
            ground, colour = TONES.get(tone, ("", ink))
            if ground:
                canvas.box(left + 3, top + 3, width - 6, row.height - 6, ground, corner=8)
            x = {Align.LEFT: left + _ACROSS, Align.CENTRE: left + width / 2, Align.RIGHT: left + width - _ACROSS}[column.align]
            middle = top + _DOWN + BODY * _LEAD / 2
            if ground:  # what is coloured stands in the middle of its colour, words begin together
                middle = top + row.height / 2 - (len(lines) - 1) / 2 * BODY * _LEAD
            for line in lines:
                canvas.text(x, middle, line, size=BODY, colour=colour, anchor=column.align)
                middle += BODY * _LEAD

    def _legend(self, room: float) -> tuple[list[list[tuple[float, Cell, str]]], list[str]]:
        """The legend in lines: how far from the left, the cell, its words; and, as words, what is too long for a line."""
        width = measure(SMALL)
        lines: list[list[tuple[float, Cell, str]]] = []
        rest: list[str] = []
        used = room
        for cell, words in self._table.legend:
            wide = max(width(cell.words), SMALL) + 3 * _ACROSS + width(shown(words))
            if wide > room:
                rest.append(f"{cell.words} {words}")
                continue
            if used + wide > room:
                lines.append([])
                used = 0
            lines[-1].append((used, cell, words))
            used += wide + 2 * _ACROSS
        return lines, rest

    def _draw_legend(self, canvas: Canvas, top: float, chips: list[tuple[float, Cell, str]]) -> None:
        for left, cell, words in chips:
            ground, colour = TONES.get(cell.tone, (PAPER, INK))
            wide = max(measure(SMALL)(cell.words), SMALL) + 2 * _ACROSS
            canvas.box(_MARGIN + left, top, wide, SMALL * _LEAD, ground, corner=8)
            middle = top + SMALL * _LEAD / 2
            canvas.text(_MARGIN + left + wide / 2, middle, cell.words, size=SMALL, colour=colour, anchor="m")
            canvas.text(_MARGIN + left + wide + _ACROSS, middle, words, size=SMALL, colour=QUIET)
