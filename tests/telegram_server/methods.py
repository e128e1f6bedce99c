"""The methods of the Bot API that the bot calls, each as strict as the real one."""

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from telegram.constants import ReactionEmoji

from tests.telegram_server.model import ApiError, Group, Json, Message, Place, bad, units

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

_REACTIONS = {str(emoji.value) for emoji in ReactionEmoji}
_PNG = b"\x89PNG\r\n\x1a\n"
_QUIET_UPDATES = {"chat_member", "message_reaction", "message_reaction_count"}
_NOT_MODIFIED = "message is not modified: specified new message content and reply markup are exactly the same as a current content"


class Methods:
    """Bot API methods by their name; parameters come as the strings, values and files of the request."""

    def __init__(self, server: "TelegramServer") -> None:
        self.server = server
        self.table = {
            name.casefold(): getattr(self, name) for name in vars(Methods) if not name.startswith("_") and callable(getattr(self, name))
        }

    async def getMe(self, _: Json) -> Json:  # noqa: N802
        return self.server.bot | {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}

    async def getUpdates(self, given: Json) -> list[Json]:  # noqa: N802
        server = self.server
        if server.webhook:
            raise ApiError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        if "allowed_updates" in given:
            server.allowed = _list(given["allowed_updates"])
        if server.poll and not server.poll.done():
            server.poll.set_exception(
                ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
            )
        server.poll = mine = asyncio.get_running_loop().create_future()
        mine.add_done_callback(lambda future: future.cancelled() or future.exception())
        server.forget_before(int(given.get("offset") or 0))
        if not server.pending:
            await asyncio.wait([mine], timeout=min(float(given.get("timeout") or 0), 50))
        if mine.done() and mine.exception():
            raise mine.exception() or RuntimeError
        mine.cancel()
        return list(server.pending[: min(max(int(given.get("limit") or 100), 1), 100)])

    async def setWebhook(self, given: Json) -> bool:  # noqa: N802
        server, url = self.server, str(given.get("url", ""))
        if url and urlsplit(url).scheme != "https" and urlsplit(url).hostname != "127.0.0.1":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        secret = str(given.get("secret_token", ""))
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad("secret token contains unallowed characters")
        if "allowed_updates" in given:
            server.allowed = _list(given["allowed_updates"])
        if _true(given.get("drop_pending_updates")):
            server.pending.clear()
        server.webhook, server.secret = url, secret
        server.changed()
        return True

    async def deleteWebhook(self, given: Json) -> bool:  # noqa: N802
        return await self.setWebhook({"url": "", "drop_pending_updates": given.get("drop_pending_updates")})

    async def getWebhookInfo(self, _: Json) -> Json:  # noqa: N802
        server = self.server
        return {"url": server.webhook, "has_custom_certificate": False, "pending_update_count": len(server.pending)}

    async def sendMessage(self, given: Json) -> Json:  # noqa: N802
        place = self._place(given)
        text = self._text(given, "text", 4096)
        if not text:
            raise bad("message text is empty")
        off = _value(given.get("link_preview_options") or "{}").get("is_disabled", False)
        return self._post(place, given, text=text, preview=not off)

    async def sendPhoto(self, given: Json) -> Json:  # noqa: N802
        place, (_, content) = self._place(given), self._file(given, "photo")
        if not content.startswith(_PNG) or len(content) <= len(_PNG):
            raise bad("IMAGE_PROCESS_FAILED")
        return self._post(place, given, text=self._text(given, "caption", 1024), photo=content)

    async def sendDocument(self, given: Json) -> Json:  # noqa: N802
        place, file = self._place(given), self._file(given, "document")
        return self._post(place, given, text=self._text(given, "caption", 1024), document=file)

    async def editMessageText(self, given: Json) -> Json:  # noqa: N802
        message, text = self._own(given), self._text(given, "text", 4096)
        if message.photo is not None or message.document is not None:
            raise bad("there is no text in the message to edit")
        if not text:
            raise bad("message text is empty")
        return self._change(message, given, text)

    async def editMessageCaption(self, given: Json) -> Json:  # noqa: N802
        message = self._own(given)
        if message.photo is None and message.document is None:
            raise bad("there is no caption in the message to edit")
        return self._change(message, given, self._text(given, "caption", 1024))

    async def editMessageMedia(self, given: Json) -> Json:  # noqa: N802
        message, media = self._own(given), _value(given["media"])
        _, content = self._file({"media": media["media"]} | given, "media", media["media"])
        if not content.startswith(_PNG) or len(content) <= len(_PNG):
            raise bad("IMAGE_PROCESS_FAILED")
        text = self._text(media, "caption", 1024)
        other, message.photo, message.document = content != message.photo, content, None
        return self._change(message, given, text, other=other)

    async def setMessageReaction(self, given: Json) -> bool:  # noqa: N802
        place = self._place(given)
        message = self.server.find(place, given.get("message_id"))
        if message is None:
            raise bad("message to react not found")
        marks = [mark["emoji"] for mark in _list(given.get("reaction") or "[]")]
        if not set(marks) <= _REACTIONS:
            raise bad("REACTION_INVALID")
        message.reactions = marks
        return True

    async def deleteMessage(self, given: Json) -> bool:  # noqa: N802
        place = self._place(given)
        message = self.server.find(place, given.get("message_id"))
        if message is None:
            raise bad("message to delete not found")
        if message.sender is not None and isinstance(place, Group) and not place.bot_may_delete:
            raise bad("message can't be deleted")
        self.server.remove(message)
        return True

    async def answerCallbackQuery(self, given: Json) -> bool:  # noqa: N802
        query = str(given.get("callback_query_id"))
        if query not in self.server.presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.server.presses[query] = True
        return True

    async def setMyCommands(self, given: Json) -> bool:  # noqa: N802
        commands = _list(given.get("commands") or "[]")
        if len(commands) > 100:
            raise bad("too many commands")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= units(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.server.commands[_menu(given)] = commands
        return True

    async def getMyCommands(self, given: Json) -> list[Json]:  # noqa: N802
        return self.server.commands.get(_menu(given), [])

    async def getChat(self, given: Json) -> Json:  # noqa: N802
        return self._place(given).chat() | {"accent_color_id": 0, "max_reaction_count": 11}

    def _place(self, given: Json) -> Place:
        try:
            place = self.server.places.get(int(str(given.get("chat_id") or "")))
        except ValueError:
            place = None
        if place is None:
            raise bad("chat not found" if given.get("chat_id") else "chat_id is empty")
        if isinstance(place, Group):
            if place.upgraded_to:
                raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=place.upgraded_to)
            if not place.bot_inside:
                raise ApiError(403, f"Forbidden: bot was kicked from the {place.kind} chat")
        elif place.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        elif not place.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return place

    def _own(self, given: Json) -> Message:
        message = self.server.find(self._place(given), given.get("message_id"))
        if message is None:
            raise bad("message to edit not found")
        if message.sender is not None:
            raise bad("message can't be edited")
        return message

    def _post(self, place: Place, given: Json, **content: Any) -> Json:
        buttons, reply = _buttons(given), _value(given.get("reply_parameters") or "{}")
        answered = self.server.find(place, reply.get("message_id")) if reply else None
        if reply and answered is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        self.server.allow_sending(place)
        return self.server.add(place, None, buttons=buttons, reply_to=answered, **content).json(self.server.bot)

    def _change(self, message: Message, given: Json, text: str, *, other: bool = False) -> Json:
        buttons = _buttons(given)
        if not other and (text, buttons) == (message.text, message.buttons):
            raise bad(_NOT_MODIFIED)
        message.text, message.buttons, message.edits = text, buttons, message.edits + 1
        return message.json(self.server.bot)

    @staticmethod
    def _text(given: Json, name: str, longest: int) -> str:
        text = str(given.get(name) or "").strip()
        if units(text) > longest:
            raise bad("message caption is too long" if name == "caption" else "message is too long")
        return text

    @staticmethod
    def _file(given: Json, name: str, reference: str = "") -> tuple[str, bytes]:
        reference = reference or (given.get(name) if isinstance(given.get(name), str) else "") or ""
        file = given.get(reference.removeprefix("attach://")) if reference else given.get(name)
        if not isinstance(file, tuple):
            raise bad(f"there is no {name} in the request")
        if not file[1]:
            raise bad("file must be non-empty")
        return file


def default_updates(kind: str, allowed: list[str]) -> bool:
    """Whether an update of this kind is made at all."""
    return kind in allowed if allowed else kind not in _QUIET_UPDATES


def _buttons(given: Json) -> list[list[tuple[str, str]]]:
    rows = _value(given.get("reply_markup") or "{}").get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    return [[(button["text"], button["callback_data"]) for button in row] for row in rows]


def _menu(given: Json) -> tuple[str, str]:
    return _value(given.get("scope") or '{"type":"default"}')["type"], str(given.get("language_code") or "")


def _value(given: Any) -> Json:
    return cast("Json", json.loads(given) if isinstance(given, str) else given)


def _list(given: Any) -> list[Any]:
    return cast("list[Any]", json.loads(given) if isinstance(given, str) else given)


def _true(given: Any) -> bool:
    return str(given).casefold() in {"true", "1"}
