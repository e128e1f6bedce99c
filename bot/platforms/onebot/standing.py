"""How the line to one account stands, in words: said once in the log, kept for the doctor, and woken up to when it is good again."""

import asyncio
from collections.abc import Callable

import structlog

SECOND = "a second OneBot with the same account was refused; turn one of them off"
MISSING = "a OneBot without a token was refused; paste the same token into its WebSocket client as into the file of [onebot] token_file"
WRONG = "a OneBot with another token was refused; paste the same token into its WebSocket client as into the file of [onebot] token_file"
DOOR = "a OneBot on another computer was refused; set a token in [onebot], and the same in OneBot in the field Token, not in the address"
STRANGER = "a OneBot that another QQ account is logged in to was refused; see [onebot] accounts, and who is logged in on OneBot's own page"
_TOLD = 600.0
"""Seconds after which a second OneBot that did not come again is forgotten."""

log = structlog.get_logger("onebot")


class Standing:
    """`say` remembers the words; `wake` is called when messages can go out again.

    Of several processes one has the connection, and the others are not asked: that there is none is said by the one that `leads`, or by the
    one that had it.
    """

    def __init__(self, say: Callable[[str], None], wake: Callable[[], None], leads: asyncio.Event | None = None) -> None:
        self._say = say
        self._wake = wake
        self._leads = leads
        self._stands = self._said = ""
        self._offline = ""
        self._good = False
        self._there = self._had = False
        """Whether this process has the connection, and whether it was told so last."""
        self._second = 0.0
        """Until when it is told that there is a second OneBot, by the clock of the loop."""
        self.version = ""
        """The implementation and its version, once it told them."""

    @property
    def online(self) -> bool:
        """False while the account itself is known to be off QQ."""
        return not self._offline

    def connected(self) -> None:
        """There is a connection that carries calls."""
        self._there = True
        told = f"connected{f' to {self.version}' if self.version else ''}"
        if self._second > asyncio.get_running_loop().time():
            told += f"; {SECOND}"
        self._now(self._offline or told, good=self.online)

    def second(self) -> None:
        """A second OneBot was refused, since the first lives."""
        log.warning("A second OneBot connected with the same account and was refused; the first stays.")
        self._second = asyncio.get_running_loop().time() + _TOLD
        self.look()

    def look(self) -> None:
        """Tells how it stands now, if that is not what was told."""
        if self._there:
            self.connected()

    def account(self, *, online: bool, why: str = "") -> None:
        """The account is on QQ, or it is not."""
        was = self._offline
        self._offline = "" if online else f"the account is off QQ{f' ({why})' if why else ''}; log it in again on OneBot's own page"
        if was != self._offline:
            self.look()

    def lost(self, why: str) -> None:
        """There is no connection, and why."""
        self._there, self._second = False, 0.0
        self._now(why, good=False)

    def refused(self, why: str) -> None:
        """Somebody was turned away; that is what matters while nobody else is there."""
        if not self._there:
            self._now(why, good=False)

    def again(self) -> None:
        """Tells it once more: another process may have told something else, or this one leads only now."""
        self.look()
        if self._there and self._leads is not None:
            self._said = ""
        self._tell()

    def _now(self, words: str, *, good: bool) -> None:
        if good and not self._good:
            self._wake()
        self._good = good
        if words != self._stands:
            self._stands = words
            (log.info if good else log.warning)("The line to QQ by OneBot.", stands=words)
        self._tell()

    def _tell(self) -> None:
        if self._stands == self._said or not (self._there or self._had or self._leads is None or self._leads.is_set()):
            return
        self._said, self._had = self._stands, self._there
        self._say(self._said)
