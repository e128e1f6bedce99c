"""A platform out of reach for half an hour: the secretary hears it once a day through another, and once when it is back."""

from datetime import timedelta

import pytest

from bot.operations.reaching import Reaching
from bot.services import lines
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere
from tests.sink_platform import SinkPlatform

SECRETARY = "王秀英"


class Far(SinkPlatform):
    """A platform whose line comes and goes."""

    def __init__(self, chat: Dialogue, name: str = "onebot", instance: str = "10001") -> None:
        super().__init__(lambda: chat.now)
        self.name, self.instance = name, instance
        self.there = True

    def reachable(self) -> bool:
        return self.there


class Watched:
    """A branch with a group on QQ, and what the program notes of the line."""

    def __init__(self, chat: Dialogue, *far: Far) -> None:
        self.chat = chat
        self.far = far
        self.reaching = Reaching(chat.app.database, [*chat.app.platforms, *far])

    async def look(self, **span: float) -> list[str]:
        """Time passes, the program looks, the job runs; answers what the secretary hears on the page."""
        self.chat.now += timedelta(**span)
        await self.reaching.look()
        return self.chat.to(SECRETARY, await self.chat.pass_time(seconds=1))


@pytest.fixture
async def watched(chat: Dialogue) -> Watched:
    async def bind(work: UnitOfWork) -> None:
        work.chats.bind(ChatKey("onebot", "10001", "g200001"), "红旗村支部群")

    await chat.in_branch(bind)
    made = Watched(chat, Far(chat))
    await made.reaching.look(begins=True)
    await chat.pass_time(seconds=1)
    return made


async def test_after_half_an_hour_the_secretary_hears_it_and_once_when_it_is_back(watched: Watched) -> None:
    assert await watched.look(minutes=10) == []
    watched.far[0].there = False
    assert await watched.look(minutes=25) == []
    told = await watched.look(minutes=15)
    assert len(told) == 1
    assert told[0].startswith("QQ那边连不上了，已经 40 分钟。")
    assert "zhibu doctor" in told[0]
    assert await watched.look(minutes=60) == []
    watched.far[0].there = True
    assert await watched.look(minutes=10) == ["QQ那边又通了，留着的正在发。"]
    assert await watched.look(minutes=10) == []
    assert await watched.look(minutes=60) == []


async def test_the_next_day_it_is_said_once_more(watched: Watched) -> None:
    watched.far[0].there = False
    assert len(await watched.look(minutes=40)) == 1
    said = []
    for _ in range(30):
        said += [each for each in await watched.look(hours=1) if "QQ那边" in each]
    assert len(said) == 1
    assert "还是连不上，已经" in said[0]


async def test_what_was_lost_and_found_in_the_night_is_not_told_in_the_morning(watched: Watched) -> None:
    await watched.look(hours=13, minutes=30)  # half past ten at night
    watched.far[0].there = False
    assert await watched.look(minutes=50) == []
    watched.far[0].there = True
    assert await watched.look(hours=1) == []
    assert [each for each in [*await watched.look(hours=7), *await watched.look(hours=2)] if "QQ那边" in each] == []


async def test_a_short_break_is_nothing_to_talk_about(watched: Watched) -> None:
    for _ in range(5):
        watched.far[0].there = False
        assert await watched.look(minutes=20) == []
        watched.far[0].there = True
        assert await watched.look(minutes=5) == []


async def test_a_program_that_stood_still_has_time_to_find_the_line(watched: Watched, chat: Dialogue) -> None:
    watched.far[0].there = False
    chat.now += timedelta(hours=5)
    await watched.reaching.look(begins=True)
    assert await watched.look(minutes=20) == []
    assert len(await watched.look(minutes=20)) == 1
    assert await watched.look(minutes=20) == []
    await watched.reaching.look(begins=True)
    watched.far[0].there = True
    assert await watched.look(minutes=1) == []
    assert await watched.look(minutes=11) == ["QQ那边又通了，留着的正在发。"]


async def test_a_branch_that_is_not_there_hears_nothing(chat: Dialogue) -> None:
    far = Far(chat, "wecom", "main")
    watched = Watched(chat, far)
    await watched.reaching.look(begins=True)
    far.there = False
    assert await watched.look(minutes=50) == []


async def test_it_comes_through_an_account_of_theirs_that_works(watched: Watched, chat: Dialogue) -> None:
    phone = Elsewhere(chat, "71", "onebot")
    phone.key = AccountKey("onebot", "10001", "71")

    async def bound(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members[SECRETARY], "u71")

    chat.now += timedelta(minutes=1)
    await chat.in_branch(bound)
    watched.far[0].there = False
    assert len(await watched.look(minutes=45)) == 1
    assert await phone.queued() == []


async def test_two_lines_of_one_name_are_told_apart(chat: Dialogue) -> None:
    async def bind(work: UnitOfWork) -> None:
        work.chats.bind(ChatKey("onebot", "10002", "g200002"), "红旗村党员群")

    await chat.in_branch(bind)
    watched = Watched(chat, Far(chat), Far(chat, instance="10002"))
    await watched.reaching.look(begins=True)
    watched.far[0].there = watched.far[1].there = False
    [told] = await watched.look(minutes=45)
    assert told.startswith("QQ（10002）那边连不上了")


async def test_a_platform_that_is_not_served_any_more_is_forgotten(watched: Watched, chat: Dialogue) -> None:
    watched.far[0].there = False
    await watched.look(minutes=45)
    await Reaching(chat.app.database, chat.app.platforms).look(begins=True)
    assert ("onebot", "10001") not in await chat.run(lines.of_deployment)


async def test_the_program_looks_from_its_start_to_its_end(chat: Dialogue) -> None:
    reaching = Reaching(chat.app.database, [Far(chat)])
    await reaching.start()
    assert ("onebot", "10001") in await chat.run(lines.of_deployment)
    await reaching.stop()
