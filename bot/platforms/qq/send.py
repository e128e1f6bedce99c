"""Sending through QQ: what a message hangs on, which number it bears, and what is tried when QQ does not take it so."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace

import structlog

from bot.messages import ChatKind, Outgoing, Parcel
from bot.platforms.base import NotNow, Refused, SendError, Temporary, Unreachable, Vanished
from bot.platforms.bounded import Bounded
from bot.platforms.json_fields import Json, mapping
from bot.platforms.parts import Halves
from bot.platforms.qq import compose, errors, links
from bot.platforms.qq.api import Api, message_path, path_of
from bot.platforms.qq.fields import name, short
from bot.platforms.qq.media import uploaded
from bot.platforms.qq.transport import Declined, Failure, NotAnswered
from bot.platforms.qq.windows import Anchor, Pushes, Windows
from bot.texts import Text

log = structlog.get_logger("qq")

_TRIES = 2
"""How often a reply is sent whose answer stays away: QQ recognises the second by its number."""
_OTHER_WORDS = 500_000
"""What is added to the number of a message that is said otherwise after QQ refused it."""
_OURS = 5000


Recall = Callable[[Parcel], Awaitable[None]]
"""Opens what may be replied to in a parcel's chat and is not remembered here."""


class Sender:
    """Sends for one bot. `private_pushes`: QQ lets it write first in private, unless a person refuses."""

    def __init__(
        self,
        api: Api,
        windows: Windows,
        pushes: Pushes,
        *,
        markdown: bool,
        private_pushes: bool,
        registered: Collection[str],
        recall: Recall,
    ) -> None:
        self.markdown = markdown
        """Whether buttons can be shown, as far as QQ has not told otherwise."""
        self._api = api
        self._windows = windows
        self._pushes = pushes
        self._private_pushes = private_pushes
        self._registered = registered
        self._recall = recall
        self._nameless = 0
        self._halves = Halves()
        self._ours: Bounded[str, None] = Bounded(_OURS)

    def is_ours(self, message_id: str) -> bool:
        """Whether an id is that of a message sent lately."""
        return message_id in self._ours

    async def deliver(self, parcel: Parcel) -> str:
        """Does what a parcel asks for, and answers the id under which QQ shows the message when it is answered. Raises a `SendError`."""
        content = parcel.content
        if parcel.chat.chat_id[:1] != ("g" if parcel.kind is ChatKind.GROUP else "u"):
            raise Unreachable("there is no such chat")
        try:
            if content.remove is not None:
                return await self._remove(parcel, content.remove)
            if parcel.edit is not None or content.reaction is not None or not (content.text or content.picture or content.file):
                raise Refused("QQ knows messages only: nothing is edited or marked, and nothing empty is sent")
            return await self._all(parcel)
        except Failure as error:
            raise errors.meaning(error) from None

    async def _all(self, parcel: Parcel) -> str:
        """Every message of a letter, but for those that an earlier try brought through."""
        self._nameless += not parcel.key
        key = parcel.key or f"nameless {self._nameless}"
        if parcel.version > 1:  # QQ would take other words under the same number for a message that it has, and not show them
            key = f"{key} written {parcel.version}"
        made = compose.messages(parcel, markdown=self.markdown, registered=self._registered)
        if len(made) > compose.MOST_PARTS:
            raise Refused("longer than QQ takes: two parts would have one number, and it would show the first alone")
        numbers = {id(each): compose.number_of(key, place) for place, each in enumerate(made)}

        async def one(message: Outgoing) -> str:
            return await self._one(parcel, message, numbers[id(message)])

        return await self._halves.send(parcel, made, one)

    async def _one(self, parcel: Parcel, message: Outgoing, number: int) -> str:
        """One message, and where QQ does not take it so, the same in other words."""
        try:
            return await self._say(parcel, message, number)
        except Declined as error:
            if (other := self._otherwise(parcel, message, error)) is None:
                raise
        return await self._say(parcel, other, number + _OTHER_WORDS)

    def _otherwise(self, parcel: Parcel, message: Outgoing, error: Declined) -> Outgoing | None:
        """How to say what QQ refused: without addresses, without buttons; None if that is not why."""
        text = message.text.to(parcel.language)
        if error.code in errors.ADDRESSES and (told := links.without(text, parcel.language)) != text:
            log.warning("QQ refuses an address; words are sent in its place.", code=error.code)
            return replace(message, text=Text.plain(told))
        if message.buttons and error.code in errors.PLAIN_ONLY:
            log.warning("QQ has not granted this bot markdown with buttons; they are numbers from now on.", code=error.code)
            self.markdown = False
            return replace(message, text=Text.plain(text + compose.numbered(message.buttons, parcel.language)), buttons=())
        return None

    async def _say(self, parcel: Parcel, message: Outgoing, number: int) -> str:
        """Hang a message on what is open, on the next where QQ says that is over, or push it."""
        chat = parcel.chat.chat_id
        if self._windows.is_left(chat):
            raise Unreachable("the bot is not in the group, or the person has deleted it")
        wanted = parcel.content.reply_to.message_id if parcel.content.reply_to else None
        if not self._windows.is_known(chat):
            await self._recall(parcel)
        while (anchor := self._windows.take(chat, parcel.kind, number, wanted)) is not None:
            try:
                return await self._send(parcel, message, number, anchor)
            except NotAnswered:
                raise  # it may be there, and the next try has to hang on the same
            except Declined as error:
                if error.status >= 500:
                    raise
                self._windows.give_back(chat, anchor, number)
                if error.code not in errors.OVER:
                    raise
                self._windows.close(chat, anchor)
            except (Failure, SendError):
                self._windows.give_back(chat, anchor, number)
                raise
        return await self._push(parcel, message, number)

    async def _push(self, parcel: Parcel, message: Outgoing, number: int) -> str:
        """Say something that hangs on nothing, where QQ lets that in."""
        if not await self._may_push(parcel):
            raise NotNow("QQ lets nothing in until somebody writes there")
        try:
            return await self._send(parcel, message, number, None)
        except Declined as error:
            if error.code in errors.UNGRANTED or error.code == errors.WANTS_NONE:
                self._pushes.tell(parcel.chat.chat_id, allowed=False)
                raise NotNow(str(error)) from None
            raise

    async def _send(self, parcel: Parcel, message: Outgoing, number: int, anchor: Anchor | None) -> str:
        message, info = await uploaded(self._api, parcel, message)
        body = compose.body(message, parcel.language, info)
        if anchor is not None:
            body |= {anchor.field: anchor.id, "msg_seq": number}
        try:
            return await self._insist(f"{path_of(parcel.chat.chat_id)}/messages", body, 1 if anchor is None else _TRIES)
        except Declined as error:
            if anchor is not None and error.code == errors.SEEN:
                return short(f"{number}@{anchor.id}")
            raise

    async def _insist(self, path: str, body: Json, tries: int) -> str:
        """Ask, and once more where the answer stays away."""
        for _ in range(tries - 1):
            try:
                return self._known(await self._api.call("POST", path, body))
            except NotAnswered:
                log.info("QQ's answer to a reply stays away; it is sent again under the same number.")
        return self._known(await self._api.call("POST", path, body))

    async def _may_push(self, parcel: Parcel) -> bool:
        """Whether QQ lets something in that nobody asked for: a group is asked about, a private chat is as the configuration says."""
        chat = parcel.chat.chat_id
        known = self._pushes.known(chat)
        if known is not None or parcel.kind is ChatKind.PRIVATE:
            return self._private_pushes if known is None else known
        try:
            state = await self._api.call("GET", f"{path_of(chat)}/bot_state")
        except Declined as error:
            if error.status >= 500 or error.code in errors.NOBODY or error.code in errors.AGAIN:
                raise
            state = {}
        except NotAnswered as error:  # nothing was sent
            raise Temporary(str(error)) from None
        allowed = state.get("allow_proactive_msg") is True
        self._pushes.tell(chat, allowed=allowed)
        return allowed

    def _known(self, answer: Json) -> str:
        """The id of a message that went out: the one that an answer to it will bear, where QQ tells that."""
        index, message_id = name(mapping(answer.get("ext_info")).get("ref_idx")), name(answer.get("id"))
        if not answer:
            raise NotAnswered("the answer names no message")
        for each in {short(index), short(message_id)} - {""}:
            self._ours.keep(each, None)
        return short(index or message_id)

    async def _remove(self, parcel: Parcel, message_id: str) -> str:
        """Somebody's message in a group: the bot has to be an administrator, and the message younger than two minutes."""
        try:
            await self._api.call("DELETE", message_path(parcel.chat.chat_id, message_id))
        except Declined as error:
            if error.code in {errors.NOT_OURS, errors.TOO_LATE}:
                raise Refused(str(error)) from None
            if error.status == 404 or error.code in errors.GONE:
                raise Vanished(str(error)) from None
            raise
        except NotAnswered as error:  # deleting again changes nothing
            raise Temporary(str(error)) from None
        return message_id
