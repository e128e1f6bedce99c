"""Where jobs may have something to do: questions to all branches at once, of which only ids of branches and settings of theirs come out.

A question may name a branch too many, never one too few. Each is one statement or two, so that a branch in which nothing is to be done
costs nothing, however many of them there are.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, delete, not_, or_, select, union

from storage.keys import BranchId
from storage.sealed_rows import SealedData
from storage.tables import chat, check_in, deed, invite, link, member, notice, outbox, place, question
from storage.tables_aid import aid_alarm, aid_offer, appeal
from storage.tables_away import agreement, departure, sharing, sharing_consent
from storage.tables_care import care_contact, care_prompt, liaison
from storage.tables_carry import import_batch, import_preview
from storage.tables_counts import message_count
from storage.tables_dues import dues_assessment, dues_reduction
from storage.tables_erased import tombstone
from storage.tables_fund import payout, payout_approval, pledge
from storage.tables_learning import daily_question, discussion, reflection, study_time
from storage.tables_ledger import ledger_entry, ledger_head, ledger_line, policy
from storage.tables_pairing import bulletin, pairing, pairing_visit
from storage.tables_register import register, register_change
from storage.tables_seeking import seek_passing, seek_task
from storage.tables_study import news_digest, study_plan
from storage.tables_trail import trail_entry
from storage.work import Work


def _branches(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.branch_id).where(*where)


_OVER = ["sent", "failed", "uncertain", "unaddressed", "held", "awaiting"]
_editable = and_(outbox.c.state == "sent", outbox.c.slot.is_not(None))
_PAST: dict[str, Callable[[Any], tuple[Table, ColumnElement[bool]]]] = {
    "check_ins": lambda at: (check_in, check_in.c.day < at),
    "reductions": lambda at: (dues_reduction, and_(dues_reduction.c.asked_at < at, dues_reduction.c.reason != "")),
    "departures": lambda at: (departure, and_(departure.c.state == "ended", departure.c.back_on < at)),
    "departure_drafts": lambda at: (departure, and_(departure.c.state == "draft", departure.c.step_at < at)),
    "removed": lambda at: (member, member.c.removed_at < at),
    "drafts": lambda at: (appeal, and_(appeal.c.closed_at.is_(None), appeal.c.step_at < at)),
    "appeals": lambda at: (appeal, and_(appeal.c.closed_at < at, appeal.c.need != "")),
    "offers": lambda at: (
        aid_offer,
        and_(aid_offer.c.what != "", aid_offer.c.appeal_id.in_(select(appeal.c.id).where(appeal.c.closed_at < at))),
    ),
    "alarms": lambda at: (aid_alarm, aid_alarm.c.at < at),
    "visits": lambda at: (pairing_visit, and_(pairing_visit.c.day < at, pairing_visit.c.words != "")),
    "pairings": lambda at: (pairing, pairing.c.ended_at < at),
    "pledges": lambda at: (pledge, and_(pledge.c.decided_at < at, pledge.c.reason != "")),
    "payouts": lambda at: (payout, and_(payout.c.at < at, or_(payout.c.purpose != "", payout.c.reason != ""))),
    "approvals": lambda at: (payout_approval, and_(payout_approval.c.at < at, payout_approval.c.reference != "")),
    "message_counts": lambda at: (message_count, message_count.c.day < at),
    "invites": lambda at: (invite, invite.c.expires_at < at),
    "questions": lambda at: (question, question.c.expires_at < at),
    "links": lambda at: (link, link.c.expires_at < at),
    "study_times": lambda at: (study_time, study_time.c.day < at),
    "imports": lambda at: (import_batch, import_batch.c.at < at),
    "passings": lambda at: (seek_passing, seek_passing.c.at < at),
    "reflections": lambda at: (reflection, reflection.c.at < at),
    "letters": lambda at: (outbox, and_(outbox.c.state.in_(_OVER), not_(_editable), outbox.c.created_at < at)),
    "trail": lambda at: (trail_entry, trail_entry.c.at < at),
    "sharings": lambda at: (sharing, sharing.c.at < at),
    "liaisons": lambda at: (liaison, liaison.c.until < at),
    "care_contacts": lambda at: (care_contact, care_contact.c.day < at),
    "care_prompts": lambda at: (care_prompt, care_prompt.c.at < at),
    "register_changes": lambda at: (register_change, register_change.c.at < at),
    "seek_tasks": lambda at: (seek_task, and_(seek_task.c.state == "found", seek_task.c.at < at)),
    "sharing_consents": lambda at: (
        sharing_consent,
        and_(sharing_consent.c.state.in_(["asked", "withdrawn"]), sharing_consent.c.at < at),
    ),
    "tombstones": lambda at: (tombstone, tombstone.c.at < at),
    "slots": lambda at: (outbox, outbox.c.created_at < at),
}
"""By the names of what is kept for a time: the rows of a table that are older than a moment or day, and of which something is left."""
_GONE = (member.c.removed_at.is_not(None),)


class Agenda:
    """Which branches hold something. Crosses branches by nature."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def _of(self, *questions: Select[Any]) -> set[BranchId]:
        statement = union(*questions) if len(questions) > 1 else questions[0].distinct()
        return {BranchId(row.branch_id) for row in await self._work.rows(statement) if row.branch_id is not None}

    async def with_register(self) -> set[BranchId]:
        """With anything in the register of members."""
        return await self._of(_branches(register))

    async def departures_due(self, first: date, day: date) -> set[BranchId]:
        """With somebody who left between two days, or is to be asked about moving their membership by the second."""
        due = or_(departure.c.leave_on.between(first, day), departure.c.ask_on <= day)
        return await self._of(_branches(departure, departure.c.state == "kept", due))

    async def agreements_ending(self, today: date, by: date) -> set[BranchId]:
        """With agreements that end by a day or are over, and nobody was told so."""
        coming = and_(agreement.c.until.between(today, by), or_(agreement.c.told.is_(None), agreement.c.told < agreement.c.until))
        over = and_(agreement.c.until < today, or_(agreement.c.told.is_(None), agreement.c.told <= agreement.c.until))
        return await self._of(_branches(agreement, agreement.c.ended_on.is_(None), or_(coming, over)))

    async def with_liaisons(self) -> set[BranchId]:
        """With somebody who looks after somebody, or something that a liaison is to be told."""
        return await self._of(_branches(liaison, liaison.c.until.is_(None)), _branches(care_prompt))

    async def notices_to_post(self, state: str, at: datetime) -> set[BranchId]:
        """With announcements of a state whose time has come."""
        return await self._of(_branches(notice, notice.c.state == state, notice.c.post_at <= at))

    async def notices_to_nudge(self, state: str, after: datetime, before: datetime) -> set[BranchId]:
        """With announcements of a state, posted within a time, about which nobody was nudged."""
        within = (notice.c.post_at > after, notice.c.post_at <= before)
        return await self._of(_branches(notice, notice.c.state == state, *within, notice.c.nudged_at.is_(None)))

    async def appeals_of_the_gone(self, states: Collection[str]) -> set[BranchId]:
        """With appeals in one of some states whose members were removed."""
        left = _branches(appeal, appeal.c.state.in_(states), *_GONE).select_from(appeal.join(member, member.c.id == appeal.c.member_id))
        return await self._of(left)

    async def appeals_in(self, state: str) -> set[BranchId]:
        """With appeals in a state."""
        return await self._of(_branches(appeal, appeal.c.state == state))

    async def appeals_unanswered(self, state: str, since: datetime, told_before: datetime, told_after: datetime) -> set[BranchId]:
        """With appeals in a state since a moment of which the liaison, or for a while the secretary, has not been told."""
        told = appeal.c.secretary_told_at
        untold = or_(appeal.c.liaison_told_at.is_(None), told.is_(None), told <= told_before, told > told_after)
        return await self._of(_branches(appeal, appeal.c.state == state, appeal.c.step_at <= since, untold))

    async def appeals_running(self, state: str, now: datetime, ending: datetime, unanswered: datetime) -> set[BranchId]:
        """With appeals in a state that are over, or end by a moment and nobody was told, or have had no offer since another."""
        alone = appeal.c.id.not_in(select(aid_offer.c.appeal_id))
        ends = and_(appeal.c.ending_told_at.is_(None), appeal.c.expires_at <= ending)
        waits = and_(appeal.c.liaison_told_at.is_(None), appeal.c.step_at <= unanswered, alone)
        return await self._of(_branches(appeal, appeal.c.state == state, or_(appeal.c.expires_at <= now, ends, waits)))

    async def offers_agreed(self, states: Collection[str], before: datetime) -> set[BranchId]:
        """With offers in one of some states, agreed to before a moment, of which the helper was not reminded."""
        where = (aid_offer.c.state.in_(states), aid_offer.c.agreed_at <= before, aid_offer.c.reminded_at.is_(None))
        return await self._of(_branches(aid_offer, *where))

    async def deeds_before(self, at: datetime) -> set[BranchId]:
        """With deeds older than a moment."""
        return await self._of(_branches(deed, deed.c.at < at))

    async def questions_over(self, now: datetime) -> set[BranchId]:
        """With questions past their time."""
        return await self._of(_branches(question, question.c.expires_at < now))

    async def previews_before(self, at: datetime) -> set[BranchId]:
        """With files that were read before a moment and not taken."""
        return await self._of(_branches(import_preview, import_preview.c.at < at))

    async def questions_that_know(self, kind: str, name: str, opened_by: datetime) -> set[BranchId]:
        """With open questions of a kind, opened by a moment, whose data still hold something under a name."""
        where = (question.c.kind == kind, question.c.opened_at <= opened_by, question.c.spent_at.is_(None))
        kept = SealedData(self._work, question)
        columns = (question.c.id, question.c.branch_id, question.c.data, question.c.sealed)
        rows = await self._work.rows(select(*columns).where(*where))
        return {BranchId(row.branch_id) for row in rows if kept.opened(row.id, row.data, row.sealed).get(name)}

    async def with_assessments(self) -> set[BranchId]:
        """That keep dues here."""
        return await self._of(_branches(dues_assessment))

    async def with_entries(self, *books: str) -> set[BranchId]:
        """With anything in one of some books, be it only a line or a head without its entry."""
        return await self._of(*(_branches(table, table.c.book.in_(books)) for table in (ledger_entry, ledger_line, ledger_head)))

    async def with_chats(self) -> set[BranchId]:
        """With a group."""
        return await self._of(_branches(chat))

    async def digests_of(self, day: date, *states: str) -> set[BranchId]:
        """With a news digest of a day, in one of some states if any are given."""
        where = [news_digest.c.state.in_(states)] if states else []
        return await self._of(_branches(news_digest, news_digest.c.day == day, *where))

    async def digests_before(self, day: date) -> set[BranchId]:
        """With news digests of before a day."""
        return await self._of(_branches(news_digest, news_digest.c.day < day))

    async def decided(self, name: str, day: date) -> dict[BranchId, Any]:
        """What holds on a day by the decision that each branch made; those that made none are left out."""
        listed = select(policy.c.branch_id, policy.c.value).where(policy.c.name == name, policy.c.effective_from <= day)
        rows = await self._work.rows(listed.order_by(policy.c.effective_from, policy.c.at, policy.c.id))
        return {BranchId(row.branch_id): row.value for row in rows}

    async def handled_through(self) -> dict[BranchId, date | None]:
        """Up to which day each branch's lessons were pushed or passed over; branches without a plan are left out."""
        rows = await self._work.rows(select(study_plan.c.branch_id, study_plan.c.handled_through))
        return {BranchId(row.branch_id): row.handled_through for row in rows}

    async def bulletins_over(self, states: Collection[str], now: datetime) -> set[BranchId]:
        """With hardship bulletins in one of some states that are past their time, or of members who were removed."""
        of_member = bulletin.join(member, member.c.id == bulletin.c.member_id)
        over = or_(bulletin.c.expires_at <= now, *_GONE)
        return await self._of(_branches(bulletin, bulletin.c.state.in_(states), over).select_from(of_member))

    async def wanting_questions(self) -> set[BranchId]:
        """With members who want a question a day."""
        return await self._of(_branches(daily_question))

    async def discussions_over(self, now: datetime) -> set[BranchId]:
        """With discussions to be closed."""
        return await self._of(_branches(discussion, discussion.c.closed_at.is_(None), discussion.c.closes_at <= now))

    async def kept_back(self, state: str) -> set[BranchId]:
        """With letters kept back in a state."""
        return await self._of(_branches(outbox, outbox.c.state == state))

    async def moved(self) -> set[BranchId]:
        """With places of whose city the secretary has not been told."""
        return await self._of(_branches(place, place.c.moved))

    async def away_before(self, at: datetime) -> set[BranchId]:
        """With present members who have been away since before a moment."""
        return await self._of(_branches(member, member.c.away_since <= at, member.c.removed_at.is_(None)))

    async def pairings_quiet(self, state: str, matched: datetime, prompted: datetime, ahead: datetime) -> set[BranchId]:
        """With pairings in a state, matched before a moment, that were not asked about since another, or by a clock that was ahead."""
        asked = pairing.c.prompted_at
        old = or_(pairing.c.matched_at < matched, and_(pairing.c.matched_at.is_(None), pairing.c.at < matched))
        return await self._of(_branches(pairing, pairing.c.state == state, old, or_(asked.is_(None), asked <= prompted, asked > ahead)))

    async def past(self, **since: date | datetime) -> set[BranchId]:
        """With something that is older than what is kept of its kind; the kinds are those of `_PAST`."""
        return await self._of(*(_branches(*_PAST[kind](at)) for kind, at in since.items()))

    async def drop_past(self, **since: date | datetime) -> None:
        """Drop, of the entered branch, the rows of some kinds that are older than what is kept: kinds of which nothing outlives the row."""
        for kind, at in since.items():
            table, condition = _PAST[kind](at)
            await self._work.change(delete(table).where(table.c.branch_id == self._work.branch_id, condition))
