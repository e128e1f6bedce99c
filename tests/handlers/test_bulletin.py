"""困难通报, as the person, the secretary and the group meet it."""

import pytest

from storage.unit_of_work import UnitOfWork
from tests.care_fund import SECRETARY, press, say
from tests.dialogue import Dialogue

WORDS = "困难通报 家里房子被水淹了，要人帮忙清理"


async def posted(chat: Dialogue) -> list[str]:
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    return chat.in_group(await chat.press(SECRETARY, "发"))


async def test_nothing_is_posted_before_the_person_and_the_secretary_agreed(chat: Dialogue) -> None:
    seen = await chat.private("周海", WORDS + "，电话13800138000，周海")
    assert "“家里房子被水淹了，要人帮忙清理" in chat.to("周海", seen)[0]
    assert "13800138000" not in chat.to("周海", seen)[0]
    assert chat.to(SECRETARY, seen) == chat.in_group(seen) == []
    seen = await chat.private("周海", "同意发")
    assert "已请书记看一下" in chat.to("周海", seen)[0]
    assert chat.to(SECRETARY, seen)[0].startswith("周海本人同意在群里通报：“家里房子被水淹了")
    assert chat.in_group(seen) == []
    seen = await chat.press(SECRETARY, "发")
    (shown,) = chat.in_group(seen)
    assert shown.startswith("【困难通报 T1】家里房子被水淹了")
    assert "3月24日撤下" in shown
    assert shown.endswith("仅限本支部，请勿外传。")
    assert "周海" not in shown
    assert "通报 T1 发了" in chat.to("周海", seen)[0]


async def test_one_word_takes_it_down_and_its_words_are_erased(chat: Dialogue) -> None:
    await posted(chat)
    assert "您已经有一条通报（T1）" in await say(chat, "周海", WORDS)
    seen = await chat.private("周海", "撤下通报")
    assert chat.to("周海", seen) == ["T1 撤下了，原话已删。"]
    assert chat.in_group(seen) == ["【困难通报 T1 已撤下】"]
    assert "困难通报 T1：已撤下，" in await _everything(chat, "周海")
    assert "没有在发的通报" in await say(chat, "周海", "撤下通报")


async def _everything(chat: Dialogue, person: str) -> str:
    seen = await chat.private(person, "我的")
    texts = chat.to(person, seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private(person, "下一页")
        texts += chat.to(person, seen)
    return "\n".join(texts)


async def test_the_secretary_takes_one_down_by_its_number_and_nobody_else_does(chat: Dialogue) -> None:
    await posted(chat)
    assert "没有在发的通报" in await say(chat, "吴芳", "撤下通报 T1")
    assert "请写编号" in await say(chat, SECRETARY, "撤下通报")
    assert "没有在发的通报" in await say(chat, SECRETARY, "撤下通报 T9")
    assert "T1 撤下了" in await say(chat, SECRETARY, "撤下通报 T1")
    assert (await say(chat, SECRETARY, "撤销")).endswith("还要通报，请本人再发。")


async def test_at_night_it_says_that_the_group_reads_it_in_the_morning(chat: Dialogue) -> None:
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    await chat.pass_time(hours=14)
    assert await press(chat, SECRETARY, "发") == "好，T1 明早发到群里。"
    assert "您的通报 T1 明早发到群里" in "".join(chat.to("周海", await chat.pass_time(hours=9)))


async def test_it_is_withdrawn_before_the_secretary_decided(chat: Dialogue) -> None:
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    await say(chat, "周海", "撤下通报")
    assert "用过或过期" in await press(chat, SECRETARY, "发")


async def test_the_secretary_may_not_post_it(chat: Dialogue) -> None:
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    seen = await chat.press(SECRETARY, "不发")
    assert "没有发" in chat.to("周海", seen)[0]
    assert chat.in_group(seen) == []


async def test_what_was_not_agreed_to_is_forgotten(chat: Dialogue) -> None:
    await say(chat, "周海", WORDS)
    assert "没有存" in await say(chat, "周海", "不发")
    assert "水淹" not in await _everything(chat, "周海")


async def test_health_takes_a_consent_of_its_own(chat: Dialogue) -> None:
    told = await say(chat, "周海", "困难通报 爱人得了肺癌，要去北京看病")
    assert "肺癌" not in told
    assert "健康信息，要您单独同意" in await say(chat, "周海", "同意发")
    assert "没有存" in await say(chat, "周海", "不写")
    await say(chat, "周海", "困难通报 爱人得了肺癌，要去北京看病")
    await say(chat, "周海", "同意发")
    seen = await chat.private("周海", "可以写")
    assert "肺癌" not in chat.to(SECRETARY, seen)[0]


@pytest.mark.parametrize(
    ("words", "answer"), [("困难通报", "把困难写在后面"), ("困难通报 " + "难" * 101, "写短一点"), ("困难通报 13800138000", "没有内容了")]
)
async def test_what_cannot_be_told(chat: Dialogue, words: str, answer: str) -> None:
    assert answer in await say(chat, "周海", words)


async def test_typed_in_the_group_it_moves_to_private(chat: Dialogue) -> None:
    assert await chat.group("周海", "困难通报") == []
    assert await chat.group("周海", "撤下通报") == []
    seen = await chat.group("周海", WORDS)
    assert chat.in_group(seen) == []
    assert "私下说" in chat.to("周海", seen)[0]
    assert "水淹了" in chat.to("周海", seen)[1]


async def test_the_branch_may_have_other_days(chat: Dialogue) -> None:
    async def decide(work: UnitOfWork) -> None:
        work.policies.put("bulletin_days", 7, effective_from=work.now.date(), reason="支委会定")

    await chat.in_branch(decide)
    assert "7 天后撤下" in await say(chat, "周海", WORDS)


@pytest.mark.parametrize("why", ["quiet", "away", "unreachable"])
async def test_words_withdrawn_while_the_officers_card_is_unsent_are_never_delivered(chat: Dialogue, why: str) -> None:
    async def out_of_reach(work: UnitOfWork) -> None:
        secretary = chat.members[SECRETARY]
        if why == "away":
            await work.members.change(secretary, away_since=work.now)
        if why == "unreachable":
            [account] = await work.accounts.of(secretary)
            await work.accounts.change(account.key, private_chat=None)

    await chat.in_branch(out_of_reach)
    if why == "quiet":
        await chat.pass_time(hours=14)
    await say(chat, "周海", WORDS)
    assert chat.to(SECRETARY, await chat.private("周海", "同意发")) == []
    await say(chat, "周海", "撤下通报")
    told = chat.to(SECRETARY, await chat.pass_time(hours=10))
    told += chat.to(SECRETARY, await chat.private(SECRETARY, "回来了"))
    told += chat.to(SECRETARY, await chat.days_pass(25))
    assert "水淹" not in "\n".join(told)


async def test_words_withdrawn_after_the_card_was_sent_leave_it(chat: Dialogue) -> None:
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    assert chat.to(SECRETARY, await chat.private("周海", "撤下通报")) == ["困难通报 T1 撤下或处理过了。"]


async def test_an_officer_who_could_not_be_reached_reads_the_words_by_a_button(chat: Dialogue) -> None:
    async def unreachable(work: UnitOfWork) -> None:
        [account] = await work.accounts.of(chat.members[SECRETARY])
        await work.accounts.change(account.key, private_chat=None)

    await chat.in_branch(unreachable)
    await say(chat, "周海", WORDS)
    await say(chat, "周海", "同意发")
    assert "有一条困难通报 T1 等您看" in await say(chat, SECRETARY, "帮助")
    assert "本人同意在群里通报：“家里房子被水淹了" in await press(chat, SECRETARY, "看一下")
    assert "T1 发到群里了" in await press(chat, SECRETARY, "发")
    assert "用过或过期" in await press(chat, SECRETARY, "看一下")
