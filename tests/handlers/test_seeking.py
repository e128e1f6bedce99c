"""没联系上的: looking for members who are not in touch, as those who may look meet it."""

import re

import pytest

from tests.dialogue import STRANGER, Dialogue
from tests.dues_books import said
from tests.seeking import BOSS, decline, lose

LIAISON = "孙丽"


async def test_who_is_not_in_touch_is_a_list_of_tasks(chat: Dialogue) -> None:
    assert "都联系上了" in await said(chat, BOSS, "没联系上的")
    await lose(chat, "陈立夏", "冯涛")
    for person in (BOSS, LIAISON):
        text = await said(chat, person, "没联系上的")
        assert "还没联系上的 2 位" in text
        assert "陈立夏" in text
        assert "冯涛" in text
        assert "李小山" not in text


async def test_names_are_only_for_who_may_look_and_only_in_private(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    assert "需要" in await said(chat, "李小山", "没联系上的")
    assert "需要" in await said(chat, "李小山", "找到了 陈立夏 电话")
    seen = await chat.group(BOSS, "没联系上的")
    assert chat.in_group(seen) == []
    assert await chat.group("李小山", "没联系上的同志挺多") == []


async def test_a_task_is_taken_given_up_and_done(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    assert "陈立夏由您来找" in await said(chat, LIAISON, "我来找陈立夏")
    assert "陈立夏（孙丽在找，2026-03-10起）" in await said(chat, BOSS, "没联系上的")
    assert "孙丽已经在找陈立夏了" in await said(chat, BOSS, "我来找 陈立夏")
    assert "辛苦您" in await said(chat, LIAISON, "没找到 陈立夏 电话")
    assert "陈立夏（找过 1 次）" in await said(chat, BOSS, "没联系上的")
    assert "陈立夏记为联系上了（通过家人）" in await said(chat, LIAISON, "找到了 陈立夏 家人")
    assert "都联系上了" in await said(chat, BOSS, "没联系上的")


async def test_each_step_is_undone(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await chat.private(LIAISON, "我来找陈立夏")
    await chat.private(LIAISON, "找到了 陈立夏 走访")
    assert await said(chat, LIAISON, "撤销") == "好，改回去了。"
    assert "孙丽在找" in await said(chat, BOSS, "没联系上的")
    await chat.private(LIAISON, "撤销")
    assert "在找" not in (await said(chat, BOSS, "没联系上的")).splitlines()[1]
    await chat.private(LIAISON, "没找到 陈立夏")
    await chat.private(LIAISON, "撤销")
    assert "找过" not in await said(chat, BOSS, "没联系上的")


async def test_who_declined_is_not_looked_for_until_they_come(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await decline(chat, "陈立夏")
    text = await said(chat, BOSS, "没联系上的")
    assert "1 位说过先不联系，不再打扰" in text
    assert "陈立夏" not in text
    for words in ("我来找 陈立夏", "找到了 陈立夏 电话", "没找到 陈立夏", "邀请 陈立夏"):
        assert "这位同志说过先不联系" in await said(chat, BOSS, words), words
    await chat.days_pass(1)
    assert "这位同志说过先不联系" in await said(chat, LIAISON, "我来找 陈立夏")
    assert "陈立夏自己来联系了" in await said(chat, BOSS, "本人来了 陈立夏")
    await chat.private(BOSS, "撤销")
    assert "这位同志说过先不联系" in await said(chat, BOSS, "邀请 陈立夏")
    await chat.private(BOSS, "本人来了 陈立夏")
    assert "七天" in await said(chat, BOSS, "邀请 陈立夏")


async def test_who_came_themselves_is_off_the_list(chat: Dialogue) -> None:
    await lose(chat, "陈立夏", "冯涛")
    await chat.private(LIAISON, "我来找 冯涛")
    for name in ("陈立夏", "冯涛"):
        assert f"{name}自己来联系了" in await said(chat, BOSS, f"本人来了 {name}")
        assert name not in await said(chat, BOSS, "没联系上的")
    assert await said(chat, BOSS, "撤销") == "好，改回去了。"
    assert "冯涛（孙丽在找" in await said(chat, LIAISON, "没联系上的")
    await chat.private(BOSS, "撤销")
    assert "陈立夏" in await said(chat, LIAISON, "没联系上的")


async def test_who_reports_in_themselves_is_found_whatever_they_said_before(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await decline(chat, "陈立夏")
    await chat.private(STRANGER, "报到 陈立夏")
    await chat.press(BOSS, "接收")
    assert "记为联系上了" in await said(chat, STRANGER, "我的")
    await chat.private(BOSS, "撤销")
    assert "1 位说过先不联系" in await said(chat, BOSS, "没联系上的")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("找到同志", "请写上姓名"),
        ("找到了 张远山 电话", "没有找到“张远山”"),
        ("找到了 李小山 电话", "李小山已经绑定账号"),
        ("找到同志 '; DROP TABLE member; --", "没有找到"),
        ("找到同志 \u202e陈立夏<b>", "没有找到"),
    ],
)
async def test_what_cannot_be_is_said(chat: Dialogue, words: str, why: str) -> None:
    await lose(chat, "陈立夏")
    assert why in await said(chat, BOSS, words)


@pytest.mark.parametrize("words", ["找到了，谢谢大家", "找到了", "没找到", "我来找工作的", "找到了工作"])
async def test_words_that_name_nobody_are_no_report(chat: Dialogue, words: str) -> None:
    await lose(chat, "陈立夏")
    text = await said(chat, "李小山", words)
    assert "找失去联系的同志" not in text
    assert "没有找到“" not in text


async def test_two_people_written_alike_are_told_apart(chat: Dialogue) -> None:
    await lose(chat, "冯涛", "冯韬")
    assert "不止一位" in await said(chat, BOSS, "找到了 Feng Tao phone")
    assert "冯韬记为联系上了" in await said(chat, BOSS, "找到了 冯韬 电话")
    assert "冯涛" in await said(chat, BOSS, "没联系上的")


async def test_what_a_word_lit_is_dark_again_once_it_is_taken_back(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await said(chat, BOSS, "找到了 陈立夏 电话")
    assert "没有要找的" in await said(chat, BOSS, "没联系上的")
    await said(chat, BOSS, "撤销")
    assert "陈立夏" in await said(chat, BOSS, "没联系上的")


async def test_a_decline_is_not_undone_by_who_was_looking(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await said(chat, BOSS, "我来找 陈立夏")
    await decline(chat, "陈立夏")
    assert "撤不回来" in await said(chat, BOSS, "撤销")
    assert "1 位说过先不联系" in await said(chat, BOSS, "没联系上的")


async def test_undoing_a_find_leaves_alone_who_came_themselves_since(chat: Dialogue) -> None:
    code = re.search("绑定 ([A-Z0-9]{8})", await said(chat, "王秀英", "邀请 秦月"))
    assert code
    await chat.private("王秀英", "我来找 秦月")
    await chat.private("王秀英", "找到了 秦月 电话")
    await chat.pass_time(minutes=2)
    await chat.private("秦月网名", f"绑定 {code[1]}")
    assert "撤不回来了" in await said(chat, "王秀英", "撤销")
    assert "人找到" in await said(chat, "王秀英", "看 秦月")


@pytest.mark.parametrize("words", ["蔡有田失联了", "蔡有田联系不上了", "还没找到蔡有田", "不用找蔡有田了"])
async def test_who_may_look_hears_what_to_send_and_others_whom_to_tell(chat: Dialogue, words: str) -> None:
    await lose(chat, "蔡有田")
    for person in (BOSS, LIAISON):
        told = await said(chat, person, words)
        assert "发“我来找 蔡有田”" in told
        assert "没联系上的" in told
    assert "先问他本人" in await said(chat, "周海", words)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        *(
            ("蔡有田找到了", "别的办法"),
            ("蔡有田同志已经找到了。", "别的办法"),
            ("找到了蔡有田", "别的办法"),
            ("联系上蔡有田了", "别的办法"),
        ),
        *(
            ("找到蔡有田了，打电话", "电话"),
            ("蔡有田联系上了，打电话联系的", "电话"),
            ("找到蔡有田了，通过家人", "通过家人"),
            ("终于找到蔡有田了！", "别的办法"),
        ),
    ],
)
async def test_that_somebody_was_found_is_said_in_any_order(chat: Dialogue, words: str, way: str) -> None:
    await lose(chat, "蔡有田")
    assert "需要" in await said(chat, "周海", words)
    assert f"蔡有田记为联系上了（{way}）" in await said(chat, LIAISON, words)
    assert "都联系上了" in await said(chat, BOSS, "没联系上的")


@pytest.mark.parametrize("words", ["工作找到了", "车钥匙找到了", "方法找到了", "我的身份证找到了", "蔡有田找到了吗", "蔡有田没找到了"])
async def test_what_else_was_found_or_is_asked_is_no_report(chat: Dialogue, words: str) -> None:
    await lose(chat, "蔡有田")
    assert "记为联系上了" not in (told := await said(chat, BOSS, words))
    assert "没有找到“" not in told
