"""Keeping dues under any deeds in any order: a closed month stays what it was, nobody is reminded twice, the group hears nothing."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.errors import UserError
from bot.messages import ChatKind
from bot.permissions import Actor, ActorKind
from bot.services import browser_chat, dues_arrears, dues_closing, dues_deciding, dues_elsewhere, dues_handing, dues_reminders, dues_totals
from bot.services.dues_statement import paper
from bot.services.people import actor_of
from storage.database import Database
from storage.keys import BranchId, MemberId
from storage.ledger import faults
from storage.unit_of_work import UnitOfWork
from tests.databases import Template
from tests.dues_books import book

PEOPLE = (["member", "secretary"], ["member", "dues_keeper"], ["member", "committee"], ["member"], ["guest"])
WHO, OFFICERS, MONTHS = st.integers(0, 4), st.integers(0, 1), st.integers(1, 7)
AMOUNTS = st.sampled_from(["20", "40", "0.01", "1000", "-5", "0", "大额 1500", "大额 1"])
RAN: Counter[str] = Counter()


class Keeping(RuleBasedStateMachine):
    """Five people and their dues; days pass between deeds."""

    template: Template
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
        self.loop = asyncio.new_event_loop()
        self.url = self.template.copy(self.folder / f"{RAN['branches']}.db")
        RAN["branches"] += 1
        self.database = Database(self.url, lambda: self.now, itertools.count(1).__next__)
        self.loop.run_until_complete(self.database.start())
        self.members: list[MemberId] = []
        self.receipts: list[str] = []
        self.reminded: Counter[tuple[MemberId, str]] = Counter()
        self.branch = self._run(self._found)

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.stop())
        self.loop.close()
        self.template.databases.drop(self.url)

    def _run(self, function: Callable[..., Awaitable[Any]]) -> Any:
        async def once(work: UnitOfWork) -> Any:
            return await function(work)

        return self.loop.run_until_complete(self.database.run(once))

    async def _found(self, work: UnitOfWork) -> BranchId:
        work.settings.put("signing_key", "00" * 32)
        branch = work.branches.add("红旗村支部", "Hongqi")
        work.enter(branch.id)
        work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(branch.id)), "群")
        for number, roles in enumerate(PEOPLE):
            member, key = work.members.add(f"某{number}", f"Mou {number}", roles), browser_chat.account_key(f"m{number}")
            work.accounts.bind(key, member.id, browser_chat.private_chat(f"m{number}"))
            await work.accounts.change(key, introduced_at=work.now)
            self.members.append(member.id)
        for member_id in self.members[:4]:
            values = {"category": "salaried", "monthly_fen": 2000, "article": "第二条"}
            await work.dues_assessments.add(member_id, effective_from="2025-08", **values)  # type: ignore[arg-type]
        return branch.id

    def _act(self, deed: str, who: int | None, act: Callable[[UnitOfWork, Actor], Awaitable[Any]]) -> Any:
        """Somebody, or a job of ours, does something; a refusal changes nothing. Anything else is a bug."""
        self.now += timedelta(minutes=11)
        RAN["steps"] += 1

        async def acting(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            member = await work.members.get(self.members[who]) if who is not None else None
            return await act(work, actor_of(member) if member else Actor(ActorKind.JOB, self.branch, None, frozenset()))

        try:
            done = self._run(acting)
        except UserError:
            RAN[f"{deed}: refused"] += 1
            return None
        RAN[f"{deed}: done"] += 1
        return done

    @rule(days=st.integers(1, 31))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(who=WHO, month=MONTHS, large=st.booleans())
    def pays(self, who: int, month: int, large: bool) -> None:
        months = () if large else (f"2026-0{month}",)
        fen, kind = (150_000, "large") if large else (2000, "months")

        async def pay(work: UnitOfWork, _: Actor) -> str:
            return await book(work, self.members[who], months, fen, kind, self.members[1])

        self.receipts.append(self._act("pay", 1, pay))

    @rule(which=st.integers(0, 5), officer=OFFICERS)
    def reverses_a_receipt(self, which: int, officer: int) -> None:
        if self.receipts:
            receipt = self.receipts[which % len(self.receipts)]
            self._act("reverse", officer, lambda work, actor: dues_deciding.reverse(work, actor, receipt, "记错了"))

    @rule(who=WHO, month=MONTHS, amount=AMOUNTS)
    def hands_up(self, who: int, month: int, amount: str) -> None:
        async def hand(work: UnitOfWork, actor: Actor) -> bool:
            drafted = await dues_handing.draft(work, actor, f"{month}月 {amount}")
            await dues_handing.book(work, actor, drafted)
            return (await dues_handing.held(work))[drafted.large] >= 0

        assert self._act("hand up", who, hand) in {None, True}

    @rule(officer=OFFICERS, month=MONTHS)
    def reverses_a_handing(self, officer: int, month: int) -> None:
        self._act("reverse handing", officer, lambda work, actor: dues_handing.reverse(work, actor, f"{month}月 写错了"))

    @rule(who=st.integers(0, 2), month=st.sampled_from(["", "", "1月", "2月", "7月"]), ends=st.booleans())
    def closes(self, who: int, month: str, ends: bool) -> None:
        if ends:
            self.now = (self.now.replace(day=1) + timedelta(days=33)).replace(day=1)

        async def close(work: UnitOfWork, actor: Actor) -> None:
            sheet = await dues_closing.look(work, actor, month)
            await paper(work, actor, await dues_closing.close(work, actor, sheet.month))

        self._act("close", who, close)

    @rule(officer=st.sampled_from([None, 0, 1]))
    def reminds(self, officer: int | None) -> None:
        deed = dues_reminders.remind_due if officer is None else dues_reminders.chase
        plan = self._act("remind", officer, deed)
        for each in plan.remind if plan is not None else ():
            self.reminded[each.member.id, plan.month] += 1

    @rule()
    def the_ladder_is_climbed(self) -> None:
        for word in self._act("climb", None, dues_arrears.climb):
            assert word.to.id in self.members[:3]

    @rule(who=WHO, on=st.booleans())
    def wishes(self, who: int, on: bool) -> None:
        self._act("wish", who, dues_reminders.resume if on else dues_reminders.stop)

    @rule(who=WHO, words=st.sampled_from(["", "3月", "从2月起", "13月"]), ends=st.booleans())
    def pays_elsewhere(self, who: int, words: str, ends: bool) -> None:
        self._act("elsewhere", who, dues_elsewhere.end if ends else lambda work, actor: dues_elsewhere.note(work, actor, words))

    @invariant()
    def all_is_sound(self) -> None:
        self._run(self._look)

    async def _look(self, work: UnitOfWork) -> None:
        work.enter(self.branch)
        entries = await work.ledger.entries("dues")
        assert list(faults(self.branch, entries, await work.ledger.head("dues"))) == []
        for closing in [each for month in range(1, 13) if (each := await work.dues_closings.of(f"2026-{month:02}"))]:
            since, until = dues_totals.bounds(closing.month)
            custody, head = await dues_totals.at(work, until)
            totals = await dues_totals.of_time(work, since, until)
            assert (closing.totals["custody"], closing.head_number, closing.head_hash) == (custody, head.number, head.hash)
            assert (closing.totals["months"], closing.totals["handed"], closing.totals["payers"]) == (
                totals.months,
                totals.handed,
                totals.payers,
            )
        assert max(self.reminded.values(), default=0) <= 1
        letters = await work.outbox.in_slots(dues_reminders.SLOT)
        assert {each.kind for each in letters} <= {ChatKind.PRIVATE.value}
        assert await work.outbox.in_slots("dues_year") == []


def test_whatever_is_done_closings_stay_true_and_nobody_is_reminded_twice(
    empty_database: Template, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Keeping.template, Keeping.folder = empty_database, tmp_path_factory.mktemp("keeping")
    RAN.clear()
    run_state_machine_as_test(Keeping, settings=settings(max_examples=15, stateful_step_count=40, deadline=None))  # type: ignore[no-untyped-call]
    print(dict(sorted(RAN.items())))
    assert RAN["steps"] > 250
    assert min(RAN[f"{deed}: done"] for deed in ("pay", "close", "remind")) > 0
