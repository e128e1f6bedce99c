"""How fast one person may go on: so many at once, and then so many a second."""

from collections import OrderedDict
from collections.abc import Hashable

REMEMBERED = 10_000
"""Keys that are remembered; those who came first are forgotten first, so that strangers cannot fill the memory."""


class Pace:
    """A bucket of tokens for each key. Times are seconds of any clock that only goes forward."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def left(self, key: Hashable, now: float) -> bool:
        """Whether there is a token for a key."""
        return self._tokens(key, now) >= 1

    def take(self, key: Hashable, now: float) -> bool:
        """Take a token for a key; False, and nothing is taken, if there is none."""
        tokens = self._tokens(key, now)
        if tokens < 1:
            return False
        self._left[key] = (tokens - 1, now)
        self._left.move_to_end(key)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return True

    def _tokens(self, key: Hashable, now: float) -> float:
        tokens, since = self._left.get(key, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - since) * self._per_second)
