"""Our own WeCom on the loopback: the long connection of a 智能机器人, webhooks, the API of a self-built app and its callbacks.

async with WeComServer() as server:
    person, group = server.person("LiXiaoShan"), server.group("测试支部")
    ... WeComBot(server.bot_id, server.secret, url=server.long_url, …) ...
    await server.say(person, "@助手 报到", group)
    await server.until(lambda: group.shown)
"""

from tests.wecom_server.model import Group, Person, Shown, WeComError
from tests.wecom_server.server import WeComServer

__all__ = ["Group", "Person", "Shown", "WeComError", "WeComServer"]
