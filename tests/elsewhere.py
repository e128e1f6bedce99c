"""Somebody on another platform than the browser chat: what they send goes through the real router, what is queued for them is read."""

from sqlalchemy import select

from bot.messages import Chat, ChatKind, EventKind, Incoming, Sender
from storage.keys import AccountKey, ChatKey, EventKey
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

GROUP = "-100"


class Elsewhere:
    """One account of a platform that nobody carries for, so that its letters stay where a test can see them."""

    def __init__(self, chat: Dialogue, user: str = "7001", platform: str = "telegram", name: str = "") -> None:
        self.chat = chat
        self.key = AccountKey(platform, "main", user)
        self.name = name
        self._events = 0

    def place(self, group: str | None = None, title: str = "") -> Chat:
        """The private chat with the bot, or a group."""
        key = ChatKey(self.key.platform, self.key.instance, group or self.key.user_id)
        return Chat(key, ChatKind.GROUP if group else ChatKind.PRIVATE, title)

    async def says(self, text: str, group: str | None = None, title: str = "", *, mentioned: bool = False) -> list[str]:
        """Say something; answers what is newly queued for that chat, and in what state where that is not `waiting`."""
        return await self.does(EventKind.MESSAGE, text, group, title, mentioned=mentioned)

    async def does(
        self, kind: EventKind, text: str = "", group: str | None = None, title: str = "", *, mentioned: bool = False
    ) -> list[str]:
        """Let an event of a kind happen; answers as `says`."""
        self._events += 1
        place = self.place(group, title)
        before = len(await self.queued(group))
        event = EventKey(f"{self.key.platform}:{self.key.user_id}:{self._events}")
        sender = Sender(self.key, self.name)
        await self.chat.app.router.receive(
            Incoming(event, kind, place, sender, self.chat.now, text, f"m{self._events}", mentioned=mentioned)
        )
        await self.chat.app.drain()
        return (await self.queued(group))[before:]

    async def queued(self, group: str | None = None) -> list[str]:
        """Everything queued for the private chat or a group, in the order of going out."""
        key = self.place(group).key

        async def read(work: UnitOfWork) -> list[str]:
            where = (outbox.c.platform == key.platform, outbox.c.chat_id == key.chat_id)
            rows = await work.rows(select(outbox.c.content, outbox.c.state).where(*where).order_by(outbox.c.id))
            return [row.content["zh"] if row.state == "waiting" else f"[{row.state}] {row.content['zh']}" for row in rows if row.content]

        found: list[str] = await self.chat.run(read)
        return found
