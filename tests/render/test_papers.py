import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from bot.language.capital_amounts import amount_in_words
from bot.render.papers import Format, Paper, pdf
from bot.render.tables import Align, Cell, Column, Table, Tone
from tests.render.hostile import HOSTILE, hostile_words

AT = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
RECEIPT = Paper(
    "党费收据",
    ["第一支部"],
    [
        ("编号", "D-2026-0317"),
        ("姓名", "王喆堃"),
        ("月份", "2026 年 1 月至 3 月"),
        ("金额", "¥123.45"),
        ("金额（大写）", f"人民币{amount_in_words(12345)}"),
        ("核对人", "孙祎"),
        ("校验码", "K7MP3XWQ"),
    ],
    body=["机器人不经手钱款。"],
    footer="由机器人按记录生成。",
)


def _statement(members: int) -> Paper:
    columns = [Column("姓名"), Column("金额（元）", Align.RIGHT), Column("状态", Align.CENTRE)]
    rows = [[f"党员{at}", "20.00", Cell(tone=Tone.DONE)] for at in range(members)]
    table = Table("明细", columns, rows, "共计。", [(Cell(tone=Tone.DONE), "已核对")])
    return Paper("3 月结账单", table=table, footer="第一支部", format=Format.A4)


def _read(document: bytes) -> list[str]:
    assert document.startswith(b"%PDF")
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


def test_a_receipt_is_one_page_whose_words_can_be_copied() -> None:
    (page,) = _read(pdf(RECEIPT, created=AT))
    for label, value in RECEIPT.fields:
        assert label in page
        assert value in page
    assert "人民币壹佰贰拾叁元肆角伍分" in page
    assert "机器人不经手钱款。" in page
    assert "由机器人按记录生成。" in page
    assert "1 / 1" not in page


@pytest.mark.parametrize(("size", "width"), [(Format.A4, 595), (Format.A5, 420)])
def test_a_paper_has_the_size_that_printers_know(size: Format, width: int) -> None:
    reader = PdfReader(io.BytesIO(pdf(Paper("收据", format=size), created=AT)))
    assert round(reader.pages[0].mediabox.width) == width


def test_the_typeface_is_embedded_with_only_what_is_used() -> None:
    document = pdf(RECEIPT, created=AT)
    assert b"FontFile2" in document
    assert len(document) < 60_000


def test_a_long_statement_repeats_its_heading_and_numbers_its_pages() -> None:
    pages = _read(pdf(_statement(80), created=AT))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "姓名" in page
        assert "第一支部" in page
        assert f"{number} / {len(pages)}" in page
    whole = "".join(pages)
    assert all(f"党员{at}" in whole for at in range(80))
    assert "✓ 已核对" in whole
    assert "共计。" in whole


def test_a_value_longer_than_a_page_goes_on_over_the_next() -> None:
    pages = _read(pdf(Paper("说明", fields=[("事由", "长" * 3000)]), created=AT))
    assert len(pages) > 2
    assert "".join(pages).count("长") == 3000


def test_a_footer_too_long_for_a_foot_becomes_a_paragraph() -> None:
    pages = _read(pdf(Paper("说明", footer="长" * 3000), created=AT))
    assert "".join(pages).count("长") == 3000


def test_a_table_without_rows_has_its_heading() -> None:
    assert "姓名" in _read(pdf(_statement(0), created=AT))[0]


def test_crowded_columns_still_show_every_word() -> None:
    table = Table("", [Column(f"第{at}栏的名称") for at in range(8)], [[f"值{at}" for at in range(8)]])
    (page,) = _read(pdf(Paper("表", table=table), created=AT))
    assert all(f"值{at}" in page for at in range(8))


def test_a_year_of_amounts_fits_on_a4_without_breaking_an_amount() -> None:
    columns = [Column("姓名"), *(Column(f"{month}月", Align.RIGHT) for month in range(1, 13))]
    table = Table("", columns, [["欧阳若兰", *(f"{month * 70}.50" for month in range(1, 13))]], "长的说明")
    (page,) = _read(pdf(Paper("全年", table=table, format=Format.A4), created=AT))
    assert all(f"{month * 70}.50" in page for month in range(1, 13))


def test_a_table_of_too_many_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="A5 has room for 8 columns, not 9"):
        Paper("表", table=Table("", [Column("")] * 9, []))


def test_the_same_paper_has_the_same_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pdf(RECEIPT, created=AT)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert pdf(RECEIPT, created=AT) == first
    assert PdfReader(io.BytesIO(first)).metadata.creation_date == AT  # type: ignore[union-attr]


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        pdf(RECEIPT, created=AT.replace(tzinfo=None))


def test_the_number_of_pages_cannot_be_called_up_by_somebodys_words() -> None:
    assert "{nb}" in _read(pdf(Paper("收据", fields=[("姓名", "{nb}")]), created=AT))[0]


def test_hostile_words_make_a_paper() -> None:
    words = "".join(each[:90] for each in HOSTILE)
    table = Table(
        words, [Column("姓名"), Column(words)], [[each, each] for each in HOSTILE], words, [(Cell(each), each) for each in HOSTILE]
    )
    assert _read(pdf(Paper(words, HOSTILE, [(each, each) for each in HOSTILE], table, HOSTILE, words), created=AT))


@settings(max_examples=6, deadline=None)
@given(hostile_words, hostile_words)
def test_any_words_at_all_make_a_paper(label: str, value: str) -> None:
    assert _read(pdf(Paper(value, fields=[(label, value)], body=[value]), created=AT))
