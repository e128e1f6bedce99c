"""The groups of the rush and what their people say in it. Everybody is invented, and chance is the same at every run."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import Budget
from storage.keys import AccountKey, BranchId, ChatKey
from storage.tables import account, branch, chat, consent, member, role
from storage.tables_dues import dues_assessment
from storage.unit_of_work import UnitOfWork
from tests.sink_platform import Limits, SinkPlatform, Windows, private_chat

BEGIN = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
"""Tuesday, nine in the morning in Beijing."""
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PLATFORMS = ("telegram", "onebot", "qq", "wecom")
CITIES = {"武汉": 420100, "哈尔滨": 230100, "南京": 320100, "深圳": 440300}
TALK = ("明天集市几点开，谁家有车能捎一段", "孩子的作业谁会做", "下雨了，晒的谷子收一收", "晚上打球去不去")
OFFICERS = ("secretary", "dues_keeper", "liaison", "curator")


def far_side(name: str, clock: Any) -> SinkPlatform:
    """A platform with the budget that is set by default, and the limits that it really has (PLATFORMS.md)."""
    if name == "telegram":
        limits = Limits(chat=((SECOND, 1),), group=((MINUTE, 20),), all=((SECOND, 30),))
        return SinkPlatform(clock, name=name, budget=Budget(), limits=limits)
    plain = {"edit": False, "react": False, "buttons": False}
    if name == "onebot":
        limits = Limits(chat=((SECOND, 1),), group=((MINUTE, 10),), all=((SECOND, 3),))
        budget = Budget(group_per_minute=10, all_per_second=3)
        return SinkPlatform(clock, name=name, budget=budget, limits=limits, **plain)
    if name == "qq":
        limits = Limits(chat=((SECOND, 1),), group=((MINUTE, 10),), all=((SECOND, 10),))
        budget = Budget(group_per_minute=10, all_per_second=10)
        return SinkPlatform(clock, name=name, budget=budget, limits=limits, windows=Windows(), mark_in_words=True, **plain)
    limits = Limits(chat=((MINUTE, 30), (HOUR, 1000)), all=((SECOND, 10),))
    budget = Budget(1, 30, 10, private_per_minute=30, chat_per_hour=1000)
    windows = Windows(opens_for_good=True)
    return SinkPlatform(clock, name=name, budget=budget, limits=limits, windows=windows, edit=False, react=False)


@dataclass(frozen=True)
class Word:
    """What somebody says at a moment of the rush; `what` it is, for the account that is made at the end."""

    at: timedelta
    group: int
    person: int
    text: str
    in_group: bool
    what: str


@dataclass
class World:
    """`groups` branches with a group each, on the platforms in turn, of `people` each. The first of a group are its officers."""

    groups: int
    people: int
    span: timedelta
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def platform(self, group: int) -> str:
        return PLATFORMS[group % len(PLATFORMS)]

    def branch(self, group: int) -> BranchId:
        return BranchId(1_000_001 + group)

    def member(self, group: int, person: int) -> int:
        return 10_000_001 + group * self.people + person

    def user(self, group: int, person: int) -> str:
        return f"u{group}-{person}"

    def chat(self, group: int) -> str:
        return f"g{group}"

    async def found(self, work: UnitOfWork, group: int) -> None:
        """A branch, its people, who were introduced long ago, agreed to tell their place and pay dues."""
        which, platform = {"branch_id": self.branch(group)}, self.platform(group)
        work.insert(branch, id=self.branch(group), name=f"第{group}支部", latin=f"Branch {group}", created_at=work.now)
        work.insert(chat, **ChatKey(platform, "main", self.chat(group))._asdict(), **which, title=f"第{group}支部群", bound_at=work.now)
        for person in range(self.people):
            one, user = {"member_id": self.member(group, person)}, self.user(group, person)
            work.insert(member, id=self.member(group, person), name=f"党员{person}", latin=f"Member {person}", heard_at=work.now, **which)
            for name in ["member", *OFFICERS[person : person + 1]]:
                work.insert(role, **one, role=name, since=work.now, **which)
            at = {"introduced_at": work.now, "bound_at": work.now, "used_at": work.now}
            key = AccountKey(platform, "main", user)
            work.insert(account, **key._asdict(), **one, private_chat=private_chat(user), **at, **which)
            work.insert(consent, **one, purpose="location", given=True, at=work.now, **which)
            pays = {"number": person + 1, "effective_from": "2026-01", "category": "salaried", "monthly_fen": 2000}
            work.insert(dues_assessment, id=work.new_id(), **one, **pays, state="normal", article="第二条", at=work.now, **which)

    def day(self) -> list[Word]:
        """A day of everybody, in the span: ten times as much as a lively day brings in it."""
        words = [each for group in range(self.groups) for each in self._group(group)]
        troubled = self.chance.sample(range(self.groups), min(self.groups, 2))
        words += [Word(self._moment(0.3, 0.8), group, self.people - 1, "厂里着火了", False, "alarm") for group in troubled]
        return sorted(words, key=lambda each: (each.at, each.group, each.person))

    def _moment(self, first: float, last: float) -> timedelta:
        return timedelta(seconds=int(self.span.total_seconds() * self.chance.uniform(first, last)))

    def _group(self, group: int) -> list[Word]:
        chance, words = self.chance, list[Word]()
        burst = self._moment(0.1, 0.15)
        posted, asked = self._moment(0.2, 0.3), self._moment(0.4, 0.5)
        words.append(Word(posted, group, 0, "公告 周六上午九点党员大会，在外的同志线上参加。", False, "draft"))
        words.append(Word(posted + 20 * SECOND, group, 0, "发", False, "notice"))
        words.append(Word(asked, group, 3, "发起讨论 欠薪了先做什么？", False, "draft"))
        words.append(Word(asked + 20 * SECOND, group, 3, "对", False, "discussion"))
        for person in range(self.people):
            last = timedelta(0)
            for at, text, in_group, what in self._person(person, burst, posted, asked):
                # One and the same does one thing after the other.
                last = max(at, last + 5 * SECOND) if person > 3 else at
                words.append(Word(last, group, person, text, in_group, what))
            if chance.random() < 0.8:
                words.append(Word(self._moment(0.0, 0.95), group, person, chance.choice(TALK), True, "talk"))
        return words

    def _person(self, person: int, burst: timedelta, posted: timedelta, asked: timedelta) -> list[tuple[timedelta, str, bool, str]]:
        chance, said = self.chance, list[tuple[timedelta, str, bool, str]]()
        if person <= 3:
            return said
        if chance.random() < 0.6:
            at = burst + timedelta(seconds=chance.randint(0, 240)) if chance.random() < 0.5 else self._moment(0.0, 0.9)
            said.append((at, "签到", chance.random() < 0.7, "check-in"))
        if chance.random() < 0.2:
            said.append((self._moment(0.05, 0.9), f"位置 {chance.choice(list(CITIES))}", False, "place"))
        if chance.random() < 0.15:
            said.append((self._moment(0.05, 0.9), "已交 20 一月", False, "claim"))
        if chance.random() < 0.4:
            said.append((posted + 25 * SECOND + self._moment(0.0, 0.5), "收到 N1", False, "receipt"))
        if chance.random() < 0.1:
            said.append((asked + 25 * SECOND + self._moment(0.0, 0.4), "讨论 先留证据，再打12333", False, "voice"))
        if chance.random() < 0.3:
            said.append((self._moment(0.0, 0.9), chance.choice(("帮助", "我的", "党费")), False, "question"))
        return sorted(said)
