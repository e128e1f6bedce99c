"""How fast one person may go on: so many at once, and then so many a second."""

from collections.abc import Hashable

from bot.platforms.bounded import Bounded

REMEMBERED = 10_000
"""Keys that are remembered; those who came first are forgotten first, so that strangers cannot fill the memory."""


class Pace:
    """A bucket of tokens for each key. Times are seconds of any clock that only goes forward."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left: Bounded[Hashable, tuple[float, float]] = Bounded(REMEMBERED)

    def left(self, key: Hashable, now: float) -> bool:
        """Whether there is a token for a key."""
        return self._tokens(key, now) >= 1

    def take(self, key: Hashable, now: float) -> bool:
        """Take a token for a key; False, and nothing is taken, if there is none."""
        tokens = self._tokens(key, now)
        if tokens < 1:
            return False
        self._left.keep(key, (tokens - 1, now))
        return True

    def _tokens(self, key: Hashable, now: float) -> float:
        tokens, since = self._left.get(key) or (float(self._burst), now)
        return min(float(self._burst), tokens + (now - since) * self._per_second)
