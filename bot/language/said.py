"""A message made ready for the rules: one spelling for many ways to type the same, and what several rules ask of it, worked out once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from types import MappingProxyType

from bot.language.calls import between_faces, calls, without_calls, without_faces
from bot.language.normalise import HAN, bare, clean, signs
from bot.language.repeats import once
from bot.language.simplified import simplified
from bot.language.slips import mended
from bot.patterns import Pattern

LONGEST = 1000
"""Characters that are read; a longer message is nothing that somebody asks of a bot."""

_BETWEEN = Pattern(f"(?<=[{HAN},.;:!?]) +| +(?=[{HAN},.;:!?])")
_SPLIT = Pattern(r"[,;!?。、~\n|]+|\.(?=\s|$)|\.{2,}|—+")
_SPACED = Pattern(f"(?<=[{HAN}])[ ]+(?=[{HAN}])|(?:(?<=签到)|(?<=打卡)|(?<=平安))[ ]+(?=[0-9])")
_APART = Pattern(f"(?<![{HAN}])[{HAN}](?: [{HAN}])+(?![{HAN}])")
_ASKS = Pattern(
    r"\?|吗|嘛$|么$|呢$|(?:了没有?|没有?|不)$|谁|什么|啥|怎么|咋|多少|几[个号时点人次]|哪|为何|为什么|能不能|可不可以"
    r"|是不是|有没有|要不要|\b(?:what|who|how|where|when|why)\b"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a message is said: all that a rule may know besides the words."""

    at: datetime
    """The moment it was said, with its zone; days are counted in Beijing's."""
    in_group: bool = False
    role: str = "member"
    """member (a full member), secretary (or another officer), probationary, stranger."""
    context: str = ""
    """What the bot, or in the group somebody, said last (`bot.language.contexts`); empty for nothing."""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The branch's own words and what they mean: 老地方 is 东莞市."""
    near: tuple[int, ...] = ()
    """Codes of places that order what is ambiguous: the person's last place, the branch's home town."""

    def spelt_out(self, text: str) -> str:
        """The text with what the branch's own words mean in their place."""
        if not self.words:
            return text
        meant = {own.casefold(): meaning for own, meaning in self.words.items()}
        return _any_of(frozenset(self.words)).sub(lambda found: meant.get(found[0].casefold(), found[0]), text)


@lru_cache(maxsize=64)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Any of some words, the longest first; one in latin letters only where no letter is beside it.

    What stands in its place is not read again: words that mean each other would grow without end.
    """
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(each)}(?![a-z])" if each.isascii() else re.escape(each) for each in longest_first), re.IGNORECASE
    )


class Said:
    """One message in its setting. Everything is worked out when it is first asked for."""

    def __init__(self, text: str, setting: Setting) -> None:
        self.text = text
        """As it was typed."""
        self.setting = setting

    @cached_property
    def mentioned(self) -> bool:
        """Whether it calls somebody by @; in a group, the platform says whether that is the bot."""
        return calls(self.text[:LONGEST])

    @cached_property
    def line(self) -> str:
        """One line as typed, NFKC, without mentions and the faces around it; case and spaces are kept: for names and texts."""
        return between_faces(clean(without_calls(self.text[:LONGEST])))

    @cached_property
    def spaced(self) -> str:
        """The line simplified, in common signs and without faces; case and spaces are kept, but characters typed apart are joined."""
        line = without_faces(signs(simplified(self.line)))
        return _APART.sub(lambda found: found[0].replace(" ", ""), line) if " " in line else line

    @cached_property
    def sheet(self) -> str:
        """The text with its line breaks, each line as `spaced` is: for lists that go from hand to hand."""
        lines = without_calls(self.text[:LONGEST]).splitlines()
        return "\n".join(without_faces(signs(simplified(clean(each)))) for each in lines)

    @cached_property
    def words(self) -> str:
        """What rules match: simplified, lower case, slips mended, nothing twice, no emoji, no spaces beside Han, no signs at its edges."""
        said = bare(self.spaced)
        return mended(once(_BETWEEN.sub("", said)))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Its clauses as `words` are, cut at punctuation and at spaces among Han characters."""
        cut = (bare(each) for whole in _SPLIT.split(self.spaced) for each in _SPACED.split(whole))
        return tuple(mended(once(each)) for each in cut if each)

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question."""
        return _ASKS.search(self.words) is not None or self.spaced.rstrip().endswith("?")
