"""What tests can make people, the platform and other programs do."""

import json
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web

from tests.wecom_server.model import Asked, Chat, Group, Json, Person, Shown

if TYPE_CHECKING:
    from tests.wecom_server.server import WeComServer

CREATED = 1_795_136_400
"""20 November 2026, nine in the morning in Beijing."""


class Controls:
    """People who write, press and enter. Each makes the callback the real server would make."""

    @property
    def _server(self) -> "WeComServer":
        return cast("WeComServer", self)

    def person(self, userid: str, *, conversed: bool = False) -> Person:
        """A member of the enterprise; the bot may push to them once they have spoken to it."""
        self._server.people[userid] = made = Person(userid=userid, conversed=conversed)
        return made

    def group(self, title: str, *, conversed: bool = False, webhook: str = "") -> Group:
        """An internal group with the bot in it."""
        chatid = f"wrkSFfCgAA{self._next('group'):06}"
        self._server.groups[chatid] = made = Group(chatid=chatid, title=title, conversed=conversed, webhook=webhook)
        return made

    async def say(self, person: Person, text: str, group: Group | None = None, **more: Any) -> str:
        """A person writes; in a group it only arrives if it names the bot. Answers the message's id."""
        chat: Chat = group or person
        said = Shown("text", person.userid, text)
        chat.shown.append(said)
        if group is not None and f"@{self._server.bot_name}" not in text:
            return ""
        said.id = await self.message(person, {"msgtype": "text", "text": {"content": text}, **more}, group)
        return said.id

    async def message(self, person: Person, content: Json, group: Group | None = None) -> str:
        """A message of any sort."""
        chat: Chat = group or person
        chat.conversed = True
        msgid = f"msg-{self._next('message')}"
        body = self._about(person, group) | {"msgid": msgid, "response_url": "https://example.invalid/r"} | content
        await self.callback("aibot_msg_callback", body, Asked("message", chat, self._server.now(), msgid))
        return msgid

    async def press(self, person: Person, task_id: str, key: str, group: Group | None = None) -> None:
        """A person presses a button of a card."""
        card = {"card_type": "button_interaction", "event_key": key, "task_id": task_id}
        event = {"eventtype": "template_card_event", "template_card_event": card}
        await self.event(person, event, Asked("press", group or person, self._server.now(), task_id=task_id), group)

    async def enter(self, person: Person) -> None:
        """A person opens the private chat for the first time that day."""
        await self.event(person, {"eventtype": "enter_chat"}, Asked("enter", person, self._server.now()))

    async def event(self, person: Person, event: Json, asked: Asked | None = None, group: Group | None = None) -> None:
        """An event of any sort."""
        body = self._about(person, group) | {"msgid": f"ev-{self._next('event')}", "msgtype": "event", "event": event}
        await self.callback("aibot_event_callback", body, asked)

    async def callback(self, cmd: str, body: Json, asked: Asked | None = None) -> Json:
        """A callback to the subscribed connection."""
        req_id = f"req-{self._next('request')}"
        if asked is not None:
            self._server.asked[req_id] = asked
        self._server.last = frame = {"cmd": cmd, "headers": {"req_id": req_id}, "body": body}
        await self.raw(json.dumps(frame, ensure_ascii=False))
        return frame

    async def raw(self, data: str | bytes) -> None:
        """Anything at all on the subscribed connection; bytes go out as a text frame would, whatever they are."""
        await self._server.until(lambda: self._server.subscribed)
        socket = self._server.subscribed
        assert socket is not None
        if isinstance(data, str):
            await socket.send_str(data)
        else:
            await socket.send_frame(data, web.WSMsgType.TEXT)

    async def kick(self, socket: web.WebSocketResponse | None = None) -> None:
        """Another program connects with the same bot."""
        kicked = socket or self._server.subscribed
        assert kicked is not None
        event = {"aibotid": self._server.bot_id, "msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        frame = {"cmd": "aibot_event_callback", "headers": {"req_id": "kick"}, "body": event}
        await kicked.send_str(json.dumps(frame))
        await kicked.close()

    def _about(self, person: Person, group: Group | None) -> Json:
        about: Json = {"aibotid": self._server.bot_id, "chattype": "group" if group else "single"}
        about |= {"from": {"userid": person.userid}, "create_time": self._server.created()}
        return about | ({"chatid": group.chatid} if group else {})

    def _next(self, what: str) -> int:
        self._server._counts[what] += 1
        return self._server._counts[what]
