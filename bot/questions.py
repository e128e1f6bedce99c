"""Which open question a message answers: by button, number, ordinal or word. All four resolve to the same row, spent once."""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import UserError
from bot.language import choices
from bot.language.normalise import bare, is_blank
from bot.services import asking, consents, notices
from bot.texts import Text
from storage.keys import MemberId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

OWN_WORDS = -1
"""The choice of who answered an open question in words of their own."""
CARDS_LISTEN = timedelta(hours=48)
"""How long after it was shown a card is answered by its button's words."""
_CANCEL = frozenset({"取消", "cancel"})
_OFFERS = frozenset({"help", asking.PAGE})
"""Kinds of questions that only offer to say more."""
SEVERAL = Text("有几张卡片都能这么答，请点按钮。", "Several cards can be answered so; please press a button.")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and which of its choices was taken; `OWN_WORDS` where it was answered in the person's own."""

    question: OpenQuestion
    choice: int


async def by_button(work: UnitOfWork, data: str) -> Answered | None:
    """What a pressed button answers; None for a forged one or a question that is gone, answered or expired."""
    meant = await asking.pressed(work, data)
    if meant is None:
        return None
    question = await work.questions.get(meant[0])
    if question is None or question.spent_at is not None or question.expires_at <= work.now or meant[1] >= len(question.choices):
        return None
    return Answered(question, meant[1])


async def outcome(work: UnitOfWork, member_id: MemberId, data: str) -> Text | None:
    """What became of what this person decided with the question of a pressed button before, where that was kept."""
    meant = await asking.pressed(work, data)
    question = await work.questions.get(meant[0]) if meant is not None else None
    if question is None or question.branch_id != work.branch_id or question.member_id != member_id:
        return None
    led_to = asking.concluded(question)
    return await notices.became(work, led_to) if led_to is not None else None


async def by_words(work: UnitOfWork, member_id: MemberId, text: str, platform: str, *, named: bool = False) -> Answered | None:
    """What a typed text answers: the question that was asked last of this person, if the text is one of its answers.

    An open question takes any words but those that call a command by its name (`named`); a bare number is then no choice.

    Until the question about a platform abroad is answered, no other has been shown there, and none but it is answered there.
    """
    waits = await consents.abroad_is_open(work, member_id, platform)
    question = await consents.open_abroad(work, member_id) if waits else await work.questions.latest(member_id)
    answered = _answered(question, text, named=named) if question is not None else None
    if answered is not None or waits or named:
        return answered
    return await _by_label(work, member_id, text)


async def nothing_to_cancel(work: UnitOfWork, member_id: MemberId, text: str) -> bool:
    """Whether somebody takes back what is not asked: a bare 取消 while no question listens for words but a menu or a page."""
    if bare(text) not in _CANCEL:
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
