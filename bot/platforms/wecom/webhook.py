"""`WeComWebhook`: 消息推送 into groups, by which the bot speaks and never hears anything."""

import base64
from collections.abc import Mapping, Sequence
from hashlib import md5
from typing import Any

from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, Counted, Outgoing, Parcel
from bot.platforms.base import Receive, Refused, Unreachable
from bot.platforms.parts import Halves, portions
from bot.platforms.wecom.api import Http
from bot.platforms.wecom.encode import identity
from bot.platforms.wecom.errors import Failed, meaning

BAD_KEY = frozenset({93000, 40001, 40014, 40035})
"""The webhook was deleted, or its key is not right."""
LONGEST = 2_000
"""Bytes of a text; WeCom takes 2048."""
LARGEST_PICTURE = 2 * 1024 * 1024
CAN = Capabilities(
    edit=False,
    react=False,
    buttons=False,
    pictures=True,
    files=False,
    remove=False,
    overhear=False,
    hears=False,
    longest_text=LONGEST,
    counted=Counted.BYTES,
)


class WeComWebhook:
    """The webhooks of a deployment: a chat is the name that the configuration gives one, and `keys` holds their keys."""

    name = "wecom"

    def __init__(
        self,
        keys: Mapping[str, str],
        *,
        api_url: str,
        instance: str = "webhook",
        budget: Budget = Budget(),
        answer_seconds: float = 15.0,
    ) -> None:
        self.instance = instance
        self.budget = budget
        self._keys = keys
        self._http = Http(api_url, answer_seconds)
        self._halves = Halves()

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Words and pictures; nothing can be pressed, changed or answered."""
        return CAN

    def routes(self) -> Sequence[web.RouteDef]:
        """None: nothing comes in."""
        return []

    def reachable(self) -> bool:
        """Always: every message is a request of its own."""
        return True

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Be ready to send."""
        await self._http.open()

    async def stop(self) -> None:
        """Let go of the connections."""
        await self._http.close()

    async def send(self, parcel: Parcel) -> str:
        """Post it, a picture and then its words; the answer is an id of ours, since WeCom gives none."""
        content = parcel.content
        if parcel.edit or content.reaction or content.remove or content.admission:
            raise Refused("through a webhook nothing can be changed, marked or deleted, and nobody let in")
        if not (content.text.to(parcel.language) or content.picture):
            raise Refused("nothing to say")
        key = self._keys.get(parcel.chat.chat_id)
        if key is None:
            raise Unreachable("the configuration has no webhook of this name any more")
        picture = content.picture if content.picture and len(content.picture) <= LARGEST_PICTURE else None
        planned = portions(_bare(content, picture), parcel.language, LONGEST, counted=Counted.BYTES)

        async def one(message: Outgoing) -> str:
            await self._http.post("/cgi-bin/webhook/send", {"key": key}, _body(message, message.text.to(parcel.language)))
            return identity(parcel, message)

        try:
            return await self._halves.send(parcel, planned, one)
        except Failed as error:
            failed = error
        if failed.code in BAD_KEY:
            raise Unreachable("WeCom does not know the webhook any more")
        raise meaning(failed, parcel.kind)


def _bare(content: Outgoing, picture: bytes | None) -> Outgoing:
    return Outgoing(content.text, picture=picture, announcement=content.announcement)


def _body(message: Outgoing, words: str) -> dict[str, Any]:
    """A picture, or words; an announcement calls everybody. What people write calls nobody."""
    if message.picture:
        digest = md5(message.picture, usedforsecurity=False).hexdigest()
        return {"msgtype": "image", "image": {"base64": base64.b64encode(message.picture).decode(), "md5": digest}}
    said: dict[str, Any] = {"content": words.replace("<@", "＜@")}
    return {"msgtype": "text", "text": said | ({"mentioned_list": ["@all"]} if message.announcement else {})}
