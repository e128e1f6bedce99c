"""What QQ shows of a message: words, addresses, pictures, files, buttons; and taking messages back."""

from datetime import timedelta

import pytest

from bot.messages import Button, ChatKind, File, ReplyTo
from bot.platforms.base import NotNow, Refused, SlowDown, Temporary, Vanished
from bot.texts import Text
from tests.qq_server import Group, Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening, logged, own, said
from tests.qq_server.server import Fault

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 200_000
ROWS = ((Button(Text("武汉", "Wuhan"), "q:1"), Button(Text("南京", "Nanjing"), "q:2")),)


async def test_an_address_goes_out_spelled_and_a_registered_one_as_a_link(server: QQServer, time: Moment, person: Person) -> None:
    server.sites = ("zhibu.example.org",)
    async with listening(server, time, registered=("Zhibu.Example.org",)) as bot:
        await said(server, person)
        await bot.send(person, "网页：https://zhibu.example.org/enter/a.b?c=1", key="1")
        await bot.send(person, "新闻：https://www.news.cn/2026/a.html，还有 t.me/x 和 3.5 元", key="2")
        await bot.send(person, "假的：https://zhibu.example.org.bad.com/", key="3")
    first, second, third = server.shown(person)
    assert first == "网页：https://zhibu.example.org/enter/a.b?c=1"
    assert second == "新闻：www。news。cn/2026/a.html，还有 t。me/x 和 3.5 元\n（QQ 里点不开链接：请把地址复制到浏览器打开）"
    assert third.startswith("假的：zhibu。example。org。bad。com/\n")


async def test_an_address_that_qq_refuses_even_so_becomes_words(server: QQServer, bot: Listener, person: Person) -> None:
    server.no_addresses = True
    await said(server, person)
    with logged() as logs:
        await bot.send(person, "网页：https://zhibu.example.org/enter/secret", key="1")
    assert server.shown(person) == ["网页：（链接请看支部网页，或向书记要）"]
    first, second = server.called("messages")
    assert first["msg_seq"] != second["msg_seq"]
    assert "secret" not in str(logs)


async def test_nobody_is_called_by_what_somebody_typed(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    await bot.send(person, "他说 <qqbot-at-everyone /> 和 <@E4F4AEA33253A2797FB897C50B81D7ED>，1 < 2", key="1")
    assert server.shown(person) == ["他说 ＜qqbot-at-everyone /> 和 ＜@E4F4AEA33253A2797FB897C50B81D7ED>，1 < 2"]


async def test_a_picture_carries_its_words(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    asked = await said(server, person, group)
    await bot.send(group, "分布", key="1", picture=PNG, reply_to=ReplyTo(asked.id))
    [shown] = own(server, group)
    assert (shown.text, shown.picture, shown.passive) == ("分布", PNG, asked.id)
    [uploaded] = server.called("files")
    assert (uploaded["file_type"], uploaded["srv_send_msg"]) == (1, False)


async def test_a_file_goes_out_and_where_it_cannot_that_is_said(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    file = File("我的资料.json", b"{}", "application/json")
    await bot.send(person, "您的资料", key="1", file=file)
    assert [(each.text, each.file) for each in own(server, person)] == [("", ("我的资料.json", b"{}")), ("您的资料", None)]
    server.files = False
    await bot.send(person, "您的资料", key="2", file=file)
    told = server.shown(person)[2:]
    assert told == ["文件“我的资料.json”没能发到 QQ。请在支部网页上取，或请书记转给您。", "您的资料"]


async def test_a_picture_that_qq_does_not_take_is_told_of(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    server.fail_next("files", "400")
    await bot.send(person, "分布", key="1", picture=PNG)
    assert server.shown(person) == ["分布\n（图没能发到 QQ，请看支部网页）"]


@pytest.mark.parametrize("fault", ["500", "drop_before", "429"])
async def test_a_picture_that_did_not_get_through_is_tried_again(server: QQServer, hasty: Listener, person: Person, fault: Fault) -> None:
    await said(server, person)
    server.fail_next("files", fault)
    with pytest.raises(Temporary if fault != "429" else SlowDown):
        await hasty.send(person, "分布", key="1", picture=PNG)
    await hasty.send(person, "分布", key="1", picture=PNG)
    assert [each.picture for each in own(server, person)] == [PNG]


async def test_what_went_out_of_a_letter_is_not_said_again(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    long = "这一句话说的是回家路上的事。" * 300
    await bot.send(person, "占一条", key="1")
    await bot.send(person, "占两条", key="2")
    await bot.send(person, "占三条", key="3")
    with pytest.raises(NotNow):
        await bot.send(person, long, key="4")
    assert len(server.shown(person)) == 5
    await said(server, person)
    await bot.send(person, long, key="4")
    assert "".join(server.shown(person)[3:]) == long


async def test_buttons_are_shown_where_they_are_granted(server: QQServer, time: Moment, person: Person, group: Group) -> None:
    async with listening(server, time, markdown=True) as bot:
        assert bot.platform.capabilities(ChatKind.GROUP).buttons
        await said(server, person, group)
        await bot.send(group, "在*哪里*？\n[x](y) 1. _a_", key="1", buttons=ROWS)
        [shown] = own(server, group)
        assert (shown.text, shown.buttons) == ("在*哪里*？\n[x](y) 1. _a_", [[("武汉", "q:1"), ("南京", "q:2")]])
        press = server.press(person, shown, "q:2")
        await server.acknowledged()
        await server.until(lambda: server.presses[press])
        assert bot.taken[-1].text == "q:2"
        for number in range(5):
            await bot.send(group, "记下了", key=str(10 + number))
        assert own(server, group)[-1].passive.startswith("INTERACTION_CREATE:"), "the press may be replied to, too"


async def test_a_label_too_long_for_a_button_becomes_a_number(server: QQServer, time: Moment, person: Person) -> None:
    async with listening(server, time, markdown=True) as bot:
        await said(server, person)
        await bot.send(person, "哪一个？", key="1", buttons=((Button(Text("湖北省武汉市江夏区五里界街道", "x"), "q:1"),),))
    assert server.shown(person) == ["哪一个？\n1 湖北省武汉市江夏区五里界街道"]


async def test_markdown_that_turns_out_not_to_be_granted_becomes_text(server: QQServer, time: Moment, person: Person) -> None:
    server.markdown = False
    async with listening(server, time, markdown=True) as bot:
        await said(server, person)
        await bot.send(person, "在哪里？", key="1", buttons=ROWS)
        await bot.send(person, "在哪里？", key="2", buttons=ROWS)
        assert not bot.platform.capabilities(ChatKind.PRIVATE).buttons
    assert server.shown(person) == ["在哪里？\n1 武汉\n2 南京"] * 2
    assert [each["msg_type"] for each in server.called("messages")] == [2, 0, 0]


async def test_a_press_that_cannot_be_answered_is_acted_upon_all_the_same(server: QQServer, time: Moment, person: Person) -> None:
    async with listening(server, time, markdown=True) as bot:
        await said(server, person)
        await bot.send(person, "在哪里？", key="1", buttons=ROWS)
        server.fail_next("interactions", "500")
        server.press(person, own(server, person)[0], "q:1")
        await server.acknowledged()
        await server.until(lambda: server.called("interactions"))
        assert bot.taken[-1].text == "q:1"


# ---- taking back


async def test_somebody_elses_message_is_taken_back_by_an_administrators_bot(
    server: QQServer, bot: Listener, time: Moment, person: Person, group: Group
) -> None:
    private = await said(server, person, group, "我有件私事")
    with pytest.raises(Refused):
        await bot.send(group, remove=private.id)
    group.bot_is_admin = True
    assert await bot.send(group, remove=private.id) == private.id
    with pytest.raises(Vanished):
        await bot.send(group, remove=private.id)
    late = await said(server, person, group, "还有一件")
    time.now += timedelta(minutes=3)
    with pytest.raises(Refused):
        await bot.send(group, remove=late.id)
    assert not bot.platform.capabilities(ChatKind.PRIVATE).remove


@pytest.mark.parametrize("fault", ["hang", "500"])
async def test_a_taking_back_of_which_nothing_is_known_is_tried_again(
    server: QQServer, hasty: Listener, person: Person, group: Group, fault: Fault
) -> None:
    group.bot_is_admin = True
    private = await said(server, person, group)
    server.fail_next("delete", fault)
    with pytest.raises(Temporary):
        await hasty.send(group, remove=private.id)
