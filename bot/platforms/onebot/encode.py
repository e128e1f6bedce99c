"""An `Outgoing` into actions of OneBot. Always arrays of segments, never CQ strings: nothing that anybody typed is read as a code."""

from base64 import b64encode
from typing import Literal

import structlog

from bot.messages import ChatKind, File, Outgoing, Parcel
from bot.platforms.base import Refused, Unreachable, Vanished
from bot.platforms.json_fields import Json, mapping, numeral
from bot.platforms.onebot.calls import Call, Failed, Failure, Patience
from bot.platforms.onebot.errors import unsupported
from bot.platforms.onebot.fields import ident, message_ident, wire_id
from bot.platforms.onebot.marks import mark
from bot.platforms.onebot.memory import Memory
from bot.platforms.parts import Halves, portions
from bot.texts import Text

LONGEST_TEXT = 3000
"""Characters of a message; QQ takes a little more."""
NO_FILE = Text(
    "文件“{name}”在QQ里发不过去。请发“网页”要入口，在网页里再要一次。",
    "The file “{name}” cannot be sent on QQ. Send “web” for the web page and ask for it there again.",
)

log = structlog.get_logger("onebot")


class Encoder:
    """Sends, marks, removes and admits through the account `me`. `announce`: how an announcement is kept in sight."""

    def __init__(self, me: str, call: Call, memory: Memory, patience: Patience, announce: Literal["message", "essence", "notice"]) -> None:
        self._me = me
        self._call = call
        self._memory = memory
        self._patience = patience
        self._announce = announce
        self._halves = Halves()

    async def deliver(self, parcel: Parcel) -> str:
        """Does what a parcel asks for and answers the id of the message it was about. Raises a `Failure` or a `SendError`."""
        content = parcel.content
        if parcel.edit is not None:
            raise Refused("messages cannot be changed on QQ")
        if content.admission is not None:
            return await self._admit(content.admission.request, accept=content.admission.accept)
        if content.remove is not None:
            return await self._remove(parcel.chat.chat_id, content.remove)
        if content.reaction is not None:
            return await self._mark(parcel)
        return await self._send(parcel)

    async def _send(self, parcel: Parcel) -> str:
        content, address = parcel.content, self._address(parcel)
        text = content.text.to(parcel.language)
        if not (text or content.picture or content.file):
            raise Refused("an empty message")

        async def one(message: Outgoing) -> str:
            if message.file is not None:
                return await self._hand_over(address, message.file, parcel)
            message_id = await self._say(address, _segments(message, message.text.to(parcel.language)))
            if message.announcement and parcel.kind is ChatKind.GROUP:
                await self._keep_in_sight(address, message_id, text)
            return message_id

        messages = portions(content, parcel.language, LONGEST_TEXT, under_picture=LONGEST_TEXT)
        return await self._halves.send(parcel, messages, one)

    def _address(self, parcel: Parcel) -> Json:
        """Whom it goes to, as parameters."""
        chat = parcel.chat.chat_id
        number_ = numeral(chat[1:])
        if number_ is None or chat[0] != ("u" if parcel.kind is ChatKind.PRIVATE else "g"):
            raise Unreachable("no such chat")
        if parcel.kind is ChatKind.GROUP:
            return {"group_id": number_}
        group = self._memory.met.get(chat[1:])
        return {"user_id": number_} if not group else {"user_id": number_, "group_id": wire_id(group)}

    async def _say(self, address: Json, segments: list[Json]) -> str:
        action = "send_private_msg" if "user_id" in address else "send_group_msg"
        large = any(each["type"] == "image" for each in segments)
        wait = self._patience.upload if large else self._patience.answer
        answer = mapping(await self._call(action, {**address, "message": segments}, wait))
        message_id = message_ident(answer.get("message_id") or "")
        if message_id:
            self._memory.sent.keep(message_id, value=True)
        return message_id

    async def _hand_over(self, address: Json, file: File, parcel: Parcel) -> str:
        """A file under its own name; where the implementation cannot send any, a sentence about how else it is had."""
        action = "upload_private_file" if "user_id" in address else "upload_group_file"
        sent = {**address, "file": _base64(file.content), "name": file.name}
        try:
            answer = mapping(await self._call(action, sent, self._patience.upload))
        except Failure as error:
            if not unsupported(error):
                raise
            return await self._say(address, [_text(NO_FILE(name=file.name).to(parcel.language))])
        return message_ident(answer.get("message_id")) or message_ident(answer.get("file_id"))

    async def _keep_in_sight(self, address: Json, message_id: str, text: str) -> None:
        """What may fail: the announcement itself stands in the group."""
        group, call = address["group_id"], self._call
        try:
            if self._announce == "essence" and message_id:
                await call("set_essence_msg", {"message_id": wire_id(message_id)}, self._patience.answer)
            elif self._announce == "notice":
                board = {"group_id": str(group), "content": text, "pinned": 0, "confirm_required": 0}
                await call("_send_group_notice", board, self._patience.answer)
        except Failure as error:
            log.warning("An announcement could not be kept in sight; is the bot an administrator of the group?", error=str(error))

    async def _mark(self, parcel: Parcel) -> str:
        answered = parcel.content.reply_to
        if answered is None:
            raise Refused("no mark can stand there")
        marked = {"message_id": wire_id(answered.message_id), "emoji_id": mark(parcel.content.reaction or ""), "set": True}
        await self._call("set_msg_emoji_like", marked, self._patience.answer)
        return answered.message_id

    async def _remove(self, chat: str, message_id: str) -> str:
        """Takes a message back; that of somebody else needs the bot to be an administrator.

        NapCat says `ok` also where it knows no such message or may not take it back, so both are asked for before.
        """
        if self._memory.gone.get(message_id):
            raise Vanished(message_id)
        await self._may_remove(chat, wire_id(message_id))
        await self._call("delete_msg", {"message_id": wire_id(message_id)}, self._patience.answer)
        self._memory.gone.keep(message_id, value=True)
        return message_id

    async def _may_remove(self, chat: str, message_id: int | str) -> None:
        try:
            message = mapping(await self._call("get_msg", {"message_id": message_id}, self._patience.answer))
            theirs = ident(mapping(message.get("sender")).get("user_id")) != self._me
            if not theirs or not chat.startswith("g"):
                return
            place = {"group_id": wire_id(chat[1:]), "user_id": wire_id(self._me), "no_cache": True}
            role = mapping(await self._call("get_group_member_info", place, self._patience.answer)).get("role")
        except Failed as error:
            if unsupported(error):
                return
            raise Refused("OneBot does not know the message any more") from None
        if role == "member":
            raise Refused("the bot is no administrator of the group")

    async def _admit(self, request: str, *, accept: bool) -> str:
        kind, _, flag = request.partition(":")
        if not flag:
            raise Refused("no request to join")
        given = {"flag": flag, "sub_type": kind, "type": kind, "approve": accept, "reason": ""}
        await self._call("set_group_add_request", given, self._patience.answer)
        return ""


def _segments(message: Outgoing, text: str) -> list[Json]:
    """A picture and what stands under it, with what they answer."""
    found: list[Json] = []
    if message.reply_to is not None:
        found.append({"type": "reply", "data": {"id": message.reply_to.message_id}})
    if message.picture:
        found.append({"type": "image", "data": {"file": _base64(message.picture)}})
    return [*found, _text(text)] if text else found


def _text(text: str) -> Json:
    return {"type": "text", "data": {"text": text}}


def _base64(content: bytes) -> str:
    return "base64://" + b64encode(content).decode()
