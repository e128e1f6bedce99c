"""Who looks after whom, as people meet it: told in private, never over the cap, never silently lost."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY, LIAISON = "王秀英", "孙丽"


async def _assign(chat: Dialogue, words: str) -> dict[str, list[str]]:
    seen = await chat.private(SECRETARY, words)
    return {person: told for person in chat.members if (told := chat.to(person, seen))}


async def _current(chat: Dialogue) -> dict[str, str]:
    async def look(work: UnitOfWork) -> dict[str, str]:
        names = {member: name for name, member in chat.members.items()}
        return {names[each.member_id]: names[each.liaison_id] for each in await work.liaisons.current() if each.liaison_id}

    found: dict[str, str] = await chat.in_branch(look)
    return found


async def test_both_are_told_in_private_and_the_member_that_they_may_say_no(chat: Dialogue) -> None:
    told = await _assign(chat, "安排联系人 李小山、周海 孙丽")
    assert "安排好了：孙丽联系李小山、周海" in told[SECRETARY][0]
    assert told["李小山"] == told["周海"]
    assert "孙丽同志以后是您的联系人" in told["李小山"][0]
    assert "换联系人" in told["李小山"][0]
    assert told[LIAISON][0].startswith("请您联系：李小山、周海。")
    assert all(each["chat"] != chat.group_id() for each in chat.shown if each["from"]["id"] == "bot")
    assert "孙丽，2026-03-10 起" in await said(chat, "李小山", "我的联系人")


async def test_it_is_said_in_free_words_too(chat: Dialogue) -> None:
    assert "孙丽联系李小山、吴芳" in await said(chat, SECRETARY, "孙丽联系李小山、吴芳")
    assert "孙丽联系周海" in await said(chat, SECRETARY, "把周海交给孙丽联系")
    assert await _current(chat) == {"李小山": LIAISON, "吴芳": LIAISON, "周海": LIAISON}


async def test_over_the_cap_nothing_changes_and_others_are_offered(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 周海 孙丽")
    told = await said(chat, SECRETARY, "安排联系人 吴芳 赵国强 孙丽")
    assert "孙丽已经联系 2 位，上限是 3 位，再加 2 位就超了，没有安排" in told
    assert "还有空的：王秀英（0 位）" in told
    assert set(await _current(chat)) == {"李小山", "周海"}
    assert "最多联系 4 位" in await said(chat, SECRETARY, "联系人上限 4")
    assert "安排好了" in await said(chat, SECRETARY, "安排联系人 吴芳 赵国强 孙丽")


async def test_the_cap_can_be_put_back_and_a_talk_a_year_is_the_least(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "联系人上限 5")
    chat.now += timedelta(seconds=1)
    await chat.private(SECRETARY, "撤销")
    assert "最多联系 3 位" in await said(chat, SECRETARY, "联系人上限")
    assert "第十九条" in await said(chat, SECRETARY, "每年谈心 0")
    assert "1 到 50" in await said(chat, SECRETARY, "联系人上限 200")
    assert "至少走访 0 次" in await said(chat, SECRETARY, "每年走访 0")


async def test_an_undone_assignment_leaves_nothing_and_both_hear_it(chat: Dialogue) -> None:
    await chat.in_branch(_role, chat.members["周海"])
    await _assign(chat, "安排联系人 李小山 孙丽")
    told = await _assign(chat, "安排联系人 李小山 周海")
    assert "其中 1 位原来由别人联系" in told[SECRETARY][0]
    assert "李小山改由别的同志联系" in told[LIAISON][0]
    seen = await chat.private(SECRETARY, "撤销")
    assert chat.to(SECRETARY, seen) == ["好，联系人和原来一样了。"]
    assert any("撤回了" in each for each in chat.to("李小山", seen))
    assert await _current(chat) == {"李小山": LIAISON}


async def _role(work: UnitOfWork, member: int) -> None:
    await work.members.appoint(member, "liaison")  # type: ignore[arg-type]


async def test_nobody_is_their_own_liaison(chat: Dialogue) -> None:
    assert "不能联系自己" in await said(chat, SECRETARY, "把孙丽交给孙丽联系")


async def test_a_liaison_who_is_none_yet_is_made_one_on_a_yes(chat: Dialogue) -> None:
    assert "请周海做联络员，来联系李小山，对吗" in await said(chat, SECRETARY, "安排联系人 李小山 周海")
    assert await _current(chat) == {}
    assert "安排好了：周海联系李小山" in await said(chat, SECRETARY, "对")
    assert await _current(chat) == {"李小山": "周海"}


async def test_the_liaison_named_first_is_asked_about(chat: Dialogue) -> None:
    assert "是请孙丽来联系李小山，对吗" in await said(chat, SECRETARY, "安排联系人 孙丽 李小山")
    await chat.private(SECRETARY, "取消")
    assert await _current(chat) == {}


async def test_two_people_written_the_same_in_latin_letters_are_asked_about(chat: Dialogue) -> None:
    await chat.join("李晓山")
    told = await said(chat, SECRETARY, "assignliaison Li Xiaoshan Sun Li")
    assert "李小山" in told
    assert "李晓山" in told
    assert await _current(chat) == {}
    assert "安排好了：孙丽联系李晓山" in await said(chat, SECRETARY, "安排联系人 李晓山 孙丽")


async def test_a_member_who_wants_another_is_asked_no_reason_and_not_given_the_same_again(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    seen = await chat.private("李小山", "我想换个联系人")
    assert "不问原因" in chat.to("李小山", seen)[0]
    assert "另外安排" in chat.to(LIAISON, seen)[0]
    assert "李小山想换一位联系人" in chat.to(SECRETARY, seen)[0]
    assert "说过想换一位联系人" in await said(chat, SECRETARY, "安排联系人 李小山 孙丽")
    assert await _current(chat) == {}
    await chat.private("李小山", "撤销")
    assert await _current(chat) == {"李小山": LIAISON}


async def test_who_wants_no_liaison_is_left_in_peace_until_they_want_one(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    await chat.private("李小山", "不要联系人")
    assert "先不要联系人，没有安排" in await said(chat, SECRETARY, "安排联系人 李小山 王秀英")
    assert "李小山" not in await said(chat, SECRETARY, "联系人建议")
    await chat.private("李小山", "要联系人")
    assert "李小山" in await said(chat, SECRETARY, "联系人建议")


async def test_a_removed_liaisons_people_are_seen_to_have_nobody(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 周海 孙丽")
    await chat.private(SECRETARY, "移除 孙丽")
    seen = await chat.private(SECRETARY, "对")
    assert any("孙丽不再做联系人，2 位同志没人联系了：李小山、周海" in each for each in chat.to(SECRETARY, seen))
    assert await _current(chat) == {}
    assert "还没有联系人：李小山、吴芳" in await said(chat, SECRETARY, "联系情况")
    await chat.private(SECRETARY, "撤销")
    assert await _current(chat) == {"李小山": LIAISON, "周海": LIAISON}


async def test_a_dismissed_liaisons_people_too(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    seen = await chat.private(SECRETARY, "免去 孙丽 联络员")
    assert any("1 位同志没人联系了：李小山" in each for each in chat.to(SECRETARY, seen))
    assert await _current(chat) == {}
    assert "孙丽，2026-03-10 至 2026-03-10" in await said(chat, "李小山", "我的联系人")
    await chat.private(SECRETARY, "撤销")
    assert await _current(chat) == {"李小山": LIAISON}


async def test_suggestions_say_why_and_are_confirmed_by_number(chat: Dialogue) -> None:
    for person in ("李小山", "孙丽"):
        await chat.private(person, "同意记位置")
        await chat.private(person, "我在哈尔滨")
    told = await said(chat, SECRETARY, "联系人建议")
    assert "李小山 ← 孙丽：现在同城" in told
    assert "手上的人最少" in told
    number = next(each.partition(".")[0] for each in told.splitlines() if "李小山" in each)
    assert "安排好了 1 位" in await said(chat, SECRETARY, number)
    assert await _current(chat) == {"李小山": LIAISON}
    await chat.private(SECRETARY, "联系人建议")
    assert "安排好了 3 位" in await said(chat, SECRETARY, "全部")
    assert "每位同志都有联系人了" in await said(chat, SECRETARY, "联系人建议")


async def test_taking_a_liaison_away_can_be_undone(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    assert "李小山现在没有联系人了" in await said(chat, SECRETARY, "取消联系人 李小山")
    assert await _current(chat) == {}
    await chat.private(SECRETARY, "撤销")
    assert await _current(chat) == {"李小山": LIAISON}
    assert "周海现在没有联系人" in await said(chat, SECRETARY, "取消联系人 周海")


async def test_only_who_assigns_may_and_nothing_is_said_in_the_group(chat: Dialogue) -> None:
    assert "需要" in await said(chat, "周海", "安排联系人 李小山 孙丽")
    assert await chat.group(SECRETARY, "孙丽联系李小山、周海") == []
    assert await _current(chat) == {}


async def test_the_undone_assignment_is_no_history(chat: Dialogue) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    await chat.private(SECRETARY, "撤销")

    async def rows(work: UnitOfWork) -> int:
        await work.flush()
        return len(await work.rows(text("select id from liaison")))

    assert await chat.in_branch(rows) == 0


async def test_a_whole_plan_is_taken_back_by_one_word(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "任命 吴芳 联络员")
    await chat.private(SECRETARY, "联系人上限 1")
    await chat.private(SECRETARY, "联系人建议")
    await chat.private(SECRETARY, "全部")
    assert len(set((await _current(chat)).values())) > 1
    await chat.private(SECRETARY, "撤销")
    assert await _current(chat) == {}


async def test_what_is_no_choice_is_heard_as_if_nothing_were_asked(chat: Dialogue) -> None:
    shown = await said(chat, SECRETARY, "谁还没有联系人")
    assert "可以这样安排" in shown
    assert "永丰厂" in await said(chat, SECRETARY, "改 周海 单位 永丰厂")
    await said(chat, SECRETARY, "联系人建议")
    assert "没看懂选哪几个" in await said(chat, SECRETARY, "前两个")
    assert await _current(chat) == {}


async def test_an_older_plan_moves_nobody_who_was_assigned_since(chat: Dialogue) -> None:
    plan = (await chat.private(SECRETARY, "联系人建议"))[-1]
    await chat.private(SECRETARY, "王秀英 联系 李小山")
    await chat.press(SECRETARY, "全部", plan)
    assert (await _current(chat))["李小山"] == SECRETARY


@pytest.mark.parametrize(
    ("words", "told"), [("不用了", "好，没有安排"), ("算了", "好，没有安排"), ("1、2谢谢", "安排好了 2 位"), ("全部，谢谢", "安排好了")]
)
async def test_a_plan_takes_thanks_and_a_no(chat: Dialogue, words: str, told: str) -> None:
    await chat.private(SECRETARY, "联系人建议")
    assert told in await said(chat, SECRETARY, words)


@pytest.mark.parametrize(
    "words",
    ["不让孙丽联系李小山了", "别让孙丽联系李小山", "孙丽不联系李小山了", "孙丽不再联系李小山", "取消李小山的联系人", "取消联系人 李小山"],
)
async def test_a_denial_takes_the_liaison_away(chat: Dialogue, words: str) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    assert "李小山现在没有联系人了" in await said(chat, SECRETARY, words)
    assert await _current(chat) == {}


@pytest.mark.parametrize(
    "words",
    [
        *("孙丽没联系李小山", "孙丽没有联系李小山、周海", "孙丽不联系李小山、周海了", "别让孙丽联系李小山、周海", "孙丽联系李小山吗"),
        *("谁来联系李小山、周海", "孙丽有没有联系李小山", "李小山不由孙丽联系", "不要把李小山交给孙丽联系"),
    ],
)
async def test_neither_a_denial_nor_a_question_ever_assigns(chat: Dialogue, words: str) -> None:
    await chat.private(SECRETARY, words)
    assert await _current(chat) == {}


@pytest.mark.parametrize(
    "words", ["谁联系李小山", "孙丽联系李小山吗", "李小山谁联系", "李小山的联系人是谁", "谁是李小山的联系人", "查联系人 李小山"]
)
async def test_who_looks_after_somebody_is_told_to_who_assigns(chat: Dialogue, words: str) -> None:
    assert await said(chat, SECRETARY, words) == "李小山现在没有联系人。发“安排联系人 李小山 联系人姓名”。"
    await _assign(chat, "安排联系人 李小山 孙丽")
    assert "李小山的联系人是孙丽，2026-03-10 起" in await said(chat, SECRETARY, words)
    assert "孙丽" not in await said(chat, "周海", words)


@pytest.mark.parametrize("words", ["我不需要联系人", "不想要联系人了", "不要联系人", "别给我安排联系人"])
async def test_to_want_nobody_is_said_in_many_words(chat: Dialogue, words: str) -> None:
    assert "先不安排联系人" in await said(chat, "李小山", words)


@pytest.mark.parametrize("words", ["我联系人是谁", "我的联系人是谁？", "谁联系我", "我的联系人"])
async def test_who_ones_own_liaison_is_is_asked_in_many_words(chat: Dialogue, words: str) -> None:
    await _assign(chat, "安排联系人 李小山 孙丽")
    assert "孙丽，2026-03-10 起" in await said(chat, "李小山", words)
