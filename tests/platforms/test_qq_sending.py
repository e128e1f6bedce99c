"""Sending through QQ: in which time, under which number, and what each refusal means."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.messages import Button, ChatKind, File, ReplyTo
from bot.platforms.base import NotNow, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable, Vanished
from bot.texts import Text
from tests.qq_server import Group, Message, Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening, logged
from tests.qq_server.model import Place
from tests.qq_server.server import Fault

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 200_000
ROWS = ((Button(Text("武汉", "Wuhan"), "q:1"), Button(Text("南京", "Nanjing"), "q:2")),)


@pytest.fixture
def time() -> Moment:
    return Moment()


@pytest.fixture
async def server(time: Moment) -> AsyncIterator[QQServer]:
    async with QQServer(time) as running:
        yield running


@pytest.fixture
async def bot(server: QQServer, time: Moment) -> AsyncIterator[Listener]:
    async with listening(server, time) as listener:
        yield listener


@pytest.fixture
async def hasty(server: QQServer, time: Moment) -> AsyncIterator[Listener]:
    """A bot that waits a fifth of a second for an answer."""
    async with listening(server, time, answer_seconds=0.2) as listener:
        yield listener


@pytest.fixture
def person(server: QQServer) -> Person:
    return server.person("李小山")


@pytest.fixture
def group(server: QQServer) -> Group:
    return server.group("红旗村支部群")


async def said(server: QQServer, person: Person, group: Group | None = None, text: str = "签到") -> Message:
    message = server.say(person, text, group)
    await server.acknowledged()
    return message


def own(server: QQServer, place: Place) -> list[Message]:
    return [each for each in server.messages(place) if each.sender is None]


async def test_each_reply_to_a_message_has_a_number_of_its_own(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    asked = await said(server, person, group)
    for number in range(5):
        await bot.send(group, f"答 {number}", key=str(100 + number), reply_to=ReplyTo(asked.id))
    sent = server.called("messages")
    assert {each["msg_id"] for each in sent} == {asked.id}
    assert len({each["msg_seq"] for each in sent}) == 5
    assert all(each["msg_seq"] >= 1 for each in sent)
    with pytest.raises(NotNow):
        await bot.send(group, "第六条", key="105", reply_to=ReplyTo(asked.id))
    assert len(server.called("messages")) == 5, "we know that it has had its five"


@pytest.mark.parametrize(("kind", "span"), [(ChatKind.GROUP, 5), (ChatKind.PRIVATE, 60)])
async def test_replies_go_out_in_their_time_and_not_after_it(
    server: QQServer, bot: Listener, time: Moment, person: Person, group: Group, kind: ChatKind, span: int
) -> None:
    place: Place = group if kind is ChatKind.GROUP else person
    await said(server, person, group if kind is ChatKind.GROUP else None)
    time.now += timedelta(minutes=span, seconds=-1)
    await bot.send(place, "还来得及", key="1")
    time.now += timedelta(seconds=1)
    with pytest.raises(NotNow):
        await bot.send(place, "晚了", key="2")
    await said(server, person, group if kind is ChatKind.GROUP else None)
    await bot.send(place, "又可以了", key="2")
    assert server.shown(place) == ["还来得及", "又可以了"]
    assert server.called("bot_state") == ([{}] if kind is ChatKind.GROUP else []), "asked once, then remembered"


async def test_a_reply_hangs_on_what_it_answers_and_on_the_newest_when_that_is_over(
    server: QQServer, bot: Listener, time: Moment, person: Person, group: Group
) -> None:
    first = await said(server, person, group)
    time.now += timedelta(minutes=4)
    second = await said(server, person, group)
    await bot.send(group, "答第一个", key="1", reply_to=ReplyTo(first.id))
    time.now += timedelta(minutes=2)
    await bot.send(group, "还是答第一个", key="2", reply_to=ReplyTo(first.id))
    await bot.send(group, "没有问谁", key="3")
    assert [each.passive for each in own(server, group)] == [first.id, second.id, second.id]


async def test_what_comes_twice_gets_no_replies_twice(server: QQServer, bot: Listener, person: Person) -> None:
    asked = await said(server, person)
    for number in range(5):
        await bot.send(person, f"{number}", key=str(number))
    await server.post({"op": 0, "id": "x", "t": "C2C_MESSAGE_CREATE", "d": {"id": asked.id, "author": {"user_openid": person.user_openid}}})
    with pytest.raises(NotNow):
        await bot.send(person, "六", key="6")
    assert len(bot.taken) == 1


async def test_the_same_letter_has_the_same_number_and_is_shown_once(server: QQServer, hasty: Listener, person: Person) -> None:
    await said(server, person)
    server.fail_next("messages", "drop_after")
    assert await hasty.send(person, "扣了 5 元党费", key="7")
    first, second = server.called("messages")
    assert first == second, "the answer stayed away, so it was asked for once more under the same number"
    assert server.shown(person) == ["扣了 5 元党费"]


@pytest.mark.parametrize("fault", ["hang", "drop_after", "garbage", "nameless"])
async def test_where_no_answer_comes_twice_it_is_uncertain_and_the_next_try_finds_out(
    server: QQServer, hasty: Listener, person: Person, fault: Fault
) -> None:
    await said(server, person)
    server.fail_next("messages", fault, times=2)
    with pytest.raises(Uncertain):
        await hasty.send(person, "收到", key="7")
    await said(server, person, text="在吗")
    assert await hasty.send(person, "收到", key="7", again=True)
    assert server.shown(person) == ["收到"], "it hung on the same message as before"


async def test_nothing_unasked_is_repeated_by_itself(server: QQServer, hasty: Listener, group: Group) -> None:
    group.allow_proactive = True
    server.fail_next("messages", "hang")
    with pytest.raises(Uncertain):
        await hasty.send(group, "公告", key="7")
    assert len(server.called("messages")) == 1


FAILURES: list[tuple[Fault, type[SendError]]] = [
    ("429", SlowDown),
    ("500", Temporary),
    ("502_page", Temporary),
    ("400", Refused),
]


@pytest.mark.parametrize(("fault", "error"), FAILURES)
async def test_a_failure_says_what_may_be_done(
    server: QQServer, bot: Listener, person: Person, fault: Fault, error: type[SendError]
) -> None:
    await said(server, person)
    server.fail_next("messages", fault)
    with pytest.raises(error) as raised:
        await bot.send(person, "收到", key="7")
    if isinstance(raised.value, SlowDown):
        assert raised.value.wait == timedelta(seconds=3)
        assert not raised.value.everywhere
    assert await bot.send(person, "收到", key="7")
    assert server.shown(person) == ["收到"]


async def test_what_certainly_did_not_go_out_costs_no_reply(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    server.fail_next("messages", "429", times=6)
    for _ in range(6):
        with pytest.raises(SlowDown):
            await bot.send(person, "收到", key="7")
    for number in range(5):
        await bot.send(person, f"{number}", key=str(number))


async def test_a_server_that_is_not_there_is_temporary_and_the_token_is_fetched_anew(
    server: QQServer, bot: Listener, person: Person
) -> None:
    await said(server, person)
    await bot.send(person, "一", key="1")
    await server.down()
    for _ in range(2):
        with pytest.raises(Temporary):
            await bot.send(person, "二", key="2")
    await server.up()
    await bot.send(person, "二", key="2")
    assert server.shown(person) == ["一", "二"]


# ---- what nobody asked for


async def test_a_group_that_takes_pushes_is_asked_once_and_gets_them(server: QQServer, bot: Listener, time: Moment, group: Group) -> None:
    group.allow_proactive = True
    await bot.send(group, "早安", key="1")
    await bot.send(group, "公告", key="2")
    assert server.shown(group) == ["早安", "公告"]
    assert len(server.called("bot_state")) == 1
    assert not {"msg_id", "event_id", "msg_seq"} & server.called("messages")[0].keys()
    time.now += timedelta(hours=7)
    await bot.send(group, "晚安", key="3")
    assert len(server.called("bot_state")) == 2


async def test_where_qq_tells_nothing_of_pushes_there_are_none(server: QQServer, bot: Listener, group: Group) -> None:
    server.tells_state = False
    group.allow_proactive = True
    for _ in range(2):
        with pytest.raises(NotNow):
            await bot.send(group, "公告", key="1")
    assert len(server.called("bot_state")) == 1
    assert server.called("messages") == []


async def test_what_a_group_lets_in_changes_by_its_callbacks(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    with pytest.raises(NotNow):
        await bot.send(group, "公告", key="1")
    server.changes("GROUP_MSG_RECEIVE", person, group)
    await server.acknowledged()
    assert [each.kind.value for each in bot.taken] == ["opened"]
    for number in range(7):
        await bot.send(group, f"公告 {number}", key=str(number))
    assert len(server.shown(group)) == 7, "five hang on the event, the others on nothing"
    server.changes("GROUP_MSG_REJECT", person, group)
    await server.acknowledged()
    with pytest.raises(NotNow):
        await bot.send(group, "公告", key="9")
    assert len(server.called("messages")) == 7


async def test_a_replayed_change_does_not_undo_a_later_one(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    rejected = server.changes("GROUP_MSG_REJECT", person, group)
    server.changes("GROUP_MSG_RECEIVE", person, group)
    await server.acknowledged()
    await server.post(rejected)
    for number in range(6):
        await bot.send(group, f"{number}", key=str(number))


async def test_a_permission_that_is_withdrawn_unseen_is_learned_by_the_refusal(server: QQServer, bot: Listener, group: Group) -> None:
    group.allow_proactive = True
    await bot.send(group, "一", key="1")
    group.allow_proactive = False
    for number in (2, 3):
        with pytest.raises(NotNow):
            await bot.send(group, "二", key=str(number))
    assert len(server.called("messages")) == 2, "the third was not even tried"


async def test_a_used_up_quota_waits(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    group.allow_proactive, server.pushes_left = True, 1
    await bot.send(group, "一", key="1")
    with pytest.raises(NotNow):
        await bot.send(group, "二", key="2")
    await said(server, person, group)
    await bot.send(group, "二", key="2")


async def test_a_private_chat_waits_unless_the_configuration_says_otherwise(server: QQServer, time: Moment, person: Person) -> None:
    person.takes_pushes = True
    async with listening(server, time) as bot:
        assert not bot.platform.capabilities(ChatKind.PRIVATE).push
        with pytest.raises(NotNow):
            await bot.send(person, "提醒", key="1")
    async with listening(server, time, private_pushes=True) as bot:
        assert bot.platform.capabilities(ChatKind.PRIVATE).push
        await bot.send(person, "提醒", key="1")
        server.changes("C2C_MSG_REJECT", person)
        await server.acknowledged()
        with pytest.raises(NotNow):
            await bot.send(person, "提醒", key="2")


async def test_a_person_who_lets_messages_in_gets_them(server: QQServer, bot: Listener, time: Moment, person: Person) -> None:
    server.changes("C2C_MSG_RECEIVE", person)
    await server.acknowledged()
    time.now += timedelta(hours=2)
    await bot.send(person, "提醒", key="1")
    assert own(server, person)[0].passive == ""


async def test_who_deleted_the_bot_is_unreachable_until_they_come_back(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    server.changes("FRIEND_DEL", person)
    await server.acknowledged()
    with pytest.raises(Unreachable):
        await bot.send(person, "在吗", key="1")
    assert server.called("messages") == []
    server.changes("FRIEND_ADD", person)
    await server.acknowledged()
    await bot.send(person, "您好", key="1")
    assert [each.kind.value for each in bot.taken] == ["message", "blocked", "unblocked"]


async def test_a_group_the_bot_was_thrown_out_of_unseen_is_unreachable(
    server: QQServer, bot: Listener, person: Person, group: Group
) -> None:
    asked = await said(server, person, group)
    group.bot_inside = False
    with pytest.raises(Unreachable):
        await bot.send(group, "在吗", key="1", reply_to=ReplyTo(asked.id))
    other = server.group("别的群", bot_inside=False)
    with pytest.raises(Unreachable):
        await bot.send(other, "在吗", key="2")


async def test_a_group_that_keeps_the_bot_silent_is_written_to_later(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    await said(server, person, group)
    group.muted = True
    with pytest.raises(NotNow):
        await bot.send(group, "在吗", key="1")


# ---- words, pictures, files, buttons


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


async def test_letters_to_many_chats_at_once_ask_for_one_token(server: QQServer, time: Moment) -> None:
    async with listening(server, time) as bot:
        people = [server.person(f"第{number}位") for number in range(20)]
        for each in people:
            server.say(each, "签到")
        await server.acknowledged()
        server.tokens.clear()
        before = len(server.called("token"))
        await asyncio.gather(*(bot.send(each, "收到", key=str(at)) for at, each in enumerate(people)))
        assert len(server.called("token")) == before + 1
        assert all(server.shown(each) == ["收到"] for each in people)
