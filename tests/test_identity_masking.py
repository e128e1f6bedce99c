"""An identity number in a message: nobody keeps it, the rest is understood, its author is told."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage.schema import metadata
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

ID = "11010519491231002X"
WHO = "周海"


async def _kept(chat: Dialogue) -> list[str]:
    """Every value of every table, as text."""

    async def look(work: UnitOfWork) -> list[str]:
        return [repr(tuple(row)) for table in metadata.sorted_tables for row in await work.rows(select(table))]

    found: list[str] = await chat.in_branch(look)
    return found


@pytest.mark.parametrize("words", [f"求助 孩子上学没着落，身份证{ID}", f"我的单位是鸿运物流，身份证 {ID}", f"心得 学了 {ID}", f"报到 {ID}"])
async def test_in_private_it_is_kept_nowhere_and_its_author_is_told(chat: Dialogue, words: str, caplog: pytest.LogCaptureFixture) -> None:
    seen = await chat.private(WHO, words)
    assert any("我没有存" in each for each in chat.to(WHO, seen))
    assert not any("19491231" in each or ID in each for each in await _kept(chat))
    assert "19491231" not in caplog.text


async def test_the_rest_of_the_sentence_is_understood(chat: Dialogue) -> None:
    seen = await chat.private(WHO, f"签到 {ID}")
    assert len(chat.to(WHO, seen)) >= 1
    seen = await chat.private("李小山", f"求助 孩子上学没着落 身份证{ID}")
    assert any("在哪座城市" in each.text or "哪方面" in each.text or "跳过" in each.buttons for each in seen)


async def test_in_the_group_its_author_is_asked_in_private_whether_to_delete_it(chat: Dialogue) -> None:
    seen = await chat.group(WHO, f"大家好，我的身份证是{ID}，帮我买票")
    assert chat.in_group([each for each in seen if each.sender == "bot"]) == []
    told = [each for each in seen if "要我把那条删掉吗" in each.text]
    assert len(told) == 1
    await chat.press(WHO, "删", told[0]) if "删" in told[0].buttons else await chat.press(WHO, told[0].buttons[0], told[0])
    assert not any("19491231" in each for each in await _kept(chat))


async def test_a_strangers_is_kept_nowhere_either(chat: Dialogue) -> None:
    await chat.private("路人", f"报到 {ID}")
    assert not any("19491231" in each for each in await _kept(chat))


async def test_the_file_of_the_database_holds_no_trace(chat: Dialogue, database_url: str) -> None:
    await chat.private(WHO, f"心得 {ID}")
    await chat.app.database.run(_flushed)
    for file in Path(database_url.removeprefix("sqlite+aiosqlite:///")).parent.glob("*.db*"):
        assert b"19491231" not in file.read_bytes()


async def _flushed(work: UnitOfWork) -> None:
    await work.flush()


async def test_a_mistyped_number_is_one_where_the_words_call_it_so(chat: Dialogue) -> None:
    wrong = f"{ID[:17]}5"
    assert any("我没有存" in each for each in chat.to(WHO, await chat.private(WHO, f"我的身份证号是{wrong}")))
    assert not any(wrong in each for each in await _kept(chat))
    assert not any("我没有存" in each for each in chat.to(WHO, await chat.private(WHO, f"单号 {wrong}")))
