"""检举: nobody who accuses the secretary is sent to the secretary."""

import pytest

from handlers.informing import WHERE, accuses
from tests.dialogue import Dialogue


@pytest.mark.parametrize("words", ["我要举报书记", "书记贪污", "举报", "我要举报", "我想投诉支部书记", "检举村主任挪用公款"])
async def test_who_accuses_an_official_is_told_where_to_turn_and_nobody_hears_of_it(chat: Dialogue, words: str) -> None:
    seen = await chat.private("李小山", words)
    assert chat.to("李小山", seen) == [WHERE.zh]
    assert len(seen) == 1


async def test_among_people_it_is_talk(chat: Dialogue) -> None:
    assert await chat.group("李小山", "书记贪污了我的鸡腿") == []
    assert await chat.group("李小山", "举报") == []


@pytest.mark.parametrize("words", ["书记您好", "今天学习违纪案例", "举报：有人乱倒垃圾"])
def test_what_accuses_no_official(words: str) -> None:
    assert accuses(words) is None
