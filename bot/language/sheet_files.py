"""A file with a table of members, as bytes, read into the columns that a branch keeps – and nothing else of it.

Excel (xlsx, xlsm, xls, ods) and text (CSV with commas, semicolons or tabs; UTF-8, UTF-16, GBK and GB18030). Values only: a formula is
never calculated and never kept, a macro never looked at, an entity or a link to elsewhere never followed. What is too large is refused
before it is unpacked. Reading a hostile file can still cost memory and time: `bot.services.sheets` does it in a process of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.language.register_columns import NEVER, Column, columns, heading
from bot.language.sheet_grids import Cut, Grid
from bot.patterns import Pattern
from bot.texts import Text

LARGEST = 10 * 1024 * 1024
"""Bytes of a file; five thousand members are half a megabyte."""
ROWS = 20_000
WIDEST = 200
"""Columns that are looked at."""

TOO_LARGE = Text(
    "这个文件有 {size} MB，最多收 {most} MB，没有打开。请只留名册这一张表，另存一份再传。",
    "The file has {size} MB; at most {most} MB are taken, so it was not opened. Please save a copy with the table alone and send that.",
)
TOO_MANY = Text(
    "表里有 {count} 多行，一次最多 {most} 行。请分成几份再传。",
    "The table has more than {count} rows; at most {most} are taken at a time. Please send it in parts.",
)
EMPTY = Text("文件是空的，请看看是不是选错了。", "The file is empty; please look whether it is the right one.")
UNREADABLE = Text(
    "这个文件打不开：不是 Excel 或 CSV，或者坏了。请用 Excel 或 WPS 另存为 xlsx 再传。",
    "The file cannot be read: it is neither a workbook nor CSV, or it is damaged. Please save it as xlsx and send that.",
)
PROTECTED = Text(
    "文件加了密码，我打不开。请去掉密码另存一份再传。", "The file is locked with a password. Please save a copy without it and send that."
)
BOMB = Text(
    "这个文件解开后大得不正常，没有打开。请用 Excel 或 WPS 另存一份再传。",
    "Unpacked, the file would be far too large, so it was not opened. Please save a copy from Excel or WPS and send that.",
)
NO_NAMES = Text(
    "没找到“姓名”这一列。请在表头写上：姓名、手机、单位、流入地……再传一次。",
    "There is no column of names. Please write headings such as 姓名, 手机, 单位, 流入地 above the table and send it again.",
)
NOBODY = Text("表里有表头，没有人。", "The table has headings, but nobody in it.")
MACROS = Text("文件里有宏，没有看也没有留。", "The file has macros; they were neither looked at nor kept.")
OTHER_SHEETS = Text("看的是“{name}”这张表，另有 {count} 张没有看。", "This is the sheet “{name}”; {count} others were not looked at.")
NEVER_KEPT = Text("“{names}”这几列不记，没有看。", "These columns are never kept and were not looked at: {names}.")
UNUSED = Text("这几列名册里不记，略过了：{names}", "These columns are not part of the register and were left out: {names}")
TOTALS = Text("合计、签字这类行略过了 {count} 行。", "{count} rows of totals or signatures were left out.")
_NO_PERSON = Pattern(
    "(?:合|总|共|小) ?计.{0,20}|(?:填表|制表|填报|审核|负责|经办|录入|联系)人?.{0,4}[:：].*"
    "|(?:填报|填表|制表|上报)(?:单位|日期|时间)?.{0,4}[:：].*|"
    "(?:备注|注|说明|注意|填表说明)[:：].*|.{0,12}[(（](?:盖章|签字|签章|公章)[)）].*|total.{0,20}|prepared by.*|note[s]?:.*"
)
_LIKE_HEADINGS = 2
_SEARCHED = 40
"""Rows in which the headings are looked for: titles and instructions stand above them."""
_NAMED = 8


class Unreadable(UserError):
    """A file that cannot be taken; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its number as Excel shows it, and what stands in the known columns, empty ones left out."""

    number: int
    cells: Mapping[Column, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The members of a file, row by row, and what has to be said of it."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Text, ...] = ()


def read(name: str, content: bytes) -> Sheet:
    """The members of a file; `name` only helps to say what it is. Raises `Unreadable`."""
    from bot.language import sheet_texts, sheet_workbooks  # noqa: PLC0415  no start needs them

    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE(size=len(content) // 1024 // 1024, most=LARGEST // 1024 // 1024))
    if not content.strip():
        raise Unreadable(EMPTY)
    try:
        if sheet_workbooks.is_workbook(content):
            return chosen(sheet_workbooks.grids(content), macros=sheet_workbooks.has_macros(content))
        return chosen([sheet_texts.grid(content, scored)])
    except Cut as cut:
        raise Unreadable({"bomb": BOMB, "rows": TOO_MANY(count=ROWS, most=ROWS), "locked": PROTECTED}.get(cut.why, UNREADABLE)) from cut


def pasted(words: str) -> Sheet:
    """The members in lines that were copied out of a table. Raises `Unreadable`."""
    return read("", words.encode())


def scored(rows: Sequence[Sequence[str]]) -> int:
    """How many headings are known in the best row of a table that has one of names, else 0."""
    return max((len(found) for _, found in _candidates(rows)), default=0)


def _candidates(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[int, Column]]]:
    for at, cells in enumerate(rows[:_SEARCHED]):
        found = columns(cells[:WIDEST])
        if Column.NAME in found.values():
            yield at, found


def chosen(grids: Sequence[Grid], *, macros: bool = False) -> Sheet:
    """The table with names among several, the first of those that know most headings. Raises `Unreadable`."""
    scores = [scored(grid.rows) for grid in grids]
    if not any(scores):
        raise Unreadable(NO_NAMES)
    best = scores.index(max(scores))
    notes = [MACROS] if macros else []
    if len(grids) > 1:
        notes.append(OTHER_SHEETS(name=grids[best].name[:20], count=len(grids) - 1))
    return _table(grids[best], notes)


def _table(grid: Grid, notes: list[Text]) -> Sheet:
    at, found = max(_candidates(grid.rows), key=lambda each: len(each[1]))
    end, known = _second(grid.rows, at, found)
    kept = {place: column for place, column in known.items() if column not in NEVER}
    lines, left_out = _lines(grid, end, kept)
    if not lines:
        raise Unreadable(NOBODY)
    if len(lines) > ROWS:
        raise Unreadable(TOO_MANY(count=ROWS, most=ROWS))
    notes = [*notes, *_about_columns(grid.rows[at:end], known)]
    if left_out:
        notes.append(TOTALS(count=left_out))
    return Sheet(tuple(dict.fromkeys(kept.values())), tuple(lines), tuple(notes))


def _second(rows: Sequence[Sequence[str]], at: int, found: dict[int, Column]) -> tuple[int, dict[int, Column]]:
    """The row after the headings, and the headings with those of a second row beneath a merged one (流入地: 省 | 市)."""
    beneath = rows[at + 1] if at + 1 < len(rows) else ()
    names = next(place for place, column in found.items() if column is Column.NAME)
    above = beneath[names] if names < len(beneath) else ""
    second = columns(beneath[:WIDEST])
    if above and heading(above) is not Column.NAME:
        return at + 1, found
    if sum(beneath[place] != _cell(rows[at], place) for place in second) < 1 or len(second) < _LIKE_HEADINGS:
        return at + 1, found
    return at + 2, {**found, **second}


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _lines(grid: Grid, start: int, kept: Mapping[int, Column]) -> tuple[list[Line], int]:
    lines, left_out = [], 0
    for at, cells in enumerate(grid.rows[start:], start):
        if not any(cells) or _is_heading(cells, kept):
            continue
        held: dict[Column, str] = {}
        for place, column in kept.items():
            if words := _cell(cells, place):
                held[column] = held[column] + words if column in held else words
        if _is_total(cells, held):
            left_out += 1
        elif held:
            lines.append(Line(at + grid.first, held))
    return lines, left_out


def _is_heading(cells: Sequence[str], kept: Mapping[int, Column]) -> bool:
    """The headings again: they are printed on each page."""
    again = sum(heading(_cell(cells, place)) is column for place, column in kept.items())
    return again > len(kept) // 2 or (again > 0 and any(heading(_cell(cells, at)) is Column.NAME for at in kept))


def _is_total(cells: Sequence[str], held: Mapping[Column, str]) -> bool:
    first = next(filter(None, cells), "")
    named = held.get(Column.NAME, "")
    return _NO_PERSON.fullmatch((named or first).casefold().strip()) is not None


def _about_columns(rows: Sequence[Sequence[str]], known: Mapping[int, Column]) -> Iterator[Text]:
    headings = {place: words for cells in rows for place, words in enumerate(cells[:WIDEST]) if words}
    never = dict.fromkeys(headings[place][:12] for place, column in known.items() if column in NEVER and place in headings)
    if never:
        yield NEVER_KEPT(names="、".join(never))
    unused = list(dict.fromkeys(words[:12] for place, words in headings.items() if place not in known))
    if unused:
        yield UNUSED(names="、".join(unused[:_NAMED]) + ("…" if len(unused) > _NAMED else ""))
