"""Open questions: what was asked of whom, and what may be answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from storage.keys import BranchId, MemberId, QuestionId
from storage.lookups import Keyed, Lists, Lookup
from storage.records import changed, fields
from storage.sealed_rows import SealedData
from storage.tables import question
from storage.work import Work


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question; `member_id` is empty for one that every member may answer once."""

    id: QuestionId
    branch_id: BranchId
    member_id: MemberId | None
    kind: str
    card: bool
    free: bool
    choices: list[list[str]]
    data: dict[str, Any]
    opened_at: datetime
    expires_at: datetime
    spent_at: datetime | None
    armed: bool = False
    sealed: str = ""
    """What it knows, while it is in the database and holds words; `data` is empty then."""


_QUESTIONS: Keyed[QuestionId, OpenQuestion] = Keyed(select(question), [question.c.id], fields(OpenQuestion))

_QUESTIONS_OF: Keyed[MemberId | None, OpenQuestion] = Keyed(
    select(question).where(question.c.spent_at.is_(None)).order_by(question.c.opened_at, question.c.id),
    [question.c.member_id],
    fields(OpenQuestion),
)


class Questions:
    """Questions. A button finds its own by id before a branch is entered; the answer is then held to that branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._data = SealedData(work, question)
        self._of: Lists[MemberId | None, OpenQuestion] = Lists(work, _QUESTIONS_OF, self._opened)
        self._lookup: Lookup[QuestionId, OpenQuestion] = Lookup(work, _QUESTIONS, self._opened, kept=True)

    def _opened(self, asked: OpenQuestion) -> OpenQuestion:
        if not asked.sealed:
            return asked
        return changed(asked, data=self._data.opened(asked.id, asked.data, asked.sealed), sealed="")

    async def get(self, question_id: QuestionId) -> OpenQuestion | None:
        """The question of an id, spent and expired ones too."""
        return await self._lookup.get(question_id)

    async def prefetch(self, question_ids: Collection[QuestionId]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(question_ids)

    async def prefetch_of(self, members: Iterable[MemberId]) -> None:
        """Fetch by one statement what several members are still asked."""
        await self._of.prefetch(members)

    async def latest(self, member_id: MemberId) -> OpenQuestion | None:
        """The one question that a word of this member would answer now."""
        waiting = [each for each in await self._open_to(member_id) if not each.card]
        return max(waiting, key=lambda each: (each.opened_at, -each.id), default=None)

    async def _open_to(self, member_id: MemberId) -> list[OpenQuestion]:
        """What a member of this branch is still asked, the oldest first."""
        asked = await self._of.all(member_id)
        return [each for each in asked if each.branch_id == self._work.branch_id and each.expires_at > self._work.now]

    async def open(
        self,
        member_id: MemberId | None,
        kind: str,
        choices: list[list[str]],
        data: dict[str, Any],
        expires_at: datetime,
        *,
        card: bool,
        free: bool = False,
        stays: bool = False,
    ) -> OpenQuestion:
        """Ask. An ordinary question ends the earlier ones of the same person; cards stand beside each other, armed ones too.

        One that `stays` is armed: the next ordinary question makes a card of it.
        """
        if member_id is not None and not card:
            armed = (question.c.member_id == member_id, question.c.armed.is_(True), question.c.spent_at.is_(None))
            await self._work.change(update(question).where(*armed).values(card=True, armed=False))
            await self._work.change(
                delete(question).where(question.c.member_id == member_id, question.c.card.is_(False), question.c.spent_at.is_(None))
            )
        made = OpenQuestion(
            QuestionId(self._work.new_id()),
            self._work.branch_id,
            member_id,
            kind,
            card,
            free,
            choices,
            data,
            self._work.now,
            expires_at,
            None,
            armed=stays,
        )
        row = {name: getattr(made, name) for name in OpenQuestion.__dataclass_fields__}
        self._work.insert(question, **{**row, **self._data.sealed(made.id, data)})
        self._lookup.put(made.id, made)
        self._of.forget()
        return made

    def spend(self, spent: OpenQuestion) -> None:
        """The question is answered; what it knew and offered is erased."""
        self._work.update(question, {"id": spent.id}, spent_at=self._work.now, data={}, sealed="", choices=[])
        self._lookup.put(spent.id, None)
        self._of.forget()

    def conclude(self, spent: OpenQuestion, data: dict[str, Any]) -> None:
        """Keep what an answered question led to, for who presses its button again."""
        self._work.update(question, {"id": spent.id}, **self._data.sealed(spent.id, data))
        self._lookup.put(spent.id, replace(spent, spent_at=self._work.now, data=data, choices=[]))
        self._of.forget()

    def set_aside(self, asked: OpenQuestion, choices: list[list[str]]) -> None:
        """Make a card of an open question, with other words for its first answers."""
        kept = [*choices, *asked.choices[len(choices) :]]
        self._work.update(question, {"id": asked.id}, card=True, armed=False, free=False, choices=kept)
        self._lookup.put(asked.id, replace(asked, card=True, armed=False, free=False, choices=kept))
        self._of.forget()

    def learn(self, asked: OpenQuestion, data: dict[str, Any]) -> None:
        """Replace what an open question knows."""
        self._work.update(question, {"id": asked.id}, **self._data.sealed(asked.id, data))
        self._lookup.put(asked.id, replace(asked, data=data))
        self._of.forget()

    async def drop_for(self, member_id: MemberId) -> None:
        """End what is still asked of a member, with what it knew."""
        where = (question.c.branch_id == self._work.branch_id, question.c.member_id == member_id)
        await self._work.change(delete(question).where(*where, question.c.spent_at.is_(None)))

    async def drop_kind(self, kind: str) -> None:
        """End the ordinary questions of a kind in this branch, whoever was asked, with what they knew; cards stay."""
        where = (question.c.branch_id == self._work.branch_id, question.c.kind == kind, question.c.card.is_(False))
        await self._work.change(delete(question).where(*where, question.c.spent_at.is_(None)))
        self._lookup.forget()

    async def drop_about(self, member_id: MemberId, kind: str, name: str, value: Any) -> None:
        """End the open questions of a kind to a member whose data says something."""
        for each in await self.of(member_id):
            if each.kind == kind and each.data.get(name) == value:
                self.spend(each)

    async def open_of(self, member_id: MemberId, kind: str) -> OpenQuestion | None:
        """The open question of a kind to a member, the newest if there are several."""
        waiting = [each for each in await self._open_to(member_id) if each.kind == kind]
        return max(waiting, key=lambda each: (each.opened_at, -each.id), default=None)

    async def of(self, member_id: MemberId) -> list[OpenQuestion]:
        """What a member is still asked."""
        return await self._open_to(member_id)

    async def to_everybody(self) -> list[OpenQuestion]:
        """The open questions of this branch that every member may answer, the oldest first."""
        where = (question.c.branch_id == self._work.branch_id, question.c.member_id.is_(None), question.c.spent_at.is_(None))
        asked = select(question).where(*where, question.c.expires_at > self._work.now).order_by(question.c.opened_at, question.c.id)
        return [self._opened(fields(OpenQuestion)(row)) for row in await self._work.rows(asked)]

    async def of_kind(self, kind: str) -> list[OpenQuestion]:
        """The open questions of a kind in this branch."""
        rows = await self._work.rows(
            select(question).where(
                question.c.branch_id == self._work.branch_id,
                question.c.kind == kind,
                question.c.spent_at.is_(None),
                question.c.expires_at > self._work.now,
            )
        )
        return [self._opened(fields(OpenQuestion)(row)) for row in rows]

    async def unanswered(self, kinds: Collection[str]) -> list[OpenQuestion]:
        """The questions of some kinds in this branch that still know something, expired ones too."""
        where = (question.c.branch_id == self._work.branch_id, question.c.kind.in_(kinds), question.c.spent_at.is_(None))
        return [self._opened(fields(OpenQuestion)(row)) for row in await self._work.rows(select(question).where(*where))]

    async def disarm(self, member_id: MemberId) -> None:
        """Something else was spoken of since: earlier questions of a member are answered by their buttons only, not by a stray word."""
        if all(each.card for each in await self._of.all(member_id)):
            return
        await self._work.change(
            update(question)
            .where(question.c.member_id == member_id, question.c.spent_at.is_(None), question.c.opened_at < self._work.now)
            .where(question.c.card.is_(False), question.c.kind.not_like("consent%"), question.c.kind != "page")
            .values(card=True)
        )

    async def arm(self, kind: str, *, since: datetime) -> None:
        """Let words, too, answer the cards of a kind opened since a moment, where nothing else is asked of their person."""
        busy = select(question.c.member_id).where(
            question.c.branch_id == self._work.branch_id,
            question.c.card.is_(False),
            question.c.spent_at.is_(None),
            question.c.expires_at > self._work.now,
            question.c.member_id.is_not(None),
        )
        these = (question.c.branch_id == self._work.branch_id, question.c.kind == kind, question.c.opened_at >= since)
        await self._work.change(update(question).where(*these, question.c.member_id.not_in(busy)).values(card=False, armed=True))
        self._lookup.forget()

    async def rest(self, kind: str) -> None:
        """Let the cards of a kind be answered by their buttons and by the words on these only."""
        these = (question.c.branch_id == self._work.branch_id, question.c.kind == kind, question.c.armed.is_(True))
        await self._work.change(update(question).where(*these, question.c.spent_at.is_(None)).values(card=True, armed=False))
        self._lookup.forget()
        self._of.forget()

    async def forget_before(self, at: datetime) -> None:
        """Drop questions that ended before a moment, with what they knew."""
        await self._work.change(delete(question).where(question.c.branch_id == self._work.branch_id, question.c.expires_at < at))
