"""收到, 谁没读 and 最近公告, as people meet them."""

import pytest

from bot.services import browser_chat, notice_reading
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

SECRETARY = "王秀英"


async def posted(chat: Dialogue, text: str = "村部门口的路在修。") -> Seen:
    """Announce in the group and answer the message with the button."""
    seen = await chat.group(SECRETARY, f"公告 {text}")
    return next(each for each in seen if "收到" in each.buttons)


async def count(chat: Dialogue) -> list[str]:
    """The last lines of what changed in the group after the gap between edits."""
    return [each.split("\n")[-1] for each in chat.in_group(await chat.pass_time(seconds=15))]


def marked(chat: Dialogue, person: str) -> bool:
    """Whether the last message of a person in the group got a quiet mark."""
    last = next(each for each in reversed(chat.shown) if each["from"]["id"] == person)
    return bool(last["reactions"])


async def test_typed_acknowledgements_count_for_the_one_open_notice(chat: Dialogue) -> None:
    await posted(chat)
    for person, text in (("李小山", "收到"), ("周海", "1"), ("吴芳", "＋1"), ("孙丽", "已收到！"), ("赵国强", "收到，谢谢")):
        seen = await chat.group(person, text)
        assert all("已收到" in each for each in chat.in_group(seen))
        assert chat.to(person, seen) == []
        assert marked(chat, person)
    assert await count(chat) == ["已收到 5 人"]


async def test_the_count_is_edited_in_place_at_most_every_15_seconds(chat: Dialogue) -> None:
    message = await posted(chat)
    await chat.pass_time(seconds=15)
    assert chat.in_group(await chat.press("李小山", "收到", message))[0].endswith("已收到 1 人")
    for person in ("周海", "吴芳", "孙丽"):
        assert await chat.press(person, "收到", message) == []
    later = await chat.pass_time(seconds=15)
    assert [(each.id, each.edited, each.text.split("\n")[-1]) for each in later] == [(message.id, True, "已收到 4 人")]


async def test_the_button_counts_once_and_the_group_hears_nothing_of_a_second_press(chat: Dialogue) -> None:
    message = await posted(chat)
    await chat.press("李小山", "收到", message)
    await chat.press("李小山", "收到", message)
    await chat.group("李小山", "收到")
    assert not marked(chat, "李小山")
    assert await count(chat) == ["已收到 1 人"]


async def test_a_forged_button_counts_nothing(chat: Dialogue) -> None:
    message = await posted(chat)
    for data in (message.data[0][:-1] + "x", "q.1.0.0000000000000000", "收到", ""):
        assert await chat.press_data("李小山", message, data) == []
    assert await count(chat) == []


async def test_a_strangers_acknowledgement_does_nothing(chat: Dialogue) -> None:
    message = await posted(chat)
    assert await chat.group("stranger", "收到") == []
    assert await chat.group("stranger", "收到 N1") == []
    assert await chat.press("stranger", "收到", message) == []
    assert await count(chat) == []


async def test_with_two_open_a_bare_word_is_for_the_newest_and_a_number_or_a_reply_for_its_own(chat: Dialogue) -> None:
    first, _ = await posted(chat), await posted(chat, "第二件事。")
    await chat.pass_time(seconds=15)
    for person, text in (("李小山", "收到"), ("周海", "好的收到"), ("吴芳", "收到收到"), ("孙丽", "@支部 好的收到")):
        await chat.group(person, text)
        assert marked(chat, person)
    assert chat.in_group(await chat.pass_time(seconds=15)) == ["【公告 N2】第二件事。\n已收到 4 人"]
    assert chat.in_group(await chat.group("李小山", "收到", reply_to=first.id)) == ["【公告 N1】村部门口的路在修。\n已收到 1 人"]
    await chat.group("赵国强", "收到N2")
    assert chat.in_group(await chat.pass_time(seconds=15)) == ["【公告 N2】第二件事。\n已收到 5 人"]
    await chat.group("周海", "收到3")
    assert not marked(chat, "周海")


async def test_several_numbers_count_for_each_and_are_taken_back_together(chat: Dialogue) -> None:
    for text in ("一。", "二。", "三。"):
        await posted(chat, text)
    await chat.group("李小山", "收到 N1、N2")
    assert marked(chat, "李小山")
    assert chat.to("周海", await chat.private("周海", "收到 N1、N3和N8")) == [
        "好，公告 N1、N3 记上了，谢谢。\n没有公告 N8，或者已经撤回、过期了。"
    ]
    assert chat.to("周海", await chat.private("周海", "撤销")) == ["好，公告 N1、N3 的“收到”撤回了。"]
    assert chat.to("周海", await chat.private("周海", "收到 N1")) == ["好，公告 N1 记上了，谢谢。"]
    told = chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读 N1"))[0]
    assert told.startswith("公告 N1：2 人已收到")


async def test_said_to_the_bot_it_is_never_met_with_silence(chat: Dialogue) -> None:
    for words in ("@支部 收到", "@支部 好的收到"):
        assert chat.in_group(await chat.group("赵国强", words)) == ["现在没有等您回“收到”的公告。发“最近公告”可以再看看。"]
    await posted(chat)
    await chat.pass_time(hours=25)
    await chat.group("赵国强", "@支部 好的收到")
    assert marked(chat, "赵国强")
    assert chat.in_group(await chat.group("赵国强", "@支部 收到"))[0] == "公告 N1 您已经回过了，谢谢。"
    assert chat.in_group(await chat.group("赵国强", "@支部 收到 N7"))[0] == "没有公告 N7，或者已经撤回、过期了。"
    talk = next(each for each in reversed(chat.shown) if each["from"]["id"] == SECRETARY)["id"]
    assert "比如“收到 N1”" in chat.in_group(await chat.group("李小山", "@支部 收到", reply_to=talk))[0]


async def test_a_reply_to_somebody_elses_message_is_not_for_the_notice(chat: Dialogue) -> None:
    await posted(chat)
    talk = next(each for each in reversed(chat.shown) if each["from"]["id"] == SECRETARY)["id"]
    assert await chat.group("李小山", "收到", reply_to=talk) == []
    assert await count(chat) == []


async def test_after_a_day_a_bare_word_is_talk_again_but_a_number_still_counts(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(hours=25)
    assert await chat.group("李小山", "收到") == []
    assert not marked(chat, "李小山")
    assert chat.in_group(await chat.group("李小山", "收到 N1"))[0].endswith("已收到 1 人")


async def test_talk_with_the_word_in_it_is_left_alone(chat: Dialogue) -> None:
    await posted(chat)
    for text in ("收到请回复", "你收到了吗", "收到，明天几点", "1 斤多少钱", "收到红包了"):
        assert await chat.group("李小山", text) == []
        assert not marked(chat, "李小山")
    assert await count(chat) == []


async def test_without_any_notice_the_group_stays_quiet(chat: Dialogue) -> None:
    for text in ("收到", "1", "+1", "收到 N1"):
        assert await chat.group("李小山", text) == []


async def test_in_private_it_is_confirmed_shortly(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(seconds=15)
    seen = await chat.private("李小山", "收到")
    assert chat.to("李小山", seen) == ["好，公告 N1 记上了，谢谢。"]
    assert chat.in_group(seen) == ["【公告 N1】村部门口的路在修。\n已收到 1 人"]
    assert chat.to("李小山", await chat.private("李小山", "收到 N1")) == ["公告 N1 您已经回过了，谢谢。"]
    assert "没有等您回" in chat.to("李小山", await chat.private("李小山", "收到"))[0]
    assert chat.to("李小山", await chat.private("李小山", "收到 N8")) == ["没有公告 N8，或者已经撤回、过期了。"]


async def test_in_private_with_two_unread_it_asks_which(chat: Dialogue) -> None:
    await posted(chat)
    await posted(chat, "第二件事。")
    assert chat.to("李小山", await chat.private("李小山", "收到")) == ["您还有几条没回：N2、N1。请带上编号，比如“收到 N2”。"]
    await chat.private("李小山", "收到 N2")
    assert chat.to("李小山", await chat.private("李小山", "收到")) == ["好，公告 N1 记上了，谢谢。"]


async def test_an_acknowledgement_can_be_taken_back(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(seconds=15)
    await chat.private("李小山", "收到")
    seen = await chat.private("李小山", "撤销")
    assert chat.to("李小山", seen) == ["好，公告 N1 的“收到”撤回了。"]
    assert chat.in_group(await chat.pass_time(seconds=15)) == ["【公告 N1】村部门口的路在修。"]


async def test_names_of_those_who_have_not_read_go_to_the_secretary_in_private_only(chat: Dialogue) -> None:
    await posted(chat)
    await chat.group("李小山", "收到")
    seen = await chat.group(SECRETARY, "谁没读 N1")
    assert chat.in_group(seen) == []
    answer = chat.to(SECRETARY, seen)[0]
    assert answer.startswith("公告 N1：1 人已收到，4 人还没回。")
    assert all(name in answer for name in ("周海", "吴芳", "孙丽", "赵国强"))
    assert "李小山" not in answer
    assert SECRETARY not in answer


async def test_another_secretary_gets_numbers_and_who_posted_it(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private(SECRETARY, "任命 孙丽 书记")
    [told] = chat.to("孙丽", await chat.private("孙丽", "谁没读 N1"))
    assert told == "公告 N1：0 人已收到，5 人还没回。这条是王秀英发的，没回的名单只给王秀英看。"
    await chat.private("孙丽", "免去 王秀英 书记")
    [told] = chat.to("孙丽", await chat.private("孙丽", "谁没读 N1"))
    assert "发的人已不是书记" in told
    assert "周海" in told


async def test_of_a_notice_whose_author_left_any_secretary_sees_the_names(chat: Dialogue) -> None:
    async def leave(work: UnitOfWork) -> None:
        await work.members.change(chat.members[SECRETARY], removed_at=work.now)

    await posted(chat)
    await chat.private(SECRETARY, "任命 孙丽 书记")
    await chat.in_branch(leave)
    assert "周海" in chat.to("孙丽", await chat.private("孙丽", "谁没读 N1"))[0]


async def test_a_member_never_sees_who_has_not_read(chat: Dialogue) -> None:
    await posted(chat)
    for person in ("李小山", "孙丽"):
        answer = "".join(chat.to(person, await chat.private(person, "谁没读 N1")))
        assert "书记" in answer
        assert "周海" not in answer
        assert await chat.group(person, "谁没读 N1") == []


async def test_abroad_only_those_who_agreed_are_named_and_the_rest_is_a_number(chat: Dialogue) -> None:
    async def ask(work: UnitOfWork) -> str:
        secretary = await work.members.get(chat.members[SECRETARY])
        assert secretary
        work.consents.put(chat.members["周海"], "abroad", given=True)
        _, lines = await notice_reading.unread(work, actor_of(secretary), "N1", "telegram")
        return "|".join(line.zh for line in lines)

    await posted(chat)
    assert await chat.in_branch(ask) == "周海|另有 4 人，请在网页看。"


async def test_the_newest_notice_is_asked_about_unless_a_number_is_given(chat: Dialogue) -> None:
    assert "没有公告" in chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读"))[0]
    await posted(chat)
    await posted(chat, "第二件事。")
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读"))[0].startswith("公告 N2：")
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读 Ｎ１"))[0].startswith("公告 N1：")
    assert "请写上编号" in chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读 公告"))[0]
    for person in ("李小山", "周海", "吴芳", "孙丽", "赵国强"):
        await chat.group(person, "收到 N2")
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "谁没读"))[0] == "公告 N2：大家都回了收到。"


async def test_a_later_joiner_sees_what_is_still_valid(chat: Dialogue) -> None:
    await posted(chat, "旧的事。")
    await chat.days_pass(31)
    await posted(chat, "还在的事。")
    await posted(chat, "撤掉的事。")
    await chat.private(SECRETARY, "撤回公告 N3")
    await posted(chat, "新的事。")
    await chat.group("李小山", "收到 N4")

    async def join(work: UnitOfWork) -> None:
        member = work.members.add("钱新", "Qian Xin", ["member"])
        work.accounts.bind(browser_chat.account_key("钱新"), member.id, browser_chat.private_chat("钱新"))
        await work.accounts.change(browser_chat.account_key("钱新"), introduced_at=work.now)

    await chat.in_branch(join)
    assert chat.to("钱新", await chat.private("钱新", "最近公告")) == [
        "最近 30 天的公告：\nN4（4月10日，还没回）新的事。\nN2（4月10日，还没回）还在的事。"
    ]
    assert "N4（4月10日，已收到）" in chat.to("李小山", await chat.private("李小山", "最近公告"))[0]
    assert "N4（4月10日，您发的）" in chat.to(SECRETARY, await chat.private(SECRETARY, "最近公告"))[0]


async def test_what_i_have_read_stands_in_my_own_data(chat: Dialogue) -> None:
    await posted(chat)
    await chat.group("李小山", "收到")
    for person, there in (("李小山", True), ("周海", False)):
        told = [text for words in ("我的", "下一页", "下一页", "下一页") for text in chat.to(person, await chat.private(person, words))]
        assert ("N1(03-10)" in "".join(told)) is there


@pytest.mark.parametrize("words", ["未读", "未读名单", "谁没收到", "我要看看谁没收到公告", "未读 N1"])
async def test_who_has_not_read_is_asked_in_many_words(chat: Dialogue, words: str) -> None:
    await posted(chat)
    assert chat.to(SECRETARY, await chat.private(SECRETARY, words))[0].startswith("公告 N1：0 人已收到，5 人还没回。")
