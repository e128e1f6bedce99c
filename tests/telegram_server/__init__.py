"""Our own Bot API server on the loopback: the real protocol, as strict as the real one, with controls for tests.

async with TelegramServer() as server:
    user, group = server.user("李建国"), server.add_group("测试支部")
    ... TelegramPlatform(server.token, base_url=server.base_url, …) ...
    server.say(user, group, "@zhibu_bot 报到")
    await server.until(lambda: server.messages(group))
"""

from tests.telegram_server.model import ApiError, Group, Message, User
from tests.telegram_server.server import TelegramServer

__all__ = ["ApiError", "Group", "Message", "TelegramServer", "User"]
