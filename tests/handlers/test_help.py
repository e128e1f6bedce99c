"""帮助, as people meet it."""

from bot.permissions import Permission, Role, holders
from handlers.help import DAILY, TOPICS
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere


async def _pages(chat: Dialogue, person: str, words: str = "帮助 全部") -> list[str]:
    seen = await chat.private(person, words)
    texts = chat.to(person, seen)
    while "下一页" in seen[-1].buttons:
        seen = await chat.private(person, "下一页")
        texts += chat.to(person, seen)
    return texts


async def test_a_member_sees_a_members_words_in_short_pages(chat: Dialogue) -> None:
    pages = await _pages(chat, "李小山")
    told = "\n".join(pages)
    assert all(len(page) <= 200 for page in pages)
    assert "签到：报一声平安" in told
    assert "撤销：" in told
    for word in ("补录", "签到情况", "未送达", "很久没消息", "强制签到"):
        assert word not in told


async def test_first_come_the_daily_words_and_a_button_for_each_matter(chat: Dialogue) -> None:
    (seen,) = await chat.private("李小山", "帮助")
    assert len(seen.text) <= 200
    assert len(seen.en) <= 450
    assert [word for word in DAILY if f"{word}：" not in seen.text] == []
    assert seen.buttons == ("党费", "学习", "互助", "公告和位置", "我的设置")
    (secretary,) = await chat.private("王秀英", "帮助")
    assert "支部工作" in secretary.buttons


async def test_a_button_or_the_name_of_a_matter_lists_its_words(chat: Dialogue) -> None:
    await chat.private("李小山", "帮助")
    pressed = chat.to("李小山", await chat.press("李小山", "互助"))
    assert "求助：" in pressed[0]
    named = await _pages(chat, "李小山", "帮助 学习")
    assert "三分钟党课：" in "\n".join(named)
    assert "党费：" not in "\n".join(named)
    assert all(len(page) <= 200 for page in named)


async def test_after_the_menu_a_word_it_tells_to_send_is_that_command(chat: Dialogue) -> None:
    for word, told in (("党费", "您的党费"), ("求助", "是哪方面的事"), ("公告和位置", "发这些词")):
        await chat.private("李小山", "帮助")
        assert told in chat.to("李小山", await chat.private("李小山", word))[0]
    await chat.private("李小山", "家里发大水，缺人手")
    for _ in range(3):
        await chat.private("李小山", "飞机场的云彩真软")
    await chat.private("李小山", "帮助")
    assert "发这些词" not in chat.to("李小山", await chat.private("李小山", "求助"))[0]


async def test_every_matter_of_a_permission_stands_under_a_topic() -> None:
    matters = {each.value.split(":")[0] for each in Permission if each not in {Permission.JOBS, Permission.FOUND}}
    assert matters == frozenset().union(*(topic.matters for topic in TOPICS))


async def test_each_role_sees_what_it_may(chat: Dialogue) -> None:
    liaison, secretary = "\n".join(await _pages(chat, "孙丽")), "\n".join(await _pages(chat, "王秀英"))
    assert "很久没消息" in liaison
    assert "签到情况" not in liaison
    assert all(word in secretary for word in ("签到情况", "很久没消息", "未送达", "补录"))


async def test_every_command_a_secretary_may_use_is_listed(chat: Dialogue) -> None:
    told = "\n".join(await _pages(chat, "王秀英"))
    commands = [each for each in chat.app.registry.commands if Role.SECRETARY in holders(each.needs)]
    listed = [each for each in commands if not each.hidden and each.where != "group"]
    assert [each.word for each in listed if f"{each.word}：" not in told] == []


async def test_in_the_group_it_is_two_lines(chat: Dialogue) -> None:
    said = chat.in_group(await chat.group("李小山", "帮助"))
    assert len(said) == 1
    assert "签到" in said[0]
    assert "其余的私聊我发“帮助”" in said[0]
    assert said[0].count("\n") < 3
    assert "我的" not in said[0]


async def test_one_word_is_explained_with_its_other_names(chat: Dialogue) -> None:
    (told,) = chat.to("李小山", await chat.private("李小山", "帮助 签到"))
    assert told.startswith("签到：")
    assert "/checkin" in told
    assert "报平安" in told
    (told,) = chat.to("李小山", await chat.private("李小山", "/help 安静"))
    assert "写法：安静 22-7" in told


async def test_a_word_of_another_role_says_who_may(chat: Dialogue) -> None:
    assert "书记" in "".join(chat.to("李小山", await chat.private("李小山", "帮助 未送达")))


async def test_an_unknown_word_says_so_in_private_and_nothing_in_the_group(chat: Dialogue) -> None:
    assert chat.to("李小山", await chat.private("李小山", "帮助 飞天")) == ["没有“飞天”这个词。发“帮助”看全部。"]
    assert await chat.group("李小山", "帮助 老王搬家") == []


async def test_a_stranger_gets_one_sentence_a_day(chat: Dialogue) -> None:
    assert ["我还不认识您" in each.text for each in await chat.private("路人", "帮助")] == [True]
    assert await chat.private("路人", "帮助") == []
    await chat.pass_time(days=1)
    assert len(await chat.private("路人", "帮助")) == 1


async def test_a_stranger_in_the_group_is_answered_only_when_speaking_to_the_bot(chat: Dialogue) -> None:
    assert await chat.group("路人", "帮助") == []
    assert len(await chat.group("路人", "@支部机器人 帮助")) == 1


async def test_an_officer_meets_the_words_of_the_office_first(chat: Dialogue) -> None:
    await chat.join("沈国栋", "member", "curator")
    for person, words in (
        ("王秀英", ("待办", "公告", "很久没消息", "待核实")),
        ("赵国强", ("待办", "待确认", "党费情况", "催缴")),
        ("沈国栋", ("待办", "排课", "早班车", "学习情况")),
    ):
        (seen,) = await chat.private(person, "帮助")
        assert seen.text.startswith(f"您的工作常用：{'、'.join(words)}。\n")
        assert len(seen.text) <= 200
        assert len(seen.en) <= 450
        pressed = (await chat.press(person, "支部工作"))[-1].text
        assert [line.split("：")[0] for line in pressed.split("\n")[1:5]] == list(words)
    assert (await _pages(chat, "赵国强", "帮助 党费"))[0].split("\n")[1].startswith("待确认：")


async def test_in_a_group_where_only_its_name_is_heard_the_help_says_so(chat: Dialogue) -> None:
    async def known(work: UnitOfWork) -> None:
        for platform in ("wecom", "onebot"):
            work.chats.bind(ChatKey(platform, "main", "g9"), "红旗村支部群")
            work.accounts.bind(Elsewhere(chat, "77", platform).key, chat.members["李小山"], "u77")

    await chat.in_branch(known)
    assert "在群里@我说：签到" in (await Elsewhere(chat, "77", "wecom").says("帮助", "g9", mentioned=True))[0]
    assert "在群里直接说：签到" in (await Elsewhere(chat, "77", "onebot").says("帮助", "g9", mentioned=True))[0]
