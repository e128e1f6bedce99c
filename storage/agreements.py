"""Agreements with the organisations where members are (双向管理协议), what was done under them, and what was given to whom."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_away import agreement, mutual, sharing, sharing_consent
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a host organisation; both days included."""

    id: int
    host: str
    contact: str
    since: date
    until: date
    at: datetime
    by: MemberId | None
    ended_on: date | None = None
    told: date | None = None

    def stands(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day <= self.until and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Mutual:
    """Something that was done under an agreement: which of the six mutuals, on what day, in a few words."""

    id: int
    kind: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class SharingConsent:
    """What a member says to being named to a host; `state` is asked, agreed, declined, withdrawn, or lapsed by a renewal."""

    id: int
    member_id: MemberId
    agreement_id: int
    state: str
    phone: bool
    asked_by: MemberId | None
    at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """That something of a member was given to a host: what kinds, when, by whom."""

    id: int
    member_id: MemberId
    agreement_id: int | None
    host: str
    kinds: str
    by: MemberId | None
    at: datetime


class Agreements:
    """The agreements of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def every(self) -> list[Agreement]:
        """All of them, what ends first before the rest."""
        listed = select(agreement).where(agreement.c.branch_id == self._work.branch_id).order_by(agreement.c.until, agreement.c.id)
        return [fields(Agreement)(row) for row in await self._work.rows(listed)]

    async def get(self, which: int) -> Agreement | None:
        """The agreement of an id, if it is this branch's."""
        return next((each for each in await self.every() if each.id == which), None)

    def add(self, host: str, since: date, until: date, contact: str, by: MemberId | None) -> Agreement:
        """Note an agreement."""
        made = Agreement(self._work.new_id(), host, contact, since, until, self._work.now, by)
        self._insert(agreement, made)
        return made

    def change(self, changed: Agreement, **values: Any) -> Agreement:
        """Change fields of an agreement; answers what it is now."""
        self._work.update(agreement, {"id": changed.id, "branch_id": self._work.branch_id}, **values)
        return replace(changed, **values)

    def remove(self, which: int) -> None:
        """It was noted by mistake."""
        self._work.delete(agreement, {"id": which, "branch_id": self._work.branch_id})

    def log(self, about: Agreement, kind: str, day: date, words: str, by: MemberId | None) -> int:
        """Note that something was done under an agreement."""
        which = self._work.new_id()
        values = {"agreement_id": about.id, "kind": kind, "day": day, "words": words, "by": by, "at": self._work.now}
        self._work.insert(mutual, id=which, branch_id=self._work.branch_id, **values)
        return which

    def unlog(self, which: int) -> None:
        """Take such a note back."""
        self._work.delete(mutual, {"id": which, "branch_id": self._work.branch_id})

    async def counts(self) -> dict[tuple[int, str], int]:
        """How often each of the six was noted, by agreement and kind."""
        counted = select(mutual.c.agreement_id, mutual.c.kind, func.count().label("times"))
        grouped = counted.where(mutual.c.branch_id == self._work.branch_id).group_by(mutual.c.agreement_id, mutual.c.kind)
        return {(row.agreement_id, row.kind): int(row.times) for row in await self._work.rows(grouped)}

    async def logged(self, about: Agreement) -> list[Mutual]:
        """What was done under an agreement, the newest first."""
        here = select(mutual).where(mutual.c.branch_id == self._work.branch_id, mutual.c.agreement_id == about.id)
        return [fields(Mutual)(row) for row in await self._work.rows(here.order_by(mutual.c.day.desc(), mutual.c.id.desc()))]

    async def agreed(self) -> dict[int, int]:
        """How many agree to being named, by agreement."""
        counted = select(sharing_consent.c.agreement_id, func.count(sharing_consent.c.member_id.distinct()).label("people"))
        where = (sharing_consent.c.branch_id == self._work.branch_id, sharing_consent.c.state == "agreed")
        rows = await self._work.rows(counted.where(*where).group_by(sharing_consent.c.agreement_id))
        return {int(row.agreement_id): int(row.people) for row in rows}

    async def consents_of(self, member_id: MemberId) -> list[SharingConsent]:
        """What a member was asked and said, the oldest first."""
        return await self._consents(sharing_consent.c.member_id == member_id)

    async def open_under(self, about: Agreement) -> list[SharingConsent]:
        """The consents to being named that stand for an agreement, and the questions that wait."""
        return await self._consents(sharing_consent.c.agreement_id == about.id, sharing_consent.c.state.in_(("agreed", "asked")))

    async def consents(self, which: Collection[int]) -> list[SharingConsent]:
        """Several of them, the oldest first."""
        return await self._consents(sharing_consent.c.id.in_(which)) if which else []

    async def consent(self, which: int) -> SharingConsent | None:
        """One of them, if it is this branch's."""
        return next(iter(await self._consents(sharing_consent.c.id == which)), None)

    async def _consents(self, *where: Any) -> list[SharingConsent]:
        here = select(sharing_consent).where(sharing_consent.c.branch_id == self._work.branch_id, *where)
        rows = await self._work.rows(here.order_by(sharing_consent.c.at, sharing_consent.c.id))
        return [fields(SharingConsent)(row) for row in rows]

    def ask(self, member_id: MemberId, about: Agreement, asked_by: MemberId | None) -> SharingConsent:
        """A member is asked."""
        made = SharingConsent(self._work.new_id(), member_id, about.id, "asked", phone=False, asked_by=asked_by, at=self._work.now)
        self._insert(sharing_consent, made)
        return made

    def answer(self, asked: SharingConsent, **values: Any) -> SharingConsent:
        """A member answers, or changes their mind."""
        values.setdefault("answered_at", self._work.now)
        self._work.update(sharing_consent, {"id": asked.id, "branch_id": self._work.branch_id}, **values)
        return replace(asked, **values)

    async def shared(self, members: Collection[MemberId]) -> list[Sharing]:
        """What was given of some members, the newest first."""
        where = (sharing.c.branch_id == self._work.branch_id, sharing.c.member_id.in_(members))
        rows = await self._work.rows(select(sharing).where(*where).order_by(sharing.c.at.desc(), sharing.c.id))
        return [fields(Sharing)(row) for row in rows]

    async def given_under(self, about: Agreement) -> set[MemberId]:
        """Of whom something was given under an agreement."""
        where = (sharing.c.branch_id == self._work.branch_id, sharing.c.agreement_id == about.id)
        return {MemberId(row.member_id) for row in await self._work.rows(select(sharing.c.member_id).where(*where).distinct())}

    async def forget_before(self, at: datetime) -> None:
        """Drop what was noted of giving before a moment."""
        await self._work.change(delete(sharing).where(sharing.c.branch_id == self._work.branch_id, sharing.c.at < at))

    def share(self, member_id: MemberId, about: Agreement, kinds: str, by: MemberId | None) -> Sharing:
        """Note what is given."""
        made = Sharing(self._work.new_id(), member_id, about.id, about.host, kinds, by, self._work.now)
        self._insert(sharing, made)
        return made

    def _insert(self, table: Any, made: Any) -> None:
        row = {name: getattr(made, name) for name in type(made).__dataclass_fields__}
        self._work.insert(table, **row, branch_id=self._work.branch_id)
