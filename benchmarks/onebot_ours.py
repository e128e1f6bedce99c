"""Our bot as a process of its own, for the bench over the OneBot wire: the whole program, listening for one account's reverse WebSocket.

    python -m benchmarks.onebot_ours PORT DATABASE_ADDRESS

The limits of the platform are out of the way, as the naive bot knows none.
"""

import asyncio
import signal
import sys

from pydantic import SecretStr

from benchmarks.measuring import quiet
from benchmarks.onebot_driver import SELF_ID, TOKEN
from benchmarks.ours import Time
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.operations.serving import settle
from bot.sections.onebot import OneBot

_NO_END = 10**9


async def _run(port: int, url: str) -> None:
    line = OneBot(
        accounts=(str(SELF_ID),),
        token=SecretStr(TOKEN),
        jitter=0,
        chat_per_second=_NO_END,
        group_per_minute=_NO_END,
        all_per_second=_NO_END,
        all_per_minute=_NO_END,
        private_per_minute=_NO_END,
    )
    app = App(Settings(database=DatabaseSection(url=url), web=Web(port=port, chat=False), onebot=line), Time())
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await app.open()
    await app.start()
    settle()
    await stopping.wait()
    await app.stop()


def main() -> None:
    """Serve until asked to stop."""
    quiet()
    asyncio.run(_run(int(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
