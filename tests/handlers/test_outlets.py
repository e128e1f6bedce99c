"""绑定推送: a push-only group is bound by its name, gets what the branch posts, and is let go again."""

from bot.services import outlets
from storage.keys import ChatKey
from tests.dialogue import Dialogue


async def _bound(chat: Dialogue) -> list[tuple[ChatKey, str]]:
    return await chat.in_branch(_of)  # type: ignore[no-any-return]


async def _of(work: object) -> list[tuple[ChatKey, str]]:
    return [(each.key, each.title) for each in await work.chats.of_branch()]  # type: ignore[attr-defined]


async def test_a_secretary_binds_an_outlet_by_its_name_and_lets_it_go(chat: Dialogue) -> None:
    await chat.run(outlets.note, ["支部群", "别的群"])
    [asked] = await chat.private("王秀英", "绑定推送 支部群")
    assert "支部群" in asked.text
    [done] = await chat.private("王秀英", "对")
    assert done.text.startswith("绑定好了")
    assert (ChatKey("wecom", "webhook", "支部群"), "支部群") in await _bound(chat)
    [refused] = await chat.private("王秀英", "绑定推送 支部群")
    assert "已经绑定" in refused.text
    await chat.private("王秀英", "撤销")
    assert ChatKey("wecom", "webhook", "支部群") not in dict(await _bound(chat))


async def test_a_name_that_the_configuration_does_not_have_is_not_bound(chat: Dialogue) -> None:
    await chat.run(outlets.note, ["支部群"])
    [told] = await chat.private("王秀英", "绑定推送 别的")
    assert "没有叫这个名字的推送" in told.text
    [asked] = await chat.private("王秀英", "绑定推送")
    assert "名字" in asked.text
    assert len(await _bound(chat)) == 1


async def test_who_says_no_changes_nothing(chat: Dialogue) -> None:
    await chat.run(outlets.note, ["支部群"])
    await chat.private("王秀英", "绑定推送 支部群")
    [told] = await chat.private("王秀英", "取消")
    assert told.text == "好，没有动。"
    assert len(await _bound(chat)) == 1


async def test_an_outlet_of_another_branch_is_not_taken(chat: Dialogue) -> None:
    await chat.run(outlets.note, ["支部群"])
    await chat.private("王秀英", "绑定推送 支部群")
    await chat.private("王秀英", "对")
    await chat.another_branch("东风社区支部", {"钱进": ["member", "secretary"]})
    [told] = await chat.private("钱进", "绑定推送 支部群")
    assert "别的支部" in told.text


async def test_a_member_without_the_right_is_told_so(chat: Dialogue) -> None:
    await chat.run(outlets.note, ["支部群"])
    [told] = await chat.private("李小山", "绑定推送 支部群")
    assert "书记" in told.text
