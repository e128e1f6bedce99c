"""Files with tables of members, made for the tests: good ones, and such as nobody should open."""

import io
import re
import struct
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


def encrypted(content: bytes) -> bytes:
    """A packed workbook whose parts say that they are encrypted, in both places where a part is told of."""
    for sign in (b"PK\x03\x04..", b"PK\x01\x02...."):
        content = re.sub(sign + b"(.)", lambda found: found[0][:-1] + bytes([found[1][0] | 1]), content, flags=re.DOTALL)
    return content


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet as LibreOffice packs it, no more than there has to be."""
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    written = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    named = " ".join(f'xmlns:{name}="{where}"' for name, where in spaces.items())
    body = f'<table:table table:name="名册">{written}</table:table>'
    book = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    content = f"<office:document-content {named}>{book}</office:document-content>"
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        parts.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return paper.getvalue()


_SECTOR, _FREE, _LAST, _TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet as Excel 97 kept it, no more than there has to be: records of BIFF8 in a compound file of one stream."""
    cells = b"".join(
        _record(0x0204, struct.pack("<HHH", down, at, 0) + _words(words, "<H"))
        for down, row in enumerate(rows)
        for at, words in enumerate(row)
    )
    page = _begin(0x10) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)) + cells + _record(0x0A)
    stream = _globals(len(_globals(0))) + page
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    chain = [_TABLE, _LAST, *range(3, 2 + len(stream) // _SECTOR), _LAST]
    ends = struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _LAST, 0, _LAST, 0, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6) + ends
    parts = _part("Root Entry", 5, child=1, start=_LAST, size=0) + _part("Workbook", 2, child=_FREE, start=2, size=len(stream))
    listed = struct.pack(f"<{len(chain)}I", *chain)
    return head.ljust(_SECTOR, b"\xff") + listed.ljust(_SECTOR, b"\xff") + parts.ljust(_SECTOR, b"\0") + stream


def _record(kind: int, held: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(held)) + held


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _words(words: str, count: str) -> bytes:
    return struct.pack(count, len(words)) + b"\x01" + words.encode("utf-16-le")


def _globals(page_at: int) -> bytes:
    page = struct.pack("<IBB", page_at, 0, 0) + _words("名册", "<B")
    return _begin(5) + _record(0x42, struct.pack("<H", 1200)) + _record(0x85, page) + _record(0x0A)


def _part(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    ways = struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
    return written.ljust(64, b"\0") + ways + bytes(36) + struct.pack("<IQ", start, size)
