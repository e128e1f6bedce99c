"""排课, as the curator meets it."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.lesson_folder import lesson

WHO = "王秀英"
HEAD = "【三分钟党课】"
PLAN = "接下来发：\n1 3月11日（周三） 从上海到南湖\n2 3月12日（周四） 工资被拖欠怎么办\n3 3月13日（周五） 养猪先防病"


async def _last(chat: Dialogue, text: str, person: str = WHO) -> Seen:
    return (await chat.private(person, text))[-1]


def _titles(plan: Seen) -> list[str]:
    return [line.split(" ")[-1] for line in plan.text.split("\n")[1:-1]][:4]


async def test_the_plan_shows_what_comes_when(study: Dialogue) -> None:
    seen = await _last(study, "排课")
    assert seen.text.startswith(PLAN)
    assert seen.buttons == ("1", "2", "3", "4", "5", "6")
    assert len(seen.text) <= 200
    assert "1 Wed 11 Mar: On founding" in seen.en


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("排课 3 到第1个", ["养猪先防病", "从上海到南湖", "工资被拖欠怎么办", "大棚里的食用菌"]),
        ("排课 第一个移到第三个", ["工资被拖欠怎么办", "养猪先防病", "从上海到南湖", "大棚里的食用菌"]),
        ("/plan 4 to 2", ["从上海到南湖", "大棚里的食用菌", "工资被拖欠怎么办", "养猪先防病"]),
    ],
)
async def test_a_lesson_is_moved_and_the_move_can_be_undone(study: Dialogue, said: str, titles: list[str]) -> None:
    assert _titles(await _last(study, said)) == titles
    assert (await _last(study, "撤销")).text == "好，排课改回原来的了。"
    assert (await _last(study, "排课")).text.startswith(PLAN)


async def test_buttons_move_leave_out_and_preview(study: Dialogue) -> None:
    await study.private(WHO, "排课")
    asked = (await study.press(WHO, "2"))[-1]
    assert asked.text == "第 2 个，3月12日（周四）：工资被拖欠怎么办。怎么动？"
    assert asked.buttons == ("提前", "推后", "移出", "预览")
    assert _titles((await study.press(WHO, "提前", asked))[-1])[:2] == ["工资被拖欠怎么办", "从上海到南湖"]
    again = (await study.press(WHO, "1"))[-1]
    assert _titles((await study.press(WHO, "推后", again))[-1])[:2] == ["从上海到南湖", "工资被拖欠怎么办"]
    gone = (await study.press(WHO, "1"))[-1]
    assert (await study.press(WHO, "移出", gone))[-1].text.startswith("好，《从上海到南湖》移出去了")
    assert _titles(await _last(study, "排课"))[0] == "工资被拖欠怎么办"
    assert "《从上海到南湖》" in (await _last(study, "排课 加 从上海到南湖")).text
    assert _titles(await _last(study, "排课"))[0] == "从上海到南湖"
    shown = (await study.press(WHO, "1"))[-1]
    assert (await study.press(WHO, "预览", shown))[-1].text.startswith(f"{HEAD}从上海到南湖")


async def test_what_is_left_out_is_not_pushed(study: Dialogue) -> None:
    assert "移出去了" in (await _last(study, "排课 移出 1")).text
    posts = study.in_group(await study.days_pass(3))
    assert not any("从上海到南湖" in text for text in posts)
    assert len(posts) == 3


async def test_a_button_of_a_lesson_that_is_no_longer_in_the_plan_changes_nothing(study: Dialogue) -> None:
    plan = await _last(study, "排课")
    asked = (await study.press(WHO, "1", plan))[-1]
    await study.private(WHO, "排课 移出 1")
    assert "请看一眼" in (await study.press(WHO, "提前", asked))[-1].text


async def test_wrong_places_and_unknown_lessons_are_said(study: Dialogue) -> None:
    for words in ("排课 0 到第1个", "排课 9 到第1个", "排课 1 到第99个", "排课 移出 99"):
        assert "排课里只有第 1 到第 8 个" in (await _last(study, words)).text, words
    assert (await _last(study, "排课 加 养鲸鱼")).text.startswith("课程库里没有找到“养鲸鱼”")
    assert (await _last(study, "撤销")).text == "十分钟内没有能撤销的事，放心。"


async def test_a_preview_marks_nothing_as_read(study: Dialogue) -> None:
    seen = await study.private(WHO, "排课 预览 pigs")
    assert len(study.to(WHO, seen)) == 2
    assert study.to(WHO, await study.private(WHO, "删除我的学习记录")) == ["没有您的学习记录，不用删。"]


async def test_where_words_name_several_lessons_it_asks(study: Dialogue, lessons: Path) -> None:
    lesson(lessons, "piglets", "小猪过冬", order=3, body="养猪的人最怕小猪受冻。", body_en="Piglets freeze.")
    await study.pass_time(minutes=2)
    asked = await _last(study, "排课 加 养猪")
    assert asked.buttons == ("养猪先防病", "小猪过冬")
    assert (await _last(study, "2")).text == "好，3月11日（周三）先发《小猪过冬》。改回去，十分钟内发“撤销”。"


async def test_before_todays_push_another_takes_its_place(study: Dialogue) -> None:
    study.now += timedelta(hours=22)
    await study.pass_time(seconds=0)
    assert (await _last(study, "今天改发 养猪")).text == "好，今天 7:30 改发《养猪先防病》。改回去，发“撤销”。"
    assert _titles(await _last(study, "排课"))[:2] == ["养猪先防病", "从上海到南湖"]
    posts = study.in_group(await study.pass_time(hours=1))
    assert [text.split("\n")[0] for text in posts] == [f"{HEAD}养猪先防病"]
    assert study.in_group(await study.days_pass(1))[0].startswith(f"{HEAD}从上海到南湖")


async def test_after_todays_push_it_is_shown_back_and_posted_as_todays(study: Dialogue) -> None:
    await study.pass_time(days=1)
    asked = await _last(study, "今天改发 养猪")
    assert "这一课会马上发到群里：《养猪先防病》" in asked.text
    assert study.in_group([asked]) == []
    assert (await study.press(WHO, "不发", asked))[-1].text == "好，没有发。"
    await study.private(WHO, "今天改发 养猪")
    seen = await study.private(WHO, "发")
    assert study.in_group(seen)[0].startswith(f"{HEAD}养猪先防病")
    undone = await study.private(WHO, "撤销")
    assert study.in_group(await study.pass_time(seconds=20)) or study.in_group(undone)
    assert any(each["text"]["zh"] == "【这一课撤回了】" for each in study.shown)
    assert (await _last(study, "今天改发")).text.startswith("改发哪一课？")


async def test_a_lesson_that_was_posted_by_hand_before_the_time_is_todays(study: Dialogue) -> None:
    study.now += timedelta(days=4, hours=1)
    await study.pass_time(seconds=0)
    await study.private(WHO, "今天改发 养猪")
    assert len(study.in_group(await study.private(WHO, "发"))) == 1
    assert (await _last(study, "撤销")).text == "好，群里那一课撤回了。"
    assert (await _last(study, "撤销")).text == "十分钟内没有能撤销的事，放心。"


async def test_a_pause_is_kept_and_ended(study: Dialogue) -> None:
    assert (await _last(study, "停课 2天")).text == "好，停课到3月12日（周四），之后照常。提前恢复，发“复课”。"
    assert (await _last(study, "排课")).text.startswith("停课到3月12日（周四）。接下来发：\n1 3月13日（周五）")
    assert study.in_group(await study.days_pass(2)) == []
    assert len(study.in_group(await study.days_pass(1))) == 1
    await study.private(WHO, "停课 一周")
    assert (await _last(study, "复课")).text == "好，课照常发。"
    assert (await _last(study, "撤销")).text == "好，排课改回原来的了。"
    assert (await _last(study, "停课")).text.startswith("停几天？")
    for words in ("停课 0天", "停课 91天"):
        assert (await _last(study, words)).text == "停课一次 1 到 90 天。", words


async def test_before_the_push_today_counts_as_paused(study: Dialogue) -> None:
    study.now += timedelta(hours=22)
    await study.pass_time(seconds=0)
    assert "停课到今天" in (await _last(study, "停课 1天")).text
    assert study.in_group(await study.pass_time(hours=1)) == []


async def test_the_time_is_shown_changed_and_undone(study: Dialogue) -> None:
    assert "每个工作日 7:30" in (await _last(study, "学习时间")).text
    assert "每天 8:00" in (await _last(study, "学习时间 每天 8点")).text
    study.now += timedelta(seconds=1)
    assert (await _last(study, "撤销")).text == "好，时间改回原来的了。"
    assert "每个工作日 7:30" in (await _last(study, "学习时间")).text
    study.now += timedelta(seconds=1)
    assert "每个工作日 12:15" in (await _last(study, "学习时间 12:17")).text
    assert "每个工作日 12:15" in (await _last(study, "/studytime working")).text
    for words, why in (
        ("学习时间 25点", "没看懂"),
        ("学习时间 随便", "没看懂"),
        ("学习时间 23:00", "7 点到 21 点"),
        ("学习时间 5:30", "7 点到 21 点"),
    ):
        assert why in (await _last(study, words)).text, words


async def test_only_curators_and_secretaries_arrange(study: Dialogue) -> None:
    await study.join("沈国栋", "member", "curator")
    assert (await _last(study, "排课", "沈国栋")).text.startswith("接下来发")
    for words in ("排课", "今天改发 养猪", "停课 3天", "复课", "学习时间 8:00"):
        assert "学习委员或书记" in (await _last(study, words, "李小山")).text, words


async def test_in_the_group_it_is_answered_in_private(study: Dialogue) -> None:
    seen = await study.group(WHO, "排课")
    assert study.in_group(seen) == []
    assert study.to(WHO, seen)[0].startswith("接下来发")
    for words in ("停课", "停课 3天", "复课", "学习时间", "学习时间 8:00", "今天改发", "今天发 工资"):
        assert await study.group(WHO, words) == [], words


async def test_without_a_library_or_a_group_nothing_is_arranged(chat: Dialogue, study: Dialogue) -> None:
    assert (await _last(chat, "排课")).text.startswith("课程库里还没有课")

    async def unbind(work: UnitOfWork) -> None:
        for each in await work.chats.of_branch():
            work.chats.unbind(each.key)

    await study.in_branch(unbind)
    assert (await _last(study, "今天改发 养猪")).text.startswith("支部还没有绑定群，发不了。")


async def test_taking_a_lesson_back_leaves_the_buttons_of_an_earlier_push_alone(study: Dialogue) -> None:
    await study.private(WHO, "今天改发 养猪")
    first = next(each for each in await study.private(WHO, "发") if "学完了" in each.buttons)
    study.now += timedelta(days=1)
    await study.pass_time(seconds=0)
    await study.private(WHO, "今天改发 养猪")
    second = next(each for each in await study.private(WHO, "发") if "学完了" in each.buttons)
    await study.private(WHO, "撤销")
    assert await study.press("李小山", "学完了", second) == []
    assert study.to("李小山", await study.press("李小山", "学完了", first)) == ["好，记下学完了，只有您自己看得到。要不要 1 道题？"]


async def test_the_plan_is_asked_for_and_paused_in_plain_words(study: Dialogue) -> None:
    for words in ("明天发什么", "这周发什么课？", "接下来发啥"):
        assert study.to("王秀英", await study.private("王秀英", words))[0].startswith("接下来发：")
    for words in ("停课三天", "今天不发课"):
        assert study.to("王秀英", await study.private("王秀英", words))[0].startswith("好，停课到")
    assert await study.group("王秀英", "明天发什么") == []
