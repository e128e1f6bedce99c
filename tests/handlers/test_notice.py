"""公告, as the secretary and the group meet it."""

import re

from bot.permissions import NotAllowed
from bot.services import browser_chat, notices
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

SECRETARY = "王秀英"
TEXT = "村部门口的路在修，进村请走北边。"


async def posted(chat: Dialogue, text: str = TEXT) -> Seen:
    """Post an announcement and answer the group's message with the button."""
    await chat.private(SECRETARY, f"公告 {text}")
    seen = await chat.private(SECRETARY, "发")
    return next(each for each in seen if "收到" in each.buttons)


def shown_now(chat: Dialogue) -> list[str]:
    """What stands in the group now, edits applied, in the order of the messages."""
    latest = {each["id"]: each for each in chat.shown if each["chat"] == chat.group_id() and each["from"]["id"] == "bot"}
    return [each["text"]["zh"] for each in latest.values()]


async def test_from_private_it_is_shown_back_and_posted_only_when_confirmed(chat: Dialogue) -> None:
    first = await chat.private(SECRETARY, f"公告 {TEXT}")
    assert chat.in_group(first) == []
    assert TEXT in chat.to(SECRETARY, first)[0]
    assert first[0].buttons == ("发", "取消")
    second = await chat.press(SECRETARY, "发")
    assert chat.in_group(second) == [f"【公告 N1】{TEXT}"]
    assert [each.buttons for each in second if each.chat == chat.group_id()] == [("收到",)]
    assert "N1" in chat.to(SECRETARY, second)[0]


async def test_the_typed_word_does_the_same_as_the_button(chat: Dialogue) -> None:
    assert (await posted(chat)).text == f"【公告 N1】{TEXT}"


async def test_a_cancelled_preview_posts_nothing_and_takes_no_number(chat: Dialogue) -> None:
    await chat.private(SECRETARY, f"公告 {TEXT}")
    seen = await chat.press(SECRETARY, "取消")
    assert chat.to(SECRETARY, seen) == ["好，没有发。"]
    assert chat.in_group(seen) == []
    assert (await posted(chat)).text.startswith("【公告 N1】")


async def test_direction_marks_and_runs_of_empty_lines_reach_neither_the_preview_nor_the_group(chat: Dialogue) -> None:
    [draft] = await chat.private(SECRETARY, "公告 周六\u202e开会\n\n\n\n带笔")
    assert draft.text.endswith("周六开会\n\n带笔")
    assert chat.in_group(await chat.press(SECRETARY, "发", draft)) == ["【公告 N1】周六开会\n\n带笔"]
    assert chat.in_group(await chat.private(SECRETARY, "改公告 N1 周日\u2066开会\n\n\n带笔")) == ["【公告 N1 已更正】周日开会\n\n带笔"]


async def test_the_button_of_a_preview_posts_once(chat: Dialogue) -> None:
    first = await chat.private(SECRETARY, f"公告 {TEXT}")
    await chat.press(SECRETARY, "发", first[0])
    again = await chat.press(SECRETARY, "发", first[0])
    assert chat.in_group(again) == []
    assert chat.to(SECRETARY, again) == ["这条已经发过了（N1）。要另发一条，请重新写。"]
    assert "用过或过期" in chat.to(SECRETARY, await chat.press_data(SECRETARY, first[0], first[0].data[0][:-1] + "x"))[0]


async def test_the_button_of_a_preview_tells_what_became_of_the_notice_since(chat: Dialogue) -> None:
    first = await chat.private(SECRETARY, f"公告 {TEXT}")
    await chat.press(SECRETARY, "发", first[0])
    told = []
    for words in ("撤回公告 N1", "撤销", "撤销"):  # recalled, put up again, and the posting itself taken back
        await chat.private(SECRETARY, words)
        again = await chat.press(SECRETARY, "发", first[0])
        assert chat.in_group(again) == []
        told += chat.to(SECRETARY, again)
    assert told == [
        "这条后来撤回了（N1）。要发，请重新写。",
        "这条已经发过了（N1）。要另发一条，请重新写。",
        "这条后来撤回了（N1）。要发，请重新写。",
    ]


async def test_the_button_of_a_preview_that_was_cancelled_or_scheduled_says_so_much(chat: Dialogue) -> None:
    cancelled = await chat.private(SECRETARY, f"公告 {TEXT}")
    await chat.press(SECRETARY, "取消", cancelled[0])
    assert "用过或过期" in chat.to(SECRETARY, await chat.press(SECRETARY, "发", cancelled[0]))[0]
    later = await chat.private(SECRETARY, f"公告 明天9点 {TEXT}")
    await chat.private(SECRETARY, "到时发")
    again = await chat.press(SECRETARY, "现在就发", later[0])
    assert chat.to(SECRETARY, again) == ["这条已经定好了（N1）。要另发一条，请重新写。"]
    assert chat.in_group(again) == []


async def test_a_forged_button_and_somebody_elses_draft_post_nothing(chat: Dialogue) -> None:
    draft = (await chat.private(SECRETARY, f"公告 {TEXT}"))[0]
    assert chat.in_group(await chat.press_data(SECRETARY, draft, draft.data[0][:-1] + "x")) == []
    assert chat.in_group(await chat.press_data("李小山", draft, draft.data[0])) == []
    assert chat.in_group(await chat.press(SECRETARY, "发", draft)) == [f"【公告 N1】{TEXT}"]


async def test_yesterdays_preview_is_over(chat: Dialogue) -> None:
    draft = (await chat.private(SECRETARY, f"公告 {TEXT}"))[0]
    await chat.pass_time(days=1)
    assert chat.in_group(await chat.press(SECRETARY, "发", draft)) == []


async def test_said_in_the_group_it_is_posted_at_once(chat: Dialogue) -> None:
    seen = await chat.group(SECRETARY, f"公告：{TEXT}")
    assert chat.in_group(seen) == [f"【公告 N1】{TEXT}"]
    assert chat.to(SECRETARY, seen) == []


async def test_the_slash_command_works_too(chat: Dialogue) -> None:
    seen = await chat.group(SECRETARY, "/announce The road is closed")
    assert [each.en for each in seen] == ["[Notice N1] The road is closed"]


async def test_a_member_cannot_announce_and_is_told_kindly_in_private_only(chat: Dialogue) -> None:
    seen = await chat.private("李小山", f"公告 {TEXT}")
    assert chat.in_group(seen) == []
    assert "书记" in chat.to("李小山", seen)[0]
    assert await chat.group("李小山", f"公告 {TEXT}") == []
    assert chat.in_group(await chat.private("李小山", "撤回公告 N1")) == []
    assert "书记" in chat.to("李小山", await chat.private("李小山", "改公告 N1 别的"))[0]


async def test_the_service_refuses_whoever_calls_it(chat: Dialogue) -> None:
    async def try_it(work: UnitOfWork) -> str:
        member = await work.members.get(chat.members["李小山"])
        assert member
        for attempt in (notices.announce(work, actor_of(member), "x"), notices.recall(work, actor_of(member), "N1")):
            try:
                await attempt
            except NotAllowed:
                continue
            return "let through"
        return "refused"

    assert await chat.in_branch(try_it) == "refused"


async def test_a_stranger_learns_nothing(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.private("stranger", f"公告 {TEXT}")
    assert TEXT not in "".join(chat.to("stranger", seen))
    assert await chat.group("stranger", f"公告 {TEXT}") == []


async def test_without_a_group_nothing_happens_but_a_hint(chat: Dialogue) -> None:
    async def unbind(work: UnitOfWork) -> None:
        work.chats.unbind(browser_chat.chat_key(chat.group_id()))

    await chat.private(SECRETARY, f"公告 {TEXT}")
    await chat.in_branch(unbind)
    late = await chat.private(SECRETARY, "发")
    assert ["绑定本群" in each for each in chat.to(SECRETARY, late)] == [True]
    early = await chat.private(SECRETARY, f"公告 {TEXT}")
    assert ["绑定本群" in each for each in chat.to(SECRETARY, early)] == [True]
    assert early[0].buttons == ()
    assert "没有公告" in chat.to(SECRETARY, await chat.private(SECRETARY, "最近公告"))[0]


async def test_without_words_it_says_how(chat: Dialogue) -> None:
    for text in ("公告", "公告 👍👍", "公告 明天9点"):
        seen = await chat.private(SECRETARY, text)
        assert "内容写在后面" in chat.to(SECRETARY, seen)[0]
        assert seen[0].buttons == ()


async def test_a_long_text_goes_whole_and_in_order_with_the_button_under_the_last(chat: Dialogue) -> None:
    text = "".join(f"第{number}件事，请大家都看一看，有问题私下找我说。" for number in range(1, 21))
    seen = [each for each in await chat.group(SECRETARY, f"公告 {text}") if each.chat == chat.group_id()]
    assert len(seen) == 3
    assert "".join(re.sub(r"^【.*?】", "", each.text) for each in seen) == text
    assert [each.buttons for each in seen] == [(), (), ("收到",)]
    assert [each.text[: each.text.index("】")] for each in seen] == [f"【公告 N1 {part}/3" for part in range(1, 4)]
    assert all(len(each.text) <= 200 for each in seen)


async def test_a_long_draft_is_shown_back_whole(chat: Dialogue) -> None:
    text = "".join(f"第{number}件事，请大家都看一看，有问题私下找我说。" for number in range(1, 21))
    seen = await chat.private(SECRETARY, f"公告 {text}")
    assert text in "".join(chat.to(SECRETARY, seen)).replace("\n", "")
    assert [each.buttons for each in seen if each.buttons] == [("发", "取消")]
    assert all(len(each.text) <= 200 for each in seen)


async def test_words_that_look_like_code_stay_words(chat: Dialogue) -> None:
    for text in ("{name} {0} <b>粗</b> *x* {{y}}", "'; DROP TABLE notice; --"):
        assert (await posted(chat, text)).text.endswith(text)


async def test_an_edit_changes_the_message_in_place_and_marks_it(chat: Dialogue) -> None:
    await posted(chat)
    await chat.group("李小山", "收到")
    seen = await chat.private(SECRETARY, "改公告 N1 路修好了，走哪边都行。")
    assert [(each.text, each.edited, each.buttons) for each in seen if each.chat == chat.group_id()] == [
        ("【公告 N1 已更正】路修好了，走哪边都行。\n已收到 1 人", True, ("收到",))
    ]
    undone = await chat.private(SECRETARY, "撤销")
    assert chat.in_group(undone) == [f"【公告 N1】{TEXT}\n已收到 1 人"]
    assert "恢复成原来的文字" in chat.to(SECRETARY, undone)[0]


async def test_an_edit_that_needs_more_messages_is_posted_below_with_a_pointer(chat: Dialogue) -> None:
    old = await posted(chat)
    long = "新的安排请看清楚，有问题私下找我。" * 14
    await chat.private(SECRETARY, f"改公告 N1 {long}")
    assert shown_now(chat)[0] == "【公告 N1 已更正，看下面新的一条】"
    assert "".join(re.sub(r"^【.*?】", "", each) for each in shown_now(chat)[1:]) == long
    await chat.group("李小山", "收到", reply_to=old.id)
    await chat.pass_time(seconds=15)
    assert shown_now(chat)[-1].endswith("已收到 1 人")
    await chat.private(SECRETARY, "撤回公告 N1")
    assert set(shown_now(chat)) == {"【公告 N1 已撤回】"}


async def test_an_edit_without_number_or_words_changes_nothing(chat: Dialogue) -> None:
    await posted(chat)
    for text in ("改公告", "改公告 N1", "改公告 新的内容"):
        seen = await chat.private(SECRETARY, text)
        assert "请写上编号" in chat.to(SECRETARY, seen)[0]
        assert chat.in_group(seen) == []
    assert "没有公告 N7" in chat.to(SECRETARY, await chat.private(SECRETARY, "改公告 N7 新的内容"))[0]


async def test_a_recall_leaves_only_its_number_and_no_button(chat: Dialogue) -> None:
    message = await posted(chat)
    seen = await chat.private(SECRETARY, "撤回公告 N1")
    assert [(each.text, each.edited, each.buttons) for each in seen if each.chat == chat.group_id()] == [("【公告 N1 已撤回】", True, ())]
    assert await chat.press_data("李小山", message, message.data[0]) == []
    assert await chat.group("李小山", "收到") == []
    assert await chat.group("李小山", "收到 N1") == []
    assert await chat.group("李小山", "收到", reply_to=message.id) == []
    assert "没有公告 N1" in chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读 N1"))[0]
    assert "没有公告 N1" in chat.to(SECRETARY, await chat.private(SECRETARY, "撤回公告 N1"))[0]


async def test_a_recall_can_be_undone_and_the_button_works_again(chat: Dialogue) -> None:
    await posted(chat)
    await chat.group("周海", "收到")
    await chat.private(SECRETARY, "撤回公告 N1")
    undone = await chat.private(SECRETARY, "撤销")
    message = next(each for each in undone if each.chat == chat.group_id())
    assert (message.text, message.buttons) == (f"【公告 N1】{TEXT}\n已收到 1 人", ("收到",))
    await chat.press("李小山", "收到", message)
    assert chat.in_group(await chat.pass_time(seconds=15)) == [f"【公告 N1】{TEXT}\n已收到 2 人"]


async def test_a_recall_without_a_number_asks_when_there_are_two(chat: Dialogue) -> None:
    await posted(chat)
    await posted(chat, "另一件事。")
    assert "请写上编号" in chat.to(SECRETARY, await chat.private(SECRETARY, "撤回公告"))[0]
    await chat.private(SECRETARY, "撤回公告 N2")
    assert "N1" in chat.to(SECRETARY, await chat.private(SECRETARY, "撤回公告"))[0]


async def test_posting_can_be_undone_for_ten_minutes(chat: Dialogue) -> None:
    await posted(chat)
    assert chat.in_group(await chat.private(SECRETARY, "撤销")) == ["【公告 N1 已撤回】"]
    await posted(chat)
    await chat.pass_time(minutes=11)
    assert chat.in_group(await chat.private(SECRETARY, "撤销")) == []


async def test_a_message_that_somebody_deleted_is_not_posted_anew_by_a_reader(chat: Dialogue) -> None:
    message = await posted(chat)

    async def delete(work: UnitOfWork) -> None:
        await work.transcript.forget_before(chat.now.replace(year=2027))

    await chat.run(delete)
    await chat.press_data("李小山", message, message.data[0])
    assert chat.in_group(await chat.pass_time(seconds=15)) == []
    assert chat.in_group(await chat.private(SECRETARY, "改公告 N1 请再看一遍。")) == ["【公告 N1 已更正】请再看一遍。\n已收到 1 人"]


async def test_what_another_branch_announces_is_not_seen_here(chat: Dialogue) -> None:
    message = await posted(chat)
    here = chat.branch
    chat.branch = await chat.another_branch("青山支部", {"郑书记": ["member", "secretary"], "马超": ["member"]})
    assert chat.to("马超", await chat.private("马超", "最近公告")) == ["最近 30 天没有公告。"]
    assert await chat.group("马超", "收到 N1") == []
    assert await chat.group("马超", "收到", reply_to=message.id) == []
    assert await chat.press_data("马超", message, message.data[0]) == []
    seen = await chat.group("郑书记", "公告 青山的事")
    assert chat.in_group(seen) == ["【公告 N1】青山的事"]
    chat.branch = here
    assert chat.in_group(seen) == []
    assert shown_now(chat) == [f"【公告 N1】{TEXT}"]


async def test_a_time_that_stands_apart_schedules_and_says_when(chat: Dialogue) -> None:
    first = await chat.private(SECRETARY, "公告 明天9点 开会，请带上本子")
    assert first[0].text == "这条会在3月11日（周三）09:00发到支部群，先请您看一遍：\n开会，请带上本子"
    assert first[0].buttons == ("到时发", "现在就发", "取消")
    second = await chat.private(SECRETARY, "发")
    assert chat.in_group(second) == []
    assert "N1 会在3月11日（周三）09:00发" in chat.to(SECRETARY, second)[0]
    assert "开会" in chat.to(SECRETARY, await chat.private(SECRETARY, "定时公告"))[0]
    assert "没有公告" in chat.to("李小山", await chat.private("李小山", "最近公告"))[0]


async def test_a_time_that_begins_a_sentence_is_posted_now_unless_told_otherwise(chat: Dialogue) -> None:
    first = await chat.private(SECRETARY, "公告 明天9点在村部开会")
    assert first[0].buttons == ("发", "到时发", "取消")
    assert chat.in_group(await chat.press(SECRETARY, "发")) == ["【公告 N1】明天9点在村部开会"]
    await chat.private(SECRETARY, "公告 明天9点在村部开会")
    assert chat.in_group(await chat.press(SECRETARY, "到时发")) == []


async def test_a_scheduled_draft_can_go_out_at_once_with_all_its_words(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "公告 明天9点 开会")
    assert chat.in_group(await chat.press(SECRETARY, "现在就发")) == ["【公告 N1】明天9点 开会"]


async def test_a_time_said_in_the_group_is_asked_about_in_private(chat: Dialogue) -> None:
    seen = await chat.group(SECRETARY, "公告 明天9点 开会")
    assert chat.in_group(seen) == []
    assert "3月11日（周三）09:00" in chat.to(SECRETARY, seen)[0]


async def test_an_impossible_or_past_time_is_told_and_nothing_is_scheduled(chat: Dialogue) -> None:
    impossible = await chat.private(SECRETARY, "公告 2月30日9点 开会")
    assert "日历上没有" in chat.to(SECRETARY, impossible)[0]
    assert impossible[0].buttons == ()
    past = await chat.private(SECRETARY, "公告 今天8点 开会")
    assert "已经过了，不能定时" in chat.to(SECRETARY, past)[0]
    assert past[0].buttons == ("发", "取消")
    await chat.private(SECRETARY, "取消")
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "定时公告")) == ["没有定时公告。要定时，就发“公告 明天9点 内容”。"]


async def test_a_scheduled_one_can_be_changed_and_cancelled(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "公告 明天9点 开会")
    await chat.private(SECRETARY, "发")
    assert chat.in_group(await chat.private(SECRETARY, "改公告 N1 开会，带上本子")) == []
    assert "带上本子" in chat.to(SECRETARY, await chat.private(SECRETARY, "定时公告"))[0]
    await chat.private(SECRETARY, "取消公告 N1")
    assert "没有定时公告" in chat.to(SECRETARY, await chat.private(SECRETARY, "定时公告"))[0]
    assert chat.in_group(await chat.pass_time(days=1)) == []


async def test_a_cancelled_schedule_comes_back_by_undo(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "公告 明天9点 开会")
    await chat.private(SECRETARY, "发")
    await chat.private(SECRETARY, "取消公告 N1")
    await chat.private(SECRETARY, "撤销")
    assert chat.in_group(await chat.pass_time(days=1)) == ["【公告 N1】开会"]


async def test_only_those_who_announce_see_what_is_scheduled(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "公告 明天9点 秘密的安排")
    await chat.private(SECRETARY, "发")
    assert "秘密" not in "".join(chat.to("李小山", await chat.private("李小山", "定时公告")))


async def test_a_long_notice_put_right_is_shown_in_messages_that_are_short_enough(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "公告 周六上午九点开会，请大家准时参加。" + "会上还要说说大家最近的情况，请各自准备几句话。" * 12)
    await chat.private(SECRETARY, "发")
    asked = await chat.private(SECRETARY, "刚才的公告时间错了，应该是十点")
    assert asked[0].text.startswith("公告 N1 改成这样吗？\n周六上午十点开会")
    assert all(len(each.text) <= 200 for each in asked)
    assert asked[-1].buttons
    assert "周六上午十点开会" in "".join(each.text for each in await chat.private(SECRETARY, "对"))
