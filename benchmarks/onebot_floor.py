"""The floor of the OneBot wire: a reverse WebSocket, its JSON and one transaction for all that wait. No inbox, no permissions, no outbox.

python -m benchmarks.onebot_floor PORT DATABASE
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web

TABLES = """
create table member (id integer primary key, uid integer not null unique, name text not null);
create table attendance (id integer primary key, member_id integer not null, day text not null, at real not null, unique (member_id, day));
"""


class Floor:
    """Takes 签到 and answers when the row is committed."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("pragma journal_mode=WAL")
        self._connection.execute("pragma synchronous=FULL")
        self._waiting: asyncio.Queue[int] = asyncio.Queue()

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of an implementation."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        writing = asyncio.create_task(self._answer(socket))
        async for frame in socket:
            event = json.loads(frame.data)
            if event.get("post_type") == "message" and event["raw_message"] == "签到":
                self._waiting.put_nowait(event["user_id"])
        writing.cancel()
        return socket

    async def _answer(self, socket: web.WebSocketResponse) -> None:
        numbers = 0
        while True:
            people = [await self._waiting.get()]
            while not self._waiting.empty():
                people.append(self._waiting.get_nowait())
            await asyncio.to_thread(self._commit, people)
            for user_id in people:
                numbers += 1
                message = [{"type": "text", "data": {"text": "收到，一路平安。"}}]
                asked = {"action": "send_private_msg", "params": {"user_id": user_id, "message": message}, "echo": str(numbers)}
                await socket.send_str(json.dumps(asked, ensure_ascii=False))

    def _commit(self, people: Sequence[int]) -> None:
        now = datetime.now(UTC)
        rows = [(now.date().isoformat(), time.time(), user_id) for user_id in people]
        self._connection.execute("begin immediate")
        self._connection.executemany(
            "insert into attendance (member_id, day, at) select id, ?, ? from member where uid = ? on conflict do nothing", rows
        )
        self._connection.execute("commit")


def main() -> None:
    """Listen until asked to stop."""
    port, path = int(sys.argv[1]), sys.argv[2]
    application = web.Application()
    application.router.add_get("/onebot/v11/ws", Floor(path).talk)
    web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main()
