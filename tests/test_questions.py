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
        return found.choice if isinstance(found, questions.Answered) else None

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
        return found.choice if isinstance(found, questions.Answered) else None

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


async def test_of_equal_cards_the_newest_is_answered(chat: Dialogue) -> None:
    assert await _carded(chat, "到账了", cards=2) == 0


async def test_where_several_cards_fit_it_is_asked_which_never_by_seconds(chat: Dialogue) -> None:
    async def said(work: UnitOfWork) -> Ask:
        member = chat.members["李小山"]
        for number in (1, 2):
            await asking.opened(work, member, Ask("payout_card", Text("到了吗", "there?"), CARD, data={"number": number}, card=True))
        for letters in ([3], [4]):
            await asking.opened(work, member, Ask("send_uncertain", Text("?", "?"), CARD, data={"letters": letters}, card=True))
        found = await questions.by_words(work, member, "到账了", "browser")
        assert isinstance(found, questions.Several)
        return await questions.which(work, found, "browser")

    labels = [each.label.zh for each in (await chat.in_branch(said)).choices]
    assert {"B1", "B2"} < set(labels)
    assert "3月10日 09:00 来的，到账了" in labels


@pytest.mark.parametrize(
    ("text", "choice"), [("不对 B7", 1), ("B7 到账了", 0), ("b7不对", 1), ("不对Ｂ7", 1), ("不对 B8", None), ("到账了 B7 80", None)]
)
async def test_a_number_with_a_cards_word_names_it(chat: Dialogue, text: str, choice: int | None) -> None:
    async def said(work: UnitOfWork) -> int | None:
        member = chat.members["李小山"]
        for number in (6, 7):
            await asking.opened(work, member, Ask("payout_card", Text("到了吗", "there?"), CARD, data={"number": number}, card=True))
        await asking.opened(work, member, Ask("why", Text("为什么", "why"), (SKIP,), free=True))
        found = await questions.by_words(work, member, text, "browser")
        assert not isinstance(found, questions.Several)
        if found is None or found.choice == OWN_WORDS:
            return None
        assert found.question.data == {"number": 7}
        return found.choice

    assert await chat.in_branch(said) == choice


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
        return found.choice if isinstance(found, questions.Answered) else None

    assert await chat.in_branch(ask) == choice


async def test_the_name_of_a_command_is_no_other_word_for_no(chat: Dialogue) -> None:
    async def ask(work: UnitOfWork) -> bool:
        member = chat.members["李小山"]
        await asking.opened(work, member, Ask("test", Text("对吗", "right?"), DECIDES, timedelta(minutes=5)))
        return await questions.by_words(work, member, "不同意", "browser", named=True) is None

    assert await chat.in_branch(ask)
