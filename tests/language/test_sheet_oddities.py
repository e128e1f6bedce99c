"""What is rare in a file of members, and still no reason to fail: older formats, locks, odd cells, headings in two rows."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import pytest

from bot.language import sheet_files, sheet_grids
from bot.language.register_columns import Column
from bot.language.sheet_files import Line, Unreadable, read
from tests.sheets import encrypted, ods, xls, xlsx

TABLE = [["姓名", "手机"], ["李小山", "138 0000 1234"]]


@pytest.mark.parametrize("content", [xls(TABLE), ods(TABLE), xlsx(TABLE)])
def test_every_kind_of_workbook_is_read(content: bytes) -> None:
    assert read("", content).lines == (Line(2, {Column.NAME: "李小山", Column.PHONE: "138 0000 1234"}),)


def test_a_locked_file_says_that_it_is() -> None:
    with pytest.raises(Unreadable) as refused:
        read("", encrypted(xlsx(TABLE)))
    assert refused.value.text == sheet_files.PROTECTED


def _far(rows: int) -> Sequence[Sequence[Any]]:
    return [["姓名"], *([[]] * rows), ["李小山"]]


@pytest.mark.parametrize("content", [xlsx(_far(25_001)), ("姓名\n" + "\n" * 30_000).encode(), ("姓名" + "," * 6_000_000).encode()])
def test_a_sheet_that_is_too_long_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read("", content)
    assert refused.value.text in {sheet_files.TOO_MANY(count=20_000, most=20_000), sheet_files.UNREADABLE}


def test_a_cell_longer_than_any_is_no_table() -> None:
    with pytest.raises(Unreadable) as refused:
        read("", ("姓名\n" + "长" * 200_000 + "\n").encode())
    assert refused.value.text == sheet_files.UNREADABLE


def test_headings_in_two_rows_and_a_row_of_unknown_columns() -> None:
    sheet = read("", "姓名,流入地,,性别\n,省,市,\n李小山,广东,深圳,男\n,,,女\n".encode())
    assert sheet.lines == (Line(3, {Column.NAME: "李小山", Column.PROVINCE: "广东", Column.PLACE: "深圳"}),)


def test_merged_cells_without_words_change_nothing() -> None:
    content = xlsx([["姓名", "备注"], ["李小山", None], ["周海", None]], merged=[("B2:B3", "")])
    assert read("", content).lines == (Line(2, {Column.NAME: "李小山"}), Line(3, {Column.NAME: "周海"}))


MORNING = datetime(2013, 7, 1, 9, 30)  # noqa: DTZ001  as Excel has it


@pytest.mark.parametrize(
    ("cell", "words"),
    [(True, "是"), (False, "否"), (MORNING, "2013-07-01"), (time(9, 30), ""), (None, ""), (13800001234.0, "13800001234")],
)
def test_cells_of_every_kind_are_words(cell: object, words: str) -> None:
    assert sheet_grids.words_of(cell) == words
