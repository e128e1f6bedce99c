"""Short messages that wait for one chat go together, in their order.

So it is in private, in a group for what waited for its day, and wherever something waited until somebody wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.messages import ChatKind
from bot.services import attention
from bot.texts import LIMIT, Language
from storage.dispatch import Merged
from storage.keys import OutboxId
from storage.outbox import ONCE, WAITS, Letter
from storage.unit_of_work import UnitOfWork

TOGETHER = 10
"""So many letters behind one are looked at."""


async def merged(work: UnitOfWork, letters: Sequence[Letter], behind: Mapping[OutboxId, Sequence[OutboxId]]) -> list[Letter]:
    """Letters that were taken up, each with the words of those that fit of the ones `behind` it in its chat, which are as urgent.

    Plain texts only, as long good as it is. However many letters there are, those behind are read by one statement.
    """
    wanted = {letter.id: behind[letter.id][:TOGETHER] for letter in letters if behind.get(letter.id) and _may_grow(letter)}
    found = {each.id: each for each in await work.dispatch.waiting([number for numbers in wanted.values() for number in numbers])}
    grown: dict[OutboxId, Merged] = {}
    for letter in letters:
        others = [found[number] for number in wanted.get(letter.id, ()) if number in found]
        if (one := _grown(letter, others)) is not None:
            grown[letter.id] = one
    work.dispatch.merge(list(grown.values()))
    return [_with_words(letter, grown.get(letter.id)) for letter in letters]


def _may_grow(letter: Letter) -> bool:
    if letter.attempts or not attention.only_words(letter):
        return False
    if letter.error == WAITS:
        return True
    return attention.put_off(letter) if letter.kind == ChatKind.GROUP else letter.slot is None


def _grown(letter: Letter, behind: Sequence[Letter]) -> Merged | None:
    """A letter with those that follow it until one does not fit."""
    scarce = letter.error == WAITS
    content, taken = dict(letter.content or {}), list[Letter]()
    for other in behind:
        if not _goes_with(letter, other, scarce=scarce):
            continue
        alike = (other.once, other.good_until) == (letter.once, letter.good_until) and not _taken_back(other)
        if not alike or not attention.only_words(other) or not _fits(content, other.content or {}):
            break
        content = {each: f"{content[each]}\n\n{(other.content or {})[each]}" for each in ("zh", "en")}
        taken.append(other)
    return Merged(letter, taken, content, scarce) if taken else None


def _goes_with(letter: Letter, other: Letter, *, scarce: bool) -> bool:
    """Where messages are scarce whatever is unsaid; in a group what waited for the same day; in private what has no slot."""
    if scarce or letter.kind == ChatKind.GROUP:
        return other.message_id is None and (scarce or other.day == letter.day)
    return other.slot is None


def _with_words(letter: Letter, grown: Merged | None) -> Letter:
    if grown is None:
        return letter
    causes = ",".join(dict.fromkeys(each.cause for each in (letter, *grown.others) if each.cause))
    return replace(letter, content=grown.content, cause=causes)


def _taken_back(letter: Letter) -> bool:
    """Whether a letter may be taken back by its slot wherever it waits; then it goes by itself."""
    return letter.slot is not None and letter.slot.startswith(ONCE)


def _fits(content: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(len(content[language]) + len(other[language]) + 2 <= LIMIT[language] for language in Language)
