"""讨论, as the group and each in private meet it."""

import pytest

from tests.dialogue import Dialogue, Seen

FOOT = "\n回复这条，或点“说一句”。三天后只说有几位参加，不记谁说了什么。"


async def _said(chat: Dialogue, text: str, person: str = "李小山") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def _open(study: Dialogue, words: str = "讨论 欠薪了先做什么？") -> Seen:
    await study.private("王秀英", words)
    seen = await study.private("王秀英", "对")
    assert "发到群里了" in "".join(study.to("王秀英", seen))
    return next(each for each in seen if each.chat == study.group_id())


async def test_a_prompt_is_shown_first_and_posted_once(study: Dialogue) -> None:
    assert await _said(study, "讨论 欠薪了先做什么？", "王秀英") == f"要发到群里：\n【讨论】欠薪了先做什么？{FOOT}"
    assert await _said(study, "取消", "王秀英") == "好，没有发。"
    posted = await _open(study)
    assert posted.text == f"【讨论】欠薪了先做什么？{FOOT}"
    assert posted.buttons == ("说一句",)
    assert "还开着" in await _said(study, "发起讨论 别的", "王秀英")


async def test_a_lesson_gives_the_prompt(study: Dialogue) -> None:
    assert "学完《养猪先防病》，您怎么看" in (await _open(study, "发起讨论 《养猪先防病》")).text
    await study.private("王秀英", "结束讨论")
    await study.days_pass(1)
    assert (await _open(study, "讨论 养猪先防病：谁家防过猪瘟？")).text.startswith("【讨论】谁家防过猪瘟？")


async def test_the_word_that_posts_a_notice_posts_a_discussion_too(study: Dialogue) -> None:
    await study.private("王秀英", "讨论 欠薪了先做什么？")
    assert "欠薪了先做什么" in "".join(study.in_group(await study.private("王秀英", "发")))


async def test_voices_are_counted_once_each_however_they_come_and_nobody_is_listed(study: Dialogue) -> None:
    posted = await _open(study)
    for words in ("先留证据", "我在深圳打工时也遇到过", "再打12333"):
        seen = await study.group("周海", words, reply_to=posted.id)
        assert study.in_group([each for each in seen if not each.reactions and each.sender == "bot" and each.id != posted.id]) == []
        assert study.to("周海", seen) == []
    await study.group("吴芳", "支持", reply_to=posted.id)
    await study.press("李小山", "说一句", posted)
    assert "算您一位了" in await _said(study, "去劳动监察大队")
    seen = await study.private("李小山", "不放")
    assert study.to("李小山", seen) == ["好，不放。您算一位，话我不留。"]
    seen = await study.private("王秀英", "结束讨论 先留证据，再投诉。")
    assert study.in_group(seen)[-1] == "这次讨论 3 位同志参加，谢谢。先留证据，再投诉。"
    assert not any(name in "".join(study.in_group(seen)) for name in ("周海", "吴芳", "李小山"))
    assert "参加了第" not in await _said(study, "我的")


async def test_words_go_to_the_group_only_on_a_yes_and_can_be_taken_back(study: Dialogue) -> None:
    await _open(study)
    await study.private("李小山", "讨论 先留证据")
    assert study.in_group(await study.private("李小山", "署名")) == ["【讨论】李小山：先留证据"]
    assert study.in_group(await study.private("李小山", "撤销")) == ["【讨论】这一句收回了。"]
    await study.days_pass(1)
    await study.private("李小山", "讨论 先留证据")
    assert study.in_group(await study.private("李小山", "不署名")) == ["【讨论】一位同志：先留证据"]


async def test_many_words_of_one_day_come_as_one_message_in_the_morning_and_can_be_taken_back_until_then(study: Dialogue) -> None:
    await _open(study)
    await study.private("周海", "讨论 先问工友")
    assert study.in_group(await study.private("周海", "不署名")) == ["【讨论】一位同志：先问工友"]
    for person, words in (("李小山", "先留证据"), ("吴芳", "再打12333"), ("孙丽", "我说错了")):
        await study.private(person, f"讨论 {words}")
        seen = await study.private(person, "不署名")
        assert study.in_group(seen) == []
        assert "群里今天说得够多了，3月11日早上七点发。" in study.to(person, seen)[0]
    assert study.in_group(await study.private("孙丽", "撤销")) == []
    seen = await study.pass_time(hours=21, minutes=59)
    assert study.in_group(seen) == []
    assert study.in_group(await study.pass_time(minutes=1)) == ["【讨论】一位同志：先留证据\n\n【讨论】一位同志：再打12333"]


async def test_after_three_days_it_ends_by_itself_with_one_message(study: Dialogue) -> None:
    posted = await _open(study)
    await study.group("周海", "先留证据", reply_to=posted.id)
    seen = await study.days_pass(4)
    said = [each for each in study.in_group(seen) if "位同志参加" in each]
    assert said == ["这次讨论 1 位同志参加，谢谢。"]
    assert await _said(study, "讨论 我也说") == "现在没有开着的讨论。"
    assert study.to("周海", await study.press("周海", "说一句", posted)) == []


async def test_nobody_came_is_said_kindly(study: Dialogue) -> None:
    await _open(study)
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


async def test_taking_part_is_told_under_mine_while_it_lasts(study: Dialogue) -> None:
    posted = await _open(study)
    await study.group("周海", "先留证据", reply_to=posted.id)
    told, seen = "", await study.private("周海", "我的")
    while "下一页" in seen[-1].buttons:
        told += "".join(study.to("周海", seen))
        seen = await study.private("周海", "下一页")
    assert "参加了第 1 次讨论" in told + "".join(study.to("周海", seen))


async def test_opened_by_mistake_it_is_taken_back(study: Dialogue) -> None:
    await _open(study)
    assert study.in_group(await study.private("王秀英", "撤销")) == ["【讨论】这次讨论撤回了。"]
    assert await _said(study, "讨论 我说") == "现在没有开着的讨论。"


async def test_a_free_answer_may_be_given_up(study: Dialogue) -> None:
    posted = await _open(study)
    await study.press("李小山", "说一句", posted)
    assert await _said(study, "不说了") == "好。"
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


@pytest.mark.parametrize(("words", "told"), [("讨论", "讨论什么"), ("讨论 " + "长" * 130, "短一点"), ("结束讨论", "没有开着的讨论")])
async def test_what_cannot_be_is_said(study: Dialogue, words: str, told: str) -> None:
    assert told in await _said(study, words, "王秀英")


async def test_long_words_and_summaries_are_refused_and_change_nothing(study: Dialogue) -> None:
    await _open(study)
    assert "短一点" in await _said(study, "讨论 " + "长" * 130)
    assert "短一点" in await _said(study, "结束讨论 " + "长" * 130, "王秀英")
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


async def test_members_do_not_open_or_close_and_strangers_are_not_counted(study: Dialogue) -> None:
    posted = await _open(study)
    for words in ("发起讨论 别的", "结束讨论"):
        assert "需要" in await _said(study, words)
    await study.group("路人", "我也说", reply_to=posted.id)
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


@pytest.mark.parametrize("words", ["讨论 一下党费", "讨论一下", "发起讨论 别的", "结束讨论"])
async def test_talk_in_the_group_is_left_alone(study: Dialogue, words: str) -> None:
    assert await study.group("王秀英", words) == []


async def test_a_command_in_an_answer_is_still_a_command(study: Dialogue) -> None:
    posted = await _open(study)
    await study.group("周海", "签到", reply_to=posted.id)
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


async def test_words_after_its_end_go_nowhere(study: Dialogue) -> None:
    await _open(study)
    await study.private("李小山", "讨论 先留证据")
    await study.private("王秀英", "结束讨论")
    assert study.in_group(await study.private("李小山", "署名")) == []


async def test_who_deletes_their_record_is_not_counted_any_more(study: Dialogue) -> None:
    posted = await _open(study)
    await study.group("周海", "先留证据", reply_to=posted.id)
    await study.private("周海", "删除我的学习记录")
    await study.private("周海", "都删")
    assert study.in_group(await study.private("王秀英", "结束讨论"))[-1] == "这次讨论先到这儿，谢谢大家。"


async def test_of_two_curators_who_open_at_once_one_does(study: Dialogue) -> None:
    await study.join("沈国栋", "member", "curator")
    await study.private("沈国栋", "讨论 秋收忙不忙？")
    await _open(study)
    assert "还开着" in await _said(study, "对", "沈国栋")


async def test_words_and_undo_of_an_older_discussion_do_nothing_to_the_next(study: Dialogue) -> None:
    await study.join("沈国栋", "member", "curator")
    await _open(study)
    await study.private("李小山", "讨论 先留证据")
    await study.private("沈国栋", "结束讨论")
    await study.private("沈国栋", "讨论 秋收忙不忙？")
    await study.private("沈国栋", "对")
    assert await _said(study, "署名") == "现在没有开着的讨论。"
    assert await _said(study, "撤销", "王秀英") == "现在没有开着的讨论。"
    await study.private("沈国栋", "结束讨论")
    assert study.in_group(await study.days_pass(1))[0] == "【讨论】秋收忙不忙？\n\n这次讨论先到这儿，谢谢大家。"


async def test_an_answer_to_an_older_prompt_counts_for_none(study: Dialogue) -> None:
    older = await _open(study)
    await study.private("王秀英", "结束讨论")
    await study.days_pass(1)
    await _open(study, "讨论 秋收忙不忙？")
    await study.group("周海", "先留证据", reply_to=older.id)
    await study.private("王秀英", "结束讨论")
    assert "这次讨论先到这儿，谢谢大家。" in study.in_group(await study.days_pass(1))
