"""What jobs are asked for all branches: just past its time a row names its branch, at its time it does not.

A wrong question would keep what people wrote for ever, or leave somebody unanswered, and nobody would notice.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from bot.permissions import Actor, ActorKind
from bot.services import (
    aid_watch,
    bulletins,
    discussions,
    low_signal,
    news,
    notice_nudges,
    notices,
    pairing,
    place_questions,
    retention,
    undo,
)
from storage import agenda
from storage.database import Database
from storage.keys import BranchId
from storage.tables import chat, check_in, deed, invite, link, member, notice, outbox, question
from storage.tables_aid import aid_alarm, aid_offer, appeal
from storage.tables_counts import message_count
from storage.tables_dues import dues_reduction
from storage.tables_fund import payout, payout_approval, pledge
from storage.tables_learning import discussion, reflection, study_time
from storage.tables_ledger import policy
from storage.tables_pairing import bulletin, pairing_visit
from storage.tables_pairing import pairing as pair
from storage.tables_seeking import seek_passing
from storage.tables_study import news_digest
from storage.tables_trail import trail_entry
from storage.unit_of_work import UnitOfWork
from tests.databases import Template
from tests.lone_rows import GONE, NOW, OTHER, TODAY, Row, alone, put, two_branches

EVENING = NOW + timedelta(hours=10)
STEP, DAY = timedelta(milliseconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """Rows of the second branch, each set alone; with `beside` it that name nothing themselves."""

    ask: Callable[[UnitOfWork], Awaitable[set[BranchId]]]
    named: list[Row]
    spared: list[Row]
    beside: list[Row] = field(default_factory=list)


def _ago(**parts: int) -> datetime:
    return NOW - timedelta(**parts)


APPEAL, PAIR, PAYOUT = {"id": 5, "state": "closed"}, {"id": 5, "state": "ended"}, {"id": 5, "state": "paid", "purpose": ""}
KINDS: dict[str, tuple[Table, str, datetime | date, dict[str, Any], list[Row]]] = {
    "check_ins": (check_in, "day", TODAY - 90 * DAY, {}, []),
    "reductions": (dues_reduction, "asked_at", _ago(days=180), {"reason": "病了"}, []),
    "removed": (member, "removed_at", _ago(days=30), {"name": "走了的"}, []),
    "drafts": (appeal, "step_at", _ago(days=30), {"state": "draft"}, []),
    "appeals": (appeal, "closed_at", _ago(days=30), {"state": "closed", "need": "住院"}, []),
    "offers": (aid_offer, "closed_at", _ago(days=30), {"appeal_id": 5, "what": "送饭"}, [(appeal, APPEAL)]),
    "alarms": (aid_alarm, "at", _ago(days=30), {}, []),
    "visits": (pairing_visit, "day", TODAY - 365 * DAY, {"pairing_id": 5, "words": "送米"}, [(pair, PAIR)]),
    "pairings": (pair, "ended_at", _ago(days=365), {"state": "ended"}, []),
    "pledges": (pledge, "decided_at", _ago(days=180), {"reason": "退了"}, []),
    "payouts": (payout, "at", _ago(days=180), {"state": "paid", "purpose": "药费"}, []),
    "approvals": (payout_approval, "at", _ago(days=180), {"payout_id": 5, "verdict": "refused", "reference": "不妥"}, [(payout, PAYOUT)]),
    "message_counts": (message_count, "day", date(2025, 2, 1), {}, []),
    "invites": (invite, "expires_at", _ago(days=30), {}, []),
    "questions": (question, "expires_at", NOW, {}, []),
    "links": (link, "expires_at", NOW, {}, []),
    "study_times": (study_time, "day", date(2025, 1, 1), {}, []),
    "passings": (seek_passing, "at", _ago(days=40), {}, []),
    "reflections": (reflection, "at", _ago(days=365), {}, []),
    "letters": (outbox, "created_at", _ago(days=7), {"branch_id": OTHER, "state": "failed"}, []),
    "trail": (trail_entry, "at", _ago(days=1098), {"number": 1, "acted": "job", "deed": "saw", "kind": "dues"}, []),
    "slots": (outbox, "created_at", _ago(days=37), {"branch_id": OTHER, "state": "sent", "slot": "a"}, []),
}
"""Of each kind: its table, what its age is counted from, the oldest that is kept, what else a row holds, and what it belongs to."""


def _aged(kind: str, at: datetime | date) -> list[Row]:
    table, column, _, values, owners = KINDS[kind]
    if column in table.c:
        return [*owners, (table, {**values, column: at})]
    return [*((owner, {**held, column: at}) for owner, held in owners), (table, values)]


@pytest.fixture
async def database(empty_database: Template, tmp_path: Path) -> AsyncIterator[Database]:
    """Two branches and nothing in them."""
    async with two_branches(empty_database.copy(tmp_path / "agenda.db")) as opened:
        yield opened


async def test_what_is_past_its_time_names_its_branch_and_nothing_younger_does(database: Database) -> None:
    async def look(work: UnitOfWork, kind: str, at: datetime | date) -> tuple[bool, bool, bool]:
        """Whether the branch is named, whether something was erased there, and whether it is still named."""
        await put(work, *_aged(kind, at))
        rows = select(KINDS[kind][0]).order_by(*KINDS[kind][0].primary_key)
        work.enter(OTHER)
        named, before = await retention.where_old(work, []), await work.rows(rows)
        await retention.tidy(work, Actor(ActorKind.JOB, OTHER, None, frozenset()))
        return OTHER in named, await work.rows(rows) != before, bool(await retention.where_old(work, []))

    assert set(KINDS) == set(agenda._PAST)
    for kind, (_, _, kept, _, _) in KINDS.items():
        older = kept - (STEP if isinstance(kept, datetime) else DAY)
        assert await alone(database, lambda work, kind=kind, at=older: look(work, kind, at)) == (True, True, False), kind
        assert await alone(database, lambda work, kind=kind, at=kept: look(work, kind, at)) == (False, False, False), kind


def _asked(**values: Any) -> Row:
    return appeal, {"state": "asked", "step_at": _ago(hours=24), "liaison_told_at": NOW, "secretary_told_at": NOW, **values}


def _open(**values: Any) -> Row:
    told = {"liaison_told_at": NOW, "ending_told_at": NOW}
    return appeal, {"id": 7, "state": "open", "step_at": _ago(hours=24), "expires_at": NOW + 30 * DAY, **told, **values}


def _offer(**values: Any) -> Row:
    return aid_offer, {"appeal_id": 5, "state": "agreed", "agreed_at": _ago(days=2), **values}


def _paired(**values: Any) -> Row:
    return pair, {"state": "paired", "matched_at": LONG - STEP, **values}


LONG, AHEAD = _ago(days=183), NOW + timedelta(days=183)
LIVE = ("draft", "asked", "wording", "approved", "open")
CASES = {
    "appeals of the gone": Case(
        aid_watch.where_due,
        [(appeal, {"state": state, "member_id": GONE}) for state in LIVE],
        [(appeal, {"state": "closed", "member_id": GONE}), (appeal, {"state": "wording"})],
    ),
    "appeals to put up": Case(aid_watch.where_due, [(appeal, {"state": "approved"})], [(appeal, {"state": "draft"})]),
    "appeals unanswered": Case(
        aid_watch.where_due,
        [
            _asked(liaison_told_at=None),
            _asked(secretary_told_at=None),
            _asked(secretary_told_at=NOW - DAY),
            _asked(secretary_told_at=NOW + DAY + STEP),  # by a clock that was ahead
        ],
        [
            _asked(),
            _asked(liaison_told_at=None, step_at=_ago(hours=24) + STEP),
            _asked(secretary_told_at=NOW - DAY + STEP),
            _asked(secretary_told_at=NOW + DAY),
        ],
    ),
    "appeals running": Case(
        aid_watch.where_due,
        [_open(expires_at=NOW), _open(expires_at=NOW + 3 * DAY, ending_told_at=None), _open(liaison_told_at=None)],
        [
            _open(),
            _open(expires_at=NOW + STEP),
            _open(expires_at=NOW + 3 * DAY + STEP, ending_told_at=None),
            _open(liaison_told_at=None, step_at=_ago(hours=24) + STEP),
        ],
    ),
    "helpers to remind": Case(
        aid_watch.where_due,
        [_offer(), _offer(state="introduced")],
        [_offer(agreed_at=_ago(days=2) + STEP), _offer(reminded_at=NOW), _offer(state="wanted")],
        [(appeal, APPEAL)],
    ),
    "pairings": Case(
        pairing.where_quiet,
        [_paired(), _paired(matched_at=None, at=LONG - STEP), _paired(prompted_at=LONG), _paired(prompted_at=AHEAD + STEP)],
        [_paired(state="wanted"), _paired(matched_at=LONG), _paired(prompted_at=LONG + STEP), _paired(prompted_at=AHEAD)],
    ),
    "digests": Case(
        news.where_due,
        [(news_digest, {"day": TODAY, "state": "approved"}), (news_digest, {"day": TODAY - 61 * DAY, "state": "posted"})],
        [(news_digest, {"day": TODAY, "state": "offered"}), (news_digest, {"day": TODAY - 60 * DAY, "state": "posted"})],
    ),
    "notices to post": Case(
        notices.where_due,
        [(notice, {"state": "scheduled", "post_at": NOW})],
        [(notice, {"state": "scheduled", "post_at": NOW + STEP}), (notice, {"state": "open", "post_at": NOW})],
    ),
    "notices to nudge about": Case(
        notice_nudges.where_due,
        [(notice, {"state": "open", "post_at": at}) for at in (_ago(hours=24), _ago(days=7) + STEP)],
        [(notice, {"state": "open", "post_at": at}) for at in (_ago(hours=24) + STEP, _ago(days=7))]
        + [(notice, {"state": "open", "post_at": _ago(hours=24), "nudged_at": NOW})],
    ),
    "places said": Case(
        place_questions.where_said,
        [(question, {"kind": "consent_location", "opened_at": _ago(minutes=10), "data": {"codes": [1]}})],
        [
            (question, {"kind": "consent_location", "opened_at": _ago(minutes=10) + STEP, "data": {"codes": [1]}}),
            (question, {"kind": "consent_location", "opened_at": _ago(minutes=10), "data": {}}),
            (question, {"kind": "consent_location", "opened_at": _ago(minutes=10), "data": {"codes": [1]}, "spent_at": NOW}),
        ],
    ),
    "questions over": Case(retention.where_passing, [(question, {"expires_at": NOW - STEP})], [(question, {"expires_at": NOW})]),
    "deeds": Case(undo.where_over, [(deed, {"at": _ago(minutes=10) - STEP})], [(deed, {"at": _ago(minutes=10)})]),
    "the long away": Case(
        low_signal.where_overdue,
        [(member, {"away_since": _ago(days=30)})],
        [(member, {"away_since": _ago(days=30) + STEP}), (member, {"away_since": _ago(days=30), "removed_at": NOW})],
    ),
    "bulletins": Case(
        bulletins.where_over,
        [(bulletin, {"state": "posted", "expires_at": NOW}), (bulletin, {"state": "asked", "expires_at": NOW + DAY, "member_id": GONE})],
        [(bulletin, {"state": "posted", "expires_at": NOW + STEP}), (bulletin, {"state": "expired", "expires_at": NOW})],
    ),
    "discussions": Case(
        discussions.where_over,
        [(discussion, {"closes_at": NOW})],
        [(discussion, {"closes_at": NOW + STEP}), (discussion, {"closes_at": NOW, "closed_at": NOW})],
    ),
}


async def test_what_is_due_names_its_branch_and_what_is_not_yet_or_no_more_does_not(database: Database) -> None:
    async def look(work: UnitOfWork, case: Case, row: Row) -> set[BranchId]:
        await put(work, *case.beside, row)
        return await case.ask(work)

    for name, case in CASES.items():
        for rows, expected in ((case.named, {OTHER}), (case.spared, set())):
            for row in rows:
                assert await alone(database, lambda work, case=case, row=row: look(work, case, row)) == expected, (name, row)


async def test_an_appeal_somebody_answered_does_not_wait(database: Database) -> None:
    async def look(work: UnitOfWork) -> set[BranchId]:
        await put(work, _open(liaison_told_at=None), (aid_offer, {"appeal_id": 7, "state": "offered"}))
        return await aid_watch.where_due(work)

    assert await alone(database, look) == set()


async def test_tomorrows_digest_is_looked_for_in_the_evening_where_one_comes_and_was_not_shown(database: Database) -> None:
    def decided(days: str, *, earlier: int = 0) -> Row:
        since = {"effective_from": TODAY - earlier * DAY, "at": NOW - earlier * DAY}
        return policy, {"name": news.POLICY, "value": {"days": days, "hour": 7, "minute": 30}, **since}

    async def look(work: UnitOfWork, *rows: Row) -> set[BranchId]:
        await put(work, *rows)
        return await news.where_due(work)

    async def named(*rows: Row, now: datetime = EVENING) -> bool:
        return OTHER in await alone(database, lambda work: look(work, *rows), now)

    group, shown = (chat, {}), (news_digest, {"day": TODAY + DAY, "state": "declined"})
    assert await named(group, decided("daily"))
    assert await named(group, decided("off", earlier=1), decided("daily"))
    assert not await named(group, decided("daily"), now=EVENING - STEP)
    assert not await named(group, decided("daily"), shown)
    assert not await named(group, decided("daily", earlier=1), decided("off"))
    assert not await named(group), "the usual one comes on Mondays, and tomorrow is Wednesday"
    assert not await named(decided("daily"))
