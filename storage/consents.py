"""What each person agreed to, purpose by purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.keys import MemberId
from storage.lookups import Keyed, Lookup
from storage.tables import consent
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Consent:
    """An answer that was given, yes or no."""

    purpose: str
    given: bool
    at: datetime


_CONSENTS: Keyed[tuple[MemberId, str], Consent] = Keyed(
    select(consent), [consent.c.member_id, consent.c.purpose], lambda row: Consent(row.purpose, row.given, row.at)
)


class Consents:
    """The answers of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[tuple[MemberId, str], Consent] = Lookup(work, _CONSENTS, kept=True)

    async def get(self, member_id: MemberId, purpose: str) -> Consent | None:
        """The answer, or None while nobody asked or answered."""
        return await self._lookup.get((member_id, purpose))

    async def prefetch(self, keys: Iterable[tuple[MemberId, str]]) -> None:
        """Fetch several answers by one statement."""
        await self._lookup.prefetch(keys)

    async def given(self, members: Iterable[MemberId], purpose: str) -> set[MemberId]:
        """Who of several agreed."""
        answers = await self._lookup.many([(member_id, purpose) for member_id in members])
        return {member_id for (member_id, _), answer in answers.items() if answer.given}

    async def of(self, member_id: MemberId) -> list[Consent]:
        """Every answer of a member."""
        rows = await self._work.rows(select(consent).where(consent.c.member_id == member_id).order_by(consent.c.purpose))
        return [Consent(row.purpose, row.given, row.at) for row in rows]

    def put(self, member_id: MemberId, purpose: str, *, given: bool) -> None:
        """Note an answer."""
        key = {"member_id": member_id, "purpose": purpose}
        self._work.upsert(consent, list(key), **key, branch_id=self._work.branch_id, given=given, at=self._work.now)
        self._lookup.put((member_id, purpose), Consent(purpose, given, self._work.now))
