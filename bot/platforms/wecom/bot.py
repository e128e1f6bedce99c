"""`WeComBot`: a 智能机器人 over its long connection, behind the `Platform` protocol."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, Counted, EventKind, Incoming, Outgoing, Parcel
from bot.platforms.base import STALE, Note, Receive, Refused, Temporary, Uncertain
from bot.platforms.json_fields import Json, mapping, words
from bot.platforms.lanes import Lanes
from bot.platforms.parts import Halves
from bot.platforms.wecom import encode
from bot.platforms.wecom.connection import Connection
from bot.platforms.wecom.decode import Decoder
from bot.platforms.wecom.encode import MOST_CHUNKS, Media, announced, chunks
from bot.platforms.wecom.errors import Failed, meaning
from bot.platforms.wecom.keeping import CONNECTED, Keeper
from bot.platforms.wecom.log import Log
from bot.platforms.wecom.openings import Openings, Shown

CAN = Capabilities(edit=False, react=False, remove=False, overhear=False, longest_text=encode.LONGEST, counted=Counted.BYTES)
MOST = 10_000
"""Events that wait to be stored before no more are read: what acknowledges our messages comes by the same way."""
_STOP = 1.5
_UPLOADING = 6
"""So many times longer than anything else may half a megabyte take on a line from the country."""


class WeComBot:
    """One bot account. `first_wait` scales every wait after a failure; of several processes only the one that `leads` connects."""

    name = "wecom"

    def __init__(
        self,
        bot_id: str,
        secret: str,
        *,
        url: str,
        clock: Callable[[], datetime],
        bot_name: str = "",
        budget: Budget = Budget(),
        instance: str = "main",
        leads: asyncio.Event | None = None,
        note: Note | None = None,
        wake: Callable[[], None] = lambda: None,
        first_wait: float = 1.0,
        ack_seconds: float = 5.0,
        ping_seconds: float = 30.0,
        log: Log | None = None,
    ) -> None:
        self.instance = instance
        self.budget = budget
        self._note = note
        self._clock = clock
        self._wake = wake
        self._first_wait = first_wait
        self._log: Log = log or structlog.get_logger("wecom")
        self._openings = Openings(clock)
        self._shown = Shown(clock)
        self._decoder = Decoder(instance, bot_id, bot_name, clock, self._shown.find)
        self._keeper = Keeper(
            url,
            bot_id,
            secret,
            taken=self._taken,
            told=self._told,
            log=self._log,
            leads=leads,
            first_wait=first_wait,
            ack_seconds=ack_seconds,
            ping_seconds=ping_seconds,
        )
        self._lanes: Lanes[Incoming] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._halves = Halves()
        self._sent = 0

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Nothing that was said can be changed, and nothing marked or deleted."""
        return CAN

    def routes(self) -> Sequence[web.RouteDef]:
        """None: the bot calls WeCom."""
        return []

    def reachable(self) -> bool:
        """Whether this process has the subscribed connection."""
        return self._keeper.connection is not None and self._keeper.connection.alive

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Begins in the background, so that a network that is down only delays it."""
        self._lanes = Lanes(receive, most=MOST, first_wait=self._first_wait, log=self._log)
        self._keeping = asyncio.create_task(self._keeper.run(), name="wecom keeps its connection")

    async def stop(self) -> None:
        """Let go of the connection, then finish what had come in."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._lanes is not None:
            await self._lanes.stop(_STOP)

    async def send(self, parcel: Parcel) -> str:
        """Say it, in one message or in several; the answer is the id of the one with the last words, which has the buttons."""
        content = parcel.content
        if parcel.edit or content.reaction or content.remove or content.admission:
            raise Refused("WeCom's bot can neither change, mark nor delete what was said, nor let anybody in")
        connection = self._keeper.connection
        if connection is None or not connection.alive:
            raise Temporary("not connected to WeCom")
        if not (content.text.to(parcel.language) or content.picture or content.file):
            raise Refused("nothing to say")
        planned = encode.messages(parcel)

        async def one(message: Outgoing) -> str:
            return await self._one(connection, parcel, message, first=message is planned[0])

        try:
            return await self._halves.send(parcel, planned, one)
        except Failed as error:
            failed = error
        raise meaning(failed, parcel.kind)

    async def _one(self, connection: Connection, parcel: Parcel, message: Outgoing, *, first: bool) -> str:
        """One message: the answer to a callback where one waits for it, else a push. Raises `Failed` or a `SendError`."""
        message_id, chat = encode.identity(parcel, message), parcel.chat.chat_id
        self._shown.add(chat, message.text.to(parcel.language), message_id)
        self._sent += 1
        push = f"{message_id}_{self._sent}"
        if (given := encode.media(message)) is not None:
            try:
                handed = {"msgtype": given.kind, given.kind: {"media_id": await _uploaded(connection, given)}}
                await connection.request("aibot_send_msg", {"chatid": chat[1:], **handed}, push)
            except Failed as error:
                if type(meaning(error, parcel.kind)) is not Refused or not parcel.content.text:
                    raise
                self._log.warning("WeCom does not take a picture or a file; its words are sent.", code=error.code)
            return message_id
        try:
            if not (first and await self._answered(connection, parcel, message)):
                await connection.request("aibot_send_msg", {"chatid": chat[1:], **encode.pushed(parcel, message)}, push)
        except Failed as error:
            if not message.buttons:
                raise
            await self._without_card(connection, parcel, message, error, push)
        return message_id

    async def _without_card(self, connection: Connection, parcel: Parcel, message: Outgoing, error: Failed, push: str) -> None:
        """WeCom takes no card twice, so that one of an earlier try has arrived; else its buttons are said in words."""
        if parcel.again and "task_id" in error.said:
            self._log.info("WeCom knows the card already: the earlier try had arrived.")
            return
        if type(meaning(error, parcel.kind)) is not Refused:
            raise error
        self._log.warning("WeCom does not take a card; its buttons are said in words.", code=error.code)
        words = encode.pushed(parcel, encode.in_words(parcel, message))
        await connection.request("aibot_send_msg", {"chatid": parcel.chat.chat_id[1:], **words}, f"{push}_words")

    async def _answered(self, connection: Connection, parcel: Parcel, message: Outgoing) -> bool:
        """Whether a callback waited for this and was answered with it."""
        reply = message.reply_to
        opening = self._openings.take(parcel.chat.chat_id, reply.message_id if reply else None)
        if opening is None:
            return False
        try:
            if opening.welcome:
                await connection.request("aibot_respond_welcome_msg", encode.welcome(parcel, message), opening.req_id)
            else:
                await connection.request("aibot_respond_msg", encode.answer(parcel, message), opening.req_id)
        except Failed as error:
            if not error.late:
                raise
            self._log.info("The time for an answer was over; it is pushed.", code=error.code)
            return False
        return True

    async def _taken(self, frame: Json) -> None:
        """A callback came in; waits while too many are not stored yet, since WeCom brings none a second time."""
        said = words(frame.get("cmd")) == "aibot_msg_callback"
        asked = self._decoder.message(frame) if said else self._decoder.event(frame)
        if asked is None or self._lanes is None:
            return
        incoming = asked.incoming
        if incoming.at < self._clock() - STALE:
            return
        if incoming.kind is not EventKind.BUTTON and asked.req_id:
            entered = incoming.kind is EventKind.OPENED
            self._openings.add(incoming.chat.key.chat_id, asked.req_id, incoming.message_id, welcome=entered)
        await self._lanes.put(incoming.chat.key.chat_id, incoming)

    async def _told(self, how: str) -> None:
        """How the connection stands, for the doctor; when it stands, what waits may go."""
        if how == CONNECTED:
            self._wake()
        if self._note is None:
            return
        try:
            await self._note(self.name, self.instance, how)
        except Exception as error:  # noqa: BLE001 – the connection does not depend on what is written about it
            self._log.warning("How WeCom's connection stands could not be noted.", error=type(error).__name__)


async def _uploaded(connection: Connection, media: Media) -> str:
    """Hand a picture or a file over and answer its `media_id`. Nothing of it is shown yet, so what is uncertain may be tried again."""
    parts = chunks(media.file.content)
    if not parts or len(parts) > MOST_CHUNKS:
        raise Refused("WeCom takes files of at most 50 MB, and none that are empty")
    try:
        begun = await connection.request("aibot_upload_media_init", announced(media, len(parts)))
        upload: dict[str, Any] = {"upload_id": words(mapping(begun.get("body")).get("upload_id"))}
        for index, part in enumerate(parts):
            chunk = {**upload, "chunk_index": index, "base64_data": part}
            await connection.request("aibot_upload_media_chunk", chunk, patience=_UPLOADING)
        ended = await connection.request("aibot_upload_media_finish", upload)
    except Uncertain:
        raise Temporary("WeCom did not acknowledge an upload") from None
    return words(mapping(ended.get("body")).get("media_id"))
