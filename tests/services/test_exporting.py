"""The ledger and the report: what stands in them, what does not, and that the import reads them again."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.errors import UserError
from bot.language.register_columns import Column
from bot.language.sheet_files import read
from bot.messages import Outgoing
from bot.permissions import NotAllowed
from bot.services import drawings, exporting, people, register
from bot.services.exporting import Exported
from bot.services.register import Field, How
from bot.services.register_values import parsed
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, Dialogue
from tests.dues_books import said
from tests.sheets import part

SECRETARY, WHO = "王秀英", "周海"
TODAY = START.date()
FIELDS = {
    Field.PHONE: "+86 138 0000 1234",
    Field.EMPLOYER: "=HYPERLINK(1)",
    Field.JOINED_ON: "2012年7月",
    Field.HOMETOWN: "山东平度",
    Field.CARD: "有",
    Field.NOTE: "家里困难",
}


async def _filled(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "我在哈尔滨")

    async def fill(work: UnitOfWork) -> None:
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        values = {field: parsed(field, words, TODAY) for field, words in FIELDS.items()}
        await register.change(work, actor, chat.members[WHO], values, how=How.ENTERED)

    await chat.in_branch(fill)


async def _made(chat: Dialogue, what: str = "ledger", who: str = SECRETARY, platform: str = "browser", month: str = "2026-03") -> Exported:
    async def make(work: UnitOfWork) -> Exported:
        actor = people.actor_of(await people.present(work, chat.members[who]))
        more = (month,) if what == "report" else ()
        made: Exported = await getattr(exporting, what)(work, actor, *more, platform)
        return made

    found: Exported = await chat.in_branch(make)
    return found


def _file(chat: Dialogue, made: Exported) -> bytes:
    opened = drawings.opened(made.drawing, chat.app.database.vault)
    drawn = drawings.drawn(Outgoing(Text.plain(""), drawing=opened))
    assert drawn.file
    return drawn.file.content


def _sheet(content: bytes, number: int = 0) -> list[Sequence[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(number).to_python()


async def test_the_ledger_is_read_again_by_the_import(chat: Dialogue) -> None:
    await _filled(chat)
    found = read("台账.xlsx", _file(chat, await _made(chat)))
    lines = {each.cells[Column.NAME]: each.cells for each in found.lines}
    assert set(lines) == set(chat.members)
    assert (lines[WHO][Column.PHONE].replace(" ", ""), lines[WHO][Column.JOINED]) == ("13800001234", "2012-07")
    assert Column.EMPLOYER not in lines[WHO], "what looks like a formula is never taken in"
    assert lines[WHO][Column.PLACE] == "黑龙江省哈尔滨市"
    assert lines[WHO][Column.HOMETOWN].endswith("平度市")
    assert found.notes == () or not any("不认识" in each.zh for each in found.notes)


async def test_what_looks_like_a_formula_or_a_number_is_text(chat: Dialogue) -> None:
    await _filled(chat)
    content = _file(chat, await _made(chat))
    assert b"<f>" not in part(content, "xl/worksheets/sheet1.xml")
    telephone = next(each for row in _sheet(content) for each in row if "1234" in str(each))
    assert isinstance(telephone, str)


async def test_notes_stay_here_and_the_report_tells_no_telephone(chat: Dialogue) -> None:
    await _filled(chat)
    await chat.private(SECRETARY, "补录 周海 去外地打工")
    ledger, report = _file(chat, await _made(chat)), _file(chat, await _made(chat, "report"))
    assert not any("家里困难" in str(each) for row in _sheet(ledger) for each in row)
    assert not any("0000" in str(each) for number in range(3) for row in _sheet(report, number) for each in row)
    assert any(WHO in row for row in _sheet(report, 1))


async def test_the_numbers_of_the_report_are_those_of_the_branch(chat: Dialogue) -> None:
    await _filled(chat)
    await chat.join("马云飞", "member", "guest")
    await chat.private(SECRETARY, "补录 周海 去外地打工")
    told = {row[0]: row[1] for row in _sheet(_file(chat, await _made(chat, "report")))[1:]}
    assert (told["党员总数"], told["流出党员"], told["流入党员（在本支部参加活动）"], told["本月新外出"]) == (6, 1, 1, 1)
    assert told["人已找到（联系得上）"] == 6
    assert told["本月交党费人数"] == 0


async def test_nothing_of_it_stands_in_the_open_in_the_outbox(chat: Dialogue) -> None:
    await _filled(chat)
    made = await _made(chat)
    assert "13800001234" not in str(made.drawing.data)
    assert WHO not in str(made.drawing.data)


async def test_abroad_only_who_agreed_stands_in_it(chat: Dialogue) -> None:
    await _filled(chat)
    made = await _made(chat, platform="telegram")
    assert (made.people, made.hidden) == (0, 6)
    assert any("没有同意在这里显示姓名" in str(each) for row in _sheet(_file(chat, made), 1) for each in row)


async def test_it_is_written_into_the_trail_and_only_for_who_may(chat: Dialogue) -> None:
    await _made(chat)
    assert "带走" in await said(chat, WHO, "谁看过我的资料") or "导出" in await said(chat, WHO, "谁看过我的资料")
    with pytest.raises(NotAllowed):
        await _made(chat, who="孙丽")
    with pytest.raises(NotAllowed):
        await _made(chat, "report", who=WHO)


@pytest.mark.parametrize("words", ["五月", "一月二月", "随便什么时候"])
def test_a_month_that_cannot_be_is_told(words: str) -> None:
    with pytest.raises(UserError):
        exporting.month_meant(words, TODAY)


def test_the_month_is_this_one_unless_another_is_said() -> None:
    assert exporting.month_meant("", TODAY) == "2026-03"
    assert exporting.month_meant("2月", TODAY) == "2026-02"


async def test_where_others_are_is_only_for_who_may_see_places(chat: Dialogue) -> None:
    await _filled(chat)
    await chat.private("赵国强", "名册")
    assert any("哈尔滨" in str(each) for row in _sheet(_file(chat, await _made(chat))) for each in row)
    assert not any("哈尔滨" in str(each) for row in _sheet(_file(chat, await _made(chat, who="赵国强"))) for each in row)
    assert "哈尔滨" in await said(chat, SECRETARY, "看 周海")
    assert "哈尔滨" not in await said(chat, "赵国强", "看 周海")
    assert "周海" in await said(chat, SECRETARY, "名册 哈尔滨")
    assert "周海" not in await said(chat, "赵国强", "名册 哈尔滨")
    assert "周海" not in await said(chat, "赵国强", "名册 没有位置")


@pytest.mark.parametrize("reason", ["看病", "住院治疗肝癌", "回家养病"])
async def test_no_reason_of_health_goes_upward_however_it_was_entered(chat: Dialogue, reason: str) -> None:
    await _filled(chat)
    await chat.private(SECRETARY, "补录 周海 去外地打工")
    await chat.private(SECRETARY, f"改 周海 外出原因 {reason}")
    assert any(reason in row for row in _sheet(_file(chat, await _made(chat)))), "it was entered"
    away = [row for row in _sheet(_file(chat, await _made(chat, "report")), 1) if WHO in row]
    assert len(away) == 1
    assert not any(reason in str(each) for each in away[0])


async def test_whose_city_goes_upward_reads_so_in_the_trail(chat: Dialogue) -> None:
    await _filled(chat)
    await chat.private(SECRETARY, "补录 周海 去外地打工")
    await _made(chat, "report")
    told = await said(chat, WHO, "谁看过我的资料")
    assert next(each for each in told.splitlines() if "导出了" in each).count("所在城市") == 1
