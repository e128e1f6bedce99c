"""Which open question a message answers: by button, number, ordinal or word. All four resolve to the same row, spent once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import BEIJING
from bot.errors import UserError
from bot.language import choices
from bot.language.normalise import bare, is_blank
from bot.services import asking, consents, notices
from bot.texts import Text
from storage.keys import MemberId, QuestionId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

OWN_WORDS = -1
"""The choice of who answered an open question in words of their own."""
CARDS_LISTEN = timedelta(hours=48)
"""How long after it was shown a card is answered by its button's words."""
CANCEL = frozenset({"取消", "cancel"})
"""The words that take back what is asked, and say nothing of what was done."""
_OFFERS = frozenset({"help", asking.PAGE})
"""Kinds of questions that only offer to say more."""
SEVERAL = Text("有几张卡片都能这么答，请点按钮。", "Several cards can be answered so; please press a button.")
CARD_OVER = Text("这张卡片已经办过或过期了，请重新发一次。", "That card was answered or has expired; please ask again.")
WHICH_CARD = Text("有 {count} 张卡片都能这么答，是哪一张？", "{count} cards can be answered so. Which one?")
CARDS_LISTED = 6
"""Of more cards than that the older ones are not named: one after the other they come up."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and which of its choices was taken; `OWN_WORDS` where it was answered in the person's own."""

    question: OpenQuestion
    choice: int


@dataclass(frozen=True, slots=True)
class Several:
    """Cards that the same words answer, the newest first."""

    found: tuple[Answered, ...]


async def by_button(work: UnitOfWork, data: str) -> Answered | None:
    """What a pressed button answers; None for a forged one or a question that is gone, answered or expired."""
    meant = await asking.pressed(work, data)
    return await _chosen(work, *meant) if meant is not None else None


async def _chosen(work: UnitOfWork, question_id: QuestionId, number: int) -> Answered | None:
    """A choice of a question that is still open; of the question which card is meant, that card's."""
    question = await work.questions.get(question_id)
    if question is None or question.spent_at is not None or question.expires_at <= work.now or number >= len(question.choices):
        return None
    if question.kind == asking.WHICH:
        cards = question.data["cards"]
        work.questions.spend(question)
        return await _chosen(work, QuestionId(cards[number][0]), cards[number][1])
    return Answered(question, number)


async def outcome(work: UnitOfWork, member_id: MemberId, data: str) -> Text | None:
    """What became of what this person decided with the question of a pressed button before, where that was kept."""
    meant = await asking.pressed(work, data)
    question = await work.questions.get(meant[0]) if meant is not None else None
    if question is None or question.branch_id != work.branch_id or question.member_id != member_id:
        return None
    led_to = asking.concluded(question)
    return await notices.became(work, led_to) if led_to is not None else None


async def by_words(
    work: UnitOfWork, member_id: MemberId, text: str, platform: str, *, named: bool = False, typed: bool = False
) -> Answered | Several | None:
    """What a typed text answers: the question that was asked last of this person, if the text is one of its answers.

    An open question takes any words but those that call a command by its name (`named`); a bare number is then no choice.

    With `typed` there are no buttons in that chat: just the words of a card that came later answer it, even if they name a command.
    Until the question about a platform abroad is answered, no other has been shown there, and none but it is answered there.
    """
    waits = await consents.abroad_is_open(work, member_id, platform)
    question = await consents.open_abroad(work, member_id) if waits else await work.questions.latest(member_id)
    if typed and not waits and (cards := await _typed(work, member_id, text, question)):
        return cards[0] if len(cards) == 1 or cards[0].question.kind == asking.PAGE else Several(cards)
    answered = _answered(question, text, named=named) if question is not None else None
    if answered is not None and answered.question.kind == asking.WHICH:
        card = await _chosen(work, answered.question.id, answered.choice)
        if card is None:
            raise UserError(CARD_OVER)
        return card
    if answered is not None or waits or named:
        return answered
    return await _by_label(work, member_id, text)


async def _typed(work: UnitOfWork, member_id: MemberId, text: str, question: OpenQuestion | None) -> tuple[Answered, ...]:
    """The cards on which just these words stand and that came after the question that waits, the newest first; of equal ones that alone."""
    said = bare(text)
    found = [
        Answered(each, number)
        for each in reversed(await work.questions.of(member_id))
        if each.card and each.opened_at > work.now - CARDS_LISTEN and (question is None or each.opened_at >= question.opened_at)
        for number, words in enumerate(each.choices)
        if said and said in {bare(label) for label in words[:2]}
    ]
    return tuple(each for place, each in enumerate(found) if not any(_alike(each, newer) for newer in found[:place]))


def _alike(one: Answered, other: Answered) -> bool:
    return (one.question.kind, one.choice, one.question.data) == (other.question.kind, other.choice, other.question.data)


def which(several: Several) -> asking.Ask:
    """Ask which of the cards is meant: by when they came, since what stood on them is not kept."""
    found = several.found[:CARDS_LISTED]
    choices = tuple(asking.Choice(_when(each.question.opened_at)) for each in found)
    data = {"cards": [[each.question.id, each.choice] for each in found]}
    return asking.Ask(asking.WHICH, WHICH_CARD(count=len(several.found)), choices, timedelta(minutes=10), data, columns=1)


def _when(at: datetime) -> Text:
    local = at.astimezone(BEIJING)
    return Text(f"{local.month}月{local.day}日 {local:%H:%M:%S} 的", f"that of {local.day} {local:%b}, {local:%H:%M:%S}")


async def to_everybody(work: UnitOfWork, text: str) -> Answered | None:
    """What words said to the bot in a group without buttons answer: the newest post on which just they stand."""
    said = bare(text)
    for each in reversed(await work.questions.to_everybody()):
        for number, words in enumerate(each.choices):
            if said and said in {bare(label) for label in words[:2]}:
                return Answered(each, number)
    return None


async def nothing_to_cancel(work: UnitOfWork, member_id: MemberId, text: str) -> bool:
    """Whether somebody takes back what is not asked: a bare 取消 while no question listens for words but a menu or a page."""
    if bare(text) not in CANCEL:
        return False
    question = await work.questions.latest(member_id)
    return question is None or question.kind in _OFFERS


def _answered(question: OpenQuestion, text: str, *, named: bool) -> Answered | None:
    said = bare(text)
    for number, words in enumerate(question.choices):
        if said in {bare(word) for word in words}:
            return Answered(question, number)
    if question.free:
        return None if named or is_blank(text) else Answered(question, OWN_WORDS)
    number_meant = choices.choice(text, len(question.choices))
    if number_meant is None and not named:
        number_meant = _said_so(question, text)
    return None if number_meant is None else Answered(question, number_meant)


def _said_so(question: OpenQuestion, text: str) -> int | None:
    """The one choice that says yes, or the one that says no, where just that is said in other words: 嗯呢, 没错, 都不是."""
    answer = choices.yes_no(text)
    if answer is None:
        return None
    meant = [number for number, words in enumerate(question.choices) if any(choices.yes_no(word) is answer for word in words)]
    return meant[0] if len(meant) == 1 else None


async def _by_label(work: UnitOfWork, member_id: MemberId, text: str) -> Answered | None:
    """The one recent card whose button bears just these words. Raises `UserError` where several do."""
    said = bare(text)
    if len(said) < 2 or choices.yes_no(text) is not None:
        return None
    found = [
        Answered(each, number)
        for each in await work.questions.of(member_id)
        if each.card and each.opened_at > work.now - CARDS_LISTEN and each.kind != asking.PAGE and not each.kind.startswith("consent")
        for number, words in enumerate(each.choices)
        if said in {bare(label) for label in words[:2]}
    ]
    if len(found) > 1:
        raise UserError(SEVERAL)
    return found[0] if found else None


async def spend(work: UnitOfWork, answered: Answered) -> None:
    """A question to one person is answered once; one to everybody stays, each answers for themselves."""
    if answered.question.member_id is not None:
        work.questions.spend(answered.question)
