"""The care fund under any sequence of deeds by any people: the books stay sound and nobody gets past the rules.

`STEPS` deeds are tried in `EXAMPLES` stories each time the test runs, on one real database a story.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.errors import UserError
from bot.permissions import Actor, ActorKind, Role
from bot.services import deployment, fund, fund_closing, payout_approvals, payouts, pledge_receipts, pledge_refunds, pledges
from bot.services.asking import Ask
from bot.services.ledgers import Book
from bot.services.people import actor_of
from bot.services.pledges import Wish
from storage.database import Database
from storage.keys import BranchId, MemberId
from storage.ledger import Line, faults
from storage.payouts import Payout
from storage.pledges import Pledge
from storage.unit_of_work import UnitOfWork
from tests.databases import Template
from tests.dialogue import START

EXAMPLES, STEPS = 12, 40
PEOPLE: list[list[Role]] = [
    [Role.MEMBER, Role.SECRETARY],
    [Role.MEMBER, Role.DUES_KEEPER],
    [Role.MEMBER, Role.COMMITTEE],
    [Role.MEMBER, Role.COMMITTEE],
    [Role.MEMBER],
    [Role.MEMBER],
]
who = st.integers(0, len(PEOPLE) - 1)
cases = st.sampled_from([0, 1, 2])
"""The fund in general, an appeal of a member's, and one that a committee member asked for the keeper."""
numbers = st.integers(1, 6)
payments = st.integers(1, 4)
officers = st.sampled_from([0, 1])
seldom = st.sampled_from([False, False, False, True])
amounts = st.sampled_from([1, 100, 2_000, 2_000, 5_000, 5_000])
offices = st.sampled_from([Role.SECRETARY, Role.DUES_KEEPER, Role.COMMITTEE, Role.DEPUTY])
Deed = Callable[[UnitOfWork, Actor], Awaitable[Any]]
JOB = Actor(ActorKind.JOB, None, None, frozenset())


class CareFund(RuleBasedStateMachine):
    """What people may try, and what has to hold after each attempt."""

    template: Template
    folder: Path
    stories = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.url = self.template.copy(self.folder / f"{next(self.stories)}.db")
        self.now: datetime = START
        self.database = Database(self.url, lambda: self.now)
        self.members: list[MemberId] = []
        self.branch = BranchId(0)
        self.received: Counter[int] = Counter()
        self.paid: Counter[int] = Counter()
        self.runner.run(self.database.start())
        self.runner.run(self.database.run(self._found))

    async def _found(self, work: UnitOfWork) -> None:
        await deployment.ensure_key(work)
        branch = work.branches.add("红旗村支部", "Hongqi")
        self.branch = branch.id
        work.enter(branch.id)
        for number, roles in enumerate(PEOPLE):
            self.members.append(work.members.add(f"甲{number}", f"Jia {number}", [role.value for role in roles]).id)
        open_one = {"money": True, "posted_at": work.now}
        await work.appeals.add(self.members[4], "open", **open_one)
        await work.appeals.add(self.members[3], "open", beneficiary_id=self.members[1], **open_one)
        await work.ledger.append("dues", "paid", [Line("custody", 2000), Line("dues", -2000)], actor=None)

    def teardown(self) -> None:
        self.runner.run(self.database.stop())
        self.runner.close()
        self.template.databases.drop(self.url)

    def ask(self, look: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        async def entered(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            return await look(work)

        return self.runner.run(self.database.run(entered))

    def try_it(self, person: int, deed: Deed) -> Any:
        """What came of a deed; None where it was refused, and then it left no trace in the book."""

        async def done(work: UnitOfWork) -> Any:
            member = await work.members.get(self.members[person])
            assert member
            return await deed(work, actor_of(member))

        before = self.ask(lambda work: work.ledger.head(Book.FUND.value))
        try:
            return self.ask(done)
        except UserError:
            assert self.ask(lambda work: work.ledger.head(Book.FUND.value)) == before
            return None

    @initialize(fen=st.sampled_from([5_000, 20_000]))
    def some_money(self, fen: int) -> None:
        for case in (1, 2, 0):
            self.pledge(5, case, fen, again=True)
            self.receive(0, [1, 2, 0].index(case) + 1, None)
        assert sum(self.received.values()) == 3 * fen

    @rule(person=who, case=cases, fen=amounts, again=st.booleans())
    def pledge(self, person: int, case: int, fen: int, again: bool) -> None:
        self._pledged(person, case, fen, again=again)

    def _pledged(self, person: int, case: int, fen: int, *, again: bool) -> Pledge | None:
        wish = Wish(fen, case, anonymous=False, giver=self.members[person], sure=True, again=again)
        made = self.try_it(person, lambda work, actor: pledges.step(work, actor, wish))
        assert made is None or isinstance(made, Ask | Pledge)
        return made if isinstance(made, Pledge) else None

    @rule(person=who, number=numbers)
    def withdraw(self, person: int, number: int) -> None:
        gone = self.try_it(person, lambda work, actor: pledges.withdraw(work, actor, f"P{number}"))
        assert gone is None or gone.member_id == self.members[person]

    @rule(person=who, number=numbers, fen=st.one_of(st.none(), amounts))
    def receive(self, person: int, number: int, fen: int | None) -> None:
        before = self.ask(lambda work: work.pledges.numbered(number))
        got = self.try_it(person, lambda work, actor: pledge_receipts.receive(work, actor, number, fen, sure=True))
        if got is not None:
            assert got.member_id != self.members[person]
            self.received[got.appeal_number or 0] += got.received_fen - before.received_fen

    @rule(person=who, case=cases, keeper=officers, parts=st.lists(st.sampled_from([2_000, 4_000]), min_size=2, max_size=3))
    def receive_in_parts(self, person: int, case: int, keeper: int, parts: list[int]) -> None:
        made = self._pledged(person, case, 5_000, again=True)
        for fen in parts if made is not None else ():
            self.receive(keeper, made.number if made else 0, fen)

    @rule(person=who, number=numbers, fen=st.one_of(st.none(), amounts))
    def refund(self, person: int, number: int, fen: int | None) -> None:
        before = self.ask(lambda work: work.pledges.numbered(number))
        back = self.try_it(person, lambda work, actor: pledge_refunds.refund(work, actor, number, fen, "原因"))
        if back is not None:
            assert back.member_id != self.members[person]
            self.received[back.appeal_number or 0] -= back.refunded_fen - before.refunded_fen

    @rule(person=who, number=numbers)
    def correct(self, person: int, number: int) -> None:
        before = self.ask(lambda work: work.pledges.numbered(number))
        now = self.try_it(person, lambda work, actor: pledge_refunds.reverse(work, actor, number, "记错"))
        if now is not None:
            self.received[now.appeal_number or 0] += now.held_fen - before.held_fen

    @rule(person=who, case=cases, fen=amounts, general=st.booleans())
    def propose(self, person: int, case: int, fen: int, general: bool) -> None:
        self._proposed(person, case, fen, general=general)

    def _proposed(self, person: int, case: int, fen: int, *, general: bool) -> Payout | None:
        source = "爱心基金 " if general or not case else ""
        words = f"{fen / 100:.2f} {source}{f'A{case}' if case else '慰问'}"
        made: Payout | None = self.try_it(person, lambda work, actor: payouts.propose(work, actor, words))
        assert made is None or made.fen == fen
        return made

    @rule(person=who, number=payments)
    def approve(self, person: int, number: int) -> None:
        self.try_it(person, lambda work, actor: payout_approvals.approve(work, actor, number))

    @rule(number=payments, people=st.lists(who, min_size=2, max_size=4))
    def several_approve(self, number: int, people: list[int]) -> None:
        for person in people:
            self.approve(person, number)

    @rule(case=cases, fen=amounts, people=st.lists(st.integers(1, 3), min_size=2, max_size=4), payer=officers, wrong=st.booleans())
    def whole_payment(self, case: int, fen: int, people: list[int], payer: int, wrong: bool) -> None:
        made = self._proposed(0, case, fen, general=False)
        if made is not None:
            self.several_approve(made.number, people)
            self.pay(payer, made.number)
            if wrong:
                self.take_payment_back(payer, made.number)

    @rule(person=who, number=payments)
    def refuse(self, person: int, number: int) -> None:
        self.try_it(person, lambda work, actor: payout_approvals.refuse(work, actor, number, ""))

    @rule(person=who, number=payments)
    def take_approval_back(self, person: int, number: int) -> None:
        self.try_it(person, lambda work, actor: payout_approvals.withdraw(work, actor, number))

    @rule(person=who, number=payments)
    def higher(self, person: int, number: int) -> None:
        self.try_it(person, lambda work, actor: payout_approvals.higher(work, actor, number, "组字1号"))

    @rule(person=who, number=payments)
    def pay(self, person: int, number: int) -> None:
        done = self.try_it(person, lambda work, actor: payouts.pay(work, actor, number))
        if done is not None:
            self.paid[payouts.source_of(done) or 0] += done.fen
            self.ask(lambda work: self._rightly_paid(work, done))

    async def _rightly_paid(self, work: UnitOfWork, done: Payout) -> None:
        parts = await payout_approvals.parts(work, done)
        forbidden = parts.asked | parts.benefits | {parts.recorded}
        last = {each.member_id: each for each in await work.payouts.said(done) if each.verdict != "barred"}
        agreed = {member for member, word in last.items() if member is not None and word.verdict == "approved"}
        assert not agreed & forbidden
        assert done.paid_by not in agreed | parts.asked | parts.benefits
        assert len(agreed) >= 2 or (None in last and (agreed or last[None].entered_by != done.paid_by))

    @rule(person=who, number=payments)
    def cancel(self, person: int, number: int) -> None:
        self.try_it(person, lambda work, actor: payouts.cancel(work, actor, number))

    @rule(person=who, number=payments)
    def take_payment_back(self, person: int, number: int) -> None:
        back = self.try_it(person, lambda work, actor: payouts.reverse(work, actor, number, "没付成"))
        if back is not None:
            self.paid[payouts.source_of(back) or 0] -= back.fen

    @rule(person=who, office=offices, taken=seldom)
    def appoint_or_dismiss(self, person: int, office: Role, taken: bool) -> None:
        change = (lambda work: work.members.dismiss) if taken else (lambda work: work.members.appoint)
        self.ask(lambda work: change(work)(self.members[person], office.value))

    @rule(person=who, gone=seldom)
    def remove_or_restore(self, person: int, gone: bool) -> None:
        self.ask(lambda work: work.members.change(self.members[person], removed_at=work.now if gone else None))

    @rule(case=st.sampled_from([1, 2]), state=st.sampled_from(["closed", "expired", "open", "open", "open"]))
    def end_appeal(self, case: int, state: str) -> None:
        async def end(work: UnitOfWork) -> None:
            found = await work.appeals.numbered(case)
            assert found
            work.appeals.change(found, state=state)

        self.ask(end)

    @rule(days=st.sampled_from([1, 8]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        job = Actor(ActorKind.JOB, self.branch, None, frozenset())
        self.ask(lambda work: fund_closing.close_due(work, job))

    @invariant()
    def the_books_are_sound(self) -> None:
        self.ask(self._sound)

    async def _sound(self, work: UnitOfWork) -> None:
        book = Book.FUND.value
        entries = await work.ledger.entries(book)
        assert list(faults(work.branch_id, entries, await work.ledger.head(book))) == []
        assert [each.kind for each in await work.ledger.entries("dues")] == ["paid"]
        assert (await work.ledger.head("dues"))[0] == 1
        sheets = await fund.sheets(work)
        cash = await work.ledger.sum(book, fund.CASH)
        assert cash == sum(self.received.values()) - sum(self.paid.values())
        assert cash == sum(each.left for each in sheets.values())
        assert all(each.left >= 0 for each in sheets.values())
        assert await work.ledger.sum(book, fund.MOVED) == 0
        for case, each in sheets.items():
            assert (each.received, each.paid) == (self.received[case or 0], self.paid[case or 0])
        for case in sheets:
            promised = [each for each in await work.pledges.of_state("pledged") if each.appeal_number == case]
            assert sheets[case].promised == sum(each.open_fen for each in promised)


def test_whatever_anybody_tries_the_fund_stays_sound(empty_database: Template, tmp_path_factory: pytest.TempPathFactory) -> None:
    CareFund.template, CareFund.folder = empty_database, tmp_path_factory.mktemp("fund")
    run_state_machine_as_test(
        CareFund,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=[HealthCheck.too_slow]),
    )
