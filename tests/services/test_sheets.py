"""Reading files in a process of its own: limits hold, secrets stay, a crash is only the file's."""

import asyncio
import io
import os
import time
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook

from bot.language.sheet_files import Unreadable
from bot.rules.register import Field
from bot.services import sheets
from tests.sheets import ods, with_parts, xls, xlsx

TODAY = date(2026, 3, 10)


async def refusal(name: str, content: bytes) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(Unreadable) as refused:
        await sheets.read(name, content, TODAY)
    return refused.value.text.zh


def lone_cells() -> bytes:
    """A workbook with one cell at A1 and one at XFD1048576."""
    paper = io.BytesIO()
    with Workbook(paper, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "姓名")
        page.write(1_048_575, 16_383, "x")
    return paper.getvalue()


async def test_a_workbook_and_a_text_file_are_read_elsewhere() -> None:
    for content in (
        xlsx([["手机", "姓名"], ["138 0000 1234", "李小山"]]),
        ods([["手机", "姓名"], ["138 0000 1234", "李小山"]]),
        xls([["手机", "姓名"], ["138 0000 1234", "李小山"]]),
        "手机,姓名\n+86 138-0000-1234,李小山\n".encode("gbk"),
    ):
        found = await sheets.read("名册", content, TODAY)
        assert [(row.number, row.name, row.values) for row in found.rows] == [(2, "李小山", {Field.PHONE: "13800001234"})]
        assert 0 < found.used < 100_000_000


async def test_macros_formulas_and_merged_cells_do_no_harm() -> None:
    table = [["姓名", "手机", "单位"], ["李小山", {"formula": "=1+1", "value": 13800001234}, "中建三局"], ["周海", "", ""]]
    content = with_parts(xlsx(table, merged=[("C2:C3", "中建三局")]), {"xl/vbaProject.bin": b"Sub Auto_Open()"})
    found = await sheets.read("名册.xlsm", content, TODAY)
    assert [(row.name, dict(row.values)) for row in found.rows] == [
        ("李小山", {Field.PHONE: "13800001234", Field.EMPLOYER: "中建三局"}),
        ("周海", {Field.EMPLOYER: "中建三局"}),
    ]
    assert "文件里有宏，没有看也没有留。" in [each.zh for each in found.notes]


async def test_a_sheet_with_two_cells_far_apart_is_refused_quickly() -> None:
    begun = time.perf_counter()
    assert "铺得太开" in await refusal("a.xlsx", lone_cells())
    assert time.perf_counter() - begun < 10


async def test_what_is_no_table_is_refused_in_words() -> None:
    assert "50 MB" in await refusal("a.xlsx", b"PK\x03\x04" + bytes(50 * 1024 * 1024 - 4))
    assert await refusal("a.csv", b"") == "文件是空的，请看看是不是选错了。"
    assert "没找到“姓名”这一列" in await refusal("a.csv", "手机\n138\n".encode())
    assert "打不开" in await refusal("a.xlsx", b"PK\x03\x04rubbish")


async def test_a_zip_bomb_is_refused_and_unpacked_nowhere() -> None:
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as parts, parts.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(120):
            part.write(bytes(1024 * 1024))
    assert len(paper.getvalue()) < 200_000
    assert "大得不正常" in await refusal("a.xlsx", paper.getvalue())


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "PATIENCE", 0.05)
    assert "铺得太开" in await refusal("a.csv", "姓名\n李小山\n".encode())


async def test_of_many_files_at_once_two_are_read_and_the_others_refused() -> None:
    content = "姓名\n李小山\n".encode()
    found = await asyncio.gather(*(sheets.read(f"{number}.csv", content, TODAY) for number in range(4)), return_exceptions=True)
    assert [isinstance(each, Unreadable) for each in found] == [False, False, True, True]
    assert (await sheets.read("5.csv", content, TODAY)).rows[0].name == "李小山"


async def test_the_process_knows_no_secret_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_TELEGRAM__TOKEN", "secret")
    assert "secret" not in str(sheets._surroundings())
    assert os.environ["ZHIBU_TELEGRAM__TOKEN"] == "secret"
