"""Euler, an implementation of OneBot that the project did not know, where NapCat would be: under our adapter, and under the whole bot."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks import world
from benchmarks.onebot import QQ
from benchmarks.world import World
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import ChatKind, Outgoing, Parcel, ReplyTo
from bot.sections.onebot import OneBot
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import listening
from tests.peers.proofs import Far, free_port, proves

EULER = "euler-onebot + lagrange-python"


@proves(
    EULER, "an implementation that the project does not know under our bot (forward WebSocket): heard in a group and in private, answered"
)
async def euler_under_our_bot() -> str:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Far.python("euler.py", port, folder=Path(folder)) as far,
            OneBotServer(90_001) as server,
            listening(server, "forward", connect=False, url=f"ws://127.0.0.1:{port}/") as ours,
        ):
            await _until(ours.platform.reachable)
            await far.tell(seq=1, user=10_001, group=200_001, text=" 报到 武汉")
            await far.tell(seq=2, user=10_001, text="请假")
            await _until(lambda: len(ours.taken) == 2)
            heard = {each.chat.key.chat_id: each for each in ours.taken}
            assert (heard["g200001"].text.strip(), heard["u10001"].text) == ("报到 武汉", "请假"), ours.texts()
            for chat, kind in (("g200001", ChatKind.GROUP), ("u10001", ChatKind.PRIVATE)):
                sent = await ours.platform.send(_parcel(chat, kind, "已报到[1]&,", heard[chat].message_id))
                assert sent, "no id of the message sent"
                told = await far.next("sent")
                assert told["text"].endswith("已报到[1]&,"), told
            return f"2 heard, 2 sent ({', '.join(told['elements'])}); no first event, unknown actions not answered: no harm"


@proves(EULER, "under the whole bot: somebody says 签到 in private, the row is committed, the answer arrives at QQ")
async def euler_under_the_whole_bot() -> str:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/zhibu.db"
        people = World(groups=1, people=3)
        await world.build(url, people, place=QQ)
        line = OneBot(accounts=(QQ.instance,), mode="forward", urls=(f"ws://127.0.0.1:{port}/",), jitter=0)
        app = App(Settings(database=DatabaseSection(url=url), web=Web(port=0, chat=False), onebot=line))
        async with Far.python("euler.py", port, folder=Path(folder)) as far:
            await app.open()
            await app.start()
            try:
                await _until(app.platforms[0].reachable)
                answers = []
                for number, person in enumerate(people.everybody()):
                    await far.tell(seq=number, user=person.user_id, text="签到")
                    answers.append((await far.next("sent", user=f"u_{person.user_id}"))["text"])
            finally:
                await app.stop()
        with closing(sqlite3.connect(f"{folder}/zhibu.db")) as reading:
            stored = reading.execute("select count(*) from check_in").fetchone()[0]
    assert stored == people.people, stored
    return f"{stored} said it, {stored} rows, answered “{answers[-1]}”"


def _parcel(chat: str, kind: ChatKind, words: str, message_id: str) -> Parcel:
    said = Outgoing(Text(words, words), reply_to=ReplyTo(message_id) if message_id else None)
    return Parcel(ChatKey("onebot", "90001", chat), kind, said, Language.ZH)


async def _until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not happened():
            await asyncio.sleep(0.02)
