"""Never floods: the first days of `make quiet` with all 56 people, and everybody checking in at once on two kinds of platforms."""

import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import beijing_day
from bot.config import DatabaseSection, Settings, Web
from bot.messages import ChatKind, Outgoing, Priority
from bot.rules.attention import GROUP_A_DAY, HELD_FROM, MEMBER_A_WEEK
from bot.services import posting
from bot.texts import Text
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START
from tests.quiet_month import GROUP, PASSIVE, QuietMonth, Report
from tests.sink_platform import NAME, SinkPlatform, account_key, private_chat
from tests.telegram_branch import telegram_branch


def what_rang_in_the_group_stays_within_the_day(report: Report) -> None:
    days = report.group_days()
    assert len(days) == report.days
    assert max(days.values()) <= GROUP_A_DAY
    assert sum(days.values()) >= report.days, "the month is lively, or the budget is kept by saying nothing"


def who_does_nothing_is_left_in_peace_yet_hears_what_matters(report: Report) -> None:
    assert max(report.passive_weeks().values()) <= MEMBER_A_WEEK
    told = {name: sum(each.chat == private_chat(name) for each in report.unasked()) for name in PASSIVE}
    assert min(told.values()) >= 1


def nobody_is_disturbed_at_night_but_for_a_life(report: Report) -> None:
    assert report.at_night() == []
    assert any("【紧急】" in each.text for each in report.delivered)


def the_programs_own_count_is_what_the_platform_took(report: Report) -> None:
    took = Counter((beijing_day(each.at), str(each.kind), each.what) for each in report.delivered)
    noted: Counter[tuple[object, str, str]] = Counter()
    for each in report.counts:
        noted[each.day, each.place, each.what] += each.count
    assert noted == took
    in_group = Counter(beijing_day(each.at) for each in report.unasked() if each.kind is ChatKind.GROUP)
    assert set(report.group_days()) >= set(in_group)


async def test_eight_lively_days_keep_to_the_budgets(tmp_path: Path) -> None:
    report = await QuietMonth(tmp_path, 8, stride=timedelta(hours=3), crowd=3).play()
    assert len(report.members) == 56
    for held in (
        what_rang_in_the_group_stays_within_the_day,
        who_does_nothing_is_left_in_peace_yet_hears_what_matters,
        nobody_is_disturbed_at_night_but_for_a_life,
        the_programs_own_count_is_what_the_platform_took,
    ):
        held(report)
    assert report.broken() == []


class Crowd:
    """A group of 56 on a platform that can or cannot edit, and the time in one's hands."""

    NAMES = tuple(f"第{number}位" for number in range(56))

    def __init__(self, database: Path, *, edit: bool) -> None:
        self.now = START
        settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{database}"), web=Web(port=0, chat=False))
        self.app = App(settings, lambda: self.now)
        self.sink = SinkPlatform(lambda: self.now, edit=edit, react=edit)

    async def __aenter__(self) -> "Crowd":
        await self.app.open([self.sink])
        await self.app.database.run(self._found)
        await self.sink.start(self.app.router.receive, ())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.app.stop()

    async def _found(self, work: UnitOfWork) -> None:
        work.enter(work.branches.add("甲", "Jia").id)
        work.chats.bind(ChatKey(NAME, "main", GROUP), "群")
        for name in self.NAMES:
            member = work.members.add(name, name, ["member"])
            work.accounts.bind(account_key(name), member.id, private_chat(name))

    async def check_in(self, name: str, *, group: bool = True) -> None:
        await self.sink.says(name, "签到", group=GROUP if group else "")
        await self.app.drain()

    async def all_check_in(self) -> None:
        """Everybody, within five minutes."""
        for name in self.NAMES:
            await self.check_in(name)
            self.now += timedelta(minutes=5) / len(self.NAMES)

    async def until(self, moment: datetime) -> None:
        """Time runs on, and everything is delivered when it is due."""
        while (due := await self.app.next_due()) is not None and due <= moment:
            self.now = max(self.now, due)
            await self.app.drain()
        self.now = moment

    def heard(self) -> list[tuple[str, str]]:
        """When the group heard what: messages only."""
        there = [each for each in self.sink.delivered if each.chat == GROUP and each.what == "message"]
        return [(f"{each.at - START}"[:7], each.text) for each in there]

    def silent(self) -> Counter[str]:
        """What rang nobody's telephone in the group."""
        return Counter(each.what for each in self.sink.delivered if each.chat == GROUP and each.what != "message")


def _said(count: int) -> str:
    return f"今日报平安 {count} 人，谢谢大家。"


async def test_56_check_ins_in_five_minutes_are_one_message_that_is_edited(empty_database: Path, tmp_path: Path) -> None:
    async with Crowd(Path(shutil.copy(empty_database, tmp_path / "crowd.db")), edit=True) as crowd:
        await crowd.all_check_in()
        await crowd.until(START + timedelta(minutes=10))
        assert crowd.heard() == [("0:00:00", _said(1))]
        assert crowd.silent()["mark"] == 56
        assert crowd.silent()["edit"] <= 20
        assert [each.text for each in crowd.sink.delivered if each.what == "edit"][-1] == _said(56)


async def test_where_nothing_can_be_edited_they_are_one_sum_and_one_in_the_evening(empty_database: Path, tmp_path: Path) -> None:
    async with Crowd(Path(shutil.copy(empty_database, tmp_path / "crowd.db")), edit=False) as crowd:
        await crowd.all_check_in()
        await crowd.until(START + timedelta(hours=1))
        [(at, said)] = crowd.heard()
        assert at.startswith("0:04:0")
        assert said in {_said(count) for count in range(44, 48)}, "those of the first four of the five minutes"
        await crowd.until(START + timedelta(hours=14))
        assert [said for _, said in crowd.heard()][1:] == [_said(56)]
        assert crowd.silent() == Counter()


async def test_where_nothing_can_be_edited_what_trickles_in_makes_two_messages_a_day_and_holds_up_nothing(
    empty_database: Path, tmp_path: Path
) -> None:
    async with Crowd(Path(shutil.copy(empty_database, tmp_path / "crowd.db")), edit=False) as crowd:
        for number, name in enumerate(crowd.NAMES[:12]):
            await crowd.until(START + timedelta(hours=number))
            await crowd.check_in(name)
        await crowd.until(START + timedelta(hours=12, minutes=40))
        await crowd.check_in(crowd.NAMES[20])
        await crowd.until(START + timedelta(hours=15))
        assert crowd.heard() == [("0:04:00", _said(1)), ("12:30:0", _said(12))]


async def test_a_private_check_in_says_nothing_to_a_group_that_heard_enough_or_sleeps(empty_database: Path, tmp_path: Path) -> None:
    async with Crowd(Path(shutil.copy(empty_database, tmp_path / "crowd.db")), edit=True) as crowd:
        crowd.now += timedelta(hours=14)
        await crowd.check_in(crowd.NAMES[0], group=False)
        assert crowd.heard() == []
        await crowd.check_in(crowd.NAMES[1])
        assert crowd.heard() == [("14:00:0", _said(2))]


async def test_what_was_late_by_an_outage_waits_for_the_morning_but_a_notice_posted_at_night_does_not(
    empty_database: Path, tmp_path: Path
) -> None:
    async with Crowd(Path(shutil.copy(empty_database, tmp_path / "crowd.db")), edit=True) as crowd:

        async def post(work: UnitOfWork, text: str, room: int | None) -> None:
            work.enter((await work.branches.all())[0].id)
            await posting.to_groups(work, Outgoing(Text.plain(text)), priority=Priority.NOTICE, room=room)

        await crowd.app.database.run(post, "白天的话", HELD_FROM)
        crowd.now = START + timedelta(hours=14)
        await crowd.app.database.run(post, "夜里的公告", None)
        crowd.now += timedelta(minutes=5)
        await crowd.until(crowd.now)
        assert crowd.heard() == [("14:05:0", "夜里的公告")]
        await crowd.until(START + timedelta(days=1))
        assert crowd.heard()[1:] == [("22:00:0", "白天的话")]


async def test_on_telegram_they_are_one_message_too_and_a_mark_for_each(
    empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.telegram_branch.PEOPLE", {name: ["member"] for name in Crowd.NAMES})
    async with telegram_branch(Path(shutil.copy(empty_database, tmp_path / "crowd.db"))) as branch:
        for name in Crowd.NAMES:
            await branch.says(name, "签到")
            branch.now += timedelta(minutes=5) / len(Crowd.NAMES)
        for _ in range(8):
            branch.now += timedelta(seconds=15)
            await branch.settle()
        assert len(branch.server.called("sendMessage")) == 1
        assert branch.shown(branch.group) == [_said(56)]
        assert len(branch.server.called("setMessageReaction")) == 56
