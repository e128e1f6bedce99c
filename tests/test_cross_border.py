"""Telegram's servers are abroad (RULES.md §7): what is sent there about somebody, by what they said and which accounts they have."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.services.posting import CLOSED
from bot.texts import Text
from storage.tables import consent
from storage.unit_of_work import UnitOfWork
from tests.three_platforms import PAGE, QQ, TELEGRAM, Everywhere, everywhere

SECRETARY, LI, ZHOU = "王秀英", "李小山", "周海"
WORDS = "只跟您一个人说的话。"
NOT_YET, YES, NO = None, True, False


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[Everywhere]:
    async with everywhere(database_url, own_choice=False) as opened:
        yield opened


async def says_of_telegram(branch: Everywhere, name: str, said: bool | None) -> None:
    async def put(work: UnitOfWork) -> None:
        if said is not None:
            work.consents.put(branch.members[name], "abroad", given=said)
        elif await work.consents.get(branch.members[name], "abroad") is not None:
            await work.change(delete(consent).where(consent.c.member_id == branch.members[name]))

    await branch.in_branch(put)


async def only_on(branch: Everywhere, name: str, *platforms: str) -> None:
    """Somebody has accounts on these platforms and no other, the last named used last."""

    async def drop(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(branch.members[name])

    await branch.in_branch(drop)
    for each in platforms:
        await branch.bound(each, name)


async def told(branch: Everywhere, name: str, words: str = WORDS) -> set[str]:
    """Something is said to somebody unasked; the platforms on which it arrives."""

    async def say(work: UnitOfWork) -> None:
        await posting.to_member(work, branch.members[name], Outgoing(Text.plain(words)), priority=Priority.NOTICE)

    await branch.in_branch(say)
    await branch.pass_time(seconds=3)
    return {each for each in (PAGE, QQ, TELEGRAM) if any(words in text for text in branch.private(each, name))}


CASES = (
    ((QQ, TELEGRAM), NO, {QQ}),
    ((QQ, TELEGRAM), NOT_YET, {QQ}),
    ((QQ, TELEGRAM), YES, {TELEGRAM}),
    ((TELEGRAM, QQ), NO, {QQ}),
    ((TELEGRAM, QQ), NOT_YET, {QQ}),
    ((TELEGRAM, QQ), YES, {QQ}),
    ((PAGE, TELEGRAM), NO, {PAGE}),
    ((PAGE, TELEGRAM), NOT_YET, set()),
    ((PAGE, TELEGRAM), YES, {TELEGRAM}),
    ((TELEGRAM,), NO, set()),
    ((TELEGRAM,), NOT_YET, set()),
    ((TELEGRAM,), YES, {TELEGRAM}),
    ((PAGE, QQ, TELEGRAM), NO, {QQ}),
    ((PAGE, QQ, TELEGRAM), NOT_YET, {QQ}),
    ((PAGE, QQ, TELEGRAM), YES, {TELEGRAM}),
)
"""Somebody's accounts, the last used last; what they said of Telegram; where what concerns them arrives."""


async def test_what_concerns_a_person_arrives_where_they_agreed(branch: Everywhere) -> None:
    for number, (accounts, said, arrives) in enumerate(CASES):
        await only_on(branch, LI, *accounts)
        await says_of_telegram(branch, LI, said)
        assert await told(branch, LI, f"只跟您一个人说的话，第 {number} 回。") == arrives, (accounts, said)


async def test_a_no_on_telegram_sends_what_was_held_there_to_qq(branch: Everywhere) -> None:
    await only_on(branch, LI, TELEGRAM)
    assert await told(branch, LI) == set()
    await branch.bound(QQ, LI)
    await branch.says(TELEGRAM, LI, "不同意")
    await branch.pass_time(seconds=5)
    assert any(WORDS in each for each in branch.private(QQ, LI))
    assert not any(WORDS in each for each in branch.private(TELEGRAM, LI))


async def test_who_refused_does_everything_on_qq_and_their_deeds_on_telegram_count_without_an_answer(branch: Everywhere) -> None:
    await only_on(branch, LI, QQ, TELEGRAM)
    await says_of_telegram(branch, LI, NO)
    await branch.says(TELEGRAM, LI, "签到")
    assert branch.private(TELEGRAM, LI) == [CLOSED.zh]
    await branch.says(QQ, LI, "签到")
    assert branch.private(QQ, LI)[-1] == "今天已经报过平安了，谢谢惦记。"


@pytest.mark.parametrize("said", [NOT_YET, NO, YES])
async def test_a_secretary_on_telegram_reads_a_name_only_of_who_agreed(branch: Everywhere, said: bool | None) -> None:
    await only_on(branch, SECRETARY, TELEGRAM)
    await says_of_telegram(branch, SECRETARY, YES)
    await only_on(branch, LI, QQ)
    await says_of_telegram(branch, LI, said)
    await branch.says(QQ, LI, "签到")
    for words in ("谁报了平安", "谁没收到 N1", "邀请 李小山", "任命 李小山 联络员", "分布 名单", "多久没消息"):
        await branch.says(TELEGRAM, SECRETARY, words)
    shown = [each for each in branch.private(TELEGRAM, SECRETARY) if LI in each]
    assert bool(shown) is (said is YES)


async def _shares(branch: Everywhere, name: str) -> None:
    await branch.says(QQ, name, "心得 今天学了欠薪怎么办，先留证据。")
    await branch.says(QQ, name, "分享，署名")
    await branch.pass_time(minutes=1)


@pytest.mark.parametrize("said", [NOT_YET, NO, YES])
async def test_what_somebody_shares_with_their_name_bears_it_on_telegram_only_if_they_agreed(branch: Everywhere, said: bool | None) -> None:
    await only_on(branch, LI, QQ)
    await says_of_telegram(branch, LI, said)
    await _shares(branch, LI)
    assert any("【学习心得】李小山" in each for each in branch.group(QQ))
    [there] = [each for each in branch.group(TELEGRAM) if "先留证据" in each]
    assert ("李小山" in there) is (said is YES)
    if said is not YES:
        assert "一位同志" in there


@pytest.mark.parametrize("said", [NOT_YET, NO, YES])
async def test_what_somebody_says_in_a_discussion_bears_their_name_on_telegram_only_if_they_agreed(
    branch: Everywhere, said: bool | None
) -> None:
    await only_on(branch, LI, QQ)
    await says_of_telegram(branch, LI, said)
    await branch.says(PAGE, SECRETARY, "发起讨论 怎么看返乡创业")
    await branch.says(PAGE, SECRETARY, "发")
    await branch.says(QQ, LI, "讨论 先学一门手艺")
    await branch.says(QQ, LI, "1")
    await branch.pass_time(minutes=1)
    assert any("李小山" in each and "先学一门手艺" in each for each in branch.group(QQ))
    [there] = [each for each in branch.group(TELEGRAM) if "先学一门手艺" in each]
    assert ("李小山" in there) is (said is YES)


@pytest.mark.parametrize(("said", "there"), [(NOT_YET, False), (NO, False), (YES, True)])
async def test_somebodys_hardship_is_told_on_telegram_only_if_they_agreed(branch: Everywhere, said: bool | None, there: bool) -> None:
    await only_on(branch, LI, QQ)
    await says_of_telegram(branch, LI, said)
    await branch.says(QQ, LI, "困难通报 家里房子漏雨，想请大家搭把手。")
    await branch.says(QQ, LI, "同意发")
    await branch.press_on_page(SECRETARY, "发")
    await branch.pass_time(minutes=1)
    assert any("漏雨" in each for each in branch.group(QQ))
    assert any("漏雨" in each for each in branch.group(TELEGRAM)) is there


async def test_the_groups_on_telegram_see_numbers_and_what_the_branch_says_to_all(branch: Everywhere) -> None:
    await only_on(branch, LI, QQ)
    await says_of_telegram(branch, LI, NO)
    await branch.says(QQ, LI, "签到", group=True)
    await branch.says(PAGE, SECRETARY, "公告 周六开会。")
    await branch.says(PAGE, SECRETARY, "发")
    await branch.says(QQ, LI, "收到", group=True)
    await branch.pass_time(minutes=10)
    shown = branch.group(TELEGRAM)
    assert any("今日报平安 1 人" in each for each in shown)
    assert any("已收到 1 人" in each for each in shown)
    assert not any(LI in each for each in shown)


async def test_an_appeal_for_help_goes_to_telegram_only_if_who_asks_agreed(branch: Everywhere) -> None:
    await branch.bound(QQ, LI, ZHOU)
    for name, said in ((LI, NO), (ZHOU, YES)):
        await says_of_telegram(branch, name, said)
        await branch.says(QQ, name, "求助 家里收麦子缺人手，谁能来帮两天")
        for _ in range(4):
            if "以上属实" in branch.private(QQ, name)[-1]:
                break
            await branch.says(QQ, name, "跳过")
        await branch.says(QQ, name, "以上属实")
        await branch.press_on_page(SECRETARY, "核实")
        await branch.says(QQ, name, "同意发")
        await branch.pass_time(minutes=1)
    posted = {where: [each for each in branch.group(where) if "麦子" in each] for where in (QQ, TELEGRAM)}
    assert len(posted[QQ]) == 2
    assert ["A2" in each for each in posted[TELEGRAM]] == [True]


async def test_where_telegram_has_the_branchs_only_group_what_was_agreed_to_word_by_word_stands_there(branch: Everywhere) -> None:
    async def alone(work: UnitOfWork) -> None:
        for each in await work.chats.of_branch():
            if each.key.platform != TELEGRAM:
                work.chats.unbind(each.key)

    await branch.in_branch(alone)
    await branch.bound(QQ, LI)
    await branch.says(QQ, LI, "困难通报 家里房子漏雨，想请大家搭把手。")
    await branch.says(QQ, LI, "同意发")
    await branch.press_on_page(SECRETARY, "发")
    await branch.pass_time(minutes=1)
    [there] = [each for each in branch.group(TELEGRAM) if "漏雨" in each]
    assert LI not in there
