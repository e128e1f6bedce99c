"""Every job under a clock that repeats itself, goes back, leaps, or was not looked at for days: nothing twice, nothing stale."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot import discovery
from bot.clock import BEIJING
from bot.messages import Outgoing, Priority
from bot.scheduler import Scheduler
from bot.services import posting
from bot.texts import Text
from storage.news import NewsDigest
from storage.tables_ledger import ledger_line
from storage.tables_pairing import pairing
from storage.unit_of_work import UnitOfWork
from tests.appeals import asked
from tests.care_fund import appeal, close, give, say
from tests.dialogue import Dialogue
from tests.dues_books import pay
from tests.dues_branch import assess
from tests.lesson_folder import lesson, library
from tests.reading import read

SECRETARY = "王秀英"
REGISTRY = discovery.registry()
JOBS = {each.name: each for each in discovery.jobs()}
Said = list[tuple[str, str]]


def at(month: int, day: int, hour: int, minute: int = 0, second: int = 0, *, year: int = 2026) -> datetime:
    """A moment of Beijing's time."""
    return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING).astimezone(UTC)


class Reopened(Dialogue):
    """A branch that has lived for a month, opened again."""

    async def open(self) -> None:
        await self.app.open()
        assert self.app.browser
        await self.app.browser.start(self.app.router.receive, self.app.registry.hints())
        self.app.browser.watchers.append(lambda message: self.shown.append(dict(message)))


async def _live(database: str, folder: Path) -> None:
    """A month in which everything is left for the jobs to do that they can do."""
    chat = Dialogue(database, str(folder))
    chat.now = at(1, 27, 9)
    await chat.open()
    await pay(chat, "孙丽", "2026-01")
    await assess(chat, "周海")
    await chat.private("吴芳", "出海")
    chat.now = at(2, 13, 9)
    await say(chat, "周海", "我的手机换成13800001234")
    await say(chat, SECRETARY, "安排联系人 周海 孙丽")
    await say(chat, SECRETARY, "安排结对 周海 村东李家")
    await say(chat, "周海", "困难通报 家里房子被水淹了，要人帮忙清理")
    await say(chat, "周海", "同意发")
    await chat.press(SECRETARY, "发")
    await give(chat, "李小山", f"A{await appeal(chat)}", 100)
    chat.now = at(2, 23, 20)
    await chat.private("孙丽", "少发点")
    for text, priority in (("周三开组织生活会。", Priority.REMINDER), ("记得看书。", Priority.REMINDER)):
        await chat.in_branch(posting.to_member, chat.members["孙丽"], Outgoing(Text.plain(text)), priority=priority)
        await chat.in_branch(posting.to_member, chat.members["吴芳"], Outgoing(Text.plain(text)), priority=priority)
    await chat.app.scheduler.tick()
    await chat.app.drain()
    await close(chat, 1)
    await read(chat, "李小山", "pigs", "wages", "founding")
    await chat.private("李小山", "每天一题")
    await chat.private(SECRETARY, "讨论 欠薪了先做什么？")
    await chat.private(SECRETARY, "对")
    await chat.private(SECRETARY, "公告 下个月交流")
    await chat.press(SECRETARY, "发")
    await chat.private(SECRETARY, "公告 2月25日9:30 上山植树")
    await chat.private(SECRETARY, "发")
    await asked(chat)
    await chat.in_branch(_digest)
    lesson(folder, "broken", "坏课", answer="Z")
    await chat.app.stop()


async def _digest(work: UnitOfWork) -> None:
    for day in (25, 26):
        work.news.put(NewsDigest(at(2, day, 0).astimezone(BEIJING).date(), "approved", [["· 桥修好了", "· a bridge"]], []))
    work.consents.put(first := (await work.members.present())[0].id, "location", given=True)
    work.agreements.add("河口村支部", at(1, 1, 0).date(), at(3, 10, 0).date(), "", None)
    leaver = (await work.members.named("李小山"))[0].id
    work.departures.add(leaver, state="kept", leave_on=at(2, 24, 0).date(), lasting=True, ask_on=at(2, 24, 0).date())
    work.liaisons.prompt((await work.members.named("周海"))[0].id, "moved")
    work.places.put(first, 230100, work.now, moved=True)
    await work.change(update(pairing).values(matched_at=work.now - timedelta(days=200)))
    await work.change(update(ledger_line).where(ledger_line.c.book == "dues").values(fen=ledger_line.c.fen * 2))


@pytest.fixture(scope="session")
def lived(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The database and the lessons of a branch in the evening of 23 February 2026."""
    place = tmp_path_factory.mktemp("lived")
    database, folder = place / "zhibu.db", library(place / "lessons")
    shutil.copy(empty_database, database)
    asyncio.run(_live(str(database), folder))
    return database, folder


@dataclass
class World:
    """Runs one job at the moments that it is told."""

    lived: tuple[Path, Path]
    place: Path
    runs: int = 0

    async def opened(self, moment: datetime) -> Reopened:
        """The branch as it was left, at a moment."""
        self.runs += 1
        database = self.place / f"{self.runs}.db"
        shutil.copy(self.lived[0], database)
        shutil.copy(self.lived[0].with_suffix(".keys"), database.with_suffix(".keys"))
        chat = Reopened(str(database), str(self.lived[1]))
        chat.now = moment
        await chat.open()
        return chat

    async def says(self, job: str, moments: Sequence[datetime]) -> list[Said]:
        """What the job says to whom at each moment: new messages only, in their order."""
        chat = await self.opened(moments[0])
        scheduler = Scheduler(chat.app.database, [JOBS[job]], lambda: chat.now, lambda: None, chat.app.settings)
        await chat.app.drain()
        said: list[Said] = []
        for moment in moments:
            chat.now, before = moment, len(chat.shown)
            await scheduler.tick()
            await chat.app.drain()
            new = [each for each in chat.shown[before:] if not each["edited"] and each["from"]["id"] == "bot"]
            said.append([(each["chat"], each["text"]["zh"]) for each in new])
        await chat.close()
        return said


@pytest.fixture
def world(lived: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(discovery, "registry", lambda: REGISTRY)  # read once for all these worlds
    return World(lived, tmp_path)


def _all(said: Sequence[Said]) -> Said:
    return sorted(each for listed in said for each in listed)


DAYS = [at(2, 24, 9, 31), at(2, 24, 12, 40), at(2, 25, 9, 1), at(2, 25, 9, 40), at(2, 25, 12, 40), at(2, 26, 9, 31)]
"""Moments of three days on which every daily job comes due."""
YEAR, HOUR, SOON = timedelta(days=365), timedelta(hours=1), timedelta(seconds=20)
LATER = {
    "two days": [at(2, 24, 9), at(2, 26, 10), at(2, 26, 10) + SOON],
    "eleven days": [at(2, 27, 9), at(3, 10, 10), at(3, 10, 10) + SOON],
    "over the month's end": [at(2, 27, 9), at(3, 2, 10), at(3, 2, 10) + SOON],
}
CAUGHT_UP = {
    "agreement_ending": (0, 1, 0),  # that it is over
    "aid_watch": (2, 1, 1),  # the liaison once, the secretary once a day
    "daily_lesson": (1, 2, 2),  # the lesson of a day ago at most; of the others the curator hears in one message
    "day_summary": (1, 0, 0),  # whose flag moved
    "departure_watch": (1, 0, 0),  # about moving the membership, once more
    "dues_closing_nudge": (1, 0, 0),
    "dues_reminder": (0, 2, 0),  # who owes, and the keeper
    "fund_closing": (2, 0, 0),  # the giver, and the account in the group
    "ledger_check": (1, 1, 1),
    "low_signal_over": (1, 0, 0),
    "monthly_digest": (0, 1, 1),
    "monthly_report": (1, 0, 0),
    "news_bulletin": (1, 0, 0),  # today's; yesterday's is no news any more
    "notice_nudge": (3, 0, 0),  # one each to those who have not read it
    "notice_posting": (1, 0, 0),  # too late for the group: its author hears
    "pairing_prompt": (1, 0, 0),
}
"""How many messages each job sends at its first tick after a stop, for each of these stops."""


@pytest.mark.parametrize("job", sorted(JOBS))
async def test_a_clock_that_comes_again_goes_back_an_hour_or_leaps_by_years_changes_nothing(world: World, job: str) -> None:
    usual = _all(await world.says(job, DAYS))
    again = [each for m in DAYS for each in (m, m, m - HOUR, m - SOON, m)]
    assert _all(await world.says(job, again)) == usual
    booted = [at(1, 1, 0, year=2000), at(1, 1, 0, year=2000) + SOON, at(2, 24, 7, 40)]
    leaps = [each for m in DAYS for each in (m, m + YEAR, m + SOON, m + HOUR + 2 * SOON)]
    assert _all(await world.says(job, [*booted, *leaps])) == usual


@pytest.mark.parametrize("job", sorted(JOBS))
async def test_after_a_stop_it_catches_up_once_and_in_few_messages(world: World, job: str) -> None:
    said = {stop: await world.says(job, moments) for stop, moments in LATER.items()}
    assert [each[2] for each in said.values()] == [[]] * len(said)
    assert tuple(len(each[1]) for each in said.values()) == CAUGHT_UP.get(job, (0, 0, 0))
