"""What is kept in mind between messages, so much and no more: a restart forgets it, and nothing depends on it."""

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

    def clear(self) -> None:
        """Nothing is kept any more."""
        self._kept.clear()

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)
