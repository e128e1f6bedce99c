"""How the line to one account stands, in words: said once in the log, kept for the doctor, and woken up to when it is good again."""

from collections.abc import Callable

import structlog

log = structlog.get_logger("onebot")


class Standing:
    """`say` remembers the words; `wake` is called when messages can go out again."""

    def __init__(self, say: Callable[[str], None], wake: Callable[[], None]) -> None:
        self._say = say
        self._wake = wake
        self._said = ""
        self._offline = ""
        self._good = False
        self._there = False
        self.version = ""
        """The implementation and its version, once it told them."""

    @property
    def online(self) -> bool:
        """False while the account itself is known to be off QQ."""
        return not self._offline

    def connected(self) -> None:
        """There is a connection that carries calls."""
        self._there = True
        self._now(self._offline or f"connected{f' to {self.version}' if self.version else ''}", good=self.online)

    def account(self, *, online: bool, why: str = "") -> None:
        """The account is on QQ, or it is not."""
        was = self._offline
        self._offline = "" if online else f"the account is off QQ{f' ({why})' if why else ''}; log it in again on OneBot's own page"
        if was != self._offline and self._there:
            self.connected()

    def lost(self, why: str) -> None:
        """There is no connection, and why."""
        self._there = False
        self._now(why, good=False)

    def _now(self, words: str, *, good: bool) -> None:
        if good and not self._good:
            self._wake()
        self._good = good
        if words == self._said:
            return
        self._said = words
        (log.info if good else log.warning)("The line to QQ by OneBot.", stands=words)
        self._say(words)
