"""What tests can make people do."""

import random
import re
from typing import TYPE_CHECKING, Any, cast

from tests.telegram_server.methods import default_updates
from tests.telegram_server.model import Group, Json, Message, Place, User

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer


class Controls:
    """People who write, press, join, leave and block. Each makes the updates the real server would make."""

    @property
    def _server(self) -> "TelegramServer":
        return cast("TelegramServer", self)

    @property
    def users(self) -> list[User]:
        """Everybody with an account."""
        return [place for place in self._server.places.values() if isinstance(place, User)]

    def user(self, first_name: str, *, last_name: str = "", username: str = "", started: bool = False) -> User:
        """Somebody with an account; the bot may write to them once they have started it."""
        user = User(self._next("user"), first_name, last_name, username, started=started)
        self._server.places[user.id] = user
        return user

    def add_group(self, title: str, *members: User, kind: str = "supergroup") -> Group:
        """A group with the bot in it."""
        number = self._next("group")
        group = Group(-1_001_900_000_000 - number if kind == "supergroup" else -4_000_000 - number, title, kind, list(members))
        self._server.places[group.id] = group
        return group

    def messages(self, place: Place) -> list[Message]:
        """What the chat shows now."""
        return list(self._server._said[place.id])

    def add(self, place: Place, sender: User | None, **content: Any) -> Message:
        """A new message in a chat, without an update."""
        server = self._server
        server.date += 1
        message = Message(self._next("message"), place, server.date, sender, **content)
        server._said[place.id].append(message)
        return message

    def say(self, user: User, place: Place, text: str, *, reply_to: Message | None = None) -> Message:
        """A person writes. What privacy mode hides makes no update."""
        message = self.add(place, user, text=text, reply_to=reply_to)
        if isinstance(place, User):
            place.started = True
        if not self._hidden(message):
            self.update("message", message.json(self._server.bot))
        return message

    def start(self, user: User, payload: str = "") -> Message:
        """A person presses Start, perhaps after a deep link."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
            raise ValueError("Telegram drops such a start payload")
        return self.say(user, user, f"/start {payload}".strip())

    def edit(self, message: Message, text: str) -> Message:
        """A person edits what they wrote."""
        message.text, message.edits = text, message.edits + 1
        self.update("edited_message", message.json(self._server.bot))
        return message

    def share_location(self, user: User, place: Place, latitude: float, longitude: float) -> Message:
        """A person sends a location card."""
        message = self.add(place, user, location=(latitude, longitude))
        self.update("message", message.json(self._server.bot))
        return message

    def press(self, user: User, message: Message, data: str) -> str:
        """A person presses a button that is there; the answer is the id of the press."""
        if not any(data == button[1] for row in message.buttons for button in row):
            raise ValueError(f"message {message.id} has no button {data!r}")
        query = str(4_000_000_000_000 + self._next("press"))
        self._server.presses[query] = False
        said = message.json(self._server.bot)
        self.update("callback_query", {"id": query, "from": user.json(), "message": said, "chat_instance": "77", "data": data})
        return query

    def join(self, user: User, group: Group) -> None:
        """A person comes into a group: the service message and, as the bot is an administrator, the change of membership."""
        group.members.append(user)
        self._membership("chat_member", group, user, user.json(), "left", "member")
        self._service(group, user, new_chat_participant=user.json(), new_chat_member=user.json(), new_chat_members=[user.json()])

    def leave(self, user: User, group: Group) -> None:
        """A person leaves a group."""
        group.members.remove(user)
        self._membership("chat_member", group, user, user.json(), "member", "left")
        self._service(group, user, left_chat_participant=user.json(), left_chat_member=user.json())

    def add_bot(self, user: User, group: Group) -> None:
        """A person adds the bot to a group."""
        group.bot_inside, bot = True, self._server.bot
        self._membership("my_chat_member", group, user, bot, "left", "member")
        self._service(group, user, new_chat_participant=bot, new_chat_member=bot, new_chat_members=[bot])

    def remove_bot(self, user: User, group: Group) -> None:
        """A person throws the bot out."""
        group.bot_inside = False
        self._membership("my_chat_member", group, user, self._server.bot, "member", "kicked")

    def block(self, user: User) -> None:
        """A person stops the bot."""
        user.blocked = True
        self._membership("my_chat_member", user, user, self._server.bot, "member", "kicked")

    def unblock(self, user: User) -> None:
        """A person lets the bot write again."""
        user.blocked, user.started = False, True
        self._membership("my_chat_member", user, user, self._server.bot, "kicked", "member")

    def migrate(self, group: Group) -> Group:
        """A group becomes a supergroup with a new id."""
        new = self.add_group(group.title, *group.members)
        group.upgraded_to = new.id
        self._service(group, group.members[0], migrate_to_chat_id=new.id)
        self._service(new, group.members[0], migrate_from_chat_id=group.id)
        return new

    def update(self, kind: str, body: Json) -> Json:
        """Puts an update into the queue, unless the bot does not ask for its kind."""
        server = self._server
        made = {"update_id": self._next("update"), kind: body}
        if default_updates(kind, server.allowed):
            self.duplicate(made)
        return made

    def duplicate(self, update: Json) -> None:
        """Puts an update into the queue as it is, even if it was there before."""
        server = self._server
        server.pending.append(update)
        if server.poll and not server.poll.done():
            server.poll.set_result(None)
        server.changed()

    def reorder(self, seed: int = 1) -> None:
        """Shuffles what waits."""
        random.Random(seed).shuffle(self._server.pending)

    def _next(self, what: str) -> int:
        self._server._numbers[what] += 1
        return self._server._numbers[what]

    def _service(self, group: Group, user: User, **fields: object) -> None:
        self.update("message", self.add(group, user).json(self._server.bot) | fields)

    def _membership(self, kind: str, place: Place, by: User, who: Json, was: str, now: str) -> None:
        server = self._server
        server.date += 1
        sides = {
            name: {"user": who, "status": status} | ({"until_date": 0} if status == "kicked" else {})
            for name, status in (("old_chat_member", was), ("new_chat_member", now))
        }
        self.update(kind, {"chat": place.chat(), "from": by.json(), "date": server.date} | sides)

    def _hidden(self, message: Message) -> bool:
        if not self._server.privacy or isinstance(message.place, User):
            return False
        to_bot = message.reply_to is not None and message.reply_to.sender is None
        return not (to_bot or message.text.startswith("/") or f"@{self._server.bot['username']}" in message.text)
