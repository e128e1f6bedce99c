"""`WeComBot`: a 智能机器人 over its long connection, behind the `Platform` protocol."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, EventKind, Parcel
from bot.platforms.base import Note, Receive, Refused, SendError, Temporary
from bot.platforms.wecom.connection import Connection
from bot.platforms.wecom.decode import Decoder
from bot.platforms.wecom.encode import MOST_CHUNKS, Card, Media, Piece, Words, announced, answer, body, chunks, identity, pieces, welcome
from bot.platforms.wecom.errors import Failed, meaning
from bot.platforms.wecom.fields import Json, mapping, words
from bot.platforms.wecom.keeping import Keeper
from bot.platforms.wecom.lanes import Lanes
from bot.platforms.wecom.log import Log
from bot.platforms.wecom.openings import Opening, Openings, Shown

_CAN = Capabilities(edit=False, react=False, remove=False, longest_text=5000)
_HALF_SENT = 1000


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
        self._lanes: Lanes | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._done: OrderedDict[str, int] = OrderedDict()
        """Of parcels that failed half-way, how many of their messages went out: none is shown twice."""

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Nothing that was said can be changed, and nothing marked or deleted."""
        return _CAN

    def routes(self) -> Sequence[web.RouteDef]:
        """None: the bot calls WeCom."""
        return []

    def reachable(self) -> bool:
        """Whether this process has the subscribed connection."""
        return self._keeper.connection is not None and self._keeper.connection.alive

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Begins in the background, so that a network that is down only delays it."""
        self._lanes = Lanes(receive, self._log, self._first_wait)
        self._keeping = asyncio.create_task(self._keeper.run(), name="wecom keeps its connection")

    async def stop(self) -> None:
        """Let go of the connection, then finish what had come in."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._lanes is not None:
            await self._lanes.stop()

    async def send(self, parcel: Parcel) -> str:
        """Say it, in one message or in several; the answer is the id of the one with the buttons, or of the first."""
        content = parcel.content
        if parcel.edit or content.reaction or content.remove or content.admission:
            raise Refused("WeCom's bot can neither change, mark nor delete what was said, nor let anybody in")
        connection = self._keeper.connection
        if connection is None or not connection.alive:
            raise Temporary("not connected to WeCom")
        planned = pieces(parcel)
        if not planned:
            raise Refused("nothing to say")
        message_id = next((str(each.body["task_id"]) for each in planned if isinstance(each, Card)), identity(parcel))
        self._shown.add(parcel.chat.chat_id, content.text.to(parcel.language), message_id)
        begun = self._done.pop(parcel.key, 0) if parcel.key else 0
        for place, piece in enumerate(planned):
            if place < begun:
                continue
            try:
                await self._say(connection, parcel, piece, place)
            except Failed as error:
                if isinstance(piece, Media) and place > 0:
                    self._log.warning("WeCom does not take a picture or a file; its words were sent.", code=error.code)
                    continue
                if parcel.again and isinstance(piece, Card) and "task_id" in error.said:
                    continue  # the earlier try has arrived: WeCom takes no card twice
                self._keep_half(parcel, place)
                raise meaning(error, parcel.kind) from None
            except SendError:
                self._keep_half(parcel, place)
                raise
        return message_id

    def _keep_half(self, parcel: Parcel, place: int) -> None:
        if parcel.key and place:
            self._done[parcel.key] = place
            while len(self._done) > _HALF_SENT:
                self._done.popitem(last=False)

    async def _say(self, connection: Connection, parcel: Parcel, piece: Piece, place: int) -> None:
        """One message: the answer to a callback where one waits for it, else a push. Raises `Failed` or a `SendError`."""
        chat = parcel.chat.chat_id
        if isinstance(piece, Media):
            shown = {"msgtype": piece.kind, piece.kind: {"media_id": await _uploaded(connection, piece)}}
            await connection.request("aibot_send_msg", {"chatid": chat[1:], **shown})
            return
        reply = parcel.content.reply_to
        if place == 0 and (opening := self._openings.take(chat, reply.message_id if reply else None)) is not None:
            try:
                await self._respond(connection, parcel, piece, opening)
            except Failed as error:
                if not error.late:
                    raise
                self._log.info("The time for an answer was over; it is pushed.", code=error.code)
            else:
                return
        await connection.request("aibot_send_msg", {"chatid": chat[1:], **body(piece)})

    @staticmethod
    async def _respond(connection: Connection, parcel: Parcel, piece: Words | Card, opening: Opening) -> None:
        if opening.welcome:
            said = welcome(piece, parcel.content.text.to(parcel.language))
            await connection.request("aibot_respond_welcome_msg", said, opening.req_id)
        else:
            await connection.request("aibot_respond_msg", answer(piece, identity(parcel)), opening.req_id)

    def _taken(self, frame: Json) -> None:
        """A callback came in."""
        said = words(frame.get("cmd")) == "aibot_msg_callback"
        asked = self._decoder.message(frame) if said else self._decoder.event(frame)
        if asked is None or self._lanes is None:
            return
        incoming = asked.incoming
        if incoming.kind is not EventKind.BUTTON and asked.req_id:
            entered = incoming.kind is EventKind.OPENED
            self._openings.add(incoming.chat.key.chat_id, asked.req_id, incoming.message_id, welcome=entered)
        self._lanes.put(incoming)

    async def _told(self, how: str) -> None:
        """How the connection stands, for the doctor; when it stands, what waits may go."""
        if not how:
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
    begun = await connection.request("aibot_upload_media_init", announced(media, len(parts)))
    upload: dict[str, Any] = {"upload_id": words(mapping(begun.get("body")).get("upload_id"))}
    for index, part in enumerate(parts, 1):
        await connection.request("aibot_upload_media_chunk", {**upload, "chunk_index": index, "base64_data": part})
    ended = await connection.request("aibot_upload_media_finish", upload)
    return words(mapping(ended.get("body")).get("media_id"))
