"""求助, from the first word to the secretary."""

from datetime import timedelta

import pytest

from bot.router import TOO_LONG
from bot.services import aid_drafts
from bot.unsure import UNCLEAR
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, WORDS, asked
from tests.dialogue import Dialogue, Seen
from tests.elsewhere import Elsewhere


async def says(chat: Dialogue, text: str, who: str = ASKER) -> list[str]:
    return chat.to(who, await chat.private(who, text))


async def appeals(chat: Dialogue, who: str = ASKER) -> list[tuple[str, str | None, int | None, str | None, bool]]:
    async def read(work: UnitOfWork) -> list[tuple[str, str | None, int | None, str | None, bool]]:
        return [(each.state, each.kind, each.city, each.for_whom, each.money) for each in await work.appeals.of(chat.members[who])]

    found: list[tuple[str, str | None, int | None, str | None, bool]] = await chat.in_branch(read)
    return found


async def test_what_the_first_words_said_is_not_asked_again(chat: Dialogue) -> None:
    [first] = await says(chat, WORDS)
    assert first.startswith("先说声保重。只找同志帮忙，还是也需要捐助？")
    [last] = await says(chat, "1")
    assert "看病就医，北京市，家人，只找人帮忙" in last
    assert "以上属实吗" in last
    assert await appeals(chat) == [("draft", "medical", 110100, "family", False)]


async def test_from_nothing_every_question_comes_one_at_a_time(chat: Dialogue) -> None:
    assert "是哪方面的事" in (await says(chat, "求助"))[0]
    assert "哪座城市" in (await says(chat, "上学"))[0]
    assert "要大家帮什么" in (await says(chat, "深圳"))[0]
    assert "只找同志帮忙" in (await says(chat, "孩子入学没着落"))[0]
    [last] = await says(chat, "学费还差3000元")
    assert "上学，广东省深圳市，家人，也需要捐助 3000.00 元。要帮的：孩子入学没着落" in last
    sent = await chat.private(ASKER, "以上属实")
    assert "交给书记核实了，编号 A1" in chat.to(ASKER, sent)[0]
    assert "求助 A1，李小山：上学，广东省深圳市，帮家人，也需要捐助。" in chat.to("王秀英", sent)[0]
    assert chat.in_group(sent) == []
    assert await appeals(chat) == [("asked", "schooling", 440300, "family", True)]


async def test_each_can_be_skipped_but_something_has_to_be_said(chat: Dialogue) -> None:
    await says(chat, "求助")
    for _ in range(5):
        last = await says(chat, "跳过")
    assert "城市没说" in last[0]
    assert await says(chat, "以上属实") == [aid_drafts.NOTHING.zh]
    assert "是哪方面的事" in (await says(chat, "重写"))[0]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], "没听明白"),
        (["经济困难"], "没认出"),
        (["经济困难", "跳过", "交房租"], "问的是：是帮谁？"),
        (["经济困难", "跳过", "交房租", "自己"], "问的是：只找同志帮忙，还是也需要捐助？"),
    ],
)
async def test_an_answer_of_no_use_is_said_and_the_question_stays(chat: Dialogue, steps: list[str], told: str) -> None:
    await says(chat, "求助")
    for each in steps:
        await says(chat, each)
    before = await appeals(chat)
    assert told in (await says(chat, "呃呃呃"))[0]
    assert await appeals(chat) == before
    assert await says(chat, "跳过") != [UNCLEAR.zh]


@pytest.mark.parametrize("amount", ["-500元", "0元", "99999999元"])
async def test_an_impossible_amount_is_said_and_nothing_noted(chat: Dialogue, amount: str) -> None:
    for each in ("求助", "经济困难", "跳过", "交房租", "自己"):
        await says(chat, each)
    assert await says(chat, amount) == [aid_drafts.WRONG_SUM.zh]
    assert await appeals(chat) == [("draft", "money", None, "self", False)]


async def test_a_place_that_may_be_several_is_asked_about(chat: Dialogue) -> None:
    for each in ("求助", "其他"):
        await says(chat, each)
    seen = await chat.private(ASKER, "南山")
    assert "有好几处" in seen[-1].text
    assert "是帮谁" not in seen[-1].text
    await chat.press(ASKER, seen[-1].buttons[0])
    assert (await appeals(chat))[0][2] in {440300, 230400}


async def test_ones_own_city_is_a_button_only_for_who_agreed_to_places(chat: Dialogue) -> None:
    await says(chat, "求助")
    assert "哈尔滨" not in (await chat.private(ASKER, "其他"))[-1].buttons
    await says(chat, "同意记位置", "周海")
    await says(chat, "我在哈尔滨", "周海")
    await says(chat, "求助", "周海")
    assert "哈尔滨" in (await chat.private("周海", "其他"))[-1].buttons
    await chat.press("周海", "哈尔滨")
    assert (await appeals(chat, "周海"))[0][2] == 230100


async def test_it_goes_on_after_another_command_and_after_a_restart(chat: Dialogue) -> None:
    await says(chat, "求助 家里被洪水淹了")
    await says(chat, "签到")
    chat.now += timedelta(days=2)
    assert "哪座城市" in (await says(chat, "求助"))[0]
    await says(chat, "武汉")
    assert await appeals(chat) == [("draft", "disaster", 420100, None, False)]


async def test_a_draft_that_is_given_up_is_erased(chat: Dialogue) -> None:
    await says(chat, "求助 家里被洪水淹了")
    assert await says(chat, "放弃") == ["好，这份求助不写了，写过的也删了。"]
    assert await says(chat, "放弃") == ["您没有在办的求助。要人帮忙就发“求助”。"]

    async def need(work: UnitOfWork) -> str:
        return (await work.appeals.of(chat.members[ASKER]))[0].need

    assert await chat.in_branch(need) == ""


async def test_in_the_group_it_moves_to_private_and_the_original_is_deleted_on_a_word(chat: Dialogue) -> None:
    seen = await chat.group(ASKER, f"求助 {WORDS}")
    assert chat.in_group(seen) == []
    told = chat.to(ASKER, seen)
    assert "只找同志帮忙" in told[0]
    assert told[1] == aid_drafts.ASK_REMOVE.zh
    original = next(each for each in chat.shown if WORDS in each["text"]["zh"])
    gone = await chat.press(ASKER, "删掉")
    assert chat.to(ASKER, gone) == ["好，这就删。"]
    assert next(each for each in reversed(chat.shown) if each["id"] == original["id"])["removed"]
    assert "只找人帮忙" in (await says(chat, "1"))[0]


async def test_the_original_stays_where_the_person_wants_it(chat: Dialogue) -> None:
    await chat.group(ASKER, f"@支部 {WORDS}")
    assert chat.to(ASKER, await chat.press(ASKER, "留着")) == ["好，留着。"]
    assert not any(each.get("removed") for each in chat.shown)


async def test_health_and_hardship_among_people_are_none_of_the_bots_business(chat: Dialogue) -> None:
    for text in (
        WORDS,
        "我爱人住院了",
        "手头紧，想借点钱交房租",
        "求助",
        "组织能帮忙吗",
        "我认识协和的，加我",
        "我会修电器",
        "解决了",
        "我能帮",
    ):
        assert await chat.group(ASKER, text) == [], text
    assert await appeals(chat) == []


async def test_five_thousand_characters_are_too_long_and_nearly_a_thousand_are_fine(chat: Dialogue) -> None:
    assert await says(chat, "求助 " + "难" * 5000) == [TOO_LONG.zh]
    assert await appeals(chat) == []
    await says(chat, "求助 " + "难" * 990)
    assert (await appeals(chat))[0][0] == "draft"
    assert await says(chat, "求助 " + "别的事" * 10) == [aid_drafts.TOO_LONG.zh]
    for each in ("其他", "跳过", "跳过"):
        shown = await says(chat, each)
    assert all(len(text) <= 200 for text in shown)


async def test_an_emergency_behind_the_word_is_an_emergency(chat: Dialogue) -> None:
    assert "119" in chat.in_group(await chat.group(ASKER, "求助 宿舍着火了"))[0]
    assert "是有危险吗" in (await says(chat, "求助 我快不行了", "周海"))[0]
    assert await appeals(chat) == []


async def test_more_than_three_at_once_are_refused(chat: Dialogue) -> None:
    for words in ("家里被洪水淹了", "老板欠我工资", "孩子在深圳上学没着落"):
        await asked(chat, words=words)
    assert "已有 3 件求助" in (await says(chat, "求助 房租交不上"))[0]


async def test_what_a_secretary_enters_waits_for_the_persons_own_word(chat: Dialogue) -> None:
    seen = await chat.private("王秀英", "补录 周海 求助 家里被洪水淹了，在武汉，缺人手")
    assert "编号 A1" in chat.to("王秀英", seen)[0]
    [card] = chat.to("周海", seen)
    assert card.startswith("书记替您记了一份求助。")
    assert "受灾，湖北省武汉市" in card
    assert "没有这件求助" in chat.to("王秀英", await chat.private("王秀英", "核实 A1"))[0]
    assert "现在是“还没写完”" in chat.to("王秀英", await chat.private("王秀英", "补录 周海 求助 又一件"))[0]
    done = await chat.press("周海", "以上属实")
    assert "求助 A1，周海" in chat.to("王秀英", done)[0]
    assert await appeals(chat, "周海") == [("asked", "disaster", 420100, "self", False)]


async def test_only_who_verifies_may_enter_one(chat: Dialogue) -> None:
    assert "书记" in (await says(chat, "补录 周海 求助 家里被淹了", "赵国强"))[0]
    assert await appeals(chat, "周海") == []


async def test_somebody_else_it_is_for_is_known_when_the_words_name_a_member(chat: Dialogue) -> None:
    await asked(chat, words="邻居吴芳家里受灾，谁能帮忙收拾屋子")

    async def beneficiary(work: UnitOfWork) -> int | None:
        return (await work.appeals.of(chat.members[ASKER]))[0].beneficiary_id

    assert await chat.in_branch(beneficiary) == chat.members["吴芳"]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [("邻居吴芳家里受灾，谁能帮忙收拾屋子", False), ("邻居小吴家里受灾，谁能帮忙收拾屋子", True), ("家里受灾，谁能帮忙收拾屋子", False)],
)
async def test_whom_the_words_do_not_name_is_noted_as_unknown(chat: Dialogue, words: str, unknown: bool) -> None:
    await asked(chat, words=words)

    async def noted(work: UnitOfWork) -> bool:
        return (await work.appeals.of(chat.members[ASKER]))[0].beneficiary_unknown

    assert await chat.in_branch(noted) is unknown


async def test_anothers_button_does_nothing(chat: Dialogue) -> None:
    seen: list[Seen] = await chat.private(ASKER, f"求助 {WORDS}")
    assert await chat.press_data("周海", seen[-1], seen[-1].data[0]) == []
    assert await appeals(chat) == [("draft", "medical", 110100, "family", False)]


async def test_said_again_with_nearly_the_same_words_it_is_noted_once(chat: Dialogue) -> None:
    await says(chat, "求助 家里被洪水淹了，缺人手收拾")
    await says(chat, "求助 家里被洪水淹了，缺人手收拾屋子")

    async def need(work: UnitOfWork) -> str:
        return (await work.appeals.of(chat.members[ASKER]))[0].need

    assert await chat.in_branch(need) == "家里被洪水淹了，缺人手收拾屋子"


async def test_a_stray_answer_at_the_last_step_keeps_the_thread(chat: Dialogue) -> None:
    await chat.private("李小山", "求助 家里发大水，缺人手搬东西，武汉，帮我自己，不要钱")
    for _ in range(5):
        told = "".join(chat.to("李小山", await chat.private("李小山", "跳过")))
        if "以上属实吗" in told:
            break
    await chat.private("李小山", "北京")
    assert any("交给书记核实了" in each for each in chat.to("李小山", await chat.private("李小山", "以上属实")))


async def test_an_answer_that_is_not_understood_brings_the_choices_again(chat: Dialogue) -> None:
    await chat.private("李小山", "求助")
    [seen] = await chat.private("李小山", "呃")
    assert seen.text.startswith(aid_drafts.UNCLEAR.zh)
    assert "跳过" in seen.buttons


async def test_who_is_known_only_in_a_group_of_qqs_official_way_is_answered_there_each_time(chat: Dialogue) -> None:
    async def known(work: UnitOfWork) -> None:
        work.chats.bind(ChatKey("qq", "main", "g9"), "红旗村支部群")
        member = work.members.add("陈立夏", "Chen Lixia", ["member"])
        work.accounts.bind(AccountKey("qq", "main", "an-openid"), member.id, None)

    await chat.in_branch(known)
    here = Elsewhere(chat, "an-openid", "qq")
    for words in ("求助 孩子病了", "求助", "我想求助，孩子病了没钱看", "紧急求助", "着火了，救命", "不想活了"):
        told = "\n".join(await here.says(words, "g9", mentioned=True))
        assert "支部这边请打给书记王秀英" in told, words
        assert "先私聊我发“绑定 邀请码”" in told
        assert "孩子" not in told
        assert all(len(each) <= 200 for each in told.split("\n"))
