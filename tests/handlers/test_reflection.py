"""心得, as its author and the curator meet it."""

import pytest

from tests.dialogue import Dialogue, Seen

WORDS = "今天学了欠薪怎么办，以后先留证据。"


@pytest.fixture
async def branch(chat: Dialogue) -> Dialogue:
    await chat.join("沈国栋", "member", "curator")
    return chat


async def _said(chat: Dialogue, text: str, person: str = "李小山") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def test_it_goes_to_the_curator_alone_unless_the_author_says_so(branch: Dialogue) -> None:
    seen = await branch.private("李小山", f"心得 {WORDS}")
    assert branch.to("李小山", seen) == ["收到，谢谢。只给学习委员看，还是可以分享到群里？不选就只给学习委员看。"]
    assert branch.to("沈国栋", seen) == [f"李小山交了一篇心得：\n{WORDS}"]
    assert branch.in_group(seen) == []
    assert branch.to("王秀英", seen) == []
    assert await _said(branch, "只给学习委员看") == "好，只给学习委员看。想删，发“删除心得”。"


async def test_shared_with_a_name_without_one_and_taken_back(branch: Dialogue) -> None:
    await branch.private("李小山", f"心得 {WORDS}")
    assert branch.in_group(await branch.press("李小山", "分享，署名")) == [f"【学习心得】李小山：\n{WORDS}"]
    seen = await branch.private("李小山", "撤销")
    assert branch.in_group(seen) == ["【学习心得】作者收回了这一条。"]
    await branch.private("李小山", "心得 第二篇的话。")
    assert branch.in_group(await branch.private("李小山", "不署名")) == ["【学习心得】一位同志：\n第二篇的话。"]


async def test_shared_at_night_it_is_in_the_group_in_the_morning(branch: Dialogue) -> None:
    await branch.pass_time(hours=16)
    await branch.private("李小山", f"心得 {WORDS}")
    seen = await branch.press("李小山", "分享，署名")
    assert branch.in_group(seen) == []
    assert branch.to("李小山", seen)[0].endswith("夜里不打扰，早上七点发到群里。")
    assert branch.in_group(await branch.pass_time(hours=6)) == [f"【学习心得】李小山：\n{WORDS}"]


async def test_the_curator_takes_it_or_answers_and_the_author_gets_the_answer(branch: Dialogue) -> None:
    await branch.private("李小山", f"心得 {WORDS}")
    assert branch.to("沈国栋", await branch.press("沈国栋", "回一句")) == ["想回什么？直接写，我转给本人。"]
    seen = await branch.private("沈国栋", "写得实在，谢谢。")
    assert branch.to("沈国栋", seen) == ["好，转给本人了。"]
    assert branch.to("李小山", seen) == ["支部回您的心得：\n写得实在，谢谢。"]
    await branch.private("周海", "心得 我的")
    assert "周海" in await _said(branch, "看心得", "沈国栋")
    await branch.press("沈国栋", "收下")
    assert await _said(branch, "看心得", "沈国栋") == "没有等着您看的心得。"


async def test_an_answer_may_be_given_up(branch: Dialogue) -> None:
    await branch.private("李小山", f"心得 {WORDS}")
    await branch.press("沈国栋", "回一句")
    seen = await branch.private("沈国栋", "算了")
    assert branch.to("沈国栋", seen) == ["好，不回了。"]
    assert branch.to("李小山", seen) == []


async def test_deleting_takes_it_from_the_curator_and_the_group_too(branch: Dialogue) -> None:
    card = (await branch.private("李小山", f"心得 {WORDS}"))[-1]
    await branch.press("李小山", "分享，署名")
    seen = await branch.private("李小山", "删除心得")
    assert branch.to("李小山", seen) == ["好，第 1 篇心得删了，群里和学习委员那里也看不到了。"]
    assert branch.in_group(seen) == ["【学习心得】作者收回了这一条。"]
    assert branch.to("沈国栋", seen) == ["这篇心得作者已经删了。"]
    assert await _said(branch, "我的心得") == "没有您的心得。"
    assert await _said(branch, "删除心得") == "没有您的心得。"
    assert card is not None


async def test_a_card_of_a_deleted_one_says_so(branch: Dialogue) -> None:
    seen = await branch.private("李小山", f"心得 {WORDS}")
    card: Seen = next(each for each in seen if "收下" in each.buttons)
    await branch.private("李小山", "不分享")
    await branch.private("李小山", "删除心得")
    assert branch.to("沈国栋", await branch.press("沈国栋", "收下", card)) == ["这篇心得作者已经删了。"]


async def test_of_several_one_is_named(branch: Dialogue) -> None:
    for words in ("第一", "第二"):
        await branch.private("李小山", f"心得 {words}")
    assert "请带上编号" in await _said(branch, "删除心得")
    assert "请带上编号" in await _said(branch, "删除心得 9")
    assert "第 1 篇心得删了" in await _said(branch, "删除心得 1")
    told = await _said(branch, "我的心得")
    assert "第 2 篇 2026-03-10（只给学习委员看）：第二" in told


async def test_a_long_one_comes_to_the_curator_whole_and_stays_out_of_the_group(branch: Dialogue) -> None:
    words = "春天到了，先把圈舍打扫干净。" * 60
    seen = await branch.private("李小山", f"心得 {words}")
    told = branch.to("沈国栋", seen)
    assert all(len(each) <= 200 for each in told)
    assert "".join(told).replace("\n", "").endswith(words)
    seen = await branch.press("李小山", "分享，署名")
    assert branch.in_group(seen) == []
    assert "群里放不下" in branch.to("李小山", seen)[0]


async def test_without_a_curator_the_secretary_reads_it_and_nobody_their_own(chat: Dialogue) -> None:
    assert WORDS in "".join(chat.to("王秀英", await chat.private("李小山", f"心得 {WORDS}")))
    seen = await chat.private("王秀英", f"心得 {WORDS}")
    assert [each for each in chat.to("王秀英", seen) if WORDS in each] == []


@pytest.mark.parametrize("words", ["心得", "心得 。。。"])
async def test_an_empty_one_gets_an_example(branch: Dialogue, words: str) -> None:
    assert "比如：心得" in await _said(branch, words)


async def test_five_a_day_are_enough(branch: Dialogue) -> None:
    for number in range(5):
        await branch.private("李小山", f"心得 第{number}篇")
    assert "今天交了 5 篇" in await _said(branch, "心得 第六篇")


async def test_how_to_write_one(branch: Dialogue) -> None:
    assert "三句就够" in await _said(branch, "学习体会怎么写")


@pytest.mark.parametrize("words", ["心得 大家都学学", "学习体会怎么写", "我的心得", "删除心得"])
async def test_talk_in_the_group_is_left_alone(branch: Dialogue, words: str) -> None:
    assert await branch.group("李小山", words) == []


async def test_only_the_curator_and_the_secretary_see_what_waits(branch: Dialogue) -> None:
    assert "需要" in await _said(branch, "看心得")


async def test_without_a_group_it_stays_with_the_curator(branch: Dialogue) -> None:
    await branch.private("李小山", f"心得 {WORDS}")

    async def unbind(work) -> None:  # type: ignore[no-untyped-def]
        for group in await work.chats.of_branch():
            work.chats.unbind(group.key)

    await branch.in_branch(unbind)
    assert "没有绑定群" in branch.to("李小山", await branch.press("李小山", "分享，署名"))[0]


async def test_after_a_year_it_is_gone(branch: Dialogue) -> None:
    await branch.private("李小山", f"心得 {WORDS}")
    await branch.pass_time(days=366)
    await branch.pass_time(days=1)
    assert await _said(branch, "我的心得") == "没有您的心得。"


async def test_what_is_deleted_can_neither_be_shared_nor_taken_back(branch: Dialogue) -> None:
    asked = next(each for each in await branch.private("李小山", f"心得 {WORDS}") if "分享，署名" in each.buttons)
    await branch.pass_time(minutes=1)
    await branch.private("李小山", "删除心得")
    assert branch.to("李小山", await branch.press("李小山", "分享，署名", asked)) == ["没有您的心得。"]
    await branch.private("李小山", "心得 另一篇")
    await branch.press("李小山", "分享，署名")
    await branch.private("李小山", "删除心得")
    assert "那篇心得删了，这一步撤不回来" in await _said(branch, "撤销")


async def test_a_curator_who_cannot_be_reached_yet_is_pointed_to_it_later_without_the_words(branch: Dialogue) -> None:
    async def unreachable(work) -> None:  # type: ignore[no-untyped-def]
        [account] = await work.accounts.of(branch.members["沈国栋"])
        await work.accounts.change(account.key, private_chat=None)

    await branch.in_branch(unreachable)
    await branch.private("李小山", f"心得 {WORDS}")
    seen = branch.to("沈国栋", await branch.private("沈国栋", "看心得"))
    assert f"李小山 2026-03-10：{WORDS}" in "".join(seen)
    assert "有同志交了心得，发“看心得”看。" in "".join(seen)
