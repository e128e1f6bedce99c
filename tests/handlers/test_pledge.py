"""认捐, as members meet it."""

import pytest

from tests.care_fund import KEEPER, SECRETARY, appeal, close, give, press, say, sums
from tests.dialogue import Dialogue


async def test_a_pledge_is_noted_with_number_and_amount_and_the_group_hears_nothing(chat: Dialogue) -> None:
    await appeal(chat)
    seen = await chat.private("李小山", "认捐 A1 100")
    assert chat.in_group(seen) == []
    told = chat.to("李小山", seen)[0]
    assert told.startswith("记下了：P1，A1 100.00 元，待到账。")
    assert "机器人不收钱" in told
    assert await say(chat, "李小山", "我的认捐") == "您的认捐：\nP1：A1 100.00 元，待到账（2026-03-10）"
    assert await sums(chat, 1) == ("A1：收 0.00、支 0.00、余 0.00。", 0)


@pytest.mark.parametrize(
    "words",
    ["捐 A1 100元", "献爱心 100", "我捐100", "我捐１００块钱", "认捐A1 100", "捐 a1 一百块", "我也捐100元", "/pledge A1 100", "认捐 100"],
)
async def test_many_ways_to_say_it_mean_the_one_open_appeal(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    assert "P1，A1 100.00 元" in await say(chat, "李小山", words)


@pytest.mark.parametrize("words", ["我捐过了", "捐款的事回头再说", "党费的事回头再说", "他捐200太多了", "我老婆在深圳"])
async def test_talk_of_giving_pledges_nothing(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    assert await chat.group("李小山", words) == []
    await say(chat, "李小山", words)
    assert "还没有认捐" in await say(chat, "李小山", "我的认捐")


async def test_in_the_group_a_named_pledge_is_taken_and_answered_in_private_and_others_are_left_alone(chat: Dialogue) -> None:
    await appeal(chat)
    seen = await chat.group("李小山", "捐 A1 100")
    assert chat.in_group(seen) == []
    assert "P1，A1 100.00 元" in chat.to("李小山", seen)[0]
    for words in ("我捐200", "捐 200", "我的认捐", "不捐了", "钱已经转给书记了"):
        assert (words, await chat.group("周海", words)) == (words, [])


async def test_with_several_appeals_it_asks_which_and_the_fund_is_one_of_the_answers(chat: Dialogue) -> None:
    await appeal(chat)
    await appeal(chat, "吴芳")
    asked = await chat.private("李小山", "我捐200")
    assert asked[0].buttons == ("A1", "A2", "爱心基金", "不捐了")
    assert "P1，A2 200.00 元" in await press(chat, "李小山", "A2")
    await chat.private("李小山", "我捐50")
    assert "P2，爱心基金 50.00 元" in await say(chat, "李小山", "爱心基金")
    await chat.private("李小山", "我捐30")
    assert await say(chat, "李小山", "不捐了") == "好，没有记。"


async def test_without_an_appeal_it_asks_whether_the_fund_is_meant(chat: Dialogue) -> None:
    assert "记到爱心基金，好吗" in await say(chat, "李小山", "献爱心 100")
    assert "P1，爱心基金 100.00 元" in await say(chat, "李小山", "好")
    await say(chat, "李小山", "献爱心 60")
    assert await say(chat, "李小山", "不") == "好，没有记。"


async def test_the_same_amount_within_a_day_is_asked_back(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 100")
    assert "又捐一笔，还是同一笔" in await say(chat, "李小山", "认捐 A1 100")
    assert await say(chat, "李小山", "同一笔") == "好，没有记。"
    await say(chat, "李小山", "认捐 A1 100")
    assert "P2，A1 100.00 元" in await press(chat, "李小山", "又一笔")
    await chat.pass_time(days=2)
    assert "P3" in await say(chat, "李小山", "认捐 A1 100")


async def test_a_slip_of_the_thumb_is_asked_back(chat: Dialogue) -> None:
    await appeal(chat)
    assert await say(chat, "李小山", "认捐 A1 1000000") == "1000000.00 元，对吗？"
    assert await say(chat, "李小山", "不对") == "好，没有记。"
    for person in ("李小山", "周海", "吴芳"):
        await say(chat, person, "认捐 A1 50")
    assert await say(chat, "孙丽", "认捐 A1 500") == "500.00 元，对吗？"
    assert "P4，A1 500.00 元" in await say(chat, "孙丽", "对")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("认捐 A1 -5", "负数"),
        ("认捐 A1 0", "金额是 0"),
        ("认捐 A1 99999999", "超过一百万"),
        ("认捐 A1 1.005", "细到分"),
        ("认捐 A1", "请写上金额"),
        ("认捐", "请写上金额"),
        ("认捐 A1 100 200", "不猜"),
        ("认捐 A9 100", "没有在群里筹款的 A9"),
        ("认捐 A2 100", "没有在群里筹款的 A2"),
        ("认捐 A3 100", "A3 不收捐款"),
    ],
)
async def test_what_cannot_be_pledged_is_said_and_changes_nothing(chat: Dialogue, words: str, answer: str) -> None:
    await appeal(chat)
    await appeal(chat, state="wording", posted_at=None)
    await appeal(chat, money=False)
    assert answer in await say(chat, "李小山", words)
    assert "还没有认捐" in await say(chat, "李小山", "我的认捐")


@pytest.mark.parametrize("words", ["捐50给吴芳", "捐50给马文秀", "我捐50 给吴芳", "捐 吴芳 50"])
async def test_a_gift_for_somebody_by_name_goes_to_no_appeal(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    assert "P1" not in await say(chat, "李小山", words)
    assert "还没有认捐" in await say(chat, "李小山", "我的认捐")
    assert await say(chat, "李小山", "捐50给吴芳") == "请按编号捐，比如：认捐 A3 50.00。没有记。"


@pytest.mark.parametrize("words", ["捐 A1 1OO", "认捐 A1 5O", "认捐 A1O 100", "认捐 A1 l00"])
async def test_a_letter_among_the_digits_is_asked_back(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    assert "里像是有字母，数看不清" in await say(chat, "李小山", words)
    assert "还没有认捐" in await say(chat, "李小山", "我的认捐")


@pytest.mark.parametrize(("words", "amount"), [("打错了，是100", "100.00"), ("不对，是50", "50.00"), ("应该是50元", "50.00")])
async def test_a_wrong_amount_is_put_right_in_the_answer(chat: Dialogue, words: str, amount: str) -> None:
    await appeal(chat)
    assert "对吗" in await say(chat, "李小山", "认捐 A1 50000")
    assert f"P1，A1 {amount} 元" in await say(chat, "李小山", words)


async def test_other_answers_to_an_amount_book_nothing(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 50000")
    for words in ("50", "再想想"):
        assert "请回“对”或“取消”" in await say(chat, "李小山", words)
    assert "60000.00 元，对吗" in await say(chat, "李小山", "不对，是60000")
    assert await say(chat, "李小山", "2") == "好，没有记。"


@pytest.mark.parametrize("words", ["我把钱给赵国强了", "钱已经交给赵国强了", "钱交给赵国强同志了"])
async def test_money_handed_to_the_keeper_by_name_is_looked_at(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 100")
    assert "请交给组织委员或书记" in await say(chat, "李小山", words.replace("赵国强", "吴芳"))
    assert await chat.group("李小山", words) == []
    assert "已请核对的同志看一下" in await say(chat, "李小山", words)


async def test_a_pledge_after_closing_hears_where_else(chat: Dialogue) -> None:
    await appeal(chat)
    await appeal(chat, "吴芳")
    await close(chat, 1)
    told = await say(chat, "李小山", "认捐 A1 100")
    assert "A1 已经结束，不再认捐" in told
    assert "还在筹款的有 A2" in told
    assert "认捐 爱心基金 100.00" in told


async def test_an_appeal_that_closes_while_the_question_is_open_takes_nothing(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 5000")
    await close(chat, 1)
    assert "A1 已经结束" in await say(chat, "李小山", "对")


async def test_anonymous_stays_so_in_the_lists(chat: Dialogue) -> None:
    await appeal(chat)
    assert "群里和单子上都只写匿名" in await say(chat, "李小山", "认捐 A1 100 匿名")
    await say(chat, "周海", "认捐 A1 60")
    listed = await say(chat, SECRETARY, "认捐情况")
    assert "李小山" not in listed
    assert listed.count("匿名") == 1
    assert "周海" in listed


async def test_beyond_the_goal_it_says_where_the_rest_goes(chat: Dialogue) -> None:
    await appeal(chat, goal_fen=100_00)
    assert "够了" not in await say(chat, "李小山", "认捐 A1 80")
    assert "大家认捐的已经够了，多出来的以后转爱心基金" in await say(chat, "吴芳", "认捐 A1 80")


async def test_a_pledge_is_withdrawn_before_it_comes_and_not_after(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 100")
    assert await say(chat, "李小山", "撤回认捐 P1") == "P1 撤回了，不用给了。"
    assert "P1 已撤回" in await say(chat, "李小山", "撤回认捐 P1")
    await give(chat, "李小山", "A1", 60)
    assert "P2 已经到账，撤不了" in await say(chat, "李小山", "撤回认捐 P2")
    assert "没有您的认捐 P2" in await say(chat, "吴芳", "撤回认捐 P2")
    assert "请写编号" in await say(chat, "吴芳", "撤回认捐")
    assert (await sums(chat, 1))[1] == 60_00


async def test_a_pledge_just_made_is_undone(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, "李小山", "认捐 A1 100")
    assert await say(chat, "李小山", "撤销") == "P1 撤回了，不用给了。"
    await say(chat, "李小山", "认捐 A1 100")
    await say(chat, KEEPER, "到账 P2")
    assert "P2 已到账" in await say(chat, "李小山", "撤销")


async def test_an_officer_enters_a_gift_and_the_giver_sees_it(chat: Dialogue) -> None:
    await appeal(chat)
    assert "已补录 P1：A1 100.00 元" in await say(chat, KEEPER, "补录 李小山 认捐 A1 100")
    assert "P1：A1 100.00 元" in await say(chat, "李小山", "我的认捐")
    assert "还没有认捐" in await say(chat, KEEPER, "我的认捐")
    assert await say(chat, KEEPER, "撤销") == "P1 撤回了，不用给了。"
    assert "这件事（补录）需要" in await say(chat, "吴芳", "补录 李小山 认捐 A1 100")


async def test_the_giver_hears_of_what_was_entered_for_them(chat: Dialogue) -> None:
    await appeal(chat)
    seen = await chat.private(KEEPER, "补录 李小山 认捐 A1 100")
    assert "赵国强替您记了认捐 P1：A1 100.00 元，待到账。不对就发“撤回认捐 P1”。" in chat.to("李小山", seen)


async def test_who_lost_the_office_meanwhile_enters_nothing(chat: Dialogue) -> None:
    await appeal(chat)
    assert "对吗" in await say(chat, KEEPER, "补录 李小山 认捐 A1 5000")
    await say(chat, SECRETARY, f"免去 {KEEPER} 组织委员")
    assert "P1" not in await say(chat, KEEPER, "对")
    assert "还没有认捐" in await say(chat, "李小山", "我的认捐")


async def test_nothing_is_entered_for_somebody_who_left_meanwhile(chat: Dialogue) -> None:
    await appeal(chat)
    await say(chat, KEEPER, "补录 李小山 认捐 A1 5000")
    await say(chat, SECRETARY, "移除 李小山")
    await say(chat, SECRETARY, "对")
    assert await say(chat, KEEPER, "对") == "这位同志已经不在支部了，没有记。"
    assert "没有待到账" in await say(chat, KEEPER, "认捐情况")


async def test_the_keeper_hears_of_new_pledges_once_a_day(chat: Dialogue) -> None:
    await appeal(chat)
    first = await chat.private("李小山", "认捐 A1 100")
    second = await chat.private("吴芳", "认捐 A1 60")
    assert [each.text for each in first if "新认捐" in each.text] == [
        "今天有 1 笔新认捐待到账，共 100.00 元。到了账，回“到账 编号”；发“认捐情况”看是哪几笔。"
    ]
    assert [(each.text[:8], each.edited) for each in second if "新认捐" in each.text] == [("今天有 2 笔新", True)]


async def test_who_says_that_the_money_moved_has_it_looked_at(chat: Dialogue) -> None:
    await appeal(chat)
    assert "没有待到账的认捐" in await say(chat, "李小山", "钱已经转给书记了")
    await say(chat, "李小山", "认捐 A1 100")
    seen = await chat.private("李小山", "钱已经转给书记了")
    assert "已请核对的同志看一下" in chat.to("李小山", seen)[0]
    assert chat.to(KEEPER, seen) == ["李小山说钱已经交了：P1 A1 100.00 元。您看到了吗？"]
    assert chat.in_group(seen) == []
    again = await chat.private("李小山", "钱转了")
    assert chat.to(KEEPER, again) == []
