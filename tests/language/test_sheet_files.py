"""Reading tables of members: whatever columns and signs they come in, and whatever somebody hides in them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import sheet_files, sheet_workbooks
from bot.language.register_columns import Column, heading
from bot.language.sheet_files import Line, Sheet, Unreadable, pasted, read
from tests.sheets import part, understated, with_parts, xlsx

TABLE = [["姓名", "联系电话", "工作单位"], ["李小山", 13800001234, "鸿运物流"], ["周海", "138 0000 5678", ""]]


def _cells(sheet: Sheet) -> list[dict[str, str]]:
    return [{column.value: words for column, words in line.cells.items()} for line in sheet.lines]


LI = {"name": "李小山", "phone": "13800001234", "employer": "鸿运物流"}
ZHOU = {"name": "周海", "phone": "138 0000 5678"}


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("姓名", Column.NAME), ("姓  名", Column.NAME), ("*党员姓名：", Column.NAME), ("Name", Column.NAME), ("联系人姓名", None),
        ("手机号码", Column.PHONE), ("联系电话（手机）", Column.PHONE), ("联系\n方式", Column.PHONE), ("Mobile phone", Column.PHONE),
        ("入党时间", Column.JOINED), ("加入中国共产党日期", Column.JOINED), ("入党年月", Column.JOINED), ("转正日期", Column.PROBATION),
        ("工作单位及职务", Column.EMPLOYER), ("流入地单位", Column.EMPLOYER), ("务工单位", Column.EMPLOYER), ("流入单位", Column.EMPLOYER),
        ("流出时间", Column.LEFT), ("外出日期", Column.LEFT), ("流出原因", Column.REASON), ("外出原因", Column.REASON),
        ("流入地（省市）", Column.PLACE), ("外出地点", Column.PLACE), ("现居住地", Column.PLACE), ("流向", Column.PLACE),
        ("城市", Column.PLACE),
        ("省份", Column.PROVINCE), ("是否持有流动党员活动证", Column.CARD), ("活动证", Column.CARD), ("活动证到期", Column.CARD_UNTIL),
        ("所在党支部", Column.HOME_BRANCH), ("流出党组织", Column.HOME_BRANCH), ("流入党组织名称", Column.HOST_BRANCH),
        ("人员类别", Column.CLASS), ("党小组", Column.GROUP),
        ("籍贯", Column.HOMETOWN), ("备注", Column.NOTE), ("组织关系", Column.RELATION),
        ("公民身份号码", Column.IDENTITY), ("身份证号", Column.IDENTITY), ("家庭住址", Column.ADDRESS),
        ("性别", None), ("序号", None), ("", None),
    ],
)  # fmt: skip
def test_headings_of_the_national_system_and_of_towns_are_known(words: str, column: Column | None) -> None:
    assert heading(words) is column


def test_a_workbook_and_a_text_file_say_the_same() -> None:
    assert _cells(read("名册.xlsx", xlsx(TABLE))) == [LI, ZHOU]
    assert _cells(read("名册.csv", "姓名,联系电话,工作单位\n李小山,13800001234,鸿运物流\n周海,138 0000 5678,\n".encode())) == [LI, ZHOU]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_files_are_read_however_they_are_written(encoding: str, sign: str) -> None:
    rows = [
        ["序号", "工作单位", "手机号码", "姓名"],
        ["1", "鸿运物流", "１３８００００１２３４", "李  小山"],
        ["2", "", "138 0000 5678", "周海"],
    ]
    sheet = read("a.csv", "\r\n".join(sign.join(row) for row in rows).encode(encoding))
    assert [line.cells[Column.NAME] for line in sheet.lines] == ["李 小山", "周海"]
    assert [line.cells[Column.PHONE] for line in sheet.lines] == ["13800001234", "138 0000 5678"]


def test_titles_blank_rows_repeated_headings_and_totals_are_no_people() -> None:
    rows = [
        ["红旗村党支部流动党员台账"], ["填报单位：红旗村", None, "填报时间：2026年3月"], [], ["序号", "姓 名", "入党时间", "性别"],
        [1, "李小山", date(2013, 7, 1), "男"], [], ["序号", "姓 名", "入党时间", "性别"], [2, "周海", 2013.7, "男"],
        [3, "吴芳", "2013年7月1日", "女"],
        ["合计", None, "3人"], ["填表人：赵国强"],
    ]  # fmt: skip
    sheet = read("", xlsx(rows))
    assert sheet.lines == (
        Line(5, {Column.NAME: "李小山", Column.JOINED: "2013-07-01"}),
        Line(8, {Column.NAME: "周海", Column.JOINED: "2013.7"}),
        Line(9, {Column.NAME: "吴芳", Column.JOINED: "2013年7月1日"}),
    )
    assert "2 行" in " ".join(note.zh for note in sheet.notes)
    assert "序号、性别" in " ".join(note.zh for note in sheet.notes)


def test_merged_cells_belong_to_each_row_and_headings_in_two_rows_are_one() -> None:
    rows = [["", "", "", "", ""], ["", "", "", "", ""], ["李小山", "", "广东", "深圳", 1], ["周海", "", "浙江", "温州", 2]]
    merged = [("A1:A2", "姓名"), ("B1:B2", "党小组"), ("C1:D1", "流入地"), ("B3:B4", "第二党小组")]
    content = xlsx([*rows], merged=merged)
    assert _cells(read("", content)) == [
        {"name": "李小山", "group": "第二党小组", "place": "广东深圳"},
        {"name": "周海", "group": "第二党小组", "place": "浙江温州"},
    ]


def test_the_sheet_with_the_names_is_taken_and_the_others_are_told() -> None:
    sheet = read("", xlsx([["填表说明"], ["姓名要写全"]], TABLE, [["姓名"], ["别人"]], names=["说明", "台账", "旧"]))
    assert _cells(sheet) == [LI, ZHOU]
    assert sheet.notes[0] == sheet_files.OTHER_SHEETS(name="台账", count=2)


def test_identity_numbers_and_streets_never_leave_the_file() -> None:
    sheet = read("", xlsx([["姓名", "身份证号", "家庭住址"], ["李小山", "230103199001011234", "科技路5号"]]))
    assert sheet.lines == (Line(2, {Column.NAME: "李小山"}),)
    assert sheet.notes == (sheet_files.NEVER_KEPT(names="身份证号、家庭住址"),)


def test_a_formula_is_neither_calculated_nor_kept() -> None:
    rows = [["姓名", "工作单位", "备注"], ["李小山", {"formula": '=HYPERLINK("http://evil.example","x")', "value": "鸿运物流"}, "=1+1"]]
    assert _cells(read("", xlsx(rows))) == [{"name": "李小山", "employer": "鸿运物流"}]
    text = '姓名,手机,备注\n李小山,"=""13800001234""",=cmd|\' /C calc\'!A0\n周海,+86 138 0000 5678,@SUM(1)\n'
    assert _cells(read("", text.encode())) == [{"name": "李小山", "phone": "13800001234"}, {"name": "周海", "phone": "+86 138 0000 5678"}]


def test_macros_are_left_alone_and_told() -> None:
    sheet = read("名册.xlsm", with_parts(xlsx(TABLE), {"xl/vbaProject.bin": b"Sub AutoOpen()"}))
    assert _cells(sheet) == [LI, ZHOU]
    assert sheet_files.MACROS in sheet.notes


def test_entities_and_links_to_elsewhere_are_not_followed() -> None:
    content = xlsx(TABLE)
    words = part(content, "xl/sharedStrings.xml").decode()
    evil = words.replace("<sst", '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst', 1).replace("鸿运物流", "&x;鸿运")
    try:
        kept = str(_cells(read("", with_parts(content, {"xl/sharedStrings.xml": evil.encode()}))))
    except Unreadable as error:
        kept = error.text.zh
    assert "root:" not in kept


def test_what_would_become_too_large_is_refused_unopened() -> None:
    bomb = with_parts(xlsx(TABLE), {"xl/media/image1.png": b"\0" * (sheet_workbooks.INFLATED + 1)})
    assert len(bomb) < sheet_files.LARGEST
    with pytest.raises(Unreadable) as refused:
        read("", bomb)
    assert refused.value.text == sheet_files.BOMB
    steep = with_parts(xlsx(TABLE), {"xl/media/image1.png": b"\0" * 9_000_000})
    for content in (steep, understated(steep, "xl/media/image1.png", 1000)):
        with pytest.raises(Unreadable) as refused:
            read("", content)
        assert refused.value.text == sheet_files.BOMB


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + b"\0" * 50 * 1024 * 1024, sheet_files.TOO_LARGE(size=50, most=10)),
        (b"", sheet_files.EMPTY), (b" \r\n", sheet_files.EMPTY), (b"PK\x03\x04broken", sheet_files.UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, sheet_files.UNREADABLE), (b"%PDF-1.7\n\x00\x01\xff", sheet_files.UNREADABLE),
        ("人员,电话\n李小山,1".encode(), sheet_files.NO_NAMES), ("姓名,电话\n".encode(), sheet_files.NOBODY),
        (("姓名\n" + "李小山\n" * 20_001).encode(), sheet_files.TOO_MANY(count=20_000, most=20_000)),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_in_words(content: bytes, said: object) -> None:
    with pytest.raises(Unreadable) as refused:
        read("名册.xlsx", content)
    assert refused.value.text == said


def test_lines_pasted_from_a_table_are_a_table() -> None:
    assert _cells(pasted("姓名\t手机\n李小山\t13800001234")) == [{"name": "李小山", "phone": "13800001234"}]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda words: f"姓名,手机\n{words}".encode("utf-8", "ignore")))
def test_any_bytes_are_a_table_or_a_refusal_in_words(content: bytes) -> None:
    for begun in (content, b"PK\x03\x04" + content, b"\xd0\xcf\x11\xe0" + content):
        with suppress(Unreadable):  # anything else that is raised fails
            assert read("", begun).lines
