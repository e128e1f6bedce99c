"""Which question a text answers, where it may be answered in one's own words."""

from datetime import timedelta

import pytest

from bot import questions
from bot.questions import OWN_WORDS
from bot.services import asking
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SKIP = Choice(Text("跳过", "skip"))


async def _answered(chat: Dialogue, text: str, *, named: bool = False, free: bool = True) -> int | None:
    async def ask(work: UnitOfWork) -> int | None:
        member = chat.members["李小山"]
        await asking.opened(work, member, Ask("test", Text("缺什么", "what"), (SKIP,), timedelta(minutes=5), free=free))
        found = await questions.by_words(work, member, text, "browser", named=named)
        return None if found is None else found.choice

    choice: int | None = await chat.in_branch(ask)
    return choice


@pytest.mark.parametrize(
    ("text", "choice"),
    [("要一张火车票", OWN_WORDS), ("跳过", 0), ("skip", 0), ("1", OWN_WORDS), ("Ａ", OWN_WORDS), ("   ", None), ("😀", None)],
)
async def test_any_words_answer_an_open_question_and_a_bare_number_is_no_button(chat: Dialogue, text: str, choice: int | None) -> None:
    assert await _answered(chat, text) == choice


async def test_the_name_of_a_command_is_obeyed_instead(chat: Dialogue) -> None:
    assert await _answered(chat, "签到", named=True) is None


async def test_an_ordinary_question_takes_its_number_and_no_other_words(chat: Dialogue) -> None:
    assert await _answered(chat, "1", free=False) == 0
    assert await _answered(chat, "要一张火车票", free=False) is None
