"""A branch's own words (老地方 is 东莞市): read with nearly every sentence, so they are fetched for many messages at once."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.keys import BranchId
from storage.lookups import Keyed, Lists
from storage.records import fields
from storage.tables_language import branch_word
from storage.work import Work


@dataclass(frozen=True, slots=True)
class BranchWord:
    """A word and what is read in its place."""

    branch_id: BranchId
    word: str
    meaning: str


_WORDS: Keyed[BranchId, BranchWord] = Keyed(
    select(branch_word.c.branch_id, branch_word.c.word, branch_word.c.meaning).order_by(branch_word.c.word),
    [branch_word.c.branch_id],
    fields(BranchWord),
)


class BranchWords:
    """The words of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lists[BranchId, BranchWord] = Lists(work, _WORDS)

    async def all(self) -> dict[str, str]:
        """What each word means, by word."""
        return {each.word: each.meaning for each in await self._lookup.all(self._work.branch_id)}

    def put(self, word: str, meaning: str) -> None:
        """Add a word, or change what it means."""
        key = {"branch_id": self._work.branch_id, "word": word}
        self._work.upsert(branch_word, list(key), **key, meaning=meaning, at=self._work.now)
        self._lookup.forget()

    def remove(self, word: str) -> None:
        """Forget a word."""
        self._work.delete(branch_word, {"branch_id": self._work.branch_id, "word": word})
        self._lookup.forget()
