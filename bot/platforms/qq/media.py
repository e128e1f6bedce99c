"""Pictures and files, which QQ wants to have before the message that shows them."""

import base64

import structlog

from bot.messages import Outgoing, Parcel
from bot.platforms.base import Temporary
from bot.platforms.qq import compose
from bot.platforms.qq.api import Api, path_of
from bot.platforms.qq.transport import Declined, NotAnswered

log = structlog.get_logger("qq")

_PICTURE, _FILE = 1, 4
_SECONDS = 45.0
"""How much longer than a message an upload may take."""


async def uploaded(api: Api, parcel: Parcel, message: Outgoing) -> tuple[Outgoing, str]:
    """A message with what QQ calls its picture or file; where QQ takes none, words about it. Raises a `Failure` or `Temporary`."""
    media = message.picture or (message.file.content if message.file else None)
    if media is None:
        return message, ""
    asked: dict[str, object] = {"file_type": _PICTURE, "srv_send_msg": False, "file_data": base64.b64encode(media).decode()}
    if message.file is not None:
        asked |= {"file_type": _FILE, "file_name": message.file.name}
    try:
        answer = await api.call("POST", f"{path_of(parcel.chat.chat_id)}/files", asked, longer=_SECONDS)
    except NotAnswered as error:  # nobody has seen it
        raise Temporary(str(error)) from None
    except Declined as error:
        if error.status >= 500 or error.status == 401:
            raise Temporary(str(error)) from None
        log.warning("QQ does not take a picture or file; words are sent in its place.", code=error.code)
        return compose.instead(message, parcel.language), ""
    info = answer.get("file_info")
    return (message, info) if isinstance(info, str) and info else (compose.instead(message, parcel.language), "")
