"""What members change of their own entry, as they say it."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY = "王秀英"


async def test_a_new_telephone_is_noted_in_one_line_shown_and_undone(chat: Dialogue) -> None:
    assert await said(chat, "李小山", "我的手机换成138 0000 1234") == "改好了：手机 没有 → 138 0000 1234。不对就发“撤销”。"
    assert "手机 138 0000 1234 → 139 0000 5678" in await said(chat, "李小山", "我的手机换成 +86 139-0000-5678")
    assert await said(chat, "李小山", "撤销") == "好，名册和原来一样。"
    mine = await said(chat, "李小山", "我的")
    assert "手机：138 0000 1234" in mine
    assert "（撤销）手机：139 0000 5678 → 138 0000 1234" in mine


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我换单位了,在中建三局", "单位 没有 → 中建三局"),
        ("我老家在河南信阳", "老家 没有 → 河南省信阳市"),
        ("我是2012年入党的", "入党时间 没有 → 2012年"),
        ("我入党时间是2012年7月1日", "入党时间 没有 → 2012年7月1日"),
        ("我办了活动证", "活动证 没有 → 有"),
        ("I changed jobs, now at Foxconn", "单位 没有 → Foxconn"),
        ("my phone is 13800001234", "手机 没有 → 138 0000 1234"),
        ("I joined the party in Jul 2012", "入党时间 没有 → 2012年7月"),
    ],
)
async def test_a_sentence_about_oneself_is_enough(chat: Dialogue, words: str, told: str) -> None:
    assert told in await said(chat, "李小山", words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我的手机换成12345", "不像电话号码"),
        ("我的手机换成411500199001011234", "我没有存"),
        ("我是2027年入党的", "还没有到"),
        ("我入党时间是很久以前", "没认出日期"),
        ("我老家在月球那边", "没认出"),
    ],
)
async def test_what_cannot_be_changes_nothing_and_is_said(chat: Dialogue, words: str, told: str) -> None:
    assert told in await said(chat, "李小山", words)
    assert "名册：没有" in await said(chat, "李小山", "我的")


async def test_a_name_is_changed_by_the_secretary_alone(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "我叫李大山")
    assert "已经转过去了" in chat.to("李小山", seen)[0]
    assert any("李小山说自己的姓名应该是“李大山”" in each for each in chat.to(SECRETARY, seen))
    seen = await chat.press(SECRETARY, "改名")
    assert "姓名改成李大山了" in chat.to(SECRETARY, seen)[0]
    assert any("您的姓名改成李大山了" in each for each in chat.to("李小山", seen))
    assert await said(chat, SECRETARY, "撤销") == "好，姓名和原来一样。"
    assert "李小山" in await said(chat, SECRETARY, "名册 李小山")


async def test_a_name_that_is_not_changed_is_told(chat: Dialogue) -> None:
    await chat.private("李小山", "我叫李大山")
    seen = await chat.press(SECRETARY, "不改")
    assert any("姓名没有改" in each for each in chat.to("李小山", seen))


async def test_a_name_that_somebody_has_is_refused(chat: Dialogue) -> None:
    assert "已经有一位“周海”" in await said(chat, "李小山", "我叫周海")
    assert "登记的就是这个名字" in await said(chat, "李小山", "我叫李小山")


async def test_that_nothing_has_changed_is_good_news(chat: Dialogue) -> None:
    assert "今天确认过了" in await said(chat, "李小山", "我的情况没变")
    assert "上次确认：2026年3月10日" in await said(chat, SECRETARY, "看 李小山")


@pytest.mark.parametrize("words", ["我的手机换成13800001234", "我换单位了，在中建三局", "我叫李大山", "我的情况没变"])
async def test_in_the_group_none_of_it_is_taken_up(chat: Dialogue, words: str) -> None:
    assert await chat.group("李小山", words) == []


async def test_how_to_say_it_is_told(chat: Dialogue) -> None:
    assert "这样说就行" in await said(chat, "李小山", "改我的资料")


async def test_what_the_register_never_holds_is_said(chat: Dialogue) -> None:
    for words in ("改 李小山 住址 哈尔滨市道里区", "改 李小山 身份证 123"):
        assert "名册里不记" in await said(chat, "王秀英", words)


@pytest.mark.parametrize(
    ("words", "value"), [("我没有活动证", "没有"), ("我办活动证了", "有"), ("我领了活动证", "有"), ("我还没有活动证", "没有")]
)
async def test_ones_card_is_told_in_many_words(chat: Dialogue, words: str, value: str) -> None:
    assert f"活动证 没有 → {value}" in await said(chat, "李小山", words)


async def test_to_ask_for_a_card_is_to_tell_nothing(chat: Dialogue) -> None:
    assert "没有改" not in (told := await said(chat, "李小山", "办活动证"))
    assert "改好了" not in told


async def test_ones_phone_is_corrected_and_asked_for(chat: Dialogue) -> None:
    assert "还没有记您的手机号" in await said(chat, "李小山", "我的手机号是多少")
    assert "138 1234 0000" in await said(chat, "李小山", "更正 手机 13812340000")
    for words in ("我的手机号是多少", "我的电话是多少呀", "我的手机号"):
        assert "记的手机是 138 1234 0000" in await said(chat, "李小山", words)


@pytest.mark.parametrize("words", ["李小山手机号是多少呀", "李小山电话多少", "李小山的电话是多少", "李小山的手机号码是多少？"])
async def test_anothers_phone_is_shown_to_who_sees_the_register_and_never_changed(chat: Dialogue, words: str) -> None:
    await chat.private("李小山", "我的手机换成 13812340000")
    for person in ("王秀英", "赵国强"):
        told = await said(chat, person, words)
        assert "李小山的名册" in told
        assert "138 1234 0000" in told
    assert "我这里不告诉" in await said(chat, "周海", words)
    assert "138 1234 0000" in await said(chat, "李小山", "我的手机号")
