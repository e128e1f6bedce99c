"""报平安, as people meet it."""

from tests.dialogue import Dialogue


async def test_a_check_in_in_private_is_answered_and_the_group_sees_only_a_number(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "签到")
    assert chat.to("李小山", seen) == ["收到，一路平安。想撤回，十分钟内发“撤销”。"]
    assert chat.in_group(seen) == ["今日报平安 1 人，谢谢大家。"]


async def test_in_the_group_many_check_ins_make_one_message_that_is_edited(chat: Dialogue) -> None:
    first = await chat.group("李小山", "签到")
    assert "今日报平安 1 人，谢谢大家。" in chat.in_group(first)
    for person in ("周海", "吴芳", "孙丽"):
        assert "今日报平安" not in "".join(each.text for each in await chat.group(person, "平安"))
    later = await chat.pass_time(seconds=15)
    assert [(each.text, each.edited) for each in later] == [("今日报平安 4 人，谢谢大家。", True)]
    assert len({each["id"] for each in chat.shown if "今日报平安" in each["text"]["zh"]}) == 1


async def test_a_second_check_in_changes_nothing_and_is_told_kindly(chat: Dialogue) -> None:
    await chat.group("李小山", "签到")
    again = await chat.group("李小山", "签到！！！")
    assert chat.to("李小山", again) == ["今天已经报过平安了，谢谢惦记。"]
    assert await chat.pass_time(seconds=15) == []


async def test_the_same_event_twice_counts_once(chat: Dialogue) -> None:
    await chat.private("李小山", "签到", nonce="same")
    assert await chat.private("李小山", "签到", nonce="same") == []


async def test_talk_that_only_mentions_the_word_is_left_alone(chat: Dialogue) -> None:
    for text in ("签到签到天天签到烦死了", "你签到了吗", "签到表发我一下", "今天哈尔滨真冷"):
        assert await chat.group("李小山", text) == []


async def test_nobody_is_checked_in_by_another_but_the_secretary_is_told_how(chat: Dialogue) -> None:
    told = chat.to("李小山", await chat.private("李小山", "代签到：周海、吴芳也到了"))
    assert told == ["报平安是自愿的，各人报各人的。请本人发一句“签到”。"]
    told = chat.to("王秀英", await chat.private("王秀英", "帮周海签个到"))
    assert told == ["替人报，请发“补录 姓名 报平安”，会标明是补录的。"]
    assert "报平安 1 人" not in "".join(each["text"]["zh"] for each in chat.shown)


async def test_a_day_that_was_missed_need_not_be_made_up_for(chat: Dialogue) -> None:
    assert chat.to("李小山", await chat.private("李小山", "昨天忘了签到，补签一下")) == ["前几天的不用补，报平安不是考勤。今天的记上了。"]
