"""What tests can make people do. Each makes the callbacks that QQ would post."""

from typing import TYPE_CHECKING, Any, cast

from tests.qq_server.model import SPAN_GROUP, SPAN_PRIVATE, Anchor, Group, Json, Message, Person, Place, openid

if TYPE_CHECKING:
    from tests.qq_server.server import QQServer


class Controls:
    """People who write, press, and change what the bot may."""

    @property
    def _server(self) -> "QQServer":
        return cast("QQServer", self)

    def person(self, name: str, **more: Any) -> Person:
        """Somebody with an account."""
        person = Person(name, **more)
        self._server.places[person.user_openid] = person
        return person

    def group(self, title: str, **more: Any) -> Group:
        """A group with the bot in it."""
        group = Group(title, **more)
        self._server.places[group.group_openid] = group
        return group

    def messages(self, place: Place) -> list[Message]:
        """What the chat shows now."""
        return list(self._server.said[id(place)])

    def shown(self, place: Place) -> list[str]:
        """The bot's texts that the chat shows now."""
        return [each.text for each in self.messages(place) if each.sender is None]

    def find(self, place: Place, message_id: str) -> Message | None:
        """A message by either of its ids."""
        return next((each for each in self.messages(place) if message_id in {each.id, each.index}), None)

    def add(self, place: Place, sender: Person | None, **content: Any) -> Message:
        """A new message in a chat, without a callback."""
        server = self._server
        server.count += 1
        message = Message(
            f"ROBOT1.0_{openid('message', server.count)}{openid('more', server.count)}!!",
            f"REFIDX_{openid('index', server.count)}==",
            place,
            server.clock(),
            sender,
            **content,
        )
        server.said[id(place)].append(message)
        server.changed()
        return message

    def remove(self, message: Message) -> None:
        """A message is taken back."""
        self._server.said[id(message.place)].remove(message)
        self._server.changed()

    def say(
        self,
        person: Person,
        text: str,
        group: Group | None = None,
        *,
        named: bool = True,
        reply_to: Message | None = None,
        attachments: list[Json] | None = None,
        card: Json | None = None,
    ) -> Message:
        """A person writes. In a group QQ tells only of what names the bot, unless the bot hears everything (`named=False`)."""
        place = group or person
        message = self.add(place, person, text=text)
        author = {"username": person.name, "bot": False}
        if group is not None:
            author |= {"id": person.member_openid(group), "member_openid": person.member_openid(group), "member_role": "member"}
        else:
            author |= {"id": person.user_openid, "user_openid": person.user_openid}
        ext = [f"msg_idx={message.index}"] + ([f"ref_msg_idx={reply_to.index}"] if reply_to else [])
        body: Json = {
            "id": message.id,
            "content": f" {text}" if group is not None and named else text,
            "timestamp": message.at.isoformat(),
            "author": author,
            "message_type": 103 if reply_to else 0,
            "message_scene": {"source": "default", "ext": ext},
        }
        if group is not None:
            body |= {"group_openid": group.group_openid, "group_id": group.group_openid}
        if attachments:
            body["attachments"] = attachments
        if card is not None:
            body |= {"message_type": 3, "ark_data": card}
        if reply_to is not None:
            body["msg_elements"] = [{"msg_idx": reply_to.index, "content": reply_to.text, "timestamp": reply_to.at.isoformat()}]
        kind = "C2C_MESSAGE_CREATE" if group is None else "GROUP_AT_MESSAGE_CREATE" if named else "GROUP_MESSAGE_CREATE"
        self._open(message.id, place)
        self.happens(kind, body)
        return message

    def echo(self, group: Group, text: str) -> Message:
        """What the bot said comes back to it, as where everything in a group is told."""
        message = self.add(group, None, text=text)
        author = {"id": "BOT", "member_openid": "BOT", "member_role": "member", "username": "支部", "bot": True}
        body = {
            "id": message.id,
            "content": text,
            "timestamp": message.at.isoformat(),
            "author": author,
            "group_openid": group.group_openid,
        }
        self.happens("GROUP_MESSAGE_CREATE", body)
        return message

    def press(self, person: Person, message: Message, data: str) -> str:
        """A person presses a button of a message."""
        if data not in {each for row in message.buttons for _, each in row}:
            raise ValueError("there is no such button")
        self._server.count += 1
        press = openid("press", self._server.count)
        self._server.presses[press] = False
        in_group = isinstance(message.place, Group)
        who: Json = {"chat_type": 1 if in_group else 2, "scene": "group" if in_group else "c2c"}
        if isinstance(message.place, Group):
            who |= {"group_openid": message.place.group_openid, "group_member_openid": person.member_openid(message.place)}
        else:
            who |= {"user_openid": person.user_openid}
        resolved = {"button_id": "0-0", "button_data": data}
        body = {
            "id": press,
            "type": 11,
            "version": 1,
            "timestamp": self._server.clock().isoformat(),
            "application_id": self._server.app_id,
            "data": {"resolved": resolved, "type": 11},
        }
        event = self.happens("INTERACTION_CREATE", body | who)
        self._open(event["id"], message.place)
        return press

    def changes(self, kind: str, person: Person, group: Group | None = None) -> Json:
        """GROUP_ADD_ROBOT, GROUP_MSG_REJECT, FRIEND_DEL and their like, with what they change here."""
        match kind:
            case "GROUP_MSG_RECEIVE" | "GROUP_MSG_REJECT" if group is not None:
                group.allow_proactive = kind == "GROUP_MSG_RECEIVE"
            case "GROUP_ADD_ROBOT" | "GROUP_DEL_ROBOT" if group is not None:
                group.bot_inside = kind == "GROUP_ADD_ROBOT"
            case "FRIEND_ADD" | "FRIEND_DEL":
                person.is_friend = kind == "FRIEND_ADD"
            case "C2C_MSG_RECEIVE" | "C2C_MSG_REJECT":
                person.takes_pushes = kind == "C2C_MSG_RECEIVE"
        body: Json = {"timestamp": int(self._server.clock().timestamp())}
        if group is not None:
            body |= {"group_openid": group.group_openid, "op_member_openid": person.member_openid(group)}
        else:
            body |= {"openid": person.user_openid}
        event = self.happens(kind, body)
        self._open(event["id"], group or person)
        return event

    def happens(self, kind: str, body: Json) -> Json:
        """Something to post to the bot until it is acknowledged."""
        server = self._server
        server.count += 1
        event = {"op": 0, "id": f"{kind}:{openid('event', server.count)}", "t": kind, "d": body}
        server.pending.append(event)
        server.changed()
        return event

    def _open(self, anchor: str, place: Place) -> None:
        span = SPAN_GROUP if isinstance(place, Group) else SPAN_PRIVATE
        self._server.anchors[anchor] = Anchor(place, self._server.clock() + span)
