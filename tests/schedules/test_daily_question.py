"""A question a day, for those who asked for it."""

import pytest

from tests.dialogue import Dialogue
from tests.reading import read

ASKED = "应该怎么做？\nA 先看\nB 先问"


@pytest.fixture
async def wanting(study: Dialogue) -> Dialogue:
    await read(study, "李小山", "pigs", "wages", "founding")
    await study.private("李小山", "每天一题")
    return study


async def test_it_comes_at_noon_once_a_day(wanting: Dialogue) -> None:
    assert wanting.to("李小山", await wanting.pass_time(hours=3)) == []
    assert wanting.to("李小山", await wanting.pass_time(minutes=40)) == [ASKED]
    assert wanting.to("李小山", await wanting.pass_time(hours=5)) == []
    assert wanting.to("李小山", await wanting.pass_time(days=1)) == [ASKED]


async def test_somebody_in_the_middle_of_something_answers_by_the_button_only(wanting: Dialogue) -> None:
    await wanting.pass_time(hours=3, minutes=29)
    await wanting.private("李小山", "删除我的学习记录")
    seen = await wanting.pass_time(minutes=5)
    assert wanting.to("李小山", seen) == [ASKED]
    assert wanting.to("李小山", await wanting.private("李小山", "取消")) == ["好，都留着。"]
    assert wanting.to("李小山", await wanting.press("李小山", "B", seen[-1]))[0].startswith("对。")


async def test_at_sea_none_comes(wanting: Dialogue) -> None:
    await wanting.private("李小山", "出海")
    assert wanting.to("李小山", await wanting.days_pass(2)) == []
    assert "没有漏下什么" in wanting.to("李小山", await wanting.private("李小山", "回来了"))[0]


async def test_without_anything_to_ask_nothing_comes(study: Dialogue) -> None:
    await study.private("李小山", "每天一题")
    assert study.to("李小山", await study.days_pass(2)) == []
