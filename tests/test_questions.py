"""Which question a text answers, where it may be answered in one's own words."""

from datetime import timedelta

import pytest

from bot import questions
from bot.errors import UserError
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


CARD = (Choice(Text("到账了", "arrived")), Choice(Text("不对", "wrong")), Choice(Text("收", "take")))


async def _carded(chat: Dialogue, text: str, *, kind: str = "test", cards: int = 1, hours: int = 0, named: bool = False) -> int | None:
    async def show(work: UnitOfWork) -> None:
        for _ in range(cards):
            lives = timedelta(days=9)
            await asking.opened(work, chat.members["李小山"], Ask(kind, Text("到了吗", "there?"), CARD, lives, card=True))

    await chat.in_branch(show)
    chat.now += timedelta(hours=hours)

    async def said(work: UnitOfWork) -> int | None:
        found = await questions.by_words(work, chat.members["李小山"], text, "browser", named=named)
        return None if found is None else found.choice

    choice: int | None = await chat.in_branch(said)
    return choice


@pytest.mark.parametrize(("text", "choice"), [("到账了", 0), ("到账了。", 0), ("Arrived", 0), ("不对", None), ("收", None), ("到账", None)])
async def test_a_card_is_answered_by_the_words_on_its_button(chat: Dialogue, text: str, choice: int | None) -> None:
    assert await _carded(chat, text) == choice


async def test_neither_old_cards_nor_pages_consents_or_commands_are(chat: Dialogue) -> None:
    assert await _carded(chat, "到账了", hours=49) is None
    assert await _carded(chat, "到账了", kind="page") is None
    assert await _carded(chat, "到账了", kind="consent_abroad") is None
    assert await _carded(chat, "到账了", named=True) is None


async def test_where_several_cards_fit_none_is_answered(chat: Dialogue) -> None:
    with pytest.raises(UserError) as refused:
        await _carded(chat, "到账了", cards=2)
    assert refused.value.text == questions.SEVERAL


DECIDES = (Choice(Text("是", "yes")), Choice(Text("不是", "no")), Choice(Text("看看再说", "later")))


@pytest.mark.parametrize(
    ("text", "choice"),
    [("嗯呢", 0), ("没错", 0), ("对对对", 0), ("是这样", 0), ("不对", 1), ("都不是", 1), ("Ｂ", 1), ("选2", 1), ("后一个", 1),
     ("就第一个吧", 0), ("最后一个", 2), ("对吗", None), ("我不是说这个", None)],
)  # fmt: skip
async def test_yes_and_no_are_said_in_many_words(chat: Dialogue, text: str, choice: int | None) -> None:
    async def ask(work: UnitOfWork) -> int | None:
        member = chat.members["李小山"]
        await asking.opened(work, member, Ask("test", Text("对吗", "right?"), DECIDES, timedelta(minutes=5)))
        found = await questions.by_words(work, member, text, "browser")
        return None if found is None else found.choice

    assert await chat.in_branch(ask) == choice


async def test_the_name_of_a_command_is_no_other_word_for_no(chat: Dialogue) -> None:
    async def ask(work: UnitOfWork) -> bool:
        member = chat.members["李小山"]
        await asking.opened(work, member, Ask("test", Text("对吗", "right?"), DECIDES, timedelta(minutes=5)))
        return await questions.by_words(work, member, "不同意", "browser", named=True) is None

    assert await chat.in_branch(ask)
