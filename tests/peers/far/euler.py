"""Euler OneBot, an implementation of OneBot v11 in Python, without an account: QQ itself is the class below, all after it is Euler's.

    python euler.py PORT      in a folder of its own, where Euler keeps its configuration

Asked by JSON lines what happens at QQ; tells what the bot sent there. Euler speaks as the server of a forward WebSocket, tells of no
beginning of a connection, answers some actions by 1404 and unknown ones not at all.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from lines import asked, tell

Path("appconfig.json").write_text(
    json.dumps(
        {
            "log_level": "CRITICAL",
            "log_nf": False,
            "connections": [{"type": "ForwardWebSocket", "url": f"http://127.0.0.1:{sys.argv[1]}"}],
            "login": {"uin": 90001},
            "heartbeat": {"enabled": True, "interval": 1000},
        }
    ),
    encoding="utf-8",
)
from euleronebot.hyperogger import Logger  # noqa: E402  Euler reads its configuration when it is imported

Logger.create("euler", "CRITICAL", use_nf=False)
from euleronebot.config import load_config  # noqa: E402
from euleronebot.onebot import Adapter  # noqa: E402
from euleronebot.protocol import LagrangeProtocol  # noqa: E402
from lagrange.client.events.friend import FriendMessage  # noqa: E402
from lagrange.client.events.group import GroupMessage  # noqa: E402
from lagrange.client.message.elems import At, Text  # noqa: E402


class QQ:
    """What stands where lagrange's client would be: it is told what goes out, and knows everybody."""

    uin = 90001
    uid = "u_90001"

    def __init__(self):
        self.sent = 0

    async def send_friend_msg(self, msg_chain, uid):
        return self._out(msg_chain, user=uid)

    async def send_grp_msg(self, msg_chain, grp_id):
        return self._out(msg_chain, group=grp_id)

    async def recall_grp_msg(self, grp_id, seq):
        tell("recalled", group=grp_id, seq=seq)

    async def get_user_info(self, _):
        return SimpleNamespace(name="李小山", age=30, country="", province="", city="", sex=SimpleNamespace(name="notset"))

    async def get_grp_member_info(self, *_):
        return SimpleNamespace(body=[SimpleNamespace(is_owner=False, is_admin=False, name=None, level=None)])

    def _out(self, chain, **where):
        self.sent += 1
        tell("sent", elements=[type(each).__name__ for each in chain], text="".join(each.display for each in chain), **where)
        return self.sent


async def main():
    protocol = LagrangeProtocol(Adapter(load_config("./appconfig.json").connections))
    protocol.lag.client = client = QQ()
    await protocol.adapter.setup()
    running = [asyncio.create_task(each) for each in (protocol.adapter.cycle(), protocol.api_service(), protocol.heartbeat())]
    tell("started")
    async for happened in asked():
        number, user, words = happened["seq"], happened["user"], happened["text"]
        if group := happened.get("group"):
            chain = [At(text="@支部", uin=client.uin, uid=client.uid), Text(text=words)]
            event = GroupMessage(
                uin=user,
                uid=f"u_{user}",
                seq=number,
                time=int(time.time()),
                rand=1,
                sub_id=1,
                sender_type=1,
                msg=f"@支部{words}",
                msg_chain=chain,
                grp_id=group,
                grp_name="支部群",
                nickname="李小山",
            )
            await protocol.grp_msg_handler(client, event)
        else:
            event = FriendMessage(
                from_uin=user,
                from_uid=f"u_{user}",
                to_uin=client.uin,
                to_uid=client.uid,
                seq=number,
                msg_id=number,
                timestamp=int(time.time()),
                msg=words,
                msg_chain=[Text(text=words)],
            )
            await protocol.pri_msg_handler(client, event)
    for task in running:
        task.cancel()


asyncio.run(main())
