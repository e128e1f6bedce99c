"""In the evening the secretary hears in one line whose flag moved; on other days nothing."""

from datetime import timedelta

import pytest

from bot.services import deployment
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY = "王秀英"
HEAD = "今日小结：\n"


async def agreed(chat: Dialogue, *people: str, purpose: str = "location") -> None:
    async def consent(work: UnitOfWork) -> None:
        for person in people:
            work.consents.put(chat.members[person], purpose, given=True)

    await chat.in_branch(consent)


async def says(chat: Dialogue, person: str, text: str) -> None:
    await chat.private(person, text)
    await chat.pass_time(minutes=1)


async def evening(chat: Dialogue, person: str = SECRETARY) -> list[str]:
    """What somebody hears until nine in the evening."""
    seen = await chat.pass_time(seconds=(timedelta(hours=12) - timedelta(minutes=chat.now.minute)).total_seconds())
    chat.now += timedelta(hours=12)
    return [text for text in chat.to(person, seen) if text.startswith(HEAD)]


@pytest.fixture
async def village(chat: Dialogue) -> Dialogue:
    await agreed(chat, "李小山", "周海", "吴芳")
    await chat.pass_time(minutes=1)
    return chat


async def test_two_moves_are_one_line_with_names_and_are_told_once(village: Dialogue) -> None:
    await says(village, "李小山", "我在哈尔滨")
    await says(village, "周海", "我在深圳")
    assert await evening(village) == [HEAD + "红旗动了 2 面：李小山在哈尔滨、周海在深圳。看图发“分布图”。"]
    assert await evening(village) == []


@pytest.mark.parametrize("person", ["赵国强", "孙丽", "周海", "李小山"])
async def test_nobody_else_hears_of_it(village: Dialogue, person: str) -> None:
    await says(village, "李小山", "我在哈尔滨")
    assert await evening(village, person) == []


async def test_who_only_confirms_or_says_a_district_of_the_same_city_has_not_moved(village: Dialogue) -> None:
    await says(village, "李小山", "我在深圳")
    await evening(village)
    await says(village, "李小山", "我在深圳")
    await says(village, "李小山", "我在深圳南山")
    assert await evening(village) == []


async def test_a_slip_put_right_at_once_is_no_move_and_a_move_is_told_as_it_stands_in_the_evening(village: Dialogue) -> None:
    await says(village, "李小山", "我在深圳")
    await evening(village)
    await says(village, "李小山", "我在哈尔滨")
    await says(village, "李小山", "不对，是深圳")
    assert await evening(village) == []
    await says(village, "李小山", "我在哈尔滨")
    await says(village, "李小山", "我在南京")
    assert await evening(village) == [HEAD + "红旗动了 1 面：李小山在南京。看图发“分布图”。"]


async def own_data(chat: Dialogue) -> str:
    """All pages of what is held of somebody, their place among it."""
    seen = await chat.private("李小山", "我的")
    text = seen[-1].text
    while "下一页" in seen[-1].buttons:
        seen = await chat.private("李小山", "下一页")
        text += seen[-1].text
    assert "深圳" in text
    return text


async def test_who_moved_is_told_that_the_secretary_will_hear_of_it_and_no_longer_once_that_is_done(village: Dialogue) -> None:
    await says(village, "李小山", "我在深圳")
    assert "傍晚小结里告诉书记" in await own_data(village)
    await evening(village)
    assert "傍晚小结" not in await own_data(village)


async def test_what_is_undone_or_deleted_or_no_longer_agreed_to_is_not_told(village: Dialogue) -> None:
    await says(village, "李小山", "我在深圳")
    await says(village, "李小山", "撤销")
    await says(village, "周海", "我在深圳")
    await says(village, "周海", "删除我的位置")
    await says(village, "吴芳", "我在深圳")
    await says(village, "吴芳", "别再记录我的位置")
    assert await evening(village) == []


async def test_what_is_taken_back_after_it_was_told_is_told_again(village: Dialogue) -> None:
    await says(village, "李小山", "我在深圳")
    await evening(village)
    village.now += timedelta(hours=9, minutes=25) - timedelta(minutes=village.now.minute)
    await says(village, "李小山", "我在哈尔滨")
    told = village.to(SECRETARY, await village.pass_time(minutes=5))
    assert told == [HEAD + "红旗动了 1 面：李小山在哈尔滨。看图发“分布图”。"]
    await says(village, "李小山", "撤销")
    village.now += timedelta(hours=14)
    assert await evening(village) == [HEAD + "红旗动了 1 面：李小山在深圳。看图发“分布图”。"]


async def test_on_a_platform_abroad_nobody_is_named_who_did_not_agree_to_that(village: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    await says(village, "李小山", "我在哈尔滨")
    await says(village, "周海", "我在深圳")
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))
    await agreed(village, SECRETARY, "周海", purpose="abroad")
    assert await evening(village) == [HEAD + "红旗动了 1 面：周海在深圳。看图发“分布图”。另有 1 人，请在网页看。"]
    await says(village, SECRETARY, "你好")
    await agreed(village, "李小山", purpose="abroad")
    monkeypatch.setattr(deployment, "ABROAD", frozenset())
    await says(village, "周海", "我在南京")
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))

    async def refused(work: UnitOfWork) -> None:
        work.consents.put(village.members["周海"], "abroad", given=False)

    await village.in_branch(refused)
    assert await evening(village) == [HEAD + "红旗动了 1 面，请在网页看。"]


async def test_another_branch_hears_nothing(village: Dialogue) -> None:
    await village.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    await says(village, "李小山", "我在哈尔滨")
    assert await evening(village, "钱有福") == []


async def test_what_nobody_may_hear_waits_for_the_next_secretary(village: Dialogue) -> None:
    async def hand_over(work: UnitOfWork, giver: str, taker: str | None) -> None:
        await work.members.dismiss(village.members[giver], "secretary")
        if taker:
            await work.members.appoint(village.members[taker], "secretary")

    await village.in_branch(lambda work: hand_over(work, SECRETARY, None))
    await says(village, "李小山", "我在哈尔滨")
    assert await evening(village) == []
    await village.in_branch(lambda work: hand_over(work, SECRETARY, "周海"))
    assert await evening(village, "周海") == [HEAD + "红旗动了 1 面：李小山在哈尔滨。看图发“分布图”。"]
    assert await evening(village, "周海") == []
