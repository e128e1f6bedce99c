"""Who offered to help with an appeal."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.keys import AppealId, BranchId, MemberId, OfferId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_aid import aid_offer, appeal
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer; `state` is one of `bot.rules.appeals.OfferState`."""

    id: OfferId
    appeal_id: AppealId
    member_id: MemberId
    what: str
    state: str
    at: datetime
    agreed_at: datetime | None = None
    reminded_at: datetime | None = None


_BY_ID: Keyed[tuple[BranchId, OfferId], Offer] = Keyed(select(aid_offer), [aid_offer.c.branch_id, aid_offer.c.id], fields(Offer))


class AidOffers:
    """The offers of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Offer] = SealedRows(work, aid_offer)
        self._by_id: OfBranch[OfferId, Offer] = OfBranch(work, _BY_ID, self._rows.opened)

    async def get(self, which: OfferId) -> Offer | None:
        """The offer of an id, if it is this branch's."""
        return await self._by_id.get(which)

    def add(self, appeal_id: AppealId, member_id: MemberId, what: str, state: str) -> Offer:
        """Note an offer."""
        made = Offer(OfferId(self._work.new_id()), appeal_id, member_id, what, state, self._work.now)
        values = {name: getattr(made, name) for name in Offer.__dataclass_fields__}
        self._work.insert(aid_offer, **self._rows.sealed(made.id, values), branch_id=self._work.branch_id)
        self._by_id.put(made.id, made)
        return made

    def change(self, changed: Offer, **values: Any) -> Offer:
        """Change fields of an offer; answers what it is now."""
        self._work.update(aid_offer, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        current = replace(changed, **values)
        self._by_id.put(current.id, current)
        return current

    async def to(self, appeal_id: AppealId) -> list[Offer]:
        """The offers to an appeal, in their order."""
        where = (aid_offer.c.branch_id == self._work.branch_id, aid_offer.c.appeal_id == appeal_id)
        rows = await self._work.rows(select(aid_offer).where(*where).order_by(aid_offer.c.at, aid_offer.c.id))
        return [self._rows.opened(fields(Offer)(row)) for row in rows]

    async def of(self, member_id: MemberId) -> list[Offer]:
        """What a member offered, the newest first."""
        where = (aid_offer.c.branch_id == self._work.branch_id, aid_offer.c.member_id == member_id)
        rows = await self._work.rows(select(aid_offer).where(*where).order_by(aid_offer.c.at.desc(), aid_offer.c.id))
        return [self._rows.opened(fields(Offer)(row)) for row in rows]

    async def agreed_before(self, at: datetime, states: Collection[str]) -> list[Offer]:
        """Offers in some states that both agreed to before a moment and whose helper has not been reminded yet."""
        where = (aid_offer.c.branch_id == self._work.branch_id, aid_offer.c.state.in_(states), aid_offer.c.agreed_at <= at)
        rows = await self._work.rows(
            select(aid_offer).where(*where, aid_offer.c.reminded_at.is_(None)).order_by(aid_offer.c.at, aid_offer.c.id)
        )
        return [self._rows.opened(fields(Offer)(row)) for row in rows]

    async def counts(self, appeals: Collection[AppealId], states: Collection[str]) -> dict[AppealId, int]:
        """How many offers in some states each of several appeals has."""
        where = (aid_offer.c.branch_id == self._work.branch_id, aid_offer.c.appeal_id.in_(appeals), aid_offer.c.state.in_(states))
        counted = select(aid_offer.c.appeal_id, func.count().label("offers")).where(*where).group_by(aid_offer.c.appeal_id)
        return {AppealId(row.appeal_id): int(row.offers) for row in await self._work.rows(counted)}

    async def erase_words_before(self, at: datetime) -> None:
        """Erase what was offered to appeals that ended before a moment."""
        ended = select(appeal.c.id).where(appeal.c.branch_id == self._work.branch_id, appeal.c.closed_at < at)
        where = (aid_offer.c.branch_id == self._work.branch_id, aid_offer.c.what != "", aid_offer.c.appeal_id.in_(ended))
        await self._work.change(update(aid_offer).where(*where).values(what=""))
        self._by_id.forget()
