"""A death, work lost, the wish to leave the party: a kind word and what the branch can do, and nothing is kept."""

import pytest

from handlers.grave import LEAVING, WHICH
from tests.dialogue import STRANGER, Dialogue

WHO = "李小山"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("我妈去世了", "节哀"),
        ("我爸昨天走了，心里难受", "节哀"),
        ("家里老人过世了", "节哀"),
        ("My mother passed away yesterday", "节哀"),
        ("我失业了", "申请减免"),
        ("被公司裁了", "申请减免"),
        ("下岗了，怎么办", "申请减免"),
        ("I lost my job", "申请减免"),
    ],
)
async def test_a_kind_word_and_what_the_branch_can_do(chat: Dialogue, text: str, word: str) -> None:
    [seen] = await chat.private(WHO, text)
    assert word in seen.text
    assert seen.buttons == ("求助",)
    assert (await chat.press(WHO, "求助"))[-1].buttons


@pytest.mark.parametrize("text", ["我想退党", "不想当党员了", "退党怎么办", "I want to leave the party"])
async def test_who_wants_to_leave_the_party_is_told_whom_to_speak_to(chat: Dialogue, text: str) -> None:
    seen = chat.to(WHO, await chat.private(WHO, text))
    assert len(seen) == 1
    assert "第九条" in seen[0]
    assert "王秀英" in seen[0]
    assert seen[0].startswith(LEAVING.zh[:20])


@pytest.mark.parametrize("text", ["我失业了，党费能少交点吗", "听说老王他妈去世了", "电视里那人失业了", "他想退党"])
async def test_what_is_more_or_of_others_is_something_else(chat: Dialogue, text: str) -> None:
    said = "".join(chat.to(WHO, await chat.private(WHO, text)))
    assert "节哀" not in said
    assert "别灰心" not in said
    assert "第九条" not in said


async def test_the_group_hears_nothing_and_a_stranger_learns_no_name(chat: Dialogue) -> None:
    assert await chat.group(WHO, "我失业了") == []
    assert "王秀英" not in str(await chat.private(STRANGER, "我想退党"))
    assert chat.to(WHO, await chat.private(WHO, "心里话")) == [WHICH.zh]
