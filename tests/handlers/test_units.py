"""各支部 and 组织架构, as an organiser and members meet them: numbers from above, never names, and nothing to the side."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.clock import beijing_day
from bot.errors import UserError
from bot.permissions import OPERATOR
from bot.rules.units import Kind
from bot.services import people, unit_keeping, units
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess, pay, said

TOWN, COUNTY, GENERAL = "青石岭镇党委", "青石县委", "东片党总支"
NAMES = {"马云飞", "钱小红", "冯涛"}


async def grown(chat: Dialogue) -> BranchId:
    """县委 › 镇党委 › 东片党总支 › 红旗村支部, and 河口村支部 right under the town; 远山村支部 under nothing."""
    other = await chat.another_branch("河口村支部", {"马云飞": ["member", "secretary"], "钱小红": ["member"], "冯涛": ["member"]})
    await chat.another_branch("远山村支部", {"石磊": ["member", "secretary"]})

    async def build(work: UnitOfWork) -> None:
        county = await unit_keeping.add(work, OPERATOR, Kind.COMMITTEE, COUNTY, None)
        town = await unit_keeping.add(work, OPERATOR, Kind.COMMITTEE, TOWN, county)
        general = await unit_keeping.add(work, OPERATOR, Kind.GENERAL_BRANCH, GENERAL, town)
        await unit_keeping.move(work, OPERATOR, await unit_keeping.named(work, "红旗村支部"), general)
        await unit_keeping.move(work, OPERATOR, await unit_keeping.named(work, "河口村支部"), town)

    await chat.run(build)
    return other


async def organises(chat: Dialogue, name: str, unit: str, *, dismiss: bool = False) -> None:
    async def act(work: UnitOfWork) -> None:
        member = (await work.members.named(name))[0]
        await (unit_keeping.dismiss if dismiss else unit_keeping.appoint)(work, OPERATOR, member, await unit_keeping.named(work, unit))

    await chat.in_branch(act)


async def keep(chat: Dialogue, deed: str, name: str, *more: str | None) -> None:
    async def act(work: UnitOfWork) -> None:
        unit = await unit_keeping.named(work, name)
        if deed == "move":
            await unit_keeping.move(work, OPERATOR, unit, await unit_keeping.named(work, more[0]) if more[0] else None)
        elif deed == "rename":
            await unit_keeping.rename(work, OPERATOR, unit, more[0] or "")
        else:
            await unit_keeping.close(work, OPERATOR, unit)

    await chat.run(act)


async def test_an_organiser_sees_the_numbers_of_the_branches_below_and_no_name(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", TOWN)
    await assess(chat, "周海", since="2026-03")
    await pay(chat, "周海", "2026-03")
    text = await said(chat, "吴芳", "各支部")
    assert "您分管的 2 个支部" in text
    assert "红旗村支部 6 人：绑定 6，找到 6，有位置 0，交党费 1，看公告 0" in text
    assert "河口村支部 3 人：绑定 3" in text
    assert "合计 9 人" in text
    assert "远山村支部" not in text
    assert not any(name in text for name in NAMES | {"李小山", "周海", "王秀英"})


async def test_places_and_notices_are_counted_too(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", GENERAL)
    await chat.private("王秀英", "发公告 明天停水")
    await chat.press("王秀英", "发")
    await chat.private("李小山", "收到")

    async def placed(work: UnitOfWork) -> None:
        work.places.put(chat.members["李小山"], 230100, work.now)
        work.consents.put(chat.members["李小山"], "location", given=True)
        work.places.put(chat.members["周海"], 230100, work.now)
        work.consents.put(chat.members["周海"], "location", given=False)

    await chat.in_branch(placed)
    text = await said(chat, "吴芳", "各支部")
    assert "有位置 1" in text
    assert "看公告 0" not in text
    await chat.pass_time(days=91)
    assert "有位置 0" in await said(chat, "吴芳", "各支部")


async def test_the_numbers_take_the_same_statements_for_two_branches_as_for_one(chat: Dialogue) -> None:
    await grown(chat)
    ran: list[str] = []

    async def counted(work: UnitOfWork, unit: str) -> int:
        member = (await work.members.named("吴芳"))[0]
        for each in await work.units.organised_by(member.id):
            work.units.dismiss(member.id, each)
        await unit_keeping.appoint(work, OPERATOR, member, await unit_keeping.named(work, unit))
        await work.flush()
        actor = people.actor_of((await work.members.named("吴芳"))[0])
        connection = work._connection

        def listener(*given: Any) -> None:
            ran.append(given[2])

        event.listen(connection, "before_cursor_execute", listener)
        await units.below(work, actor)
        event.remove(connection, "before_cursor_execute", listener)
        many = len(ran)
        ran.clear()
        return many

    assert await chat.in_branch(counted, GENERAL) == await chat.in_branch(counted, TOWN) == 8


async def test_who_organises_nothing_sees_no_numbers(chat: Dialogue) -> None:
    await grown(chat)
    assert "需要组织员来做" in await said(chat, "李小山", "各支部")
    assert "需要组织员来做" in await said(chat, "王秀英", "各支部")
    assert "不能在聊天里任命" in await said(chat, "王秀英", "任命 李小山 组织员")
    await organises(chat, "吴芳", TOWN)
    await organises(chat, "吴芳", TOWN, dismiss=True)
    assert "需要组织员来做" in await said(chat, "吴芳", "各支部")


async def test_an_organiser_gets_no_names_of_another_branch_and_none_of_their_own(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", COUNTY)
    for words in ("谁没消息", "党费情况", "名单"):
        text = await said(chat, "吴芳", words)
        assert not any(name in text for name in NAMES), words
    text = await said(chat, "吴芳", "组织架构")
    assert "河口村支部" in text
    assert not any(name in text for name in NAMES)


async def test_a_member_sees_what_is_above_their_branch_and_nothing_beside_it(chat: Dialogue) -> None:
    await grown(chat)
    text = await said(chat, "李小山", "组织架构")
    assert [line.strip("　") for line in text.splitlines()[1:5]] == [f"{COUNTY}（党委）", f"└ {TOWN}", f"└ {GENERAL}", "└ 红旗村支部"]
    assert "河口村支部" not in text
    assert await chat.group("李小山", "我们的组织架构挺清楚的") == []


async def test_what_a_unit_was_called_and_where_it_stood_is_kept(chat: Dialogue) -> None:
    await grown(chat)
    first = beijing_day(chat.now)
    await chat.pass_time(days=10)
    await keep(chat, "rename", "红旗村支部", "红旗社区支部")
    await keep(chat, "move", "红旗社区支部", TOWN)
    assert "红旗社区支部" in await said(chat, "李小山", "组织架构")
    assert GENERAL not in await said(chat, "李小山", "组织架构")
    before = await said(chat, "李小山", f"组织架构 {first}")
    assert "红旗村支部" in before
    assert GENERAL in before
    assert "那天还没有记下组织架构" in await said(chat, "李小山", "组织架构 2020-01-01")
    assert "已经过去的日子" in await said(chat, "李小山", "组织架构 2030-01-01")
    assert "已经过去的日子" in await said(chat, "李小山", "组织架构 随便")

    async def named(work: UnitOfWork) -> tuple[str, int]:
        unit = await unit_keeping.named(work, "红旗社区支部")
        return (await work.branches.get(chat.branch)).name, len(await work.units.stages(unit.id))

    assert await chat.run(named) == ("红旗社区支部", 4)


@pytest.mark.parametrize(
    ("deed", "name", "under", "why"),
    [
        ("move", COUNTY, TOWN, "不能放到它自己或它的下级"),
        ("move", COUNTY, COUNTY, "不能放到它自己或它的下级"),
        ("move", GENERAL, "河口村支部", "党总支不能放在支部下面"),
        ("move", "河口村支部", "红旗村支部", "支部不能放在支部下面"),
        ("move", TOWN, GENERAL, "不能放到它自己或它的下级"),
        ("close", TOWN, None, "下面还有"),
        ("close", "河口村支部", None, "还有 3 人"),
        ("rename", TOWN, "a/b", "不能有斜线"),
        ("rename", TOWN, "  ", "不能有斜线"),
        ("rename", TOWN, "a\nb", "换行"),
        ("move", "不存在", None, "没有叫“不存在”的组织"),
    ],
)
async def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    chat: Dialogue, deed: str, name: str, under: str | None, why: str
) -> None:
    await grown(chat)
    before = await chat.run(_all)
    with pytest.raises(UserError) as refused:
        await keep(chat, deed, name, under)
    assert why in refused.value.text.zh
    assert await chat.run(_all) == before


async def _all(work: UnitOfWork) -> list[tuple[object, ...]]:
    return [(each.id, each.parent_id, each.name, each.until) for each in await work.units.living()]


async def test_an_empty_unit_is_closed_and_stays_in_the_history(chat: Dialogue) -> None:
    await grown(chat)
    day = beijing_day(chat.now)
    await organises(chat, "吴芳", COUNTY)
    await chat.pass_time(days=3)
    await keep(chat, "move", "红旗村支部", TOWN)
    await keep(chat, "close", GENERAL)
    assert GENERAL not in await said(chat, "吴芳", "组织架构")
    assert GENERAL in await said(chat, "吴芳", f"组织架构 {day}")


async def test_what_is_held_names_the_offices(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", TOWN)
    assert f"分管（组织员）：{TOWN}" in await said(chat, "吴芳", "我的")


async def test_two_units_of_one_name_are_told_apart_by_the_one_above(chat: Dialogue) -> None:
    await grown(chat)

    async def twice(work: UnitOfWork) -> None:
        general = await unit_keeping.add(work, OPERATOR, Kind.GENERAL_BRANCH, "西片", await unit_keeping.named(work, TOWN))
        await unit_keeping.add(work, OPERATOR, Kind.GENERAL_BRANCH, "西片", await unit_keeping.named(work, COUNTY))
        with pytest.raises(UserError, match="several units"):
            await unit_keeping.named(work, "西片")
        assert (await unit_keeping.named(work, f"{TOWN}/西片")).id == general.id
        with pytest.raises(UserError, match="already"):
            await unit_keeping.add(work, OPERATOR, Kind.GENERAL_BRANCH, "西片", await unit_keeping.named(work, TOWN))
        with pytest.raises(UserError, match="zhibu init"):
            await unit_keeping.add(work, OPERATOR, Kind.BRANCH, "新支部", None)

    await chat.run(twice)


async def test_a_guest_is_counted_in_their_own_branch_only(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", TOWN)
    await chat.join("马云飞二", "member", "guest")
    assert "红旗村支部 6 人" in await said(chat, "吴芳", "各支部")
