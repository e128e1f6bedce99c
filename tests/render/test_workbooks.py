import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.render.fonts import clean
from bot.render.workbooks import LONGEST, Column, Kind, Sheet, workbook
from tests.render.hostile import HOSTILE, hostile_words

AT = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
DUES = Sheet(
    "党费",
    [
        Column("姓名", width=16),
        Column("手机", width=16),
        Column("金额（元）", Kind.YUAN),
        Column("月数", Kind.NUMBER),
        Column("日期", Kind.DATE),
    ],
    [["王喆堃", "13800001234", 123456, 3, date(2026, 3, 17)], ["孙祎", None, 5, 1, None]],
    note="机器人不经手钱款。",
)


def _rows(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def _one(words: str) -> bytes:
    return workbook([Sheet("表", [Column("话")], [[words]])], created=AT)


def test_each_kind_of_value_is_read_back_as_what_it_is() -> None:
    rows = _rows(workbook([DUES], created=AT))
    assert rows[0] == ["姓名", "手机", "金额（元）", "月数", "日期"]
    assert rows[1] == ["王喆堃", "13800001234", 1234.56, 3.0, date(2026, 3, 17)]
    assert rows[2] == ["孙祎", "", 0.05, 1.0, ""]
    assert rows[4][0] == "机器人不经手钱款。"


def test_yuan_are_shown_with_two_decimals_and_the_heading_stays_in_sight() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([DUES], created=AT))) as parts:
        assert b'ySplit="1"' in parts.read("xl/worksheets/sheet1.xml")
        styles = parts.read("xl/styles.xml")
        assert b'formatCode="0.00"' in styles or b'numFmtId="2"' in styles


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_person_wrote_stays_text(words: str) -> None:
    content = _one(words)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in page
        assert b"hyperlink" not in page
    assert _rows(content)[1:] in ([[clean(words)]], [])


def test_what_a_cell_cannot_hold_ends_with_a_sign_of_it() -> None:
    assert _rows(_one("长" * LONGEST))[1] == ["长" * LONGEST]
    assert _rows(_one("长" * (LONGEST + 1)))[1] == ["长" * (LONGEST - 1) + "…"]
    assert _rows(_one("😀" * LONGEST))[1] == ["😀" * (LONGEST // 2) + "…"]


def test_a_text_may_stand_among_numbers_and_an_old_date_becomes_one() -> None:
    columns = [Column("金额", Kind.YUAN), Column("日期", Kind.DATE)]
    assert _rows(workbook([Sheet("表", columns, [["免交", date(1899, 5, 4)]])], created=AT))[1] == ["免交", "1899-05-04"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.TEXT, 5), (Kind.NUMBER, True), (Kind.DATE, 5), (Kind.YUAN, date(2026, 1, 1)), (Kind.DATE, datetime(2026, 1, 1, tzinfo=UTC))],
)
def test_a_value_that_is_not_of_its_columns_kind_is_refused(kind: Kind, value: Any) -> None:
    with pytest.raises(TypeError, match=f"in a column of {kind}"):
        workbook([Sheet("表", [Column("值", kind)], [[value]])], created=AT)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["党费", "签到"], ["党费", "签到"]),
        (["党费", "党费", "党费"], ["党费", "党费 2", "党费 3"]),
        (["Dues", "DUES"], ["Dues", "DUES 2"]),
        (["", "'"], ["-", "- 2"]),
        (["a/b:c[d]*?\\"], ["a-b-c-d----"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 29 + " 2"]),
        (["History"], ["History-"]),
        (["😀" * 20, "😀" * 20], ["😀" * 15, "😀" * 14 + " 2"]),
    ],
)
def test_sheets_get_names_that_excel_takes(titles: list[str], names: list[str]) -> None:
    content = workbook([Sheet(title, [Column("姓名")], []) for title in titles], created=AT)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == names


def test_a_workbook_without_sheets_a_sheet_without_columns_and_a_crooked_row_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        workbook([], created=AT)
    with pytest.raises(ValueError, match="needs a column"):
        Sheet("表", [], [])
    with pytest.raises(ValueError, match="2 values under 1 columns"):
        Sheet("表", [Column("姓名")], [["李小山", "多"]])


def test_the_same_sheets_have_the_same_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = workbook([DUES], created=AT)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert workbook([DUES], created=AT) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert b"2026-03-17T09:30:00Z" in parts.read("docProps/core.xml")
        assert {each.date_time[0] for each in parts.infolist()} == {1980}


@settings(max_examples=100, deadline=None)
@given(hostile_words, st.integers(-(10**13), 10**13))
def test_any_words_and_any_amount_are_read_back(words: str, fen: int) -> None:
    rows = _rows(workbook([Sheet(words, [Column("额", Kind.YUAN), Column("话")], [[fen, words]])], created=AT))
    assert rows[1] == [pytest.approx(fen / 100), clean(words)]
