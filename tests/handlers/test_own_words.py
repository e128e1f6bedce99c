"""词语: a branch's own words are read as what they mean, by its people only."""

import pytest

from bot.services import own_words
from tests.dialogue import Dialogue

SECRETARY = "王秀英"


async def _says(chat: Dialogue, name: str, words: str) -> str:
    return "\n".join(chat.to(name, await chat.private(name, words)))


async def test_a_word_is_read_as_what_it_means_and_can_be_seen_removed_and_taken_back(chat: Dialogue) -> None:
    assert await _says(chat, SECRETARY, "词语") == own_words.NONE.zh
    assert await _says(chat, SECRETARY, "词语 老地方＝东莞市") == own_words.ADDED(word="老地方", meaning="东莞市").zh
    assert "老地方＝东莞市" in await _says(chat, SECRETARY, "词语")
    await _says(chat, "李小山", "同意记位置")
    assert "东莞" in await _says(chat, "李小山", "我到老地方了")
    assert await _says(chat, SECRETARY, "删除词语 老地方") == own_words.REMOVED(word="老地方", meaning="东莞市").zh
    assert "东莞" not in await _says(chat, "周海", "我到老地方了")
    await _says(chat, SECRETARY, "撤销")
    assert "老地方＝东莞市" in await _says(chat, SECRETARY, "词语")


@pytest.mark.parametrize("words", ["老地方", "=东莞市", "好=东莞市", "老地方=", "一二三四五六七八九十一二三=东莞市", "东莞=东莞市"])
async def test_what_is_no_pair_changes_nothing(chat: Dialogue, words: str) -> None:
    assert await _says(chat, SECRETARY, f"词语 {words}") == own_words.HOW.zh
    assert await _says(chat, SECRETARY, "词语") == own_words.NONE.zh


@pytest.mark.parametrize("word", ["签到", "收到", "可以", "12", "今天", "请假", "哈尔滨"])
async def test_what_means_something_already_stays(chat: Dialogue, word: str) -> None:
    assert await _says(chat, SECRETARY, f"词语 {word}=东莞市") == own_words.TAKEN(word=word).zh


async def test_there_is_an_end_to_it_and_only_the_secretary_keeps_them(chat: Dialogue) -> None:
    assert "书记" in await _says(chat, "李小山", "词语 老地方=东莞市")
    assert await _says(chat, SECRETARY, "删除词语 老家") == own_words.UNKNOWN(word="老家").zh
