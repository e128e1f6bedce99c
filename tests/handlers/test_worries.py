"""A worry told in private: the lesson about it, and help."""

import pytest

from handlers.worries import WHICH
from tests.dialogue import Dialogue

WHO = "李小山"


@pytest.mark.parametrize("text", ["老板欠我三个月工资不给", "工资没发怎么办", "欠薪", "怎么讨薪", "unpaid wages"])
async def test_the_lesson_stands_under_a_button_and_help_under_another(study: Dialogue, text: str) -> None:
    seen = await study.private(WHO, text)
    assert len(seen) == 1
    assert "有一课讲这个：《工资被拖欠怎么办》" in seen[0].text
    assert seen[0].buttons == ("看这课", "求助")
    assert "工资被拖欠怎么办" in (await study.press(WHO, "看这课"))[-1].text


async def test_help_begins_an_appeal_with_no_word_taken_over(study: Dialogue) -> None:
    await study.private(WHO, "老板欠我三个月工资不给")
    seen = await study.press(WHO, "求助")
    assert "三个月" not in "".join(each.text for each in seen)
    assert seen[-1].buttons


async def test_the_word_for_help_answers_the_same_question(study: Dialogue) -> None:
    await study.private(WHO, "欠薪")
    assert (await study.private(WHO, "要人帮忙"))[-1].buttons


async def test_where_the_library_has_no_lesson_only_help_is_offered(chat: Dialogue) -> None:
    for text in ("老板欠我三个月工资不给", "老板把我身份证扣了", "家里老人病了要钱怎么办", "我的手被轧了厂里不管"):
        [seen] = await chat.private(WHO, text)
        assert seen.buttons == ("求助",)
        assert "有一课" not in seen.text
    assert (await chat.press(WHO, "求助"))[-1].buttons


async def test_the_group_hears_nothing_of_it(chat: Dialogue) -> None:
    for text in ("老板欠我三个月工资不给", "欠薪", "常见难事"):
        assert await chat.group(WHO, text) == []
    seen = await chat.group(WHO, "@支部 老板欠我三个月工资不给")
    assert chat.in_group(seen) == []
    assert chat.to(WHO, seen) != []


async def test_a_word_of_it_inside_an_appeal_is_an_answer_there(chat: Dialogue) -> None:
    await chat.private(WHO, "求助")
    assert "常见" not in (await chat.private(WHO, "欠薪"))[-1].text
    assert (await chat.private(WHO, "常见难事"))[-1].text == WHICH.zh


async def test_a_stranger_is_not_heeded(chat: Dialogue) -> None:
    assert "求助" not in "".join(each.text for each in await chat.private("路人", "欠薪"))
