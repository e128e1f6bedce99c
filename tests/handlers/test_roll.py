"""名册: what those who keep the register see and change, as they meet it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.rules import codes
from bot.services import people, register, register_view
from bot.services.register import Field, How
from storage.register import Entry
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY, KEEPER, MEMBER = "王秀英", "赵国强", "李小山"


async def test_several_fields_are_changed_in_one_line_and_undone_together(chat: Dialogue) -> None:
    told = await said(chat, SECRETARY, "改 李小山 手机 13800001234 单位 中建三局")
    assert told == "李小山的资料改好了：手机 没有 → 138 0000 1234；单位 没有 → 中建三局。不对就发“撤销”。"
    assert "记的就是这样" in await said(chat, KEEPER, "改 李小山 单位 中建三局")
    assert await said(chat, SECRETARY, "撤销") == "好，名册和原来一样。"
    assert "手机" not in await said(chat, SECRETARY, "看 李小山")


async def test_a_bad_value_among_good_ones_changes_nothing(chat: Dialogue) -> None:
    assert "不像电话号码" in await said(chat, SECRETARY, "改 李小山 单位 中建三局 手机 12")
    assert "中建三局" not in await said(chat, SECRETARY, "看 李小山")


async def test_a_note_is_kept_for_those_who_keep_the_register(chat: Dialogue) -> None:
    assert "备注 没有 → 爱下棋" in await said(chat, SECRETARY, "改 李小山 备注 爱下棋")
    assert "备注：爱下棋" in await said(chat, KEEPER, "看 李小山")


async def test_what_was_changed_since_stays(chat: Dialogue) -> None:
    await said(chat, SECRETARY, "改 李小山 单位 中建三局")
    await said(chat, MEMBER, "我换单位了，在富士康")
    await said(chat, SECRETARY, "撤销")
    assert "单位：富士康" in await said(chat, SECRETARY, "看 李小山")


@pytest.mark.parametrize("words", ["改 李小山 单位 中建三局", "名册", "看 李小山", "李小山的历史", "书发到 李小山", "确认情况 李小山"])
async def test_a_member_neither_sees_nor_changes_others(chat: Dialogue, words: str) -> None:
    told = await said(chat, "周海", words)
    assert "需要" in told
    assert "没有 →" not in told


async def test_one_of_nobodys_name_is_asked_about(chat: Dialogue) -> None:
    assert "没有找到“李大山”" in await said(chat, SECRETARY, "改 李大山 单位 中建三局")


async def test_the_history_says_who_changed_what_and_how(chat: Dialogue) -> None:
    assert "还没有改动过" in await said(chat, SECRETARY, "李小山的历史")
    await said(chat, SECRETARY, "改 李小山 单位 中建三局")
    await said(chat, MEMBER, "我的手机换成13800001234")
    told = await said(chat, KEEPER, "李小山的历史")
    assert "2026-03-10 李小山（本人）手机：没有 → 138 0000 1234" in told
    assert "2026-03-10 王秀英（补录）单位：没有 → 中建三局" in told
    assert "上次确认" not in told


async def test_lights_go_on_for_several_at_once(chat: Dialogue) -> None:
    assert await said(chat, SECRETARY, "书发到 李小山 周海") == "书发到：记下了 李小山、周海。不对就发“撤销”。"
    assert "早就记着了" in await said(chat, SECRETARY, "书发到 李小山")
    assert "过组织生活：记下了 李小山" in await said(chat, SECRETARY, "过组织生活 李小山")
    assert "李小山 ○●●" in await said(chat, SECRETARY, "名册 没报到")
    assert "请写上姓名" in await said(chat, SECRETARY, "书发到")


async def test_an_entry_is_found_right_today(chat: Dialogue) -> None:
    assert "没确认过" in await said(chat, SECRETARY, "名册")
    assert "今天确认过：李小山" in await said(chat, SECRETARY, "确认 李小山")
    assert "今天确认过：周海、吴芳" in await said(chat, SECRETARY, "确认情况 周海 吴芳")
    assert "李小山" not in await said(chat, SECRETARY, "名册 90天没确认")
    await said(chat, SECRETARY, "撤销")
    assert "周海" in await said(chat, SECRETARY, "名册 90天没确认")
    chat.now += timedelta(days=90)
    assert "李小山" in await said(chat, SECRETARY, "名册 90天没确认")


async def _fill(work: UnitOfWork, chat: Dialogue) -> None:
    actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
    filled = {
        "李小山": {Field.PHONE: "13800001234", Field.EMPLOYER: "中建三局", Field.REASON: "务工"},
        "周海": {Field.EMPLOYER: "富士康", Field.RELATION: "moving", Field.FOUND_ON: work.now.date()},
    }
    await register.change_many(work, actor, {chat.members[name]: values for name, values in filled.items()}, how=How.ENTERED)
    work.places.put(chat.members["李小山"], 440300, work.now)
    work.liaisons.assign(chat.members["吴芳"], chat.members["孙丽"], chat.members[SECRETARY])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("深圳", {"李小山"}),
        ("广东", {"李小山"}),
        ("富士康", {"周海"}),
        ("务工", {"李小山"}),
        ("正在转", {"周海"}),
        ("联系人 孙丽", {"吴芳"}),
        ("没有手机 没有单位", {"王秀英", "赵国强", "孙丽", "吴芳"}),
        ("没报到 富士康", set()),
        ("书记", {"王秀英"}),
        ("没有联系人 中建", {"李小山"}),
        ("no phone", {"王秀英", "赵国强", "孙丽", "周海", "吴芳"}),
        ("小山 周海", set()),
        ("90天没确认 书记", {"王秀英"}),
        ("90 days unconfirmed 书记", {"王秀英"}),
        ("五清不全", {"王秀英", "赵国强", "孙丽", "李小山", "周海", "吴芳"}),
        ("火星", set()),
    ],
)
async def test_words_choose_from_the_register(chat: Dialogue, words: str, found: set[str]) -> None:
    await chat.in_branch(_fill, chat)
    told = await said(chat, SECRETARY, f"名册 {words}")
    lines = told.split("\n")[1:]
    assert {each.split(" ")[0] for each in lines} == found
    assert found or "没有符合" in told


async def test_one_person_is_shown_whole(chat: Dialogue) -> None:
    await chat.in_branch(_fill, chat)
    told = await said(chat, SECRETARY, "名册 李小山")
    for line in ("手机：138 0000 1234", "单位：中建三局", "外出原因：务工", "所在城市：广东省深圳市", "五清还缺：离开时间"):
        assert line in told
    assert await said(chat, SECRETARY, "看 李小山") == told
    assert "联系人：孙丽" in await said(chat, SECRETARY, "看 吴芳")


async def test_looking_stands_in_the_trail(chat: Dialogue) -> None:
    await said(chat, SECRETARY, "改 李小山 手机 13800001234")
    await said(chat, KEEPER, "看 李小山")
    told = await said(chat, "李小山", "谁看过我的资料")
    assert "赵国强" in told
    assert "联系方式" in told


async def test_binding_an_account_lights_the_first_light(chat: Dialogue) -> None:
    told = " ".join(chat.to(SECRETARY, await chat.private(SECRETARY, "邀请 陈立夏")))
    assert "陈立夏 ○○○" in await said(chat, SECRETARY, "名册 没报到")
    await chat.private("new", f"绑定 {codes_in(told)[0]}")
    assert "陈立夏" not in await said(chat, SECRETARY, "名册 没报到")
    assert "人找到：2026年3月10日" in await said(chat, SECRETARY, "看 陈立夏")


def codes_in(told: str) -> list[str]:
    """The words of a message that are a code."""
    return [each for each in told.replace("：", " ").replace("\n", " ").replace("，", " ").split(" ") if codes.is_code(each)]


async def test_who_was_met_by_their_liaison_is_found(chat: Dialogue) -> None:
    await said(chat, SECRETARY, "谈过 周海")
    assert "周海" not in await said(chat, SECRETARY, "名册 没报到")


async def test_a_register_of_thousands_takes_a_statement_a_table(chat: Dialogue) -> None:
    async def look(work: UnitOfWork) -> tuple[int, int]:
        for at in range(300):
            made = work.members.add(f"同志{at}", f"Member {at}", ["member"])
            await work.register.put(Entry(made.id), {"phone": "13800001234", "employer": "中建三局"})
        await work.flush()
        asked: list[str] = []
        opened: list[str] = []
        rows, opens = work.rows, work.vault.open

        async def counting(statement: Any, *args: Any, **hints: Any) -> Any:
            asked.append(str(statement))
            return await rows(statement, *args, **hints)

        def opening(table: str, column: str, row: int | str, sealed: str) -> str:
            opened.append(column)
            return opens(table, column, row, sealed)

        work.rows, work.vault.open = counting, opening  # type: ignore[method-assign]
        try:
            await register_view.all_lines(work)
        finally:
            work.rows, work.vault.open = rows, opens  # type: ignore[method-assign]
        return len(asked), len(opened)

    assert await chat.in_branch(look) == (5, 0)


async def test_in_the_group_it_is_not_answered(chat: Dialogue) -> None:
    assert await chat.group(SECRETARY, "名册") == []


@pytest.mark.parametrize("words", ["女", "男党员", "60岁以上", "少数民族", "大专学历"])
async def test_what_the_register_does_not_hold_is_no_condition(chat: Dialogue, words: str) -> None:
    assert await said(chat, "王秀英", f"名册 {words}") == "名册不记性别、年龄、民族、学历，没法这样挑。"


async def test_an_undo_says_what_it_left(chat: Dialogue) -> None:
    await chat.private("王秀英", "改 李小山 手机 13800001234 单位 中建三局")
    await chat.private("李小山", "我的手机换成 13900001234")
    assert await said(chat, "王秀英", "撤销") == "好，改回来了；手机后来又改过，没有动。"


async def test_an_undo_leaves_that_somebody_said_since_that_all_is_right(chat: Dialogue) -> None:
    await chat.private("王秀英", "改 李小山 单位 中建三局")
    await chat.pass_time(seconds=5)
    await chat.private("李小山", "我的情况没变")
    await chat.private("王秀英", "撤销")
    assert "上次确认：2026年3月10日" in await said(chat, "王秀英", "看 李小山")


async def test_a_name_is_changed_alone(chat: Dialogue) -> None:
    assert "姓名请单独改" in await said(chat, "王秀英", "改 李小山 姓名 李晓山 手机 13800001234")
    assert "手机" not in await said(chat, "王秀英", "看 李小山")


async def test_a_new_name_that_another_followed_is_not_taken_back(chat: Dialogue) -> None:
    await chat.private("王秀英", "改 李小山 姓名 李晓山")
    await chat.private("赵国强", "改 李晓山 姓名 李筱山")
    assert await said(chat, "王秀英", "撤销") == "后来又改过，没有动。"


async def test_a_school_is_an_employer(chat: Dialogue) -> None:
    await chat.private("王秀英", "改 李小山 单位 红旗小学")
    assert "红旗小学" in await said(chat, "王秀英", "名册 小学")
