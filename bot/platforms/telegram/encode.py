"""An `Outgoing` into calls of the Bot API. Plain text, no link previews."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, ReactionTypeEmoji, ReplyParameters
from telegram.constants import MessageLimit, ReactionEmoji
from telegram.error import BadRequest

from bot.messages import Parcel
from bot.platforms.base import Refused
from bot.platforms.telegram.transport import Api

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_MARKS = frozenset(str(emoji.value) for emoji in ReactionEmoji)
_DEFAULT_MARK = "👍"
_PICTURE = "picture.png"


async def deliver(api: Api, parcel: Parcel, parts: list[str]) -> str:
    """Sends, edits, marks or deletes, and answers the id of the message that it was about.

    `parts`: ids of what of this very parcel went out in a try that failed half-way; it is not sent again, and what goes out is added.
    """
    if parcel.content.remove is not None:
        return await _remove(api, parcel.chat.chat_id, parcel.content.remove)
    if parcel.content.reaction is not None:
        return await _mark(api, parcel)
    if parcel.edit is not None:
        return await _edit(api, parcel, parcel.edit)
    return await _send(api, parcel, parts)


async def _send(api: Api, parcel: Parcel, parts: list[str]) -> str:
    content, text, chat = parcel.content, parcel.content.text.to(parcel.language), parcel.chat.chat_id
    reply = _reply(parcel)
    buttons = _keyboard(parcel)
    # A text too long for a caption follows what it would have stood under, with the buttons.
    alone = not (content.picture or content.file) or not _fits_caption(text)
    caption, under = (None, None) if alone else (text or None, buttons)
    if content.picture:
        if not parts:
            message = await api.send_photo(
                chat, content.picture, filename=_PICTURE, caption=caption, reply_markup=under, reply_parameters=reply
            )
            parts.append(str(message.message_id))
        caption, under, reply = None, None, None
    if content.file:
        if len(parts) == bool(content.picture):
            message = await api.send_document(
                chat,
                content.file.content,
                filename=content.file.name,
                caption=caption,
                reply_markup=under,
                reply_parameters=reply,
                disable_content_type_detection=True,
            )
            parts.append(str(message.message_id))
        reply = None
    if not alone:
        return parts[0]
    message = await api.send_message(chat, text, reply_markup=buttons, reply_parameters=reply, link_preview_options=_NO_PREVIEW)
    return str(message.message_id)


async def _edit(api: Api, parcel: Parcel, edited: str) -> str:
    content, text, chat = parcel.content, parcel.content.text.to(parcel.language), parcel.chat.chat_id
    buttons, message_id = _keyboard(parcel), _whole(edited)
    try:
        if content.picture:
            if not _fits_caption(text):
                raise Refused("a text under a picture has at most 1024 characters")
            media = InputMediaPhoto(content.picture, caption=text or None, filename=_PICTURE)
            await api.edit_message_media(media, chat_id=chat, message_id=message_id, reply_markup=buttons)
        else:
            await _edit_words(api, text, chat, message_id, buttons)
    except BadRequest as error:
        if "message is not modified" not in error.message.casefold():
            raise
    return edited


async def _edit_words(api: Api, text: str, chat: str, message_id: int, buttons: InlineKeyboardMarkup | None) -> None:
    try:
        await api.edit_message_text(text, chat_id=chat, message_id=message_id, reply_markup=buttons, link_preview_options=_NO_PREVIEW)
    except BadRequest as error:
        if "there is no text in the message to edit" not in error.message.casefold():
            raise
        await api.edit_message_caption(chat_id=chat, message_id=message_id, caption=text, reply_markup=buttons)


async def _mark(api: Api, parcel: Parcel) -> str:
    """Telegram knows some seventy marks; another one becomes a thumb."""
    if parcel.content.reply_to is None:
        raise Refused("a mark needs a message to stand under")
    marked = parcel.content.reply_to.message_id
    emoji = (parcel.content.reaction or "").removesuffix("\ufe0f")
    mark = ReactionTypeEmoji(emoji if emoji in _MARKS else _DEFAULT_MARK)
    await api.set_message_reaction(parcel.chat.chat_id, _whole(marked), [mark])
    return marked


async def _remove(api: Api, chat: str, message_id: str) -> str:
    """Somebody else's message in a group: the bot has to be an administrator with the right to delete, and the message young enough."""
    await api.delete_message(chat, _whole(message_id))
    return message_id


def _keyboard(parcel: Parcel) -> InlineKeyboardMarkup | None:
    if not parcel.content.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label.to(parcel.language), callback_data=button.data) for button in row]
            for row in parcel.content.buttons
        ]
    )


def _reply(parcel: Parcel) -> ReplyParameters | None:
    answered = parcel.content.reply_to
    return ReplyParameters(_whole(answered.message_id), allow_sending_without_reply=True) if answered else None


def _fits_caption(text: str) -> bool:
    return len(text.encode("utf-16-le", "replace")) // 2 <= MessageLimit.CAPTION_LENGTH


def _whole(message_id: str) -> int:
    try:
        return int(message_id)
    except ValueError:
        raise Refused(f"{message_id!r} is no message of Telegram") from None
