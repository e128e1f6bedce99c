"""我的同意, pictures, 隐私: what was agreed to, in one list, changed by a sentence."""

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said

WHO, SECRETARY = "周海", "王秀英"


async def _given(chat: Dialogue, purpose: str) -> bool | None:
    async def look(work: UnitOfWork) -> bool | None:
        found = await work.consents.get(chat.members[WHO], purpose)
        return None if found is None else found.given

    answer: bool | None = await chat.in_branch(look)
    return answer


async def test_each_purpose_is_listed_with_the_words_that_change_it(chat: Dialogue) -> None:
    told = await said(chat, WHO, "我的同意")
    assert "记录所在城市：还没问过" in told
    assert "同意发“同意记位置”" in told
    assert "求助里提到病情：每次求助单独问您" in told
    assert "Telegram" not in told
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "不同意发照片")
    told = await said(chat, WHO, "我的授权")
    assert "记录所在城市：同意（2026-03-10）。不同意发“以后别记我位置”" in told
    assert "发有您的照片：不同意（2026-03-10）。同意发“同意发照片”" in told


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("同意发照片", True),
        ("我同意发我的照片", True),
        ("我的照片可以发", True),
        ("照片不要发", False),
        ("别发我的照片", False),
        ("我不同意你们发我的照片", False),
        ("撤回照片的同意", False),
        ("no pictures", False),
    ],
)
async def test_pictures_are_allowed_and_refused_in_free_words(chat: Dialogue, words: str, given: bool) -> None:
    await chat.private(WHO, words)
    assert await _given(chat, "pictures") is given


async def test_the_secretary_sees_the_word_about_pictures(chat: Dialogue) -> None:
    assert "照片" not in await said(chat, SECRETARY, "看 周海")
    await chat.private(WHO, "不同意发照片")
    assert "发有您的照片：不同意" in await said(chat, SECRETARY, "看 周海")


@pytest.mark.parametrize("words", ["我同意", "我不同意", "同意"])
async def test_a_bare_word_without_a_question_asks_which(chat: Dialogue, words: str) -> None:
    told = await said(chat, WHO, words)
    assert "您说的是哪一件" in told
    assert await _given(chat, "location") is None


@pytest.mark.parametrize("words", ["照片什么时候发？", "谁同意发照片吗", "帮我拍张照片"])
async def test_a_question_is_no_consent(chat: Dialogue, words: str) -> None:
    await chat.private(WHO, words)
    assert await _given(chat, "pictures") is None


async def test_the_notice_tells_the_five_things(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "隐私")
    told = "\n".join(chat.to(WHO, seen))
    while "下一页" in seen[-1].buttons:
        seen = await chat.press(WHO, "下一页", seen[-1])
        told += "\n".join(chat.to(WHO, seen))
    for part in ("谁：红旗村支部", "为什么：", "记什么：", "怎么保管：", "三年备查", "您的权利："):
        assert part in told


async def test_a_correction_is_taken_like_any_other_word_about_oneself(chat: Dialogue) -> None:
    assert "2012" in await said(chat, WHO, "更正 我的入党时间是2012年")
    assert "2012" in await said(chat, SECRETARY, "看 周海")


@pytest.mark.parametrize("words", ["书记能看到我在哪吗", "谁能看到我的电话", "谁能看到我的位置", "别人能不能看到我的资料", "隐私"])
async def test_who_may_see_ones_data_is_a_question_of_privacy(chat: Dialogue, words: str) -> None:
    assert "您的资料怎么用" in "".join(chat.to("李小山", await chat.private("李小山", words)))
