"""A no, a question and a day that is none are never taken for a yes: what people and secretaries say of consents, data and each other."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import said

BOSS, ONE, LIAISON = "王秀英", "李小山", "孙丽"


async def _consents(chat: Dialogue) -> str:
    return await said(chat, ONE, "我的同意")


@pytest.mark.parametrize(
    ("words", "purpose"),
    [("我没同意记位置", "城市"), ("我没说可以记我位置", "城市"), ("我没说同意发照片", "照片"), ("我没说可以联系我", "联系")],
)
async def test_what_was_not_agreed_is_no_consent(chat: Dialogue, words: str, purpose: str) -> None:
    await chat.private(ONE, words)
    assert not any(purpose in each and "：同意" in each for each in (await _consents(chat)).splitlines())


@pytest.mark.parametrize(
    "words",
    [
        "我不同意提供资料",
        "我的资料不给佛山了",
        "别再给佛山资料了",
        "不要把我的资料给佛山",
        "我反悔了，资料别给了",
        "不想给佛山我的资料了",
        "我没同意提供资料",
    ],
)
async def test_sharing_is_taken_back_in_free_words(chat: Dialogue, words: str) -> None:
    assert "不提供您的资料" in await said(chat, ONE, words)


async def test_taking_back_without_a_purpose_names_sharing_too(chat: Dialogue) -> None:
    assert "不再提供资料" in await said(chat, ONE, "收回同意")


@pytest.mark.parametrize(
    "words", ["删除我的位置吗", "别删我的位置", "不要删除我的位置", "不用删我的资料", "不要注销我的账号", "我不想删除我的资料"]
)
async def test_what_is_to_stay_stays(chat: Dialogue, words: str) -> None:
    await chat.private(ONE, "同意记位置")
    await chat.private(ONE, "我在深圳")
    told = await said(chat, ONE, words)
    assert "会删" not in told
    assert "不记" not in told
    assert "深圳" in await said(chat, ONE, "我的")


@pytest.mark.parametrize(
    "words",
    ["没跟李小山谈过", "没走访过周海", "周海没打过电话", "要谈过李小山才行", "打过电话 周海 没人接", "孙丽谈过李小山", "我没走访过周海"],
)
async def test_a_talk_that_was_none_is_not_noted(chat: Dialogue, words: str) -> None:
    told = await said(chat, BOSS, words)
    assert "记下了" not in told
    assert "没有记" in told


@pytest.mark.parametrize("words", ["谈过 李小山 2月30日", "走访过周海 11月31号", "上个月走访过周海"])
async def test_a_day_that_is_none_is_not_today(chat: Dialogue, words: str) -> None:
    assert "没有记" in await said(chat, BOSS, words)


async def test_a_talk_of_which_nothing_was_said_is_one(chat: Dialogue) -> None:
    assert "记下了：2026-03-09 走访过周海" in await said(chat, BOSS, "昨天走访过周海，没什么事")


@pytest.mark.parametrize("words", ["记六互 佛山 互抓 2月30日 上党课", "签协议 石湾 2026年3月1日 到 2027年2月30日"])
async def test_agreements_know_the_calendar(chat: Dialogue, words: str) -> None:
    await chat.private(BOSS, "签协议 佛山石湾街道党工委 到 2027年2月28日")
    assert "没有“" in await said(chat, BOSS, words)


@pytest.mark.parametrize("words", ["补录 李小山 不在哈尔滨", "补录 李小山 没去成都打工", "补录 李小山 已经不在成都了"])
async def test_where_somebody_is_not_is_no_place(chat: Dialogue, words: str) -> None:
    await chat.private(ONE, "同意记位置")
    assert "没看懂" in await said(chat, BOSS, words)


@pytest.mark.parametrize(("who", "words"), [(BOSS, "李小山单位是哪家"), (ONE, "我单位是啥来着"), (BOSS, "李小山的单位是什么厂")])
async def test_a_question_is_no_value(chat: Dialogue, who: str, words: str) -> None:
    await chat.private(BOSS, "改 李小山 单位 富士康")
    await chat.private(who, words)
    assert "单位：富士康" in await said(chat, BOSS, "看 李小山")


@pytest.mark.parametrize("words", ["他有糖尿病", "欠了五万块", "家住中原路1号3单元", "月薪八千", "胃癌晚期"])
async def test_a_note_holds_nothing_that_is_nobodys_business(chat: Dialogue, words: str) -> None:
    assert "备注里也不记" in await said(chat, BOSS, f"改 李小山 备注 {words}")


@pytest.mark.parametrize("words", ["名册没报到", "名册里没报到的", "名册周海", "名册里有没有叫周海的"])
async def test_the_register_is_asked_without_a_blank(chat: Dialogue, words: str) -> None:
    assert "名册" in await said(chat, BOSS, words)
    assert "月报" not in await said(chat, BOSS, words)


async def test_after_a_sentence_that_was_not_understood_an_undo_takes_nothing_back_at_first(chat: Dialogue) -> None:
    await chat.private(BOSS, "签协议 佛山石湾街道党工委 到 2027年2月28日")
    await chat.pass_time(minutes=2)
    await chat.private(BOSS, "佛山的协议续到2028年2月底")
    assert "什么也没做，不用撤" in await said(chat, BOSS, "撤销")
    assert "佛山" in await said(chat, BOSS, "双向管理")
    assert "和原来一样" in await said(chat, BOSS, "撤销")
    assert "还没有双向管理协议" in await said(chat, BOSS, "双向管理")


async def test_who_was_entered_as_away_is_entered_as_back(chat: Dialogue) -> None:
    assert "没有外出报备" in await said(chat, BOSS, "补录 李小山 回来了")
    await chat.private(BOSS, "补录 李小山 下周去成都打工")
    assert "外出报备结束" in await said(chat, BOSS, "补录 李小山 回来了")
    assert "没有报备外出的" in await said(chat, BOSS, "流出")
    assert "外出报备还在" in await said(chat, BOSS, "撤销")
    assert "李小山" in await said(chat, BOSS, "流出")


async def test_consent_that_was_given_of_ones_own_accord_is_final_and_says_the_way_back(chat: Dialogue) -> None:
    await chat.private(ONE, "签到")
    await chat.private(ONE, "同意记位置")
    assert "以后别记我位置" in await said(chat, ONE, "撤销")


async def test_the_report_is_of_the_month_that_was_named(chat: Dialogue) -> None:
    assert "2026-02 的月报" in await said(chat, BOSS, "上个月的月报")
    assert "2026-02 的月报" in await said(chat, BOSS, "月报2月的")


async def test_two_of_one_name_are_found_with_what_tells_them_apart(chat: Dialogue) -> None:
    await chat.private(BOSS, "姓名\t手机\n钱小二(东)\t13800001111\n钱小二(西)\t13800001112")
    await chat.private(BOSS, "导入 全部")
    assert "138 0000 1111" in await said(chat, BOSS, "看 钱小二(东)")
    assert "钱小二(东)、钱小二(西)" in await said(chat, BOSS, "看 钱小二")
    assert "钱小二(西)" in await said(chat, BOSS, "确认 钱小二(西)")


async def test_who_stays_when_an_import_is_undone_keeps_what_came_with_them(chat: Dialogue) -> None:
    await chat.private(BOSS, "姓名\t手机\n钱小二\t13800001111")
    await chat.private(BOSS, "导入 全部")
    await chat.private(BOSS, "谈过 钱小二")
    assert "留着：钱小二" in await said(chat, BOSS, "撤销导入")
    assert "138 0000 1111" in await said(chat, BOSS, "看 钱小二")


async def test_a_report_that_was_called_off_leaves_nothing_for_the_next(chat: Dialogue) -> None:
    await chat.private(ONE, "下周去成都打工")
    assert "作罢" in await said(chat, ONE, "撤销")
    await chat.pass_time(days=3)
    assert "成都" not in await said(chat, ONE, "外出报备")
    assert "成都" not in await said(chat, ONE, "我的")


async def test_a_day_that_is_none_is_not_entered_for_another(chat: Dialogue) -> None:
    assert "没有这一天" in await said(chat, BOSS, "补录 李小山 2月31号去成都打工")
    assert "没有报备外出的" in await said(chat, BOSS, "流出")
