"""撤销, as people meet it."""

from bot.services.abroad import NOTHING_ASKED
from tests.dialogue import Dialogue

UNDONE = "好，今天的报平安撤回了。"
NOTHING = "十分钟内没有能撤销的事，放心。"


async def test_the_last_deed_is_taken_back_and_the_count_follows(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    seen = await chat.private("李小山", "撤销")
    assert chat.to("李小山", seen) == [UNDONE]
    assert "刚才的报平安撤回了。" in chat.in_group(await chat.pass_time(seconds=15))
    assert "今日报平安 1 人，谢谢大家。" in chat.in_group([*await chat.private("李小山", "签到"), *await chat.pass_time(seconds=15)])


async def test_each_deed_is_undone_once_and_the_one_before_is_next(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(minutes=1)
    await chat.private("李小山", "安静 23-6")
    assert chat.to("李小山", await chat.private("李小山", "撤销")) == ["好，设置改回原来的了。"]
    assert chat.to("李小山", await chat.private("李小山", "撤销")) == [UNDONE]
    assert chat.to("李小山", await chat.private("李小山", "撤销")) == [NOTHING]


async def test_after_ten_minutes_nothing_can_be_undone(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(minutes=10, seconds=1)
    assert chat.to("李小山", await chat.private("李小山", "/undo")) == [NOTHING]


async def test_nobody_undoes_what_another_did(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    assert chat.to("周海", await chat.private("周海", "撤销")) == [NOTHING]


async def test_in_the_group_the_answer_is_private_and_idle_talk_is_left_alone(chat: Dialogue) -> None:
    assert await chat.group("李小山", "撤销") == []
    await chat.private("李小山", "签到")
    seen = await chat.group("李小山", "撤销")
    assert chat.to("李小山", seen) == [UNDONE]
    assert UNDONE not in chat.in_group(seen)


async def test_undoing_brings_back_the_date_of_the_check_in_before(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(days=95)
    await chat.private("李小山", "签到")
    await chat.private("李小山", "撤销")
    pages = "".join(chat.to("李小山", await chat.private("李小山", "我的")))
    assert "最近一次报平安：2026-03-10" in pages


async def test_undo_closes_what_was_asked_last_and_touches_no_older_deed(chat: Dialogue) -> None:
    await chat.private("王秀英", "任命 孙丽 组织委员")
    await chat.pass_time(minutes=1)
    await chat.private("王秀英", "移除 吴芳")
    await chat.pass_time(minutes=1)
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == ["好，刚才问您的作罢，什么都没变。"]
    assert "没看懂" in chat.to("王秀英", await chat.private("王秀英", "对"))[0]
    assert "什么也没做，不用撤" in chat.to("王秀英", await chat.private("王秀英", "撤销"))[0]
    assert "改回去" in chat.to("王秀英", await chat.private("王秀英", "撤销"))[0]


async def test_a_question_that_something_else_came_after_is_answered_by_its_button_only(chat: Dialogue) -> None:
    asked = await chat.private("王秀英", "移除 吴芳")
    await chat.pass_time(minutes=1)
    await chat.private("王秀英", "签到情况")
    await chat.pass_time(seconds=5)
    assert "没看懂" in chat.to("王秀英", await chat.private("王秀英", "对"))[0]
    assert "已移除" in chat.to("王秀英", await chat.press("王秀英", "对", asked[-1]))[0]


async def test_taken_back_after_midnight_the_message_of_that_day_is_put_right_and_no_new_one_is_made(chat: Dialogue) -> None:
    await chat.pass_time(hours=14, minutes=58)
    await chat.group("周海", "签到")
    await chat.pass_time(seconds=20)
    await chat.group("李小山", "签到")
    await chat.pass_time(minutes=6)
    before = {each["id"] for each in chat.shown}
    seen = await chat.private("李小山", "撤销")
    assert chat.to("李小山", seen) == ["这是您 23:58 做的那一件。好，昨天的报平安撤回了。"]
    in_group = [each for each in [*seen, *await chat.pass_time(seconds=15)] if each.chat == chat.group_id()]
    assert [(each.text, each.edited) for each in in_group] == [("今日报平安 1 人，谢谢大家。", True)]
    assert in_group[0].id in before


async def test_a_menu_in_between_was_not_what_was_done(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(seconds=5)
    await chat.private("李小山", "帮助")
    assert chat.to("李小山", await chat.private("李小山", "取消")) == [NOTHING_ASKED.zh]
    assert chat.to("李小山", await chat.private("李小山", "撤销")) == [UNDONE]


async def test_what_was_done_a_while_ago_is_taken_back_with_its_time(chat: Dialogue) -> None:
    await chat.private("李小山", "我的手机换成 13800001234")
    await chat.pass_time(minutes=3)
    assert "没有改" in chat.to("李小山", await chat.private("李小山", "我的手机换成 123"))[0]
    (told,) = chat.to("李小山", await chat.private("李小山", "撤销"))
    assert told.startswith("这是您 ")
    assert told.endswith("做的那一件。好，名册和原来一样。")
