"""Questions that come back to somebody, and who wants one every day."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_learning import daily_question, review_card
from storage.work import Work


class CardKey(NamedTuple):
    """Which question: its lesson and its place there, from 0."""

    lesson_id: str
    number: int


@dataclass(frozen=True, slots=True)
class Card:
    """A question that a member has answered. `answer` is what was right then; `state` what the repetition remembers."""

    lesson_id: str
    number: int
    answer: str
    state: dict[str, Any]
    due: date
    answered_on: date
    times: int

    @property
    def key(self) -> CardKey:
        """Which question it is."""
        return CardKey(self.lesson_id, self.number)


class ReviewCards:
    """The cards of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._branch = work.branch_id

    async def of(self, member_id: MemberId) -> list[Card]:
        """A member's cards, the next due first."""
        return (await self.of_many([member_id])).get(member_id, [])

    async def of_many(self, member_ids: Collection[MemberId]) -> dict[MemberId, list[Card]]:
        """The cards of several members, the next due first, by one statement."""
        where = (review_card.c.branch_id == self._branch, review_card.c.member_id.in_(member_ids))
        order = (review_card.c.due, review_card.c.lesson_id, review_card.c.number)
        found: dict[MemberId, list[Card]] = {}
        for row in await self._work.rows(select(review_card).where(*where).order_by(*order)):
            found.setdefault(MemberId(row.member_id), []).append(fields(Card)(row))
        return found

    def put(self, member_id: MemberId, card: Card) -> None:
        """Keep a card."""
        key = ["member_id", "lesson_id", "number"]
        self._work.upsert(review_card, key, member_id=member_id, branch_id=self._branch, **asdict(card))

    def move(self, member_id: MemberId, days: Mapping[CardKey, date]) -> None:
        """Let cards come back on other days."""
        for key, day in days.items():
            self._work.update(review_card, {"member_id": member_id, "lesson_id": key.lesson_id, "number": key.number}, due=day)

    def drop(self, member_id: MemberId, keys: Collection[CardKey]) -> None:
        """Forget cards: their questions are gone or have become others."""
        for key in keys:
            self._work.delete(review_card, {"member_id": member_id, "lesson_id": key.lesson_id, "number": key.number})

    async def forget(self, member_id: MemberId) -> int:
        """Forget everything of a member; answers how many cards that were."""
        self._work.delete(daily_question, {"member_id": member_id})
        where = (review_card.c.branch_id == self._branch, review_card.c.member_id == member_id)
        return await self._work.change(delete(review_card).where(*where))

    async def daily(self) -> list[MemberId]:
        """Who wants a question every day."""
        rows = await self._work.rows(
            select(daily_question.c.member_id).where(daily_question.c.branch_id == self._branch).order_by(daily_question.c.member_id)
        )
        return [MemberId(row.member_id) for row in rows]

    def want_daily(self, member_id: MemberId, *, wanted: bool) -> None:
        """Note that somebody wants one, or none any more."""
        if wanted:
            values = {"member_id": member_id, "branch_id": self._branch, "since": self._work.now}
            self._work.upsert(daily_question, ["member_id"], **values)
        else:
            self._work.delete(daily_question, {"member_id": member_id})
