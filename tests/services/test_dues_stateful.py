"""Dues under anything that any people do in any order: the books balance, nobody pays twice, nobody confirms their own."""

import asyncio
import itertools
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.errors import UserError
from bot.permissions import Actor
from bot.services import dues_assessing, dues_claiming, dues_correcting, dues_deciding, dues_policies, dues_reductions, membership
from bot.services.asking import Ask
from bot.services.dues_standing import OPEN, ClaimState
from bot.services.people import actor_of
from bot.texts import Text
from storage.database import Database
from storage.keys import BranchId, MemberId
from storage.ledger import faults
from storage.schema import metadata
from storage.unit_of_work import UnitOfWork
from tests.databases import Template

NAMES = ("王秀英", "赵国强", "何春梅", "周海", "吴芳")
ROLES = (["member", "secretary"], ["member", "dues_keeper"], ["member", "committee"], ["member"], ["member"])
INCOME = "61234.56"
INCOME_KEPT = re.compile("(?<![0-9a-f])(?:61234|6123456)(?![0-9a-f])")
"""The income in yuan or in fen, and not a part of a hash."""
PEOPLE = st.integers(0, len(NAMES) - 1)
OFFICERS = st.integers(0, 2)
NUMBERS = st.integers(0, 11)
"""Which of the claims there are."""
CLAIMS = st.sampled_from(
    [
        "已交 20 三月", "已交 40 一月到二月", "已交 60 一月到三月", "已交", "已交 20", "已交 40", "已交 三个月", "已交 20 四月",
        "已交 240 全年党费", "补去年6月到现在的党费", "自愿多交1500元党费", "自愿多交 7 元党费", "老婆替我交的党费，20", "已交 -5 三月",
        "已交 20 13月", "已交 33 三月", "国庆节回来把全年党费一起交", "已交 1 二月", "已交 20 去年12月",
    ]
)  # fmt: skip
CORRECTIONS = st.sampled_from(
    ["20", "20 三月", "40 一月到二月", "1 二月", "自愿多交 9 元", "自愿多交 1000 元党费", "20 13月", "-1 三月", "100 一月到五月"]
)
ASSESSED = st.sampled_from(
    [f"在职 {INCOME}", f"离退休 {INCOME} 从1月", "学生", "农民 0.5 从2月", "在职 定为20 从1月 原因 支部研究", "农民 7", "在职"]
)
RAN: Counter[str] = Counter()


class Branch(RuleBasedStateMachine):
    """Five people with their roles; the clock moves a little with each deed."""

    template: Template
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 10, 1, tzinfo=UTC)
        self.loop = asyncio.new_event_loop()
        self.url = self.template.copy(self.folder / f"{RAN['branches']}.db")
        RAN["branches"] += 1
        self.database = Database(self.url, lambda: self.now, itertools.count(1).__next__)
        self.loop.run_until_complete(self.database.start())
        self.members: list[MemberId] = []
        self.claims: list[int] = []
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
        for name, roles in zip(NAMES, ROLES, strict=True):
            self.members.append(work.members.add(name, name, roles).id)
        for member in self.members[1:4]:
            await work.dues_assessments.add(member, effective_from="2025-12", category="salaried", monthly_fen=2000, article="第二条")
        return branch.id

    def _act(self, deed: str, who: int, act: Callable[[UnitOfWork, Actor], Awaitable[Any]]) -> Any:
        """Somebody does something; a refusal changes nothing and is as good as a success. Anything else is a bug."""
        self.now += timedelta(seconds=7)
        RAN["steps"] += 1

        async def acting(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            member = await work.members.get(self.members[who])
            assert member is not None
            return await act(work, actor_of(member))

        try:
            done = self._run(acting)
        except UserError:
            RAN[f"{deed}: refused"] += 1
            return None
        RAN[f"{deed}: done"] += 1
        return done

    def _number(self, which: int) -> int:
        """The number of one of the claims, those that are open first; of none where there is none."""
        return self.claims[which % len(self.claims)] if self.claims else 99

    @rule(who=PEOPLE, words=CLAIMS, whole=st.booleans())
    def claim(self, who: int, words: str, whole: bool) -> None:
        async def act(work: UnitOfWork, actor: Actor) -> None:
            said = await dues_claiming.claim(work, actor, words)
            if isinstance(said, Ask):
                await dues_claiming.asked(work, actor, said.data, None if whole else 1)

        self._act("claim", who, act)

    @rule(who=PEOPLE, whom=PEOPLE, amount=st.sampled_from(["20", "33"]), month=st.integers(1, 5))
    def claim_for(self, who: int, whom: int, amount: str, month: int) -> None:
        async def act(work: UnitOfWork, actor: Actor) -> None:
            said = await dues_claiming.for_other(work, actor, f"替{NAMES[whom]}已交 {amount} {month}月", "browser")
            if isinstance(said, Ask):
                await dues_claiming.confirmed_for(work, actor, said.data)

        self._act("claim for another", who, act)

    @rule(who=OFFICERS, whom=PEOPLE, month=st.integers(1, 5))
    def enter(self, who: int, whom: int, month: int) -> None:
        async def act(work: UnitOfWork, actor: Actor) -> None:
            made = await dues_claiming.entered(work, actor, self.members[whom], f"已交 20 {month}月")
            await dues_deciding.confirm(work, actor, [made.number])

        self._act("enter", who, act)

    @rule(who=PEOPLE, number=NUMBERS)
    def withdraw(self, who: int, number: int) -> None:
        found = self._number(number)
        self._act("withdraw", who, lambda work, actor: dues_claiming.withdraw(work, actor, found))

    @rule(who=OFFICERS, numbers=st.lists(NUMBERS, min_size=1, max_size=4))
    def confirm(self, who: int, numbers: list[int]) -> None:
        found = [self._number(each) for each in numbers]
        self._act("confirm", who, lambda work, actor: dues_deciding.confirm(work, actor, found))

    @rule(who=OFFICERS)
    def confirm_all(self, who: int) -> None:
        async def act(work: UnitOfWork, actor: Actor) -> None:
            listed = await dues_deciding.listed(work, actor, "browser")
            await dues_deciding.confirm(work, actor, listed.numbers)

        self._act("confirm all", who, act)

    @rule(who=OFFICERS, number=NUMBERS, words=CORRECTIONS)
    def correct(self, who: int, number: int, words: str) -> None:
        found = self._number(number)
        self._act("correct", who, lambda work, actor: dues_correcting.correct(work, actor, found, words))

    @rule(who=OFFICERS, number=NUMBERS, undone=st.booleans())
    def decline(self, who: int, number: int, undone: bool) -> None:
        found = self._number(number)
        self._act("decline", who, lambda work, actor: dues_deciding.decline(work, actor, found, "账上没有"))
        if undone:
            self._act("undo decline", who, lambda work, actor: dues_deciding.undo_decline(work, actor, {"number": found}))

    @rule(who=OFFICERS, number=st.integers(1, 4))
    def reverse(self, who: int, number: int) -> None:
        self._act("reverse", who, lambda work, actor: dues_deciding.reverse(work, actor, f"D-2026-{number:04}", "记错了"))

    @rule(who=OFFICERS, numbers=st.lists(NUMBERS, min_size=1, max_size=3))
    def undo_confirm(self, who: int, numbers: list[int]) -> None:
        found = {"numbers": [self._number(each) for each in numbers]}
        self._act("undo confirm", who, lambda work, actor: dues_deciding.undo_confirm(work, actor, found))

    @rule(who=OFFICERS, whom=PEOPLE, words=ASSESSED, undone=st.booleans())
    def assess(self, who: int, whom: int, words: str, undone: bool) -> None:
        async def act(work: UnitOfWork, actor: Actor) -> None:
            member = await work.members.get(self.members[whom])
            assert member is not None
            asked = dues_assessing.preview(work, await dues_assessing.draft(work, actor, member, words), Text.plain(NAMES[whom]))
            await dues_assessing.assess(work, actor, asked.data, "browser")
            if undone and actor.member is not None:
                deed = await work.deeds.last(actor.member, self.now - timedelta(minutes=1))
                assert deed is not None
                await dues_assessing.undo(work, actor, deed.data)

        self._act("assess", who, act)

    @rule(who=PEOPLE, decider=OFFICERS, higher=st.booleans())
    def reduce(self, who: int, decider: int, higher: bool) -> None:
        made = self._act("ask for less", who, lambda work, actor: dues_reductions.ask(work, actor, "住院了"))
        if made is None:
            return
        agreed = "3月5日 减到0.1元 3月到4月"
        self._act("agree", decider, lambda work, actor: dues_reductions.agree(work, actor, made.number, agreed))
        if higher:
            self._act("approve", decider, lambda work, actor: dues_reductions.approve(work, actor, made.number, "3月9日 5号"))
        else:
            self._act("take back", who, dues_reductions.withdraw)

    @rule(
        who=OFFICERS,
        words=st.sampled_from(["农民 0.8 原因 支部研究", "取整 角 原因 好算", "核定 随工资 原因 常变", "离退休 系数 0.3 原因 统一"]),
    )
    def decide(self, who: int, words: str) -> None:
        self._act("policy", who, lambda work, actor: dues_policies.decide(work, actor, words))

    @rule(whom=PEOPLE, back=st.booleans())
    def remove(self, whom: int, back: bool) -> None:
        self._act("remove", 0, lambda work, actor: membership.remove(work, actor, self.members[whom]))
        if back:
            self._act("restore", 0, lambda work, actor: membership.restore(work, actor, NAMES[whom], ""))

    @invariant()
    def the_books_and_the_claims_agree_and_no_income_is_anywhere(self) -> None:
        self._run(self._check)

    async def _check(self, work: UnitOfWork) -> None:
        work.enter(self.branch)
        entries = await work.ledger.entries("dues")
        assert list(faults(self.branch, entries, await work.ledger.head("dues"))) == []
        claims = await work.dues_claims.of_state([state.value for state in ClaimState])
        still_open = [each.number for each in claims if each.state in OPEN]
        self.claims = still_open + [each.number for each in claims if each.number not in still_open]
        confirmed = [each for each in claims if each.state == ClaimState.CONFIRMED]
        assert await work.ledger.sum("dues", "custody") == sum(each.fen for each in confirmed)
        paid = Counter((each.member_id, month) for each in confirmed for month in each.named)
        assert [key for key, times in paid.items() if times > 1] == []
        booked = await work.ledger.sums("dues", "dues", ["member_id", "month"])
        expected = {(each.member_id, month): -fen for each in confirmed for month, fen in each.months}
        assert {key: fen for key, fen in booked.items() if key[1] is not None} == expected
        assert [each.number for each in claims if each.state == ClaimState.CONFIRMED and each.decided_by == each.member_id] == []
        assert all(sum(fen for _, fen in each.months) == each.fen for each in confirmed if each.kind == "months")
        receipts = [each.ref for each in entries if each.kind == "paid"]
        assert len(set(receipts)) == len(receipts)
        assert {each.receipt for each in confirmed} <= set(receipts)
        if RAN["steps"] % 4 == 0:
            await self._dump(work)

    async def _dump(self, work: UnitOfWork) -> None:
        for table in metadata.sorted_tables:
            for row in await work.rows(select(table)):
                assert not INCOME_KEPT.search(str(tuple(row))), table.name


def test_whatever_anybody_does_the_dues_stay_sound(empty_database: Template, tmp_path_factory: pytest.TempPathFactory) -> None:
    Branch.template, Branch.folder = empty_database, tmp_path_factory.mktemp("dues")
    RAN.clear()
    run_state_machine_as_test(Branch, settings=settings(max_examples=8, stateful_step_count=40, deadline=None))  # type: ignore[no-untyped-call]
    print(dict(sorted(RAN.items())))
    assert RAN["steps"] > 200
    assert RAN["confirm: done"] + RAN["confirm all: done"] > 0
