"""What has to be there in the end, as those know it who asked for it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

NOTICE = re.compile(r"【公告 N(\d+)】(通知第\d+号)")


@dataclass
class Expected:
    """Effects by their own nature, answers by chat in the order in which they were asked for, and what a person decided."""

    check_ins: set[tuple[str, date]] = field(default_factory=set)
    reads: set[tuple[str, int]] = field(default_factory=set)
    claims: set[tuple[str, str]] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    """Claims that a keeper confirmed by a list, which may have been out of date by then."""
    pledges: dict[tuple[str, int], str] = field(default_factory=dict)
    notices: set[str] = field(default_factory=set)
    answers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By chat: a pattern that is in exactly one message."""
    often: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    """By chat and words: in how many messages they have to be."""
    late: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By chat: answers that were missing when the secretary had what is in doubt sent again; they come after later ones."""
    let_be: set[int] = field(default_factory=set)
    """Notices that stood in the group when the secretary said so: the program counts under them no further."""
    sent_again: int = 0
    left: int = 0

    @property
    def effects(self) -> int:
        sets = (self.check_ins, self.reads, self.claims, self.confirmed, self.pledges, self.notices)
        return sum(map(len, sets))

    def missing(self, chat: int, texts: Sequence[str]) -> set[str]:
        """The answers of a private chat that its messages do not show."""
        once = {pattern for pattern in self.answers.get(chat, []) if not any(re.search(pattern, text) for text in texts)}
        counted = [(words, times) for (place, words), times in self.often.items() if place == chat]
        return once | {words for words, times in counted if sum(text.count(words) for text in texts) < times}

    def missing_in_group(self, texts: Sequence[str]) -> set[str]:
        """The notices that the group's messages do not show."""
        return {words for words in self.notices if not any(words in text for text in texts)}
