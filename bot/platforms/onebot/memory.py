"""What an account keeps in mind between messages, so much and no more: a restart forgets it, and nothing depends on it."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """A mapping of at most so many entries; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def keep(self, key: K, value: V) -> None:
        """Keeps an entry, as the newest."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: K) -> V | None:
        """What was kept, if it still is."""
        return self._kept.get(key)

    def pop(self, key: K) -> V | None:
        """The same, and it is not kept any more."""
        return self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)


class Memory:
    """Ids of messages that the bot sent or that were taken back, and by way of which group somebody was met."""

    def __init__(self, most: int = 10_000) -> None:
        self.sent: Bounded[str, bool] = Bounded(most)
        """Whether a message is the bot's, where that is known."""
        self.gone: Bounded[str, bool] = Bounded(1000)
        self.met: Bounded[str, str] = Bounded(most)
