"""Short messages that wait for one chat go together, in their order.

So it is in private, in a group for what waited for its day, and wherever something waited until somebody wrote.
"""

from dataclasses import replace
from typing import Any

from bot.messages import ChatKind
from bot.services import attention
from bot.texts import LIMIT, Language
from storage.outbox import ONCE, WAITS, Letter
from storage.unit_of_work import UnitOfWork


async def merged(work: UnitOfWork, letter: Letter) -> Letter:
    """A letter that was taken up, with the words of those behind it that fit: plain texts, as urgent and as long good as it is."""
    scarce = letter.error == WAITS
    if letter.attempts or not attention.only_words(letter):
        return letter
    if not (scarce or letter.kind == ChatKind.PRIVATE or attention.put_off(letter)):
        return letter
    content, taken = dict(letter.content or {}), list[Letter]()
    for other in await work.dispatch.mergeable(letter, scarce=scarce):
        alike = (other.once, other.good_until) == (letter.once, letter.good_until) and not _taken_back(other)
        if not alike or not attention.only_words(other) or not _fits(content, other.content or {}):
            break
        content = {each: f"{content[each]}\n\n{(other.content or {})[each]}" for each in ("zh", "en")}
        taken.append(other)
    if not taken:
        return letter
    await work.dispatch.merge(letter, taken, content, kept=scarce)
    causes = ",".join(dict.fromkeys(each.cause for each in (letter, *taken) if each.cause))
    return replace(letter, content=content, cause=causes)


def _taken_back(letter: Letter) -> bool:
    """Whether a letter may be taken back by its slot wherever it waits; then it goes by itself."""
    return letter.slot is not None and letter.slot.startswith(ONCE)


def _fits(content: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(len(content[language]) + len(other[language]) + 2 <= LIMIT[language] for language in Language)
