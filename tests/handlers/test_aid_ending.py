"""我的求助, 解决了, 撤回求助, 延长求助: where it stands, and how it ends."""

import pytest

from bot.services import aid_endings, news
from bot.services.aid_words import NONE
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, SECRETARY, asked, posted, shown_now, verified
from tests.dialogue import Dialogue


async def says(chat: Dialogue, text: str, who: str = ASKER) -> list[str]:
    return chat.to(who, await chat.private(who, text))


async def helped(chat: Dialogue, *people: str) -> None:
    for who in people:
        await chat.private(who, "我能帮 A1 我有空")
        await chat.press(ASKER, "愿意联系")
        await chat.press(who, "愿意")
        await chat.private(who, "先不留")


async def test_solved_the_group_is_thanked_with_a_count_and_no_names(chat: Dialogue) -> None:
    await posted(chat)
    await helped(chat, "周海", "吴芳", "孙丽")
    await chat.private("赵国强", "我能帮 A1 我也有空")
    seen = await chat.private(ASKER, "问题解决了")
    assert "A1 已解决，3 位同志帮了忙，谢谢。" in chat.in_group(seen)
    assert "【互助 A1 已结束】谢谢大家。" in shown_now(chat)
    for who in ("周海", "吴芳", "孙丽", "赵国强"):
        assert chat.to(who, seen) == ["求助 A1 结束了，谢谢您的好心。"]
    assert not any(name in text for text in shown_now(chat) for name in ("周海", "吴芳", "孙丽", "李小山"))


async def test_solved_without_helpers_and_closed_unsolved(chat: Dialogue) -> None:
    await posted(chat)
    assert "A1 已解决，谢谢大家。" in chat.in_group(await chat.private(ASKER, "解决了 A1"))
    await posted(chat, "周海", "孩子在深圳上学没着落，组织能帮忙吗")
    seen = await chat.private("周海", "关闭求助 A2")
    assert chat.in_group(seen) == ["【互助 A2 已结束】谢谢大家。"]


async def test_a_closing_is_undone_within_ten_minutes(chat: Dialogue) -> None:
    await posted(chat)
    await helped(chat, "周海")
    await says(chat, "解决了")
    assert await says(chat, "撤销") == ["好，A1 接着求助。"]
    assert any("挂个号" in text and "已有 1 位" in text for text in shown_now(chat))
    assert "A1 还在求助，刚才说解决是弄错了。" in shown_now(chat)
    await says(chat, "解决了")
    assert "A1 已解决，1 位同志帮了忙，谢谢。" in shown_now(chat)


async def test_it_tells_where_it_stands_at_every_step(chat: Dialogue) -> None:
    assert await says(chat, "我的求助") == [aid_endings.NOTHING.zh]
    await chat.private(ASKER, "求助 家里被洪水淹了")
    assert "没写完的一份" in (await says(chat, "我的求助"))[0]
    await says(chat, "放弃")
    await asked(chat)
    assert "A2 等书记核实，3月10日 提的" in (await says(chat, "我的求助"))[0]
    await chat.press(SECRETARY, "核实")
    told = await says(chat, "我的求助")
    assert "核实了，等您看发群的话" in told[0]
    assert "可以提到“就医”吗" in told[1]
    await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "同意发")
    await chat.private("周海", "我能帮 A2 我有空")
    told = await says(chat, "我的求助有人接了吗")
    assert "A2 已发群，3月10日 提的，到 3月24日，1 位愿意帮\n　周海：我有空（等对方看）" in told[0]
    assert "要联系吗" in told[1]


@pytest.mark.parametrize("step", [asked, verified, posted])
async def test_it_is_withdrawn_at_any_time(chat: Dialogue, step) -> None:  # type: ignore[no-untyped-def]
    await step(chat)
    assert await says(chat, "撤回求助 A1") == ["好，A1 撤回了，发出去的也改了。"]
    assert shown_now(chat) == (["【互助 A1 已撤回】"] if step is posted else [])
    assert "这一步做不了" in (await says(chat, "撤回求助 A1"))[0]
    for button in ("核实", "同意提就医", "同意发"):
        for who in (ASKER, SECRETARY):
            for raw in list(chat.shown):
                for pressed in (each for row in raw["buttons"] for each in row if each["label"]["zh"] == button):
                    seen = await chat.press_data(who, next(iter(await chat.private(who, "帮助"))), pressed["data"])
                    assert chat.in_group(seen) == []


async def test_nobody_elses_number_does_anything(chat: Dialogue) -> None:
    await posted(chat)
    for text in ("撤回求助 A1", "解决了 A1", "关闭求助 A1", "延长求助 A1"):
        assert await says(chat, text, "周海") == [NONE.zh]
    for text in ("撤回求助 A1", "延长求助 A1"):
        assert await says(chat, text, SECRETARY) == [NONE.zh]
    assert "挂个号" in shown_now(chat)[0]
    assert "A1 结束了" in (await says(chat, "关闭求助 A1", SECRETARY))[0]


async def test_several_are_told_apart_by_their_numbers(chat: Dialogue) -> None:
    await posted(chat)
    await posted(chat, words="孩子在深圳上学没着落，组织能帮忙吗")
    assert await says(chat, "解决了") == ["您有几件求助：A2、A1。请写上编号，比如“解决了 A12”。"]
    assert "请写上编号" in (await says(chat, "关闭求助 第一件"))[0]


async def test_three_days_before_its_end_the_person_is_asked_and_then_it_expires(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我有空")
    seen = await chat.pass_time(days=11, hours=1)
    assert "求助 A1 到 3月24日 就到期了。解决了吗？" in chat.to(ASKER, seen)
    assert chat.to(ASKER, await chat.pass_time(hours=1)) == []
    seen = await chat.pass_time(days=3)
    assert any("到期了，群里那条已经改了" in text for text in chat.to(ASKER, seen))
    assert "求助 A1 结束了，谢谢您的好心。" in chat.to("周海", seen)
    assert "没有在办的求助" in (await says(chat, "我的求助"))[0]


@pytest.mark.parametrize(("button", "told"), [("解决了", "A1 结束了"), ("再延长", "A1 延长到 4月4日"), ("关闭", "A1 结束了")])
async def test_each_answer_to_that_does_what_it_says(chat: Dialogue, button: str, told: str) -> None:
    await posted(chat)
    await chat.pass_time(days=11, hours=1)
    seen = await chat.press(ASKER, button)
    assert told in chat.to(ASKER, seen)[0]
    assert ("A1 已解决，谢谢大家。" in chat.in_group(seen)) == (button == "解决了")


async def test_it_is_extended_by_word_and_asked_again_later(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(days=2)
    assert await says(chat, "延长求助") == ["好，A1 延长到 3月26日。"]
    await chat.pass_time(seconds=20)
    assert "到 3月26日 为止" in shown_now(chat)[0]
    await says(chat, "解决了")
    assert "这一步做不了" in (await says(chat, "延长求助 A1"))[0]


async def test_after_it_is_over_the_row_says_how_many_helped(chat: Dialogue) -> None:
    await posted(chat)
    await helped(chat, "周海")
    await says(chat, "解决了")

    async def count(work: UnitOfWork) -> int:
        found = await work.appeals.numbered(1)
        return found.helped_count if found is not None else -1

    assert await chat.in_branch(count) == 1


async def test_said_among_people_nothing_happens(chat: Dialogue) -> None:
    await posted(chat)
    for text in ("解决了", "关闭", "撤回求助", "放弃", "我的求助"):
        assert await chat.group(ASKER, text) == []
    seen = await chat.group(ASKER, "解决了 A1")
    assert "A1 结束了" in chat.to(ASKER, seen)[0]


@pytest.mark.parametrize(("said", "counted"), [("解决了 A1", "1 件求助有了着落"), ("关闭求助 A1", None)])
async def test_closed_is_not_solved(chat: Dialogue, said: str, counted: str | None) -> None:
    await posted(chat)
    await says(chat, said)

    async def told(work: UnitOfWork) -> list[str]:
        found = [await event(work, chat.now.date()) for event in news.EVENTS]
        return [each.zh for each in found if each is not None and "求助" in each.zh]

    assert await chat.in_branch(told) == ([counted] if counted else [])
    assert ("“已解决”" if counted else "“已结束”") in (await says(chat, "延长求助 A1"))[0]


@pytest.mark.parametrize("step", [asked, verified])
@pytest.mark.parametrize("said", ["解决了", "关闭求助 A1"])
async def test_before_it_is_posted_a_closing_is_a_withdrawal(chat: Dialogue, step, said: str) -> None:  # type: ignore[no-untyped-def]
    await step(chat)
    seen = await chat.private(ASKER, said)
    assert chat.to(ASKER, seen) == [aid_endings.NOT_POSTED_YET(tag="A1").zh]
    assert chat.in_group(seen) == []
    assert await says(chat, "我的求助") == [aid_endings.NOTHING.zh]
    await chat.private(ASKER, "求助 家里被洪水淹了")
    assert await says(chat, "解决了") == [aid_endings.DRAFT_ENDED.zh]


async def test_a_closing_is_one_edit_and_one_message(chat: Dialogue) -> None:
    await posted(chat)
    seen = [each for each in await chat.private(ASKER, "解决了 A1") if each.chat == chat.group_id()]
    assert [each.edited for each in seen].count(False) == 1
    assert len(seen) == 2


async def test_who_helped_me_is_where_it_stands(chat: Dialogue) -> None:
    await posted(chat)
    assert await says(chat, "谁帮我了") == await says(chat, "我的求助")
