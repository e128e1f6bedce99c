"""Our own QQ open platform on the loopback: the real protocol of API v2, as strict as the real one, with controls for tests.

async with QQServer(clock) as server:
    person, group = server.person("李小山"), server.group("红旗村支部群")
    server.webhook = "http://127.0.0.1:…/qq/main"
    server.say(person, "签到", group)
    await server.acknowledged()
    assert server.shown(group) == ["…"]
"""

from tests.qq_server.model import Group, Message, Person
from tests.qq_server.server import QQServer

__all__ = ["Group", "Message", "Person", "QQServer"]
