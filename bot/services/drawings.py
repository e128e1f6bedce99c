"""Pictures and papers on their way: described in plain data when they are asked for, drawn only when they are sent.

Drawing takes up to a second; a transaction must not wait for it, and the outbox need not hold what can be made at any time.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from bot.messages import Drawing, File, Outgoing
from bot.render import map_picture, papers, poster, tables, workbooks
from bot.render.map_picture import Chart
from bot.render.papers import Paper
from bot.render.poster import Poster
from bot.render.tables import Table
from bot.render.workbooks import Kind, Sheet

ROWS = 28
"""Rows of a table that one picture holds."""
KEPT = 16
"""Maps that are kept in memory, some 100 KB each, until so many others were asked for."""
_PDF = "application/pdf"
_PNG = "image/png"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pictures(table: Table) -> list[Drawing]:
    """A table as pictures, each readable on a phone: as many as it takes."""
    shares = max(1, -(-len(table.rows) // ROWS))
    return [_drawing("picture", Table, table, share=share) for share in range(shares)]


def paper(described: Paper, name: str, created: datetime) -> Drawing:
    """A paper as a PDF file of a name."""
    return _drawing("pdf", Paper, described, name=name, created=created.isoformat())


def workbook(sheets: Sequence[Sheet], name: str, created: datetime) -> Drawing:
    """Sheets as an Excel file of a name."""
    return _drawing("workbook", list[Sheet], list(sheets), name=name, created=created.isoformat())


def chart(described: Chart) -> Drawing:
    """A map as a picture."""
    return _drawing("map", Chart, described)


def poster_picture(described: Poster) -> Drawing:
    """A poster as a picture for phones."""
    return _drawing("poster", Poster, described)


def poster_paper(described: Poster, name: str) -> Drawing:
    """A poster as a file of a name, for printing on A4: what is sent as a picture is made smaller by most platforms."""
    return _drawing("poster_file", Poster, described, name=name)


def drawn(outgoing: Outgoing) -> Outgoing:
    """A message with its drawing made. Slow: never in a transaction, never on the loop."""
    if outgoing.drawing is None:
        return outgoing
    return _MAKERS[outgoing.drawing.kind](replace(outgoing, drawing=None), outgoing.drawing.data)


def _drawing(kind: str, shape: Any, described: Any, **more: Any) -> Drawing:
    return Drawing(kind, {"described": _adapter(shape).dump_python(described, mode="json"), **more})


@lru_cache(maxsize=4)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _picture(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    table = _adapter(Table).validate_python(data["described"])
    return replace(outgoing, picture=tables.pictures(table, ROWS)[data["share"]])


def _map(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    return replace(outgoing, picture=_mapped(json.dumps(data["described"], sort_keys=True)))


@lru_cache(maxsize=KEPT)
def _mapped(content: str) -> bytes:
    """The map of a content, made once for all who ask until something changes: somebody's place, or the day."""
    return map_picture.picture(_adapter(Chart).validate_json(content))


def _poster(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    return replace(outgoing, picture=poster.png(_adapter(Poster).validate_python(data["described"]), poster.Format.PHONE))


def _poster_file(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    made = poster.png(_adapter(Poster).validate_python(data["described"]), poster.Format.A4)
    return replace(outgoing, file=File(data["name"], made, _PNG))


def _pdf(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    described = _adapter(Paper).validate_python({**data["described"], "format": tuple(data["described"]["format"])})
    made = papers.pdf(described, created=datetime.fromisoformat(data["created"]))
    return replace(outgoing, file=File(data["name"], made, _PDF))


def _workbook(outgoing: Outgoing, data: Mapping[str, Any]) -> Outgoing:
    sheets = [_dated(each) for each in _adapter(list[Sheet]).validate_python(data["described"])]
    made = workbooks.workbook(sheets, created=datetime.fromisoformat(data["created"]))
    return replace(outgoing, file=File(data["name"], made, _XLSX))


def _dated(sheet: Sheet) -> Sheet:
    """Dates cross as text; where a column holds dates they become dates again."""
    days = [number for number, column in enumerate(sheet.columns) if column.kind is Kind.DATE]
    rows = [[_day(value) if number in days else value for number, value in enumerate(row)] for row in sheet.rows]
    return replace(sheet, rows=rows)


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


_MAKERS: Mapping[str, Callable[[Outgoing, Mapping[str, Any]], Outgoing]] = {
    "picture": _picture,
    "map": _map,
    "poster": _poster,
    "poster_file": _poster_file,
    "pdf": _pdf,
    "workbook": _workbook,
}
