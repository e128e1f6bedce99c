"""Pictures and papers are described in a transaction and drawn when they are sent."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bot.messages import Drawing, Outgoing
from bot.render import workbooks
from bot.render.papers import Format, Paper
from bot.render.tables import Align, Cell, Column, Table, Tone
from bot.render.workbooks import Kind, Sheet
from bot.services import drawings, posting
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

AT = datetime(2026, 3, 10, tzinfo=UTC)
TABLE = Table("党费", [Column("姓名"), Column("一月", Align.CENTRE)], [["李小山", Cell(tone=Tone.DONE)], ["周海", Cell("待交", Tone.OPEN)]])


def _sent(drawing: Drawing) -> Outgoing:
    """As it comes out of the outbox, drawn."""
    return drawings.drawn(posting.unpack(posting.pack(Outgoing(Text("好", "good"), drawing=drawing))))


def test_a_table_becomes_a_picture() -> None:
    (only,) = drawings.pictures(TABLE)
    made = _sent(only)
    assert made.picture is not None
    assert made.picture.startswith(b"\x89PNG")
    assert made.drawing is None


def test_a_long_table_becomes_several_pictures() -> None:
    long = Table("党费", TABLE.columns, [[f"第{number}位", ""] for number in range(60)])
    assert len({_sent(each).picture for each in drawings.pictures(long)}) == len(drawings.pictures(long)) == 3


def test_a_paper_becomes_a_file_with_its_format_and_words() -> None:
    described = Paper("收据", ["红旗村支部"], [("编号", "D-2026-0317")], TABLE, ["谢谢"], "机器人不经手钱款", Format.A4)
    file = _sent(drawings.paper(described, "receipt.pdf", AT)).file
    assert file is not None
    page = PdfReader(io.BytesIO(file.content)).pages[0]
    assert "D-2026-0317" in page.extract_text()
    assert round(page.mediabox.width) == 595
    assert file.name == "receipt.pdf"


def test_sheets_become_a_workbook_with_dates_and_numbers() -> None:
    columns = [workbooks.Column("日", Kind.DATE), workbooks.Column("元", Kind.YUAN), workbooks.Column("注")]
    rows = [[date(2026, 3, 10), 2050, "=1+1"], ["不详", None, "2026-03-10"]]
    file = _sent(drawings.workbook([Sheet("三月", columns, rows)], "dues.xlsx", AT)).file
    assert file is not None
    read = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert read[1:3] == [[date(2026, 3, 10), 20.5, "=1+1"], ["不详", "", "2026-03-10"]]


async def test_it_is_drawn_on_its_way_and_what_cannot_be_drawn_is_given_up_aloud(chat: Dialogue) -> None:
    async def say(work: UnitOfWork, drawing: Drawing) -> None:
        await posting.to_member(work, chat.members["李小山"], Outgoing(Text("表", "table"), drawing=drawing))

    await chat.in_branch(say, drawings.pictures(TABLE)[0])
    await chat.app.drain()
    assert chat.shown[-1]["picture"]
    await chat.in_branch(say, Drawing("picture", {"described": {}, "share": 0}))
    await chat.app.drain()
    letters = await chat.in_branch(lambda work: work.outbox.undelivered())
    assert [letter.error for letter in letters] == ["could not be drawn: ValidationError"]


def test_the_kinds_of_drawings_are_three() -> None:
    with pytest.raises(KeyError):
        _sent(Drawing("poem", {}))
