"""One person on three platforms is one person: whatever is done on one counts once everywhere, and every group shows the same number."""

import re
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from bot.rules.codes import ALPHABET
from storage.tables import account, check_in, notice_read
from storage.tables_dues import dues_claim
from storage.unit_of_work import UnitOfWork
from tests.qq_branch import qq_branch
from tests.qq_server.listener import key_of
from tests.three_platforms import PAGE, QQ, TELEGRAM, Everywhere, everywhere, rows_of

SECRETARY, LI, ZHOU, WU = "王秀英", "李小山", "周海", "吴芳"
WORDS = "周六上午八点在村部开会。"


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[Everywhere]:
    async with everywhere(database_url) as opened:
        yield opened


def code_in(texts: list[str]) -> str:
    return re.findall(f"[{ALPHABET}]{{8}}", texts[-1])[0]


async def announced(branch: Everywhere) -> None:
    await branch.says(PAGE, SECRETARY, f"公告 {WORDS}")
    await branch.says(PAGE, SECRETARY, "发")


async def test_a_code_binds_from_each_platform_to_the_next_and_both_sides_hear_it(branch: Everywhere) -> None:
    way = (PAGE, QQ, TELEGRAM)
    for here, there in pairwise(way):
        await branch.says(here, LI, "绑定新账号")
        asked = branch.private(here, LI)[-1]
        assert "（QQ 或 Telegram）" in asked
        await branch.says(there, LI, f"绑定 {code_in([asked])}")
        assert any("这也是您的账号了" in each for each in branch.private(there, LI))
        told = branch.private(here, LI)[-1]
        assert told.startswith("您刚刚在" + ("QQ" if there == QQ else "Telegram"))
    await branch.says(TELEGRAM, LI, "我的账号")
    assert [word in branch.private(TELEGRAM, LI)[-1] for word in ("网页", "QQ", "Telegram")] == [True] * 3
    assert await branch.count(account) == 6 + 2


async def test_in_a_second_group_of_qqs_official_way_somebody_is_bound_by_a_code_from_their_private_chat(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        second = branch.server.group("红旗村党员群")

        async def bind(work: UnitOfWork) -> None:
            work.enter(branch.branch)
            work.chats.bind(key_of(second), second.title)

        await branch.app.database.run(bind)
        await branch.says(LI, "绑定新账号", group=False)
        code = code_in([branch.shown(LI)[-1]])
        branch.server.say(branch.people[LI], f"绑定 {code}", second)
        await branch.settle()
        assert "在这个群里@我说话就行" in branch.shown(second)[-1]
        await branch.pass_time(seconds=5)
        branch.server.say(branch.people[LI], "签到", second)
        await branch.settle()
        assert await rows_of(branch.app, check_in) == 1


async def test_a_receipt_on_any_platform_counts_once_and_every_group_shows_one_total(branch: Everywhere) -> None:
    for where in (QQ, TELEGRAM):
        await branch.bound(where, LI, ZHOU)
    await announced(branch)
    for where in (PAGE, QQ, TELEGRAM):
        assert any(WORDS in each for each in branch.group(where)), where
    await branch.says(QQ, LI, "收到", group=True, answering=branch.newest_on_qq(WORDS))
    await branch.press(LI, "收到")
    await branch.says(PAGE, LI, "收到", group=True)
    await branch.press(ZHOU, "收到")
    assert await branch.count(notice_read) == 2
    await branch.pass_time(minutes=10)
    for where in (PAGE, TELEGRAM):
        [shown] = [each for each in branch.group(where) if WORDS in each]
        assert shown.endswith("已收到 2 人"), where
    assert [each for each in branch.group(QQ) if "已收到" in each] == ["公告 N1 已收到 2 人，谢谢大家。"]
    assert len([each for each in branch.group(QQ) if WORDS in each]) == 1
    await branch.says(PAGE, WU, "收到", group=True)
    await branch.pass_time(hours=12, minutes=30)
    assert [each for each in branch.group(QQ) if "已收到" in each][-1] == "公告 N1 已收到 3 人，谢谢大家。"


async def test_a_check_in_counts_once_and_is_answered_alike(branch: Everywhere) -> None:
    for where in (QQ, TELEGRAM):
        await branch.bound(where, LI, ZHOU)
    await branch.says(TELEGRAM, LI, "签到", group=True)
    await branch.says(QQ, LI, "签到", group=True)
    await branch.says(PAGE, LI, "签到")
    assert branch.private(PAGE, LI)[-1] == "今天已经报过平安了，谢谢惦记。"
    await branch.says(QQ, ZHOU, "签到")
    assert await branch.count(check_in) == 2
    await branch.pass_time(minutes=10)
    for where in (PAGE, QQ, TELEGRAM):
        assert [each for each in branch.group(where) if "今日报平安" in each] == ["今日报平安 2 人，谢谢大家。"], where


async def test_dues_reported_on_one_platform_are_known_on_the_others(branch: Everywhere) -> None:
    await branch.bound(QQ, LI)
    await branch.bound(TELEGRAM, LI, "赵国强")
    await branch.says(TELEGRAM, "赵国强", "核定 李小山 在职 4000 从1月")
    await branch.says(TELEGRAM, "赵国强", "对")
    await branch.says(QQ, LI, "已交 120 一月到三月")
    assert "待组织委员核对" in branch.private(QQ, LI)[-1]
    await branch.says(TELEGRAM, LI, "已交 120 一月到三月")
    await branch.says(PAGE, LI, "已交 120 一月到三月")
    assert await branch.count(dues_claim) == 1
    assert any("李小山报 1–3月 120 元" in each for each in branch.private(TELEGRAM, "赵国强"))


async def test_the_reminder_goes_to_where_each_person_was_last(branch: Everywhere) -> None:
    for where in (QQ, TELEGRAM):
        await branch.bound(where, LI, ZHOU)
    await branch.says(QQ, LI, "你好")
    await branch.says(TELEGRAM, ZHOU, "你好")
    await branch.says(PAGE, WU, "你好")
    await announced(branch)
    await branch.pass_time(days=1)
    for where in (PAGE, QQ, TELEGRAM):
        for name, last in ((LI, QQ), (ZHOU, TELEGRAM), (WU, PAGE)):
            if where == PAGE or name != WU:
                reminded = any("可能还没看到" in each for each in branch.private(where, name))
                assert reminded is (where == last), (name, where)


async def test_the_secretarys_choice_of_groups_holds_on_the_wire(branch: Everywhere) -> None:
    await branch.says(PAGE, SECRETARY, "发到")
    told = branch.private(PAGE, SECRETARY)[-1]
    assert "QQ群 红旗村支部QQ群：都发" in told
    await branch.says(PAGE, SECRETARY, "发到 Telegram 课")
    await announced(branch)
    assert any(WORDS in each for each in branch.group(QQ))
    assert not any(WORDS in each for each in branch.group(TELEGRAM))


async def test_who_asks_to_join_on_qq_is_let_in_from_another_platform(branch: Everywhere) -> None:
    await branch.bound(TELEGRAM, SECRETARY)
    await branch.says(TELEGRAM, SECRETARY, "你好")
    stranger = branch.qq.user("大山")
    await branch.qq.ask_to_join(stranger, branch.qq_group, "我是村东头的")
    await branch.pass_time(seconds=5)
    assert any("有人想进QQ群" in each for each in branch.private(TELEGRAM, SECRETARY))
    await branch.says(TELEGRAM, SECRETARY, "同意进群")
    assert [each[2] for each in branch.qq.admitted] == [True]
    assert not any(each.sender is None for each in branch.qq.messages(stranger))
