"""What the browser chat shows. It is that platform's own server side, as Telegram keeps a chat on theirs."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from storage.tables import transcript
from storage.work import Work

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_LAST = 1000
"""How far back a message is looked for that may have been shown before the process ended."""


class Transcript:
    """Messages of the browser's chats. Crosses branches: chats carry their own ids."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def last_number(self) -> int:
        """The highest number given to a message."""
        return int((await self._work.rows(select(func.max(transcript.c.number))))[0][0] or 0)

    def put(self, message_id: str, number: int, chat_id: str, at: datetime, message: dict[str, Any]) -> None:
        """Keep a message, or what it has become."""
        self._work.upsert(transcript, ["message_id"], message_id=message_id, number=number, chat_id=chat_id, at=at, message=message)

    async def get(self, message_id: str) -> dict[str, Any] | None:
        """A message by its id."""
        rows = await self._work.rows(select(transcript.c.message).where(transcript.c.message_id == message_id))
        return dict(rows[0].message) if rows else None

    async def of_letter(self, chat_id: str, letter: str) -> str | None:
        """The id of the message of a chat that a letter became; among the last, since it is asked for soon or never."""
        last = select(transcript.c.message).where(transcript.c.chat_id == chat_id).order_by(transcript.c.number.desc()).limit(_LAST)
        return next((str(row.message["id"]) for row in await self._work.rows(last) if letter and row.message.get("letter") == letter), None)

    async def remove(self, message_id: str) -> None:
        """Drop one message."""
        await self._work.change(delete(transcript).where(transcript.c.message_id == message_id))

    async def forget_before(self, at: datetime) -> None:
        """Drop messages older than a moment."""
        await self._work.change(delete(transcript).where(transcript.c.at < at))

    async def forget_chat(self, chat_id: str) -> None:
        """Drop a chat."""
        await self._work.change(delete(transcript).where(transcript.c.chat_id == chat_id))


async def of_chat(connection: "AsyncConnection", chat_id: str, limit: int) -> list[dict[str, Any]]:
    """The last messages of a chat, the oldest first; for pages, so it is read beside the writer."""
    statement = select(transcript.c.message).where(transcript.c.chat_id == chat_id).order_by(transcript.c.number.desc()).limit(limit)
    return [dict(row.message) for row in reversed((await connection.execute(statement)).all())]
