"""Pictures and files, through python-telegram-bot's objects, which know how they travel. Loaded when the first is sent.

The keyboard and the message answered come as the JSON that the other calls send.
"""

import json
import logging
from io import BytesIO

from aiohttp import FormData
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.messages import File
from bot.platforms.json_fields import Json
from bot.platforms.telegram.transport import Api, Failure

_PICTURE = "picture.png"


class _OurLine(BaseRequest):
    """Lets the library's `Bot` speak over our connection."""

    __slots__ = ("_api",)

    def __init__(self, api: Api) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """Ours has its own."""
        return None

    async def initialize(self) -> None:
        """The connection is opened by its owner."""

    async def shutdown(self) -> None:
        """The connection is closed by its owner."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """The status and the body. Raises a `Failure`, which the library wraps."""
        form = FormData(quote_fields=False)
        if request_data is not None:
            for name, value in request_data.json_parameters.items():
                form.add_field(name, value)
            for name, (filename, content, kind) in request_data.multipart_data.items():
                whole = BytesIO(content) if isinstance(content, bytes) else content
                form.add_field(name, whole, filename=filename, content_type=kind)
        result = await self._api.upload(url.rpartition("/")[2], form)
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Uploads:
    """Sends what consists of bytes, and answers the id of the message."""

    def __init__(self, api: Api) -> None:
        if (logger := logging.getLogger("telegram")).level < logging.WARNING:
            logger.setLevel(logging.WARNING)  # it logs the texts of messages
        line = _OurLine(api)
        # The token stands in our own addresses; the library's are not used.
        self._bot = Bot("0:ours", request=line, get_updates_request=line)

    async def picture(self, chat: str, picture: bytes, caption: str | None, buttons: Json | None, reply: Json | None) -> str:
        """A picture with what stands under it."""
        try:
            message = await self._bot.send_photo(
                chat, picture, filename=_PICTURE, caption=caption, reply_markup=_markup(buttons), reply_parameters=_answered(reply)
            )
        except NetworkError as error:
            raise _ours(error) from None
        return str(message.message_id)

    async def file(self, chat: str, file: File, caption: str | None, buttons: Json | None, reply: Json | None) -> str:
        """A file under its own name."""
        try:
            message = await self._bot.send_document(
                chat,
                file.content,
                filename=file.name,
                caption=caption,
                reply_markup=_markup(buttons),
                reply_parameters=_answered(reply),
                disable_content_type_detection=True,
            )
        except NetworkError as error:
            raise _ours(error) from None
        return str(message.message_id)

    async def other_picture(self, chat: str, message_id: int, picture: bytes, caption: str | None, buttons: Json | None) -> None:
        """Another picture in a message that has one."""
        media = InputMediaPhoto(picture, caption=caption, filename=_PICTURE)
        try:
            await self._bot.edit_message_media(media, chat_id=chat, message_id=message_id, reply_markup=_markup(buttons))
        except NetworkError as error:
            raise _ours(error) from None


def _ours(error: NetworkError) -> Failure:
    """The failure of our connection that the library wrapped."""
    return error.__cause__ if isinstance(error.__cause__, Failure) else Failure(error.message)


def _markup(buttons: Json | None) -> InlineKeyboardMarkup | None:
    return None if buttons is None else InlineKeyboardMarkup.de_json(dict(buttons), None)


def _answered(reply: Json | None) -> ReplyParameters | None:
    return None if reply is None else ReplyParameters.de_json(dict(reply), None)
