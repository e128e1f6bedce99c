"""外出报备 and 回来了, as people meet them: five questions at most, one letter, one undo."""

from datetime import UTC, datetime

import pytest

from bot.services import people, register
from storage.departures import Departure
from storage.register import Entry
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.dues_books import said
from tests.dues_branch import assess

SECRETARY, WHO = "王秀英", "周海"


async def held(chat: Dialogue, *states: str, who: str = WHO) -> list[Departure]:
    async def look(work: UnitOfWork) -> list[Departure]:
        return await work.departures.of(chat.members[who], *(states or ("draft", "kept", "ended")))

    found: list[Departure] = await chat.in_branch(look)
    return found


async def entry(chat: Dialogue, who: str = WHO) -> Entry:
    async def look(work: UnitOfWork) -> Entry:
        return await work.register.of(chat.members[who])

    found: Entry = await chat.in_branch(look)
    return found


async def skipped(chat: Dialogue, seen: list[Seen], who: str = WHO) -> list[Seen]:
    """Every question that is left is skipped."""
    for _ in range(6):
        if "跳过" not in seen[-1].buttons:
            break
        seen = await chat.press(who, "跳过", seen[-1])
    return seen


async def reported(chat: Dialogue, words: str, who: str = WHO) -> list[Seen]:
    """A report made in one sentence, the rest skipped."""
    seen = await skipped(chat, await chat.private(who, words), who)
    return await chat.press(who, "报上去", seen[-1])


async def test_five_questions_one_at_a_time(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    seen = await chat.private(WHO, "外出报备")
    assert "为什么外出" in seen[-1].text
    seen = await chat.press(WHO, "务工", seen[-1])
    assert "哪天走" in seen[-1].text
    seen = await chat.private(WHO, "下周一")
    assert "去哪座城市" in seen[-1].text
    seen = await chat.private(WHO, "成都")
    assert "哪个单位" in seen[-1].text
    seen = await chat.private(WHO, "富士康，13800001234")
    assert "多久" in seen[-1].text
    seen = await chat.private(WHO, "到年底")
    assert "2026-03-16走，去四川省成都市，务工，单位富士康，电话13800001234，到2026-12-31" in seen[-1].text
    assert len(seen[-1].text) <= 200
    seen = await chat.press(WHO, "报上去", seen[-1])
    assert any("记下了，告诉书记了" in each for each in chat.to(WHO, seen))
    [told] = chat.to(SECRETARY, seen)
    assert "周海报备外出" in told
    assert "13800001234" not in told
    assert chat.in_group(seen) == []
    kept = await entry(chat)
    assert (kept.reason, kept.employer, kept.phone, str(kept.left_on)) == ("务工", "富士康", "13800001234", "2026-03-16")


async def test_one_sentence_leaves_little_to_ask(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    seen = await chat.private(WHO, "下周去成都打工,大概一年")
    assert "哪个单位" in seen[-1].text
    seen = await chat.press(WHO, "跳过", seen[-1])
    assert "去四川省成都市，务工，到2027-03" in seen[-1].text
    seen = await chat.press(WHO, "报上去", seen[-1])
    assert any("转过去" in each for each in chat.to(WHO, seen))


async def test_a_city_is_kept_only_with_consent_which_is_asked_once(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "我要去东莞打工，大概两年")
    assert "要把广东省东莞市记成您所在的城市吗" in seen[-1].text
    seen = await chat.press(WHO, "不记", seen[-1])
    assert [each.place for each in await held(chat)] == [None]
    while "记多远" not in seen[-1].text:
        seen = await chat.press(WHO, "跳过", seen[-1])
    seen = await skipped(chat, await chat.press(WHO, "出省", seen[-1]))
    assert "出省" in seen[-1].text
    assert "东莞" not in seen[-1].text
    seen = await chat.press(WHO, "报上去", seen[-1])
    assert not any("东莞" in each for each in chat.to(SECRETARY, seen))
    assert "东莞" not in await said(chat, WHO, "外出报备")


async def test_with_consent_the_place_follows_on_the_day(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "后天去成都打工，大概三个月")
    seen = await chat.press(WHO, "同意记", seen[-1])
    seen = await chat.press(WHO, "报上去", (await skipped(chat, seen))[-1])
    assert "成都" not in await said(chat, SECRETARY, "谁在哪 周海")
    await chat.days_pass(3)
    assert "成都" in await said(chat, SECRETARY, "谁在哪 周海")


async def test_consent_withdrawn_takes_the_destination_along(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await reported(chat, "下周去成都打工,大概一年")
    await chat.private(WHO, "以后别记我位置")
    assert [each.place for each in await held(chat)] == [None]
    await chat.days_pass(8)
    assert "成都" not in await said(chat, SECRETARY, "谁在哪 周海")


async def test_it_is_resumed_where_it_was_left(chat: Dialogue) -> None:
    await chat.private(WHO, "外出报备")
    await chat.private(WHO, "务工")
    seen = await chat.private(WHO, "签到")
    assert any("哪天" not in each for each in chat.to(WHO, seen))
    seen = await chat.private(WHO, "继续报备")
    assert "哪天走" in seen[-1].text
    assert len(await held(chat, "draft")) == 1


async def test_it_may_be_dropped_or_begun_anew(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "外出报备 去杭州上班")
    seen = await chat.press(WHO, "不报了", seen[-1])
    assert "写过的删了" in seen[-1].text
    assert await held(chat) == []
    seen = await skipped(chat, await chat.private(WHO, "我去外地打工"))
    seen = await chat.press(WHO, "重报", seen[-1])
    assert "为什么外出" in seen[-1].text


@pytest.mark.parametrize(
    ("answer", "words"),
    [("2031年1月1日", "太远了"), ("等我想想啊", "没看懂"), ("'; drop table departure; --", "没看懂")],
)
async def test_a_day_that_cannot_be_is_asked_again(chat: Dialogue, answer: str, words: str) -> None:
    await chat.private(WHO, "外出报备")
    await chat.private(WHO, "务工")
    seen = await chat.private(WHO, answer)
    assert words in seen[-1].text
    assert "哪天走" in seen[-1].text


async def test_a_return_before_the_leaving_is_asked_again(chat: Dialogue) -> None:
    await chat.private(WHO, "不同意记位置")
    seen = await chat.private(WHO, "外出报备")
    seen = await chat.press(WHO, "务工", seen[-1])
    await chat.private(WHO, "6月1日")
    await chat.private(WHO, "跳过")
    await chat.private(WHO, "跳过")
    seen = await chat.private(WHO, "2026年4月1日")
    assert "多久" in seen[-1].text
    assert await held(chat, "kept") == []


async def test_how_long_counts_from_the_day_of_leaving_though_that_is_told_later(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    seen = await chat.private(WHO, "外出报备 去成都打工，大概三个月")
    assert "哪天走" in seen[-1].text
    await chat.private(WHO, "2027年2月1日")
    seen = await chat.press(WHO, "跳过")
    assert "多久" in seen[-1].text
    seen = await chat.press(WHO, "三个月", seen[-1])
    assert "到2027-05-01" in seen[-1].text


async def test_how_long_is_not_asked_again_of_who_leaves_today(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "外出报备 去成都打工，大概三个月")
    await chat.press(WHO, "今天")
    seen = await chat.press(WHO, "跳过")
    assert "到2026-06-10" in seen[-1].text


async def test_a_long_word_and_hostile_text_are_only_text(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "外出报备")
    seen = await chat.private(WHO, "想" * 30)
    assert "太长了" in seen[-1].text
    seen = await chat.private(WHO, "<b>{who}</b>")
    seen = await skipped(chat, seen)
    assert "<b>{who}</b>" in seen[-1].text
    await chat.press(WHO, "报上去", seen[-1])
    assert (await entry(chat)).reason == "<b>{who}</b>"


async def test_one_undo_takes_all_of_it_back(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "我在哈尔滨")
    await chat.private(WHO, "我的手机换成13900001111")
    await chat.private(WHO, "我今天去成都打工，大概三个月")
    await chat.private(WHO, "富士康 13800001234")
    await chat.press(WHO, "报上去")
    assert "成都" in await said(chat, SECRETARY, "谁在哪 周海")
    seen = await chat.private(WHO, "撤销")
    assert any("外出报备撤回了" in each for each in chat.to(WHO, seen))
    assert "哈尔滨" in await said(chat, SECRETARY, "谁在哪 周海")
    kept = await entry(chat)
    assert (kept.reason or "", kept.phone, kept.left_on) == ("", "13900001111", None)
    assert await held(chat) == []
    assert any("撤回了" in each["text"]["zh"] for each in chat.shown if each["chat"] == "private-王秀英")


async def test_a_new_report_ends_the_old_one(chat: Dialogue) -> None:
    await reported(chat, "我去外地打工")
    await chat.pass_time(days=1)
    await reported(chat, "我去外地经商")
    assert [each.state for each in await held(chat)] == ["ended", "kept"]
    await chat.private(WHO, "撤销")
    assert [each.state for each in await held(chat)] == ["kept"]


async def test_coming_back_ends_it_and_tells_what_was_missed_at_once(chat: Dialogue) -> None:
    await reported(chat, "我今天去外地打工")
    await chat.pass_time(days=1)
    await chat.private(SECRETARY, "公告 村部搬家了")
    await chat.press(SECRETARY, "发")
    await chat.pass_time(days=1)
    seen = await chat.private(WHO, "我回来了")
    told = chat.to(WHO, seen)
    assert len(told) == 1
    assert "村部搬家了" in told[0]
    assert any("周海回来了" in each for each in chat.to(SECRETARY, seen))
    assert (await entry(chat)).left_on is None
    await chat.private(WHO, "撤销")
    assert [each.state for each in await held(chat)] == ["kept"]
    assert str((await entry(chat)).left_on) == "2026-03-10"


async def test_at_sea_and_away_end_with_one_word_and_one_undo(chat: Dialogue) -> None:
    await reported(chat, "我今天去外地打工")
    await chat.private(WHO, "出海")
    await chat.pass_time(days=1)
    await chat.private(WHO, "回来了")
    await chat.private(WHO, "撤销")
    assert [each.state for each in await held(chat)] == ["kept"]

    async def look(work: UnitOfWork) -> bool:
        return (await people.present(work, chat.members[WHO])).away_since is not None

    assert await chat.in_branch(look)


async def test_a_planned_return_ends_nothing(chat: Dialogue) -> None:
    await reported(chat, "我今天去外地打工")
    await chat.private(WHO, "出海")
    assert "到家了发一句" in await said(chat, WHO, "春节打算回老家过年")
    assert [each.state for each in await held(chat)] == ["kept"]


async def test_who_would_rather_not_move_is_asked_once_more(chat: Dialogue) -> None:
    seen = await reported(chat, "我今天去外地打工，长期")
    seen = await chat.press(WHO, "先不转")
    assert "2026-06-10" in seen[-1].text
    chat.now = datetime(2026, 6, 10, 1, 10, tzinfo=UTC)
    seen = await chat.pass_time(minutes=1)
    assert any("转过去" in each for each in chat.to(WHO, seen))
    seen = await chat.press(WHO, "怎么转")
    assert "介绍信一般 90 天有效" in seen[-1].text
    assert await chat.days_pass(3) is not None
    assert "第二十五条" in await said(chat, WHO, "依据 外出")


async def test_the_secretary_enters_it_and_sees_who_is_away(chat: Dialogue) -> None:
    assert "替他记下外出了" in await said(chat, SECRETARY, "补录 周海 下周去成都打工")
    assert [each.place for each in await held(chat, "kept")] == [None]
    told = await said(chat, SECRETARY, "流出")
    assert "流出在外 1 位" in told
    assert "周海：" in told
    assert "成都" not in told
    assert "王秀英" in await said(chat, WHO, "谁看过我的资料")
    assert "需要" in await said(chat, "李小山", "流出")


async def test_where_somebody_is_is_shown_to_who_may_see_it(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await reported(chat, "下周去成都打工,大概一年")
    assert "成都" in await said(chat, SECRETARY, "流出")
    assert "成都" not in await said(chat, "赵国强", "流出")


async def test_guests_are_listed_with_their_home_branch(chat: Dialogue) -> None:
    assert "没有流入党员" in await said(chat, SECRETARY, "流入")
    await chat.join("马云飞", "member", "guest")

    async def settle(work: UnitOfWork) -> None:
        secretary = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        wanted = {register.Field.HOME_BRANCH: "河口村支部"}
        await register.change(work, secretary, chat.members["马云飞"], wanted, how=register.How.ENTERED)

    await chat.in_branch(settle)
    assert "马云飞：来自河口村支部" in await said(chat, SECRETARY, "流入")


async def test_health_is_no_reason_that_is_kept(chat: Dialogue) -> None:
    await chat.private(WHO, "不同意记位置")
    await reported(chat, "下个月去广州看病")
    assert (await entry(chat)).reason == "其他"


async def test_a_claim_stays_decidable_when_its_member_goes_away(chat: Dialogue) -> None:

    await assess(chat, WHO)
    await chat.private(WHO, "已交 20 三月")
    await reported(chat, "我今天去外地打工，长期")
    assert "周海" in await said(chat, "赵国强", "待确认")
    assert "确认了 1 笔" in await said(chat, "赵国强", "全部确认")


@pytest.mark.parametrize("relation", ["moving", "elsewhere"])
async def test_a_claim_stays_decidable_when_the_membership_moves(chat: Dialogue, relation: str) -> None:
    await assess(chat, WHO)
    await chat.private(WHO, "已交 20 三月")

    async def move(work: UnitOfWork) -> None:
        secretary = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        wanted = {register.Field.RELATION: relation}
        await register.change(work, secretary, chat.members[WHO], wanted, how=register.How.ENTERED)

    await chat.in_branch(move)
    assert (await entry(chat)).relation == relation
    assert "周海" in await said(chat, "赵国强", "待确认")
    assert "确认了 1 笔" in await said(chat, "赵国强", "全部确认")


async def test_what_was_not_finished_and_what_is_long_over_is_erased(chat: Dialogue) -> None:
    await chat.private(WHO, "外出报备")
    await reported(chat, "我今天去外地打工", who="李小山")
    await chat.private("李小山", "回来了")
    await chat.days_pass(9)
    assert await held(chat) == []
    assert len(await held(chat, who="李小山")) == 1
    chat.now = datetime(2027, 4, 1, tzinfo=UTC)
    await chat.days_pass(2)
    assert await held(chat, who="李小山") == []


async def test_a_day_of_return_is_no_day_of_leaving(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    seen = await chat.private(WHO, "外出报备 去成都打工，到4月1日")
    assert "哪天走" in seen[-1].text
    assert [(each.leave_on, str(each.until)) for each in await held(chat)] == [(None, "2026-04-01")]


async def test_a_return_before_the_leaving_in_one_sentence_is_asked_for(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "6月1日去成都打工，到4月1日")
    seen = await chat.press(WHO, "跳过")
    assert "多久" in seen[-1].text
    assert [(str(each.leave_on), each.until) for each in await held(chat)] == [("2026-06-01", None)]


async def test_until_the_end_of_the_year_is_taken_from_the_first_sentence(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "明天去成都打工，到年底")
    seen = await chat.press(WHO, "跳过")
    assert "2026-03-11走，去四川省成都市，务工，到2026-12-31" in seen[-1].text


@pytest.mark.parametrize("day", ["2031年1月1日", "1990年1月1日"])
async def test_a_day_too_far_is_refused_to_the_secretary_as_well(chat: Dialogue, day: str) -> None:
    assert "太远了" in await said(chat, SECRETARY, f"补录 周海 {day}去成都打工")
    assert await held(chat) == []


async def test_a_report_that_says_nothing_is_not_sent(chat: Dialogue) -> None:
    await chat.private(WHO, "不同意记位置")
    seen = await chat.private(WHO, "外出报备")
    for _ in range(5):
        seen = await chat.press(WHO, "跳过", seen[-1])
    assert "至少说一样" in seen[-1].text
    seen = await skipped(chat, await chat.private(WHO, "务工"))
    await chat.press(WHO, "报上去", seen[-1])
    assert [each.reason for each in await held(chat, "kept")] == ["务工"]


ANSWERS = ("务工", "明天", "成都", "富士康")
QUESTIONS = ("为什么外出", "哪天走", "去哪座城市", "哪个单位", "多久")


async def at_question(chat: Dialogue, number: int) -> list[Seen]:
    """A report of which that many questions are answered; the next is open."""
    await chat.private(WHO, "同意记位置")
    seen = await chat.private(WHO, "外出报备")
    for each in ANSWERS[:number]:
        seen = await chat.private(WHO, each)
    assert QUESTIONS[number] in seen[-1].text
    return seen


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("words", ["我不去了", "不去了", "算了不报了", "先不报", "等一下，先不报", "不报了", "取消外出"])
async def test_who_does_not_go_after_all_says_so_at_any_question(chat: Dialogue, number: int, words: str) -> None:
    await at_question(chat, number)
    seen = await chat.private(WHO, words)
    assert "写过的删了" in seen[-1].text
    assert await held(chat) == []


@pytest.mark.parametrize(("number", "following"), [(0, "哪天走"), (3, "多久")])
@pytest.mark.parametrize("words", ["没定呢", "还没定", "还没找到活儿", "不知道", "再说", "到了再说", "没有"])
async def test_who_cannot_tell_yet_skips_the_question(chat: Dialogue, number: int, following: str, words: str) -> None:
    await at_question(chat, number)
    seen = await chat.private(WHO, words)
    assert following in seen[-1].text
    [draft] = await held(chat)
    assert (draft.reason, draft.employer) == (("", "") if number == 0 else ("务工", ""))


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("words", ["你问这个干嘛", "问这个干什么"])
async def test_who_asks_what_a_question_is_for_is_told_and_may_skip_it(chat: Dialogue, number: int, words: str) -> None:
    await at_question(chat, number)
    seen = await chat.private(WHO, words)
    assert "保持联系" in seen[-1].text
    assert QUESTIONS[number] in seen[-1].text
    assert len(seen[-1].text) <= 200


@pytest.mark.parametrize(("words", "why"), [("富士康,138", "“138”不完整"), ("138", "“138”不完整"), ("我堂哥介绍的", "不像单位")])
async def test_what_is_no_firm_is_asked_back(chat: Dialogue, words: str, why: str) -> None:
    await at_question(chat, 3)
    seen = await chat.private(WHO, words)
    assert why in seen[-1].text
    assert "哪个单位" in seen[-1].text
    assert [each.employer for each in await held(chat)] == [""]
    await chat.private(WHO, "富士康")
    assert [each.employer for each in await held(chat)] == ["富士康"]


@pytest.mark.parametrize("words", ["富士康,138", "我堂哥介绍的"])
async def test_what_is_no_reason_is_asked_back(chat: Dialogue, words: str) -> None:
    await at_question(chat, 0)
    assert "没看懂，没有记。为什么外出" in (await chat.private(WHO, words))[-1].text
    assert [each.reason for each in await held(chat)] == [""]


@pytest.mark.parametrize("words", ["今年2月30号", "11月31日", "2月三十号", "下个月31号", "2月30号"])
async def test_a_day_that_no_calendar_has_is_asked_again(chat: Dialogue, words: str) -> None:
    await at_question(chat, 1)
    seen = await chat.private(WHO, words)
    assert "没看懂" in seen[-1].text
    assert "哪天走" in seen[-1].text
    assert [each.leave_on for each in await held(chat)] == [None]


async def test_a_whole_sentence_where_how_long_is_asked_changes_the_place_and_the_day(chat: Dialogue) -> None:
    await at_question(chat, 4)
    seen = await chat.private(WHO, "我下个月去贵阳干活，不一定干多久")
    assert "2026-04-01走，去贵州省贵阳市，务工，单位富士康。" in seen[-1].text
    assert "成都" not in seen[-1].text


async def test_a_sentence_that_does_not_say_how_long_is_asked_again(chat: Dialogue) -> None:
    await at_question(chat, 4)
    seen = await chat.private(WHO, "我4月1号去贵阳干活")
    assert "多久" in seen[-1].text
    seen = await chat.private(WHO, "在贵阳干半年")
    assert "2026-04-01走，去贵州省贵阳市，务工，单位富士康，到2026-10-01" in seen[-1].text


async def test_a_sentence_that_only_names_the_province_asks_for_the_city(chat: Dialogue) -> None:
    await at_question(chat, 4)
    seen = await chat.private(WHO, "去贵州干半年")
    assert "去哪座城市" in seen[-1].text
    seen = await chat.private(WHO, "贵阳")
    assert "去贵州省贵阳市，务工，单位富士康，到2026-09-11" in seen[-1].text


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("在成都干到10月再回来", "到2026-10-31"),
        ("现在说是在成都待到过完年", "到2027-02-10"),
        ("在成都长期干", "长期"),
        ("在成都干半年", "到2026-09-11"),
    ],
)
async def test_how_long_said_with_the_same_place_changes_no_day_of_leaving(chat: Dialogue, words: str, until: str) -> None:
    await at_question(chat, 4)
    seen = await chat.private(WHO, words)
    assert f"2026-03-11走，去四川省成都市，务工，单位富士康，{until}" in seen[-1].text


async def at_the_end(chat: Dialogue) -> list[Seen]:
    """The whole of a report to Chengdu from today on, shown to somebody who is in Harbin."""
    await chat.private(WHO, "同意记位置")
    await chat.private(WHO, "我在哈尔滨")
    seen = await skipped(chat, await chat.private(WHO, "我明天去成都打工，大概三个月"))
    assert "请看一遍：2026-03-11走，去四川省成都市" in seen[-1].text
    return seen


@pytest.mark.parametrize("words", ["不对，是重庆", "不是成都，是重庆", "改成重庆", "不去成都，去重庆"])
async def test_another_place_said_of_the_whole_changes_the_report_alone(chat: Dialogue, words: str) -> None:
    await at_the_end(chat)
    seen = await chat.private(WHO, words)
    assert "请看一遍：2026-03-11走，去重庆市" in seen[-1].text
    assert "哈尔滨" in await said(chat, SECRETARY, "谁在哪 周海")
    await chat.press(WHO, "报上去", seen[-1])
    assert "哈尔滨" in await said(chat, SECRETARY, "谁在哪 周海")
    await chat.days_pass(2)
    assert "重庆" in await said(chat, SECRETARY, "谁在哪 周海")


async def test_a_province_said_of_the_whole_asks_for_the_city(chat: Dialogue) -> None:
    await at_the_end(chat)
    assert "去哪座城市" in (await chat.private(WHO, "不对，是贵州"))[-1].text
    assert "去贵州省贵阳市" in (await chat.private(WHO, "贵阳"))[-1].text


async def test_of_who_did_not_agree_to_a_city_another_one_is_not_kept_either(chat: Dialogue) -> None:
    await chat.private(WHO, "不同意记位置")
    seen = await skipped(chat, await chat.private(WHO, "我明天去成都打工，大概三个月"))
    seen = await chat.private(WHO, "不对，是重庆")
    assert "记多远" in seen[-1].text
    assert [each.place for each in await held(chat)] == [None]


async def test_a_plain_no_to_the_whole_begins_anew(chat: Dialogue) -> None:
    await at_the_end(chat)
    assert "为什么外出" in (await chat.private(WHO, "不对"))[-1].text


@pytest.mark.parametrize("words", ["我不去了", "等一下，先不报"])
async def test_who_does_not_go_after_all_says_so_of_the_whole(chat: Dialogue, words: str) -> None:
    await at_the_end(chat)
    assert "写过的删了" in (await chat.private(WHO, words))[-1].text
    assert await held(chat) == []
