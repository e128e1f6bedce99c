"""Which open question a message answers: by button, number, ordinal or word. All four resolve to the same row, spent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import UserError
from bot.language import choices, departure_talk
from bot.language.normalise import bare, clean, is_blank
from bot.patterns import Pattern
from bot.services import asking, card_names, consents, departure_questions, dues_cards, join_requests, notices, sharing
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
_MENU = "help"
"""The kind of a menu: what it offers are names of matters, and a word that is a command's own name calls that."""
_OFFERS = frozenset({_MENU, asking.PAGE})
"""Kinds of questions that only offer to say more."""
_SHORTLY = frozenset({join_requests.KIND, sharing.KIND})
"""Kinds of cards that also go by the shorter words for their answers (同意), where no other card bears just these."""
_WHILE_RECENT = frozenset({sharing.KIND})
"""Those of them that do so only as long as cards listen: days later 同意 was meant for something else, and is no consent."""
_MENDED = {departure_questions.SURE: departure_talk.mends}
"""Kinds of questions whether something is right, and which words of one's own tell what is not."""
_TAGGED = Pattern(r"(?P<before>[^\s\da-z,，:：、]{2,8})?[\s,，:：、]*(?P<tag>[a-z] ?\d{1,9})(?!\d)[\s,，:：、]*(?P<after>.*)")
"""A card's word with its number: 没收到 C3, C3 没收到, 更正 C1 60 一月到三月."""
CARD_OVER = Text("这张卡片已经办过或过期了，请重新发一次。", "That card was answered or has expired; please ask again.")
WHICH_CARD = Text("有 {count} 张卡片都能这么答，是哪一张？", "{count} cards can be answered so. Which one?")
CARDS_LISTED = 6
"""Of more cards than that the older ones are not named: one after the other they come up."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and which of its choices was taken; `OWN_WORDS` where it was answered in the person's own."""

    question: OpenQuestion
    choice: int
    rest: str = ""
    """What was said behind the words that took the choice."""


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
    if not waits and not named and (tagged := await _by_tag(work, member_id, text)) is not None:
        return tagged
    if typed and not waits and (cards := await _typed(work, member_id, text, question)):
        return cards[0] if len(cards) == 1 or cards[0].question.kind == asking.PAGE else Several(cards)
    answered = _answered(question, text, named=named) if question is not None else None
    if answered is not None and answered.question.kind == asking.WHICH:
        card = await _chosen(work, answered.question.id, answered.choice)
        if card is None:
            raise UserError(CARD_OVER)
        return card
    if answered is not None or waits:
        return answered
    return await _shortly(work, member_id, text) or (None if named else await _by_label(work, member_id, text))


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
    return _distinct(found)


def _distinct(found: Sequence[Answered]) -> tuple[Answered, ...]:
    return tuple(each for place, each in enumerate(found) if not any(_alike(each, newer) for newer in found[:place]))


def _alike(one: Answered, other: Answered) -> bool:
    return (one.question.kind, one.choice, one.question.data) == (other.question.kind, other.choice, other.question.data)


async def which(work: UnitOfWork, several: Several, platform: str) -> asking.Ask:
    """Ask which of the cards is meant, each by its number, person or sum."""
    found = several.found[:CARDS_LISTED]
    offered = tuple([await card_names.told(work, each.question, platform) for each in found])
    data = {"cards": [[each.question.id, each.choice] for each in found]}
    return asking.Ask(asking.WHICH, WHICH_CARD(count=len(several.found)), offered, timedelta(minutes=10), data, columns=1)


async def _by_tag(work: UnitOfWork, member_id: MemberId, text: str) -> Answered | None:
    """The card whose number is said with one of its words, however old it is; only a correction takes more behind that."""
    said = _TAGGED.fullmatch(clean(text).casefold())
    if said is None:
        return None
    tag = said["tag"].replace(" ", "").upper()
    before, after = bare(said["before"] or ""), bare(said["after"])
    for card in reversed(await work.questions.of(member_id)):
        if not card.card or card_names.tag(card) != tag:
            continue
        for number, words in enumerate(card.choices):
            for label in map(bare, words[:2]):
                if label == before or (not before and (after == label or after.startswith(f"{label} "))):
                    rest = after if before else after.removeprefix(label).strip()
                    if not rest or dues_cards.corrects(card.kind, card.data, number):
                        return Answered(card, number, rest)
    return None


async def _shortly(work: UnitOfWork, member_id: MemberId, text: str) -> Answered | Several | None:
    """The cards that go by short words, too (同意), unless these stand in full on another one."""
    said, oldest = bare(text), work.now - CARDS_LISTEN
    open_ones = [each for each in await work.questions.of(member_id) if each.card]
    cards = [each for each in open_ones if each.kind not in _WHILE_RECENT or each.opened_at > oldest]
    if not any(each.kind in _SHORTLY for each in cards):
        return None
    if any(said in {bare(label) for label in words[:2]} for each in cards if each.kind not in _SHORTLY for words in each.choices):
        return None
    found = tuple(
        Answered(each, number)
        for each in cards
        if each.kind in _SHORTLY
        for number, words in enumerate(each.choices)
        if said and said in {bare(word) for word in words}
    )
    return _one_of(found)


def _one_of(found: tuple[Answered, ...]) -> Answered | Several | None:
    if len(found) > 1:
        return Several(found)
    return found[0] if found else None


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
    if named and question.kind == _MENU:
        return None
    for number, words in enumerate(question.choices):
        if said in {bare(word) for word in words}:
            return Answered(question, number)
    if question.free:
        return None if named or is_blank(text) else Answered(question, OWN_WORDS)
    number_meant = choices.choice(text, len(question.choices))
    if number_meant is None and not named:
        number_meant = _said_so(question, text)
    if number_meant is None and not named and question.kind in _MENDED and _MENDED[question.kind](text):
        return Answered(question, OWN_WORDS)
    return None if number_meant is None else Answered(question, number_meant)


def _said_so(question: OpenQuestion, text: str) -> int | None:
    """The one choice that says yes, or the one that says no, where just that is said in other words: 嗯呢, 没错, 都不是."""
    answer = choices.yes_no(text)
    if answer is None:
        return None
    meant = [number for number, words in enumerate(question.choices) if any(choices.yes_no(word) is answer for word in words)]
    return meant[0] if len(meant) == 1 else None


async def _by_label(work: UnitOfWork, member_id: MemberId, text: str) -> Answered | Several | None:
    """The recent cards whose buttons bear just these words, the newest first; of equal ones that alone."""
    said = bare(text)
    if len(said) < 2 or choices.yes_no(text) is not None:
        return None
    found = [
        Answered(each, number)
        for each in reversed(await work.questions.of(member_id))
        if each.card and each.opened_at > work.now - CARDS_LISTEN and each.kind != asking.PAGE and not each.kind.startswith("consent")
        for number, words in enumerate(each.choices)
        if said in {bare(label) for label in words[:2]}
    ]
    return _one_of(_distinct(found))


async def spend(work: UnitOfWork, answered: Answered) -> None:
    """A question to one person is answered once; one to everybody stays, each answers for themselves."""
    if answered.question.member_id is not None:
        work.questions.spend(answered.question)
