"""The invented branch."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import beijing_day
from bot.config import DatabaseSection, Settings, Web
from bot.operations import opening, sample, story
from bot.operations.trouble import Trouble
from bot.services import browser_chat
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork
from tests.databases import Databases
from tests.dialogue import START

ARTICLES = {"鲍子龙", "刘金山", "王庆利", "唐仕伦", "史仕兴", "王本发", "林光清", "齐宁", "蔡万倾", "郭兴梅"}


def settings_in(url: str) -> Settings:
    return Settings(database=DatabaseSection(url=url), web=Web(port=0))


@pytest.fixture
async def database(blank_url: str) -> AsyncIterator[Database]:
    async with opening.opened(settings_in(blank_url), lambda: START) as opened:
        yield opened


async def entered(work: UnitOfWork) -> UnitOfWork:
    work.enter((await work.branches.all())[0].id)
    return work


async def test_there_are_56_people_in_about_thirty_cities_in_every_role(database: Database) -> None:
    assert await database.run(sample.load)

    async def look(work: UnitOfWork) -> None:
        members = await (await entered(work)).members.present()
        assert len(members) == len({each.name for each in members}) == len({each.latin for each in members}) == 56
        assert not ARTICLES & {each.name for each in members}
        roles = {role for each in members for role in each.roles}
        assert roles == {"member", "secretary", "dues_keeper", "liaison", "curator", "committee", "probationary", "guest"}
        places = await work.places.all()
        assert 27 <= len({each.code for each in places}) <= 33
        ages = [(START - each.confirmed_at).days for each in places]
        assert len(ages) >= 48
        assert max(ages) > 120
        assert min(ages) < 5
        assert {each.member_id for each in places} == await work.consents.given([each.id for each in members], "location")

    await database.run(look)


async def test_the_months_before_hold_check_ins_and_read_receipts_and_some_silence(database: Database) -> None:
    await database.run(sample.load)

    async def look(work: UnitOfWork) -> None:
        await entered(work)
        today = beijing_day(START)
        counts = [await work.check_ins.count(today - timedelta(days=ago)) for ago in range(1, sample.HISTORY + 1)]
        assert min(counts) > 0
        assert len(set(counts)) > 5
        assert await work.check_ins.count(today) == 0
        heard = [each.heard_at for each in await work.members.present()]
        assert sum(1 for at in heard if at is None or at < START - timedelta(days=90)) >= 2
        assert sum(1 for at in heard if at is not None and START - timedelta(days=90) < at < START - timedelta(days=30)) >= 2
        assert all(at is None or at < START for at in heard)
        for number in range(1, len(sample.PAST_NOTICES) + 1):
            notice = await work.notices.numbered(number)
            assert notice
            assert 15 < len(await work.notices.readers(notice.id)) < 56

    await database.run(look)


async def test_it_is_the_same_each_time(databases: Databases, tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        async with opening.opened(settings_in(databases.blank(tmp_path / name)), lambda: START) as database:
            await database.run(sample.load)

            async def look(work: UnitOfWork) -> list[tuple[str, object]]:
                return [(each.name, each.heard_at) for each in await (await entered(work)).members.present()]

            found.append(await database.run(look))
    assert found[0] == found[1]


async def test_the_page_may_be_eleven_people_and_a_stranger_and_one_has_not_consented_yet(database: Database) -> None:
    await database.run(sample.load)
    people = await database.run(browser_chat.people)
    assert [each.user_id for each in people] == [*(f"p{number}" for number in range(1, 12)), "stranger"]
    assert [each.role.zh for each in people[:4]] == ["党员、书记", "党员、组织委员", "党员、联络员", "党员"]
    assert sum(1 for each in people[:8] if each.place is None) == 1


async def test_loading_again_changes_nothing_but_reset_begins_anew(database: Database) -> None:
    await database.run(sample.load)

    async def take_one_away(work: UnitOfWork) -> int:
        members = await (await entered(work)).members.present()
        await work.members.change(members[0].id, removed_at=work.now)
        return len(members)

    async def count(work: UnitOfWork) -> int:
        return await (await entered(work)).members.count()

    await database.run(take_one_away)
    assert await database.run(sample.load) is False
    assert await database.run(count) == 55
    assert await database.run(sample.load, reset=True) is True
    assert await database.run(count) == 56


async def test_a_real_branch_is_never_touched(database: Database) -> None:
    async def found(work: UnitOfWork) -> None:
        work.branches.add("红旗村支部", "Hongqicun")

    await database.run(found)
    for reset in (False, True):
        with pytest.raises(Trouble, match="real branch"):
            await database.run(sample.load, reset=reset)


async def test_the_last_days_are_told_in_the_group_with_two_announcements_and_two_appeals_whose_buttons_work(blank_url: str) -> None:
    settings = settings_in(blank_url)
    async with opening.opened(settings, lambda: START) as database:
        await database.run(sample.load)
    await story.perform(partial(App, settings), START)
    async with opening.opened(settings, lambda: START) as database:

        async def first(work: UnitOfWork) -> BranchId:
            return (await work.branches.all())[0].id

        messages = await browser_chat.history(database.read, browser_chat.group_chat(await database.run(first)))
    bot = [each for each in messages if each["from"]["id"] == "bot"]  # type: ignore[index]
    assert all(str(each["at"]) < START.isoformat() for each in messages)
    offered = [button["label"]["zh"] for each in bot for row in each["buttons"] for button in row]  # type: ignore[index]
    assert offered == ["收到", "我能帮", "我能帮", "收到"]
    assert any("已收到" in each["text"]["zh"] for each in bot)  # type: ignore[index]
    assert any("今日报平安" in each["text"]["zh"] for each in bot)  # type: ignore[index]
    assert len(messages) > len(bot) + 5
