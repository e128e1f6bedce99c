"""Papers as PDF: a receipt (收据), a monthly statement (月度结账单). Words on white paper, no seal and no signature of a machine.

The typeface is embedded with just the characters used, so that every reader shows the paper alike and its words can be copied.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from bot.render import fonts
from bot.render.canvas import BAND, INK, LINE, QUIET, RED, Colour
from bot.render.lines import Measure, widest_piece, wrapped
from bot.render.tables import Align, Cell, Table
from bot.render.widths import fitted

if TYPE_CHECKING:
    from fpdf import FPDF

_FACE = "wqy"
_TITLE, _HEAD, _BODY, _SMALL = 20.0, 11.0, 11.0, 9.0  # type sizes, in points
_LEAD = 1.5
_MARGIN = 14.0  # in mm like all that follows
_POINT = 25.4 / 72
_PAD = 1.6
_GAP = 5.0
_LABEL = 0.28  # the labels' share of the width
_ROOM, _NARROWEST = 14.0, 10.0  # of a column: what a table of many needs on average, what the narrowest gets
_SMALLER = (_BODY, 9.0, 7.5)  # a crowded table is set in smaller type, so that no amount breaks
_MOST_FOOT = 6  # lines; a longer footer is a last paragraph


class Format(Enum):
    """A paper's width and height in mm."""

    A4 = (210.0, 297.0)
    A5 = (148.0, 210.0)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, from the top: title, heading lines, fields as label and value, a table, paragraphs; a footer on every page.

    The table's tones show as their signs, since papers are printed in black. Raises `ValueError` for a table of more columns than
    fit: 8 on A5, 13 on A4.
    """

    title: str
    heading: Sequence[str] = ()
    fields: Sequence[tuple[str, str]] = ()
    table: Table | None = None
    body: Sequence[str] = ()
    footer: str = ""
    format: Format = Format.A5

    def __post_init__(self) -> None:
        most = int((self.format.value[0] - 2 * _MARGIN) / _ROOM)
        if self.table and len(self.table.columns) > most:
            raise ValueError(f"{self.format.name} has room for {most} columns, not {len(self.table.columns)}")


@dataclass(frozen=True, slots=True)
class _Words:
    """One line where it stands: left, top and width in mm, size in points."""

    text: str
    left: float
    top: float
    width: float
    size: float
    colour: Colour
    align: Align = Align.LEFT


def pdf(paper: Paper, *, created: datetime) -> bytes:
    """The paper as PDF, on as many pages as it takes; the same paper made at the same time has the same bytes.

    `created` must know its zone; it stands in the file's properties only. Raises `ValueError` if it does not.
    """
    if created.tzinfo is None:
        raise ValueError("the time a paper was made needs its zone")
    document = _blank(paper, created)
    pages = _Pages(paper, document)
    pages.title()
    pages.fields()
    if paper.table:
        pages.table(paper.table)
    for paragraph in paper.body:
        pages.paragraph(paragraph)
    pages.draw()
    return bytes(document.output())


def _blank(paper: Paper, created: datetime) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415  no start needs it, only a drawing

    document = FPDF(format=paper.format.value)
    document.alias_nb_pages("")  # else "{nb}" in somebody's words would become the number of pages
    document.set_auto_page_break(auto=False)
    document.c_margin = 0
    document.set_creation_date(created)
    document.set_title(fonts.shown(paper.title))
    document.set_creator("Zhibu")
    document.add_font(_FACE, fname=fonts.path(), collection_font_number=fonts.FACE)
    document.set_font(_FACE, size=_BODY)
    return document


class _Pages:
    """Lays a paper out page by page, then draws it, when the number of pages is known."""

    def __init__(self, paper: Paper, document: "FPDF") -> None:
        self._paper = paper
        self._document = document
        width, height = paper.format.value
        self._inside = width - 2 * _MARGIN
        foot = wrapped(paper.footer, self._inside, self._measure(_SMALL)) if paper.footer.strip() else []
        self._foot = foot if len(foot) <= _MOST_FOOT else []
        self._bottom = height - _MARGIN - (len(self._foot) + 1) * _high(_SMALL) - _GAP / 2
        self._pages: list[list[Callable[[], None]]] = [[]]
        self._top = _MARGIN

    def title(self) -> None:
        """The title between two rules, the heading lines beneath."""
        self._rule(1.2)
        self._top += _GAP
        for line in wrapped(self._paper.title, self._inside, self._measure(_TITLE)):
            self._line(line, _TITLE, RED, Align.CENTRE)
        for words in self._paper.heading:
            for line in wrapped(words, self._inside, self._measure(_HEAD)):
                self._line(line, _HEAD, QUIET, Align.CENTRE)
        self._top += _GAP / 2
        self._rule(0.3)
        self._top += _GAP

    def fields(self) -> None:
        """Labels on a ground, values beside them, a rule under each."""
        shares = [_LABEL * self._inside, (1 - _LABEL) * self._inside]
        for label, value in self._paper.fields:
            self._row([label, value], shares, [Align.LEFT, Align.LEFT], [QUIET, INK], ground=shares[0])
        if self._paper.fields:
            self._top += _GAP

    def table(self, table: Table) -> None:
        """A table with its heading repeated on every page, its legend and note beneath."""
        titles = [Cell(column.title).words for column in table.columns]
        rows = [[cell.words for cell in row] for row in table.cells()]
        size, widths = self._column_widths(titles, rows)
        aligns = [column.align for column in table.columns]

        def head() -> None:
            self._row(titles, widths, aligns, [QUIET] * len(titles), size=size, ground=self._inside)

        if table.title:
            self.paragraph(table.title, gap=_PAD)
        head()
        for row in rows:
            self._row(row, widths, aligns, [INK] * len(row), size=size, again=head)
        self._top += _PAD
        for words in ("　".join(f"{cell.words} {words}" for cell, words in table.legend), table.note):
            if words:
                self.paragraph(words, size=_SMALL, gap=_PAD)
        self._top += _GAP - _PAD

    def paragraph(self, words: str, size: float = _BODY, gap: float = _GAP / 2) -> None:
        """Words across the whole width; a line end begins a new line."""
        for part in words.splitlines():
            for line in wrapped(part, self._inside, self._measure(size)):
                self._line(line, size, INK if size == _BODY else QUIET)
        self._top += gap

    def draw(self) -> None:
        """Everything onto its page, with the footer and, where there are several, the page's number."""
        if self._paper.footer.strip() and not self._foot:
            self.paragraph(self._paper.footer, size=_SMALL)
        for number, page in enumerate(self._pages, 1):
            self._document.add_page()
            for draw in page:
                draw()
            top = self._bottom + _GAP / 2
            for line in self._foot:
                self._put(_Words(line, _MARGIN, top, self._inside, _SMALL, QUIET))
                top += _high(_SMALL)
            if len(self._pages) > 1:
                self._put(_Words(f"{number} / {len(self._pages)}", _MARGIN, top, self._inside, _SMALL, QUIET, Align.RIGHT))

    def _column_widths(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
        """The largest type in which no word breaks and names of four characters neither, and the columns' widths in it."""
        columns = [[title, *(row[at] for row in rows)] for at, title in enumerate(titles)]
        frame = 2 * _PAD + 0.5
        for size in _SMALLER:
            width = self._measure(size)
            unbroken = [words[0][:6] for words in columns]  # a heading stays on a line if it is short
            unbroken[0] = max((words[:4] for words in columns[0]), key=width)
            least = [
                max(width(short) + frame, *(widest_piece(each, width) + frame for each in words), _NARROWEST)
                for short, words in zip(unbroken, columns, strict=True)
            ]
            if sum(least) <= self._inside:
                break
        else:
            least = fitted(least, [_NARROWEST] * len(least), self._inside)
        wished = [max(*(width(each) + frame for each in words), small) for words, small in zip(columns, least, strict=True)]
        return size, fitted(wished, least, self._inside)

    def _row(
        self,
        words: Sequence[str],
        widths: Sequence[float],
        aligns: Sequence[Align],
        colours: Sequence[Colour],
        *,
        size: float = _BODY,
        ground: float = 0.0,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Cells side by side, a rule beneath; `ground` of the width is shaded, `again` is drawn first on a new page.

        A row taller than what is left of the page begins on a new one; one taller than a page goes on over several.
        """
        cells = [wrapped(each, width - 2 * _PAD, self._measure(size)) for each, width in zip(words, widths, strict=True)]
        turned = False
        while any(cells):
            room = int((self._bottom - self._top - 2 * _PAD) / _high(size))
            if room < max(map(len, cells)) and not turned:
                self._turn()
                turned = True
                if again:
                    again()
                continue
            turned, room = False, max(room, 1)
            places = zip([lines[:room] for lines in cells], widths, colours, aligns, strict=True)
            self._draw_row(list(places), size, ground)
            cells = [lines[room:] for lines in cells]

    def _draw_row(self, places: Sequence[tuple[list[str], float, Colour, Align]], size: float, ground: float) -> None:
        height = max(len(lines) for lines, *_ in places) * _high(size) + 2 * _PAD
        if ground:
            self._box(self._top, height, BAND, width=ground)
        left = _MARGIN + _PAD
        for lines, width, colour, align in places:
            for at, line in enumerate(lines):
                self._later(_Words(line, left, self._top + _PAD + at * _high(size), width - 2 * _PAD, size, colour, align))
            left += width
        self._top += height
        self._box(self._top - 0.2, 0.2, LINE)

    def _line(self, text: str, size: float, colour: Colour, align: Align = Align.LEFT) -> None:
        if self._top + _high(size) > self._bottom:
            self._turn()
        self._later(_Words(text, _MARGIN, self._top, self._inside, size, colour, align))
        self._top += _high(size)

    def _rule(self, thick: float) -> None:
        self._box(self._top, thick, RED)
        self._top += thick

    def _turn(self) -> None:
        self._pages.append([])
        self._top = _MARGIN

    def _box(self, top: float, height: float, colour: Colour, width: float | None = None) -> None:
        """A filled box from the left margin; later than the words of the page it would hide them, so grounds go first."""

        def draw() -> None:
            self._document.set_fill_color(colour)
            self._document.rect(_MARGIN, top, self._inside if width is None else width, height, style="F")

        self._pages[-1].insert(0 if colour == BAND else len(self._pages[-1]), draw)

    def _later(self, words: _Words) -> None:
        self._pages[-1].append(lambda: self._put(words))

    def _put(self, words: _Words) -> None:
        self._document.set_font(_FACE, size=words.size)
        self._document.set_text_color(words.colour)
        self._document.set_xy(words.left, words.top)
        align = {Align.LEFT: "L", Align.CENTRE: "C", Align.RIGHT: "R"}[words.align]
        self._document.cell(words.width, _high(words.size), words.text, align=align)

    def _measure(self, size: float) -> Measure:
        def width(words: str) -> float:
            self._document.set_font(_FACE, size=size)
            return self._document.get_string_width(words)

        return width


def _high(size: float) -> float:
    """The height of a line in mm, of type in points."""
    return size * _POINT * _LEAD
