"""位置, as people meet it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services.location_consent import NOT_YET_ASKED
from bot.services.place_questions import ASK_CONSENT
from bot.services.places import NONE_YET, NOT_KEPT, NOWHERE_NEAR, REFUSED, THEY_REFUSED, UNKNOWN
from storage.places import CurrentPlace
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue, Seen

HARBIN, NANJING, SHENZHEN, GUANGZHOU = 230100, 320100, 440300, 440100
NANSHAN_SHENZHEN, NANSHAN_HEGANG = 440305, 230404
ME = "李小山"


async def kept(chat: Dialogue, person: str = ME) -> CurrentPlace | None:
    """What is kept of somebody's place."""

    async def read(work: UnitOfWork) -> CurrentPlace | None:
        return await work.places.get(chat.members[person])

    found: CurrentPlace | None = await chat.in_branch(read)
    return found


async def code(chat: Dialogue, person: str = ME) -> int | None:
    found = await kept(chat, person)
    return found.code if found else None


async def previous(chat: Dialogue) -> list[Any]:
    """What could be gone back to."""

    async def read(work: UnitOfWork) -> list[Any]:
        return [each.data for each in await work.deeds.of_kind("place")]

    return list(await chat.in_branch(read))


async def agreed(chat: Dialogue, *people: str) -> None:
    for person in people or (ME,):
        await chat.private(person, "同意记位置")


def reactions(chat: Dialogue) -> list[str]:
    return [emoji for each in chat.shown if each["from"]["id"] != "bot" for emoji in each["reactions"]]


def only(chat: Dialogue, seen: list[Seen], person: str = ME) -> str:
    """The one thing that was said, and to this person alone."""
    assert len(seen) == 1, seen
    assert chat.in_group(seen) == []
    return chat.to(person, seen)[0]


# Saying it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我在哈尔滨", HARBIN),
        ("我到哈尔滨了", HARBIN),
        ("在外 哈尔滨", HARBIN),
        ("/here 哈尔滨", HARBIN),
        ("/here Harbin", HARBIN),
        ("I'm in Harbin", HARBIN),
        ("位置 黑龙江省哈尔滨市", HARBIN),
        ("位置：深圳南山", NANSHAN_SHENZHEN),
        ("我在深圳南山那边", NANSHAN_SHENZHEN),
        ("嗯那个孟书记啊我那个被公司调到哈尔滨了刚刚过来报到", HARBIN),
    ],
)
async def test_a_plain_sentence_keeps_the_place(chat: Dialogue, text: str, expected: int) -> None:
    await agreed(chat)
    said = only(chat, await chat.private(ME, text))
    assert said.startswith("好，记为")
    assert await code(chat) == expected


async def test_only_the_code_the_moment_who_entered_it_and_that_it_is_news_are_kept(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在广东省深圳市南山区科技园科苑路15号")
    assert await kept(chat) == CurrentPlace(chat.members[ME], NANSHAN_SHENZHEN, chat.now, None, moved=True)


async def test_what_is_overheard_in_the_group_is_asked_about_in_private_before_it_is_kept(chat: Dialogue) -> None:
    await agreed(chat)
    seen = await chat.group(ME, "我到哈尔滨了")
    assert "黑龙江省哈尔滨市，对吗" in only(chat, seen)
    assert chat.in_group(seen) == []
    assert await kept(chat) is None
    await chat.private(ME, "对")
    assert await code(chat) == HARBIN


async def test_said_to_the_bot_in_the_group_it_gets_a_mark_and_the_place_is_named_in_private_only(chat: Dialogue) -> None:
    await agreed(chat)
    said = only(chat, await chat.group(ME, "@支部 我到哈尔滨了"))
    assert "黑龙江省哈尔滨市" in said
    assert reactions(chat) == ["👌"]
    assert await code(chat) == HARBIN


@pytest.mark.parametrize(
    "text",
    [
        "今天哈尔滨真冷",
        "我老婆在深圳",
        "位置 太偏了",
        "在外 面吃饭",
        "here we go",
        "位置",
        "哈尔滨",
        "地点 哈尔滨",
        "我在吗",
        "明天我到深圳",
    ],
)
async def test_talk_in_the_group_that_is_no_statement_is_left_alone(chat: Dialogue, text: str) -> None:
    await agreed(chat)
    assert await chat.group(ME, text) == []
    assert await kept(chat) is None


async def test_moving_on_keeps_one_place_only_and_one_to_go_back_to(chat: Dialogue) -> None:
    await agreed(chat)
    for place in ("哈尔滨", "深圳", "南京"):
        await chat.private(ME, f"我在{place}")
    assert await code(chat) == NANJING
    assert [data["before"][0] for data in await previous(chat)] == [SHENZHEN]


async def test_asked_what_is_kept_it_answers_in_private(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, "位置")) == NONE_YET.zh
    await chat.private(ME, "我在哈尔滨")
    assert only(chat, await chat.group(ME, "/here")).startswith("现在记的是黑龙江省哈尔滨市，2026-03-10确认的")


@pytest.mark.parametrize("text", ["位置 火星", "位置 '; DROP TABLE place;--", "位置 <b>x</b>", "位置 {place}", "/here \u202eniberaH"])
async def test_a_place_that_is_none_is_said_so_and_nothing_is_kept(chat: Dialogue, text: str) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, text)) == UNKNOWN.zh
    assert await kept(chat) is None


async def test_five_thousand_characters_are_not_half_used(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, "我在哈尔滨" * 1000)) == "太长了，请分开发。"
    assert await kept(chat) is None


async def test_invisible_characters_do_not_hide_a_place(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "\u202e我在\u200b哈\u200d尔滨\u202c")
    assert await code(chat) == HARBIN


async def test_a_stranger_changes_nothing(chat: Dialogue) -> None:
    assert "我还不认识您" in chat.to(STRANGER, await chat.private(STRANGER, "我在哈尔滨"))[0]
    assert await chat.group(STRANGER, "我在哈尔滨") == []
    assert await chat.card(STRANGER, 45.75, 126.63) == []
    assert await chat.card(STRANGER, 45.75, 126.63, group=True) == []


async def test_a_strangers_card_in_private_is_turned_away_once_a_day(chat: Dialogue) -> None:
    assert "我还不认识您" in chat.to(STRANGER, await chat.card(STRANGER, 45.75, 126.63))[0]
    assert await chat.card(STRANGER, 45.75, 126.63) == []


# Which one


async def test_of_two_nanshan_the_number_chooses(chat: Dialogue) -> None:
    await agreed(chat)
    asked = await chat.private(ME, "我在南山")
    assert only(chat, asked) == "是下面哪一处？回数字就行：\n1 黑龙江省鹤岗市南山区\n2 广东省深圳市南山区"
    assert asked[0].buttons == ("黑龙江省鹤岗市南山区", "广东省深圳市南山区", "都不是")
    assert await kept(chat) is None
    assert "记为广东省深圳市南山区" in only(chat, await chat.private(ME, "２"))
    assert await code(chat) == NANSHAN_SHENZHEN


async def test_then_no_i_meant_hegang_means_the_other_nanshan(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在南山")
    await chat.private(ME, "2")
    assert only(chat, await chat.private(ME, "不对不对，我说的是鹤岗")) == "已改为黑龙江省鹤岗市南山区。"
    assert await code(chat) == NANSHAN_HEGANG


@pytest.mark.parametrize(
    ("said", "answer", "expected"),
    [
        ("我在朝阳", "北京", 110105),
        ("我在朝阳", "我在北京", 110105),
        ("我在朝阳", "朝阳市", 211300),
        ("我在吉林", "吉林市", 220200),
        ("我在吉林", "第二个", 220200),
        ("我在南山", "不对，是鹤岗", NANSHAN_HEGANG),
        ("我在南山", "鹤岗", NANSHAN_HEGANG),
        ("我在南山", "我在哈尔滨", HARBIN),
    ],
)
async def test_words_choose_as_well(chat: Dialogue, said: str, answer: str, expected: int) -> None:
    await agreed(chat)
    await chat.private(ME, said)
    await chat.private(ME, answer)
    assert await code(chat) == expected


async def test_none_of_them_keeps_nothing(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在南山")
    assert only(chat, await chat.press(ME, "都不是")) == NOT_KEPT.zh
    assert await kept(chat) is None


async def test_the_candidates_near_the_last_place_come_first(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在广州")
    assert "1 广东省深圳市南山区" in only(chat, await chat.private(ME, "我在南山"))


async def test_said_in_the_group_the_question_goes_to_private(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.group(ME, "我在南山")).startswith("是下面哪一处")
    assert reactions(chat) == []


async def test_an_answered_question_forgets_what_it_offered(chat: Dialogue) -> None:
    await agreed(chat)
    asked = await chat.private(ME, "我在南山")
    await chat.press(ME, "广东省深圳市南山区")
    again = await chat.press_data(ME, asked[0], asked[0].data[0])
    assert "用过或过期" in only(chat, again)
    assert await code(chat) == NANSHAN_SHENZHEN

    async def read(work: UnitOfWork) -> list[Any]:
        return list(await work.questions.unanswered(["place_choice"]))

    assert await chat.in_branch(read) == []


async def test_of_a_province_the_city_is_asked_once(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, "我在广东")).startswith("您在广东省的哪个市？")
    assert await kept(chat) is None
    await chat.private(ME, "广州")
    assert await code(chat) == GUANGZHOU


@pytest.mark.parametrize(("answer", "expected"), [("就这样", 440000), ("不记了", None)])
async def test_a_province_is_enough_if_one_would_rather_not_say(chat: Dialogue, answer: str, expected: int | None) -> None:
    await agreed(chat)
    await chat.private(ME, "我在广东")
    await chat.private(ME, answer)
    assert await code(chat) == expected


# A bare name, a card


async def test_a_bare_name_in_private_is_proposed_and_kept_after_a_yes(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, "哈尔滨")).startswith("记为黑龙江省哈尔滨市，对吗？")
    assert await kept(chat) is None
    await chat.private(ME, "对")
    assert await code(chat) == HARBIN


async def test_a_bare_name_is_not_kept_after_a_no(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "哈尔滨")
    assert only(chat, await chat.private(ME, "不对")) == NOT_KEPT.zh
    assert await kept(chat) is None


async def test_a_place_that_was_kept_leaves_no_question_behind(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在广东")
    await chat.private(ME, "我在广州")
    assert only(chat, await chat.private(ME, "哈尔滨")).startswith("记为黑龙江省哈尔滨市，对吗？")


@pytest.mark.parametrize("text", ["平安是福", "友好", "test"])
async def test_an_everyday_word_is_no_place(chat: Dialogue, text: str) -> None:
    await agreed(chat)
    assert "没看懂" in only(chat, await chat.private(ME, text))


async def test_the_name_of_the_command_takes_a_place_as_well(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "地点 哈尔滨")
    assert await code(chat) == HARBIN


@pytest.mark.parametrize("group", [False, True])
async def test_a_card_proposes_the_nearest_cities_in_private_and_is_forgotten(chat: Dialogue, *, group: bool) -> None:
    await agreed(chat)
    asked = await chat.card(ME, 45.7512, 126.6321, group=group)
    assert "1 黑龙江省哈尔滨市" in only(chat, asked)
    assert len(asked[0].buttons) == 4
    assert await kept(chat) is None
    await chat.press(ME, "黑龙江省哈尔滨市")
    assert await code(chat) == HARBIN
    assert "45.75" not in str(await previous(chat))


async def test_a_card_from_the_high_seas_asks_for_a_name(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.card(ME, 0.0, 0.0)) == NOWHERE_NEAR.zh
    assert await chat.card(ME, 0.0, 0.0, group=True) == []


async def test_a_card_after_a_refusal_is_left_alone(chat: Dialogue) -> None:
    await chat.private(ME, "以后别记我位置")
    assert await chat.card(ME, 45.75, 126.63, group=True) == []
    assert only(chat, await chat.card(ME, 45.75, 126.63)) == REFUSED.zh


# Still there, somewhere else after all


@pytest.mark.parametrize("text", ["位置没变", "still here", "/stillhere", "没换地方"])
async def test_still_here_brings_the_date_up_to_date(chat: Dialogue, text: str) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(days=100)
    assert only(chat, await chat.private(ME, text)).startswith("好，还在黑龙江省哈尔滨市")
    found = await kept(chat)
    assert found is not None
    assert found.confirmed_at == chat.now


async def test_still_here_without_a_place_asks_for_one(chat: Dialogue) -> None:
    await agreed(chat)
    assert only(chat, await chat.private(ME, "位置没变")) == NONE_YET.zh
    assert await chat.group(ME, "位置没变") == []


async def test_still_here_in_the_group_names_no_place_there(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    assert "哈尔滨" in only(chat, await chat.group(ME, "位置没变"))


async def test_still_here_after_a_withdrawal_refreshes_nothing(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(days=1)
    before = await kept(chat)
    await chat.private(ME, "以后别记我位置")
    await chat.pass_time(hours=1)
    assert only(chat, await chat.private(ME, "位置没变")) == REFUSED.zh
    assert await chat.group(ME, "位置没变") == []
    assert await kept(chat) == before


async def test_a_correction_changes_the_last_place(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在深圳")
    await chat.pass_time(hours=2)
    assert only(chat, await chat.private(ME, "不对,是南京")) == "已改为江苏省南京市。"
    assert await code(chat) == NANJING


async def test_undoing_a_correction_goes_back_to_before_the_mistake(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(hours=2)
    await chat.private(ME, "我在深圳")
    await chat.private(ME, "不对，是南京")
    await chat.private(ME, "撤销")
    assert await code(chat) == HARBIN


async def test_a_correction_with_nothing_to_correct_is_asked_about_in_private_and_ignored_in_the_group(chat: Dialogue) -> None:
    await agreed(chat)
    assert await chat.group(ME, "不对，是南京") == []
    assert only(chat, await chat.private(ME, "不对，是南京")).startswith("记为江苏省南京市，对吗？")
    assert await kept(chat) is None


async def test_in_the_group_a_correction_counts_at_once_then_is_asked_about_then_ignored(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.group(ME, "我在深圳")
    await chat.group(ME, "不对，是南京")
    assert await code(chat) == NANJING
    await chat.pass_time(minutes=30)
    assert only(chat, await chat.group(ME, "不对，是广州")).startswith("记为广东省广州市，对吗？")
    assert await code(chat) == NANJING
    await chat.pass_time(days=2)
    assert await chat.group(ME, "不对，是广州") == []
    assert await code(chat) == NANJING


async def test_a_correction_after_a_refusal_is_left_alone_in_the_group(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在深圳")
    await chat.private(ME, "以后别记我位置")
    await chat.private(ME, "留着")
    assert await chat.group(ME, "不对，是南京") == []
    assert await code(chat) == SHENZHEN


# Taking it back


async def test_undo_restores_what_was_kept_before(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(days=3)
    before = await kept(chat)
    await chat.private(ME, "我在深圳")
    await chat.pass_time(minutes=9)
    assert only(chat, await chat.private(ME, "撤销")) == "这是您 09:00 做的那一件。好，位置撤销了，记的还是黑龙江省哈尔滨市。"
    assert await kept(chat) == before
    assert await previous(chat) == []


async def test_undo_of_the_first_place_leaves_none(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "撤销")
    assert await kept(chat) is None


async def test_after_ten_minutes_nothing_is_undone_and_the_previous_place_is_gone(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "我在深圳")
    await chat.pass_time(minutes=16)
    await chat.private(ME, "撤销")
    assert await code(chat) == SHENZHEN
    assert await previous(chat) == []


# What others enter


async def test_a_secretary_enters_a_place_and_the_record_says_so(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.pass_time(days=40)
    assert only(chat, await chat.private("王秀英", f"补录 {ME} 在哈尔滨"), "王秀英") == "好，已补录：黑龙江省哈尔滨市，注明是补录。"
    assert await kept(chat) == CurrentPlace(chat.members[ME], HARBIN, chat.now, chat.members["王秀英"], moved=True)
    assert "补录" in only(chat, await chat.private(ME, "位置"))


@pytest.mark.parametrize("words", ["现在在哈尔滨", "到哈尔滨了", "在哈尔滨打工", "in Harbin"])
async def test_an_entry_is_understood_in_several_wordings(chat: Dialogue, words: str) -> None:
    await agreed(chat)
    await chat.private("王秀英", f"补录 {ME} {words}")
    assert await code(chat) == HARBIN


async def test_an_entry_counts_as_hearing_of_somebody_until_it_is_undone(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.pass_time(days=40)

    async def heard(work: UnitOfWork) -> Any:
        member = await work.members.get(chat.members[ME])
        return member.heard_at if member else None

    before = await chat.in_branch(heard)
    await chat.private("王秀英", f"补录 {ME} 在哈尔滨")
    assert await chat.in_branch(heard) == chat.now - timedelta(minutes=10)
    await chat.private("王秀英", "撤销")
    assert await chat.in_branch(heard) == before
    assert await kept(chat) is None


async def test_an_entry_about_somebody_who_refused_is_refused(chat: Dialogue) -> None:
    await chat.private(ME, "以后别记我位置")
    assert only(chat, await chat.private("王秀英", f"补录 {ME} 在哈尔滨"), "王秀英") == THEY_REFUSED.zh
    assert await kept(chat) is None


async def test_who_was_never_asked_is_asked_once_and_nothing_is_kept(chat: Dialogue) -> None:
    seen = await chat.private("王秀英", f"补录 {ME} 在哈尔滨")
    assert chat.to("王秀英", seen) == [NOT_YET_ASKED.zh]
    assert chat.to(ME, seen) == [ASK_CONSENT.zh]
    assert await kept(chat) is None
    again = await chat.private("王秀英", f"补录 {ME} 在哈尔滨")
    assert only(chat, again, "王秀英") == NOT_YET_ASKED.zh
    await chat.press(ME, "同意")
    await chat.private("王秀英", f"补录 {ME} 在哈尔滨")
    assert await code(chat) == HARBIN


async def test_an_ambiguous_entry_is_asked_back_of_the_secretary(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private("王秀英", f"补录 {ME} 在南山")
    await chat.private("王秀英", "鹤岗南山区")
    assert await code(chat) == NANSHAN_HEGANG
    assert await kept(chat, "王秀英") is None


async def test_somebody_who_withdraws_meanwhile_is_not_entered(chat: Dialogue) -> None:
    await agreed(chat)
    asked = await chat.private("王秀英", f"补录 {ME} 在南山")
    await chat.private(ME, "以后别记我位置")
    await chat.press_data("王秀英", asked[0], asked[0].data[0])
    assert await kept(chat) is None


async def test_a_member_cannot_enter_for_another(chat: Dialogue) -> None:
    await agreed(chat, "周海")
    assert "书记" in only(chat, await chat.private(ME, "补录 周海 在哈尔滨"))
    assert await kept(chat, "周海") is None


async def test_another_branchs_secretary_cannot_enter_and_sees_nothing(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    assert "没有找到" in only(chat, await chat.private("钱有福", f"补录 {ME} 在深圳"), "钱有福")
    assert await code(chat) == HARBIN


async def test_a_removed_member_changes_nothing(chat: Dialogue) -> None:
    await agreed(chat)

    async def remove(work: UnitOfWork) -> None:
        await work.members.change(chat.members[ME], removed_at=work.now)

    await chat.in_branch(remove)
    assert await chat.group(ME, "我在哈尔滨") == []
    await chat.private(ME, "我在哈尔滨")
    assert await kept(chat) is None


async def test_an_entry_of_no_place_says_what_is_wrong(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private("王秀英", f"补录 {ME} 在火星")
    assert await kept(chat) is None


async def test_a_secretary_may_enter_herself_after_her_own_consent(chat: Dialogue) -> None:
    assert only(chat, await chat.private("王秀英", "补录 王秀英 在哈尔滨"), "王秀英") == ASK_CONSENT.zh
    await chat.private("王秀英", "同意")
    found = await kept(chat, "王秀英")
    assert found is not None
    assert (found.code, found.entered_by) == (HARBIN, None)


async def test_what_is_held_about_a_place_is_told(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "我在深圳")
    await chat.private(ME, "我在南山")
    seen = await chat.private(ME, "我的")
    while "下一页" in seen[-1].buttons:
        seen += await chat.private(ME, "下一页")
    told = "".join(each.text for each in seen)
    assert "广东省深圳市（2026-03-10确认）" in told
    assert "可撤销回：黑龙江省哈尔滨市" in told
    assert "等您回答、还没记的：广东省深圳市南山区、黑龙江省鹤岗市南山区" in told


async def test_a_place_said_on_a_day_counts_from_that_moment(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.pass_time(days=1, hours=3)
    await chat.private(ME, "我在哈尔滨")
    found = await kept(chat)
    assert found is not None
    assert chat.now - found.confirmed_at == timedelta(0)


async def test_a_place_abroad_is_not_kept_and_the_time_zone_is_offered(chat: Dialogue) -> None:
    for words in ("我在东京", "I'm in Tokyo"):
        [said] = chat.to("李小山", await chat.private("李小山", words))
        assert "国外的地方我不记" in said
    assert await chat.group("李小山", "我在东京") == []
