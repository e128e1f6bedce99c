"""WeCom: its official client on our counterpart's long connection; the encryption of callbacks by two libraries, both ways."""

import pytest

from tests.peers.proofs import Far, proves
from tests.wecom_server import WeComServer

SDK = "@wecom/aibot-node-sdk"
CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "平安吗"},
    "button_list": [{"text": "平安", "style": 1, "key": "safe"}, {"text": "要帮忙", "style": 1, "key": "help"}],
    "task_id": "task-1",
}


def client(server: WeComServer, secret: str = "") -> Far:
    """The official client, connecting to our counterpart."""
    return Far.node(server.long_url, server.bot_id, secret or server.secret)


@proves(SDK, "subscribes to our counterpart; a message in a group is heard and answered by a stream in two steps")
async def talks() -> str:
    async with WeComServer() as server, client(server) as far:
        await far.next("authenticated")
        person, group = server.person("LiXiaoShan"), server.group("测试支部")
        msgid = await server.say(person, "@助手 报到 武汉", group)
        heard = await far.next("message")
        assert heard == heard | {"chattype": "group", "user": "LiXiaoShan", "text": "@助手 报到 武汉", "msgid": msgid}, heard
        await far.next("answered")
        assert [each.text for each in group.shown if each.by == "bot"] == ["正在看", "收到：@助手 报到 武汉"]
        await server.say(person, "请假")
        assert (await far.next("message"))["chattype"] == "single"
        await far.next("answered")
        return f"{len(server.frames)} frames, {len(server.acks)} acknowledged; a group and a private chat"


@proves(SDK, "pushes Markdown, a card with buttons and a file into our counterpart's group; a press is heard and the card changed")
async def pushes() -> str:
    async with WeComServer() as server, client(server) as far:
        await far.next("authenticated")
        person, group = server.person("ZhouHai"), server.group("测试支部", conversed=True)
        await far.tell(push=group.id, content="**党费提醒**")
        await far.next("pushed")
        await far.tell(push=group.id, card=CARD)
        await far.next("pushed")
        await server.press(person, "task-1", "safe", group)
        assert (await far.next("pressed"))["key"] == "safe"
        await far.next("updated")
        await far.tell(push=group.id, file=600_000)
        await far.next("pushed")
        shown = group.shown[-1]
        assert (shown.kind, shown.name, len(shown.content)) == ("file", "通知.txt", 600_000), (shown.kind, shown.name)
        return "Markdown, a card, its change, a file in two chunks"


@proves(
    SDK, "welcomes who enters; pings are answered; a bad secret, a chat never spoken in and a second program are told as WeCom tells them"
)
async def is_refused() -> str:
    async with WeComServer() as server, client(server) as far:
        await far.next("authenticated")
        person, silent = server.person("ChenLiFu"), server.group("没说过话")
        await server.enter(person)
        await far.next("welcomed")
        await server.until(lambda: [each for each in server.frames if each["cmd"] == "ping"])
        await far.tell(push=silent.id, content="早上好")
        with pytest.raises(AssertionError, match="no conversation with the bot"):
            await far.next("pushed")
        async with client(server, "wrong") as stranger:
            assert "credential" in str((await stranger.next("error"))["words"])
        async with client(server) as second:
            await second.next("authenticated")
            assert (await far.next("event", type="disconnected_event"))["type"]
        return "enter_chat, ping, 93006, 40001, disconnected_event"
