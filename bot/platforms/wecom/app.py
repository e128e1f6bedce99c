"""`WeComApp`: a self-built app for private messages; WeCom calls us, and we answer through its API."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKind, CommandHint, Counted, Outgoing, Parcel
from bot.patterns import Pattern
from bot.platforms.base import STALE, Note, Receive, Refused, SendError, Stopping, Temporary, Uncertain
from bot.platforms.json_fields import Json, words
from bot.platforms.parts import Halves, portions
from bot.platforms.wecom.api import Http
from bot.platforms.wecom.app_decode import AppDecoder
from bot.platforms.wecom.callback import Callback
from bot.platforms.wecom.crypto import Envelope
from bot.platforms.wecom.encode import identity, media
from bot.platforms.wecom.errors import STALE_TOKEN, Failed, meaning
from bot.platforms.wecom.log import Log
from bot.platforms.wecom.token import Token

LONGEST = 2_000
"""Bytes of a text; WeCom takes 2048."""
BAD_SECRET = frozenset({40001, 40013, 40056})
NOT_TRUSTED = 60020
CAN = Capabilities(edit=False, react=False, buttons=False, remove=False, overhear=False, longest_text=LONGEST, counted=Counted.BYTES)
_LINK = Pattern(r"(?i)<(?=/?a\b)")
SECRET_WRONG = "WeCom does not take the CorpID, the app's Secret or its AgentId of [wecom]; look them up in the admin pages"  # noqa: S105 – words
ADDRESS_WRONG = "WeCom's API does not let this computer in: put its public IP into the app's 企业可信IP"


class WeComApp:
    """One app of one enterprise. `envelope` opens what WeCom calls with; without it the app only speaks.

    A person's account here and their account at the 智能机器人 are two, although both usually bear the same id: a bot may be made so that
    it is told other ids, and to take one for the other would show somebody what is another's. People bind both (绑定新账号).
    """

    name = "wecom"

    def __init__(
        self,
        corp_id: str,
        agent_id: str,
        secret: str,
        *,
        envelope: Envelope | None,
        api_url: str,
        clock: Callable[[], datetime],
        instance: str = "app",
        budget: Budget = Budget(),
        note: Note | None = None,
        answer_seconds: float = 15.0,
        log: Log | None = None,
    ) -> None:
        self.instance = instance
        self.budget = budget
        self._agent_id = int(agent_id)
        self._note = note
        self._how: str | None = None
        self._clock = clock
        self._log: Log = log or structlog.get_logger("wecom")
        self._http = Http(api_url, answer_seconds)
        self._token = Token(self._http, corp_id, secret, clock)
        self._decoder = AppDecoder(instance, clock)
        self._halves = Halves()
        self._receive: Receive | None = None
        self._callback = (
            Callback(f"/wecom/{instance}", envelope, self._take, self._told, clock=clock, log=self._log) if envelope is not None else None
        )

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """Words, pictures and files."""
        return CAN

    def routes(self) -> Sequence[web.RouteDef]:
        """Where WeCom calls."""
        return self._callback.routes() if self._callback is not None else []

    def reachable(self) -> bool:
        """Always: every message is a request of its own."""
        return True

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Be ready to send and to be called."""
        await self._http.open()
        self._receive = receive
        await self._told("")  # what was noted before this start may be mended by now

    async def stop(self) -> None:
        """Take nothing more, and let go of the connections."""
        self._receive = None
        await self._http.close()

    async def send(self, parcel: Parcel) -> str:
        """Say it to one person; the answer is WeCom's id of the last words."""
        content = parcel.content
        if parcel.edit or content.reaction or content.remove or content.admission or parcel.kind is ChatKind.GROUP:
            raise Refused("WeCom's app only speaks in private, and changes, marks and deletes nothing")
        if not (content.text.to(parcel.language) or content.picture or content.file):
            raise Refused("nothing to say")
        planned = portions(
            Outgoing(content.text, picture=content.picture, file=content.file), parcel.language, LONGEST, counted=Counted.BYTES
        )

        async def one(message: Outgoing) -> str:
            return await self._one(parcel, message)

        try:
            sent = await self._halves.send(parcel, planned, one)
        except Failed as error:
            failed = error
        else:
            if self._how in {SECRET_WRONG, ADDRESS_WRONG}:
                await self._told("")
            return sent
        raise await self._meant(failed, parcel.kind)

    async def _one(self, parcel: Parcel, message: Outgoing) -> str:
        body: dict[str, Any] = {"touser": parcel.chat.chat_id[1:], "agentid": self._agent_id}
        given = media(message)
        if given is not None:
            handed = await self._unseen(
                lambda token: self._http.upload(
                    "/cgi-bin/media/upload", {"access_token": token, "type": given.kind}, given.file.name, given.file.content
                )
            )
            body |= {"msgtype": given.kind, given.kind: {"media_id": words(handed.get("media_id"))}}
        else:
            said = _LINK.sub("＜", message.text.to(parcel.language))
            body |= {"msgtype": "text", "text": {"content": said}}
        if parcel.again:
            body |= {"enable_duplicate_check": 1, "duplicate_check_interval": 1800}
        answer = await self._allowed(lambda token: self._http.post("/cgi-bin/message/send", {"access_token": token}, body))
        return words(answer.get("msgid")) or identity(parcel, message)

    async def _allowed(self, asks: Callable[[str], Awaitable[Json]]) -> Json:
        """Ask with the token, and once more with another where WeCom does not take it. Raises `Failed` or a `SendError`."""
        try:
            token = await self._token.get()
        except Uncertain:
            raise Temporary("WeCom gave no token") from None
        try:
            return await asks(token)
        except Failed as error:
            if error.code not in STALE_TOKEN:
                raise
        try:
            token = await self._token.get(but=token)
        except Uncertain:
            raise Temporary("WeCom gave no token") from None
        return await asks(token)

    async def _unseen(self, asks: Callable[[str], Awaitable[Json]]) -> Json:
        """The same for what nobody sees yet: what is uncertain may be tried again."""
        try:
            return await self._allowed(asks)
        except Uncertain:
            raise Temporary("WeCom did not answer to an upload") from None

    async def _meant(self, error: Failed, kind: ChatKind) -> SendError:
        wrong = SECRET_WRONG if error.code in BAD_SECRET else ADDRESS_WRONG if error.code == NOT_TRUSTED else ""
        if wrong:
            await self._told(wrong)
            return Temporary(str(error))
        return meaning(error, kind)

    async def _take(self, told: Mapping[str, str]) -> bool:
        """Hand over what a callback says; False while the bot is not ready. Raises whatever storing it raises."""
        if self._receive is None:
            return False
        incoming = self._decoder.incoming(told)
        if incoming is None or incoming.at < self._clock() - STALE:
            return True
        try:
            await self._receive(incoming)
        except Stopping:
            return False
        return True

    async def _told(self, how: str) -> None:
        """How it stands, for the doctor, where that is new."""
        if how == self._how or self._note is None:
            return
        self._how = how
        if how:
            self._log.warning("WeCom's app does not work as it should.", how=how)
        try:
            await self._note(self.name, self.instance, how)
        except Exception as error:  # noqa: BLE001 – what is sent or taken does not depend on what is written about it
            self._log.warning("How WeCom's app stands could not be noted.", error=type(error).__name__)
