"""Files with tables of members, made for the tests: good ones, and such as nobody should open."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook


def xlsx(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), merged: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of sheets of rows; `merged` are ranges of the first one with what stands in them."""
    paper = io.BytesIO()
    with Workbook(paper, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(names[number] if names else None)
            for down, row in enumerate(rows):
                for at, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(down, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  as Excel has it
                    elif isinstance(value, dict):
                        page.write_formula(down, at, value["formula"], None, value.get("value", 0))
                    elif value is not None:
                        page.write(down, at, value)
            for where, words in merged if number == 0 else ():
                page.merge_range(where, words)
    return paper.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A packed workbook with some parts more, or others in their place."""
    paper = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, parts.get(each) or old.read(each))
        for name, held in parts.items():
            if name not in old.namelist():
                new.writestr(name, held)
    return paper.getvalue()


def part(content: bytes, name: str) -> bytes:
    """What a part of a packed workbook holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name)


def understated(content: bytes, name: str, size: int) -> bytes:
    """The same workbook, whose own list says that a part is smaller than it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        true = parts.getinfo(name).file_size
    real, told = true.to_bytes(4, "little"), size.to_bytes(4, "little")
    listed = content.rfind(b"PK\x01\x02", 0, content.rfind(name.encode()))
    return content[:listed] + content[listed:].replace(real, told)
