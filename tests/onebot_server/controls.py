"""What tests can make people do. Each makes the events that NapCat would make."""

from typing import TYPE_CHECKING, Any, cast

from tests.onebot_server.model import Group, Json, Message, Place, User, as_cq, at, reply, text

if TYPE_CHECKING:
    from tests.onebot_server.server import OneBotServer


class Controls:
    """People who write, join, leave, ask and take back."""

    @property
    def _server(self) -> "OneBotServer":
        return cast("OneBotServer", self)

    def user(self, nickname: str, *, friend: bool = False) -> User:
        """Somebody with a QQ number."""
        user = User(self._next("user"), nickname, friend)
        self._server.places[user.id] = user
        return user

    def add_group(self, title: str, *members: User) -> Group:
        """A group with the bot in it."""
        group = Group(self._next("group"), title, list(members))
        self._server.places[group.id] = group
        return group

    def messages(self, place: Place) -> list[Message]:
        """What the chat shows now."""
        return [each for each in self._server.said if each.place is place]

    def add(self, place: Place, sender: User | None, segments: list[Json]) -> Message:
        """A new message in a chat, without an event."""
        self._server.date += 1
        message = Message(self._next("message"), place, self._server.date, sender, segments)
        self._server.said.append(message)
        self._server.changed()
        return message

    def find(self, message_id: object) -> Message | None:
        """A message by its id; after a restart no old one is known."""
        return next((each for each in self._server.said if str(each.id) == str(message_id)), None)

    def remove(self, message: Message) -> None:
        """A message is gone."""
        self._server.said.remove(message)

    async def say(self, user: User, place: Place, *said: str | Json, answer: object = None, temporary: Group | None = None) -> Message:
        """A person writes; `@支部` in a text becomes a mention. `temporary`: the group by way of which somebody writes in private."""
        segments = [part for each in said for part in (self._parts(each) if isinstance(each, str) else [each])]
        if answer is not None:
            segments.insert(0, reply(answer))
        message = self.add(place, user, segments)
        await self._server.tell_surely(self.message_json(message, temporary=temporary))
        return message

    def _parts(self, words: str) -> list[Json]:
        before, name, after = words.partition("@支部")
        return [*([text(before)] if before else []), at(self._server.account), *([text(after)] if after else [])] if name else [text(words)]

    def message_json(self, message: Message, *, temporary: Group | None = None) -> Json:
        """A message as an event, and as `get_msg` shows it."""
        server, place = self._server, message.place
        sender = message.sender
        number = sender.id if sender else server.account
        shown: Json = {
            **server.head("message", message.date),
            "message_type": "group" if isinstance(place, Group) else "private",
            "sub_type": "normal" if isinstance(place, Group) else "group" if temporary else "friend",
            "message_id": server.number(message.id),
            "real_id": server.number(message.id),
            "user_id": server.number(number),
            "message": as_cq(message.segments) if server.cq else message.segments,
            "raw_message": as_cq(message.segments),
            "message_format": "string" if server.cq else "array",
            "font": 14,
            "sender": {"user_id": server.number(number), "nickname": sender.nickname if sender else "支部"},
        }
        if isinstance(place, Group):
            shown["group_id"] = server.number(place.id)
            shown["sender"] |= {"card": place.cards.get(number, ""), "role": "member"}
        elif temporary:
            shown["sender"]["group_id"] = server.number(temporary.id)
            shown["temp_source"] = 0
        return shown

    async def tell(self, post_type: str, kind: str, **more: Any) -> Json:
        """An event of any kind; ids that are numbers are written as the server writes ids."""
        server = self._server
        ids = {name: server.number(value) if name.endswith("_id") and isinstance(value, int) else value for name, value in more.items()}
        event = {**server.head(post_type), f"{post_type}_type": kind, **ids}
        await server.emit(event)
        return event

    async def join(self, user: User, group: Group) -> None:
        """A person comes into a group."""
        group.members.append(user)
        await self.tell("notice", "group_increase", sub_type="approve", group_id=group.id, user_id=user.id, operator_id=0)

    async def leave(self, user: User, group: Group, *, kicked: bool = False) -> None:
        """A person leaves a group or is thrown out."""
        group.members.remove(user)
        how = {"sub_type": "kick" if kicked else "leave", "operator_id": 10_000 if kicked else 0}
        await self.tell("notice", "group_decrease", group_id=group.id, user_id=user.id, **how)

    async def ask_to_join(self, user: User, group: Group, comment: str) -> str:
        """A person asks to be let into a group; the answer is the flag."""
        flag = f"f{self._next('flag')}"
        self._server.requests[flag] = (user, group)
        await self.tell("request", "group", sub_type="add", group_id=group.id, user_id=user.id, comment=comment, flag=flag)
        return flag

    async def ask_to_be_friend(self, user: User) -> str:
        """A person asks to be a friend of the account."""
        flag = f"f{self._next('flag')}"
        self._server.requests[flag] = (user, None)
        await self.tell("request", "friend", user_id=user.id, comment="我是李小山", flag=flag)
        return flag

    async def heartbeat(self, *, online: bool = True, interval: int = 30_000) -> None:
        """A sign of life."""
        self._server.online = online
        await self.tell("meta_event", "heartbeat", status={"online": online, "good": online}, interval=interval)

    def _next(self, what: str) -> int:
        self._server.numbers[what] += 1
        return self._server.numbers[what]
