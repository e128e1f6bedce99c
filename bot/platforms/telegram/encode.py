"""An `Outgoing` into calls of the Bot API. Plain text, no link previews."""

import asyncio
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from bot.messages import Counted, Outgoing, Parcel
from bot.platforms.base import Refused
from bot.platforms.json_fields import Json, mapping
from bot.platforms.parts import Halves, measure, portions
from bot.platforms.telegram.marks import MARKS, USUAL
from bot.platforms.telegram.transport import Api, BadRequest

if TYPE_CHECKING:
    from bot.platforms.telegram.uploads import Uploads

_NO_PREVIEW = {"is_disabled": True}
LONGEST, _LONGEST_CAPTION = 4096, 1024
"""UTF-16 units of a text, and of one under a picture or file."""


class Encoder:
    """Sends, edits, marks and deletes through one account."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._halves = Halves()
        self._uploads: Uploads | None = None

    async def deliver(self, parcel: Parcel) -> str:
        """Does what a parcel asks for, and answers the id of the message that it was about. Raises a `Failure` or a `SendError`."""
        if parcel.content.remove is not None:
            return await self._remove(parcel.chat.chat_id, parcel.content.remove)
        if parcel.content.reaction is not None:
            return await self._mark(parcel)
        if parcel.edit is not None:
            return await self._edit(parcel, parcel.edit)
        return await self._send(parcel)

    async def _send(self, parcel: Parcel) -> str:
        # A text too long for a caption follows what it would have stood under, with the buttons.
        messages = portions(
            parcel.content,
            parcel.language,
            LONGEST,
            counted=Counted.UTF16,
            under_picture=_LONGEST_CAPTION,
            under_file=_LONGEST_CAPTION,
        )

        async def one(message: Outgoing) -> str:
            return await self._one(parcel if message is parcel.content else replace(parcel, content=message))

        return await self._halves.send(parcel, messages, one)

    async def _one(self, parcel: Parcel) -> str:
        content, text, chat = parcel.content, parcel.content.text.to(parcel.language), parcel.chat.chat_id
        reply, buttons = _reply(parcel), _keyboard(parcel)
        if content.picture:
            return await (await self._of_bytes()).picture(chat, content.picture, text or None, buttons, reply)
        if content.file:
            return await (await self._of_bytes()).file(chat, content.file, text or None, buttons, reply)
        said = {"chat_id": chat, "text": text, "reply_markup": buttons, "reply_parameters": reply, "link_preview_options": _NO_PREVIEW}
        return str(mapping(await self._api.call("sendMessage", said))["message_id"])

    async def _edit(self, parcel: Parcel, edited: str) -> str:
        content, text, chat = parcel.content, parcel.content.text.to(parcel.language), parcel.chat.chat_id
        buttons, message_id = _keyboard(parcel), _whole(edited)
        try:
            if content.picture:
                if not _fits_caption(text):
                    raise Refused("a text under a picture has at most 1024 characters")
                await (await self._of_bytes()).other_picture(chat, message_id, content.picture, text or None, buttons)
            else:
                await self._edit_words(text, {"chat_id": chat, "message_id": message_id, "reply_markup": buttons})
        except BadRequest as error:
            if "message is not modified" not in error.message.casefold():
                raise
        return edited

    async def _edit_words(self, text: str, which: Json) -> None:
        try:
            answer = await self._api.call("editMessageText", {**which, "text": text, "link_preview_options": _NO_PREVIEW})
        except BadRequest as error:
            if "there is no text in the message to edit" not in error.message.casefold():
                raise
            answer = await self._api.call("editMessageCaption", {**which, "caption": text})
        _ = mapping(answer)["message_id"]

    async def _mark(self, parcel: Parcel) -> str:
        """Telegram knows some seventy marks; another one becomes a thumb."""
        if parcel.content.reply_to is None:
            raise Refused("a mark needs a message to stand under")
        marked = parcel.content.reply_to.message_id
        emoji = (parcel.content.reaction or "").removesuffix("\ufe0f")
        mark = {"type": "emoji", "emoji": emoji if emoji in MARKS else USUAL}
        await self._api.call("setMessageReaction", {"chat_id": parcel.chat.chat_id, "message_id": _whole(marked), "reaction": [mark]})
        return marked

    async def _remove(self, chat: str, message_id: str) -> str:
        """Somebody else's message in a group: the bot has to be an administrator with the right to delete, and the message young enough."""
        await self._api.call("deleteMessage", {"chat_id": chat, "message_id": _whole(message_id)})
        return message_id

    async def _of_bytes(self) -> "Uploads":
        """The sender of pictures and files; its library, 13 MB and 0.2 s, is loaded beside the loop when the first is sent."""
        if self._uploads is None:
            module = await asyncio.to_thread(import_module, "bot.platforms.telegram.uploads")
            self._uploads = module.Uploads(self._api)
        return self._uploads


def _keyboard(parcel: Parcel) -> Json | None:
    if not parcel.content.buttons:
        return None
    rows = parcel.content.buttons
    return {"inline_keyboard": [[{"text": each.label.to(parcel.language), "callback_data": each.data} for each in row] for row in rows]}


def _reply(parcel: Parcel) -> Json | None:
    answered = parcel.content.reply_to
    return {"message_id": _whole(answered.message_id), "allow_sending_without_reply": True} if answered else None


def _fits_caption(text: str) -> bool:
    return measure(text, Counted.UTF16) <= _LONGEST_CAPTION


def _whole(message_id: str) -> int:
    try:
        return int(message_id)
    except ValueError:
        raise Refused(f"{message_id!r} is no message of Telegram") from None
