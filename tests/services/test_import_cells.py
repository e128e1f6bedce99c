"""What stands in cells, read for the register: what tables write otherwise than people, and what is wrong in words."""

from datetime import date

import pytest

from bot.language.register_columns import Column
from bot.language.sheet_files import Line, Sheet
from bot.permissions import Role
from bot.rules.register import Field
from bot.services import import_cells
from bot.services.import_cells import Row

TODAY = date(2026, 3, 10)


def row(**cells: str) -> Row:
    """A row of cells, by the names of their columns."""
    held = {Column[name.upper()]: words for name, words in {"name": "李小山", **cells}.items()}
    return import_cells.understood(Sheet(tuple(held), (Line(2, held),)), TODAY)[0]


@pytest.mark.parametrize(
    ("column", "words", "field", "value"),
    [
        ("phone", "138 0000 1234", Field.PHONE, "13800001234"),
        ("phone", "+86 138-0000-1234", Field.PHONE, "13800001234"),
        ("phone", "0371-65551234", Field.PHONE, "0371-65551234"),
        ("phone", "13800001234/13900001234", Field.PHONE, "13800001234"),
        ("phone", "13800001234 13900001234", Field.PHONE, "13800001234"),
        ("joined", "2013.10", Field.JOINED_ON, "2013-10"),
        ("joined", "2013年", Field.JOINED_ON, "2013"),
        ("joined", "41456", Field.JOINED_ON, "2013-07-01"),
        ("joined", "20130701", Field.JOINED_ON, "2013-07-01"),
        ("joined", "2013-07-01", Field.JOINED_ON, "2013-07-01"),
        ("probation", "2026/7/1", Field.PROBATION_UNTIL, "2026-07-01"),
        ("card", "无", Field.CARD, "none"),
        ("card", "LD-2024-0031", Field.CARD, "held"),
        ("card", "已办", Field.CARD, "held"),
        ("found", "是", Field.FOUND_ON, "2026-03-10"),
        ("found", "2026-02-01", Field.FOUND_ON, "2026-02-01"),
        ("hometown", "河南省信阳市浉河区五星街道3号", Field.HOMETOWN, "411502"),
        ("relation", "已转出", Field.RELATION, "elsewhere"),
        ("employer", "中建三局", Field.EMPLOYER, "中建三局"),
    ],
)
def test_a_cell_is_kept_as_the_register_has_it(column: str, words: str, field: Field, value: str) -> None:
    found = row(**{column: words})
    assert (found.problems, found.values) == ((), {field: value})


@pytest.mark.parametrize("words", ["", "-", "——", "/", "无", "暂无", "不详", "N/A", "。", "(密钥不在,打不开)"])
@pytest.mark.parametrize("column", ["phone", "employer", "joined", "note"])
def test_a_cell_that_says_nothing_changes_nothing(column: str, words: str) -> None:
    found = row(**{column: words})
    assert (found.problems, dict(found.values)) == ((), {})


@pytest.mark.parametrize(
    ("column", "words", "said"),
    [
        ("phone", "1380000", "手机：“1380000”不像电话号码"),
        ("phone", "1.38E+10", "被 Excel 变了样"),
        ("joined", "2013.1", "1 月还是 10 月"),
        ("joined", "2019年2月30日", "入党时间：没认出日期"),
        ("joined", "2098-01-01", "入党时间不会在以后"),
        ("joined", "1911-01-01", "太早了"),
        ("probation", "2026年7月", "要写到哪一天"),
        ("employer", "厂" * 61, "单位最多 60 个字"),
        ("relation", "不好说", "组织关系请写：在本支部"),
        ("card", "也许", "活动证请写“有”或“没有”"),
        ("hometown", "天上人间", "老家：没认出“天上人间”是哪里"),
        ("class", "积极分子", "不是党员"),
        ("class", "贵宾", "没认出人员类别“贵宾”"),
        ("note", "身份证 410323199001011234", "备注里像是有身份证号"),
        ("note", "身份证410323900101123", "备注里像是有身份证号"),
        ("name", "李小山410323199001011234", "姓名里像是有身份证号"),
        ("name", "12345", "不像一个人的姓名"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_without_saying_that_nothing_was_changed(column: str, words: str, said: str) -> None:
    found = row(**{column: words})
    (problem,) = found.problems
    assert said in problem.zh
    assert "没有改" not in problem.zh
    assert "othing was changed" not in problem.en
    assert not problem.zh.endswith(("，", "；", "。"))
    assert "410323" not in f"{found.name}{found.values}{problem.zh}"


def test_a_month_is_january_where_the_column_writes_october_in_full() -> None:
    lines = tuple(
        Line(at, {Column.NAME: name, Column.JOINED: words}) for at, name, words in ((2, "李小山", "2013.1"), (3, "周海", "2012.10"))
    )
    read = import_cells.understood(Sheet((Column.NAME, Column.JOINED), lines), TODAY)
    assert [each.values[Field.JOINED_ON] for each in read] == ["2013-01", "2012-10"]


def test_hints_say_what_was_decided() -> None:
    assert [each.zh for each in row(phone="13800001234、13900001234").hints] == ["有几个号码，取第一个"]
    assert [each.zh for each in row(books="√").hints] == ["书发到没写日期，记今天"]
    assert [each.zh for each in row(hometown="河南省信阳市浉河区五星街道3号").hints] == ["老家只记到县，街道没有留"]
    assert row(found="否").values == {}


@pytest.mark.parametrize(
    ("words", "role"),
    [("正式党员", Role.MEMBER), ("中共预备党员", Role.PROBATIONARY), ("预备", Role.PROBATIONARY), ("流入党员", Role.GUEST), ("", None)],
)
def test_classes_are_read(words: str, role: Role | None) -> None:
    assert row(**{"class": words}).role is role


@pytest.mark.parametrize("name", ["李小山", "李 小 山", "李小山(东)", "阿依古丽·买买提", "Li Xiaoshan"])
def test_names_are_names(name: str) -> None:
    assert row(name=name).problems == ()


def test_rows_travel_and_come_back_the_same() -> None:
    read = (row(phone="13800001234/13900001234", books="是"), row(phone="12"), row(**{"class": "预备党员"}))
    assert import_cells.unpacked(import_cells.packed(read)) == read
