"""The platform: our Bot API server, which lives through all kills and remembers what it acknowledged and showed."""

import random
import re
from collections.abc import Callable
from typing import Any

from tests.telegram_server import Message, TelegramServer
from tests.telegram_server.model import Json, Place, User


class Witness(TelegramServer):
    """`now` is the clock of the play, in seconds. `watch` is called when a message of the bot has been stored, before it is told so."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        super().__init__()
        self.watch: Callable[[], None] = lambda: None
        self._known: list[Json] = []
        self._by_id: dict[int, Message] = {}

    @property
    def date(self) -> int:
        return int(self._now())

    @date.setter
    def date(self, _: int) -> None:
        """The play's clock tells it."""

    def add(self, place: Place, sender: User | None, **content: Any) -> Message:
        message = super().add(place, sender, **content)
        self._by_id[message.id] = message
        if sender is None:
            self.watch()
        return message

    def find(self, place: Place, message_id: object) -> Message | None:
        found = self._by_id.get(int(str(message_id))) if str(message_id).isdigit() else None
        return found if found is not None and found.place is place else None

    def duplicate(self, update: Json) -> None:
        self._known.append(update)
        super().duplicate(update)

    @property
    def events(self) -> int:
        """How many things happened that the bot has to learn of."""
        return len(self._known)

    def acknowledged_keys(self) -> frozenset[str]:
        """The keys of the events that the bot has acknowledged."""
        waiting = {each["update_id"] for each in self.pending}
        return frozenset(f"telegram:main:{each['update_id']}" for each in self._known if each["update_id"] not in waiting)

    def repeat(self, chance: random.Random) -> None:
        """Deliver something once more that was acknowledged lately, as platforms do after a time-out."""
        known = [each for each in self._known[-60:] if each not in self.pending]
        if known:
            self.pending.insert(0, chance.choice(known))
            if self.poll and not self.poll.done():
                self.poll.set_result(None)

    def shown(self, place: Place) -> list[Message]:
        """What the bot has said in a chat, the oldest first."""
        return [message for message in self._said[place.id] if message.sender is None]

    def buttons(self, place: Place, label: str) -> list[tuple[Message, str]]:
        """The messages of a chat that show a button now, with its data."""
        return [(message, data) for message in self.shown(place) for row in message.buttons for text, data in row if text == label]

    def numbers(self, place: Place, pattern: str) -> list[str]:
        """What a pattern's group catches in the bot's messages of a chat, each once, in order."""
        return list(dict.fromkeys(each for message in self.shown(place) for each in re.findall(pattern, message.text)))
