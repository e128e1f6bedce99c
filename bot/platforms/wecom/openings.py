"""Where an answer may go at once: the callbacks that were not answered yet, and what each chat was shown."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.platforms.bounded import Bounded

ANSWERABLE = timedelta(minutes=5, seconds=30)
"""How long a callback is answered by its own id: WeCom ends a stream after six minutes."""
WELCOMED = timedelta(seconds=4, milliseconds=500)
"""The same for somebody who opened the chat, where WeCom waits for five seconds."""
REMEMBERED = 5000
"""Chats, and messages shown, that are kept in memory; the oldest are forgotten."""
_OF_A_CHAT = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """A callback that may be answered until a moment; a `welcome` only in words or with a card."""

    req_id: str
    message_id: str
    until: datetime
    welcome: bool = False


class Openings:
    """The callbacks of each chat that wait for an answer."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._open: Bounded[str, deque[Opening]] = Bounded(REMEMBERED)

    def add(self, chat_id: str, req_id: str, message_id: str, *, welcome: bool = False) -> None:
        """Something was said in a chat, or somebody opened it."""
        until = self._clock() + (WELCOMED if welcome else ANSWERABLE)
        waiting = self._open.get(chat_id) or deque(maxlen=_OF_A_CHAT)
        waiting.append(Opening(req_id, message_id, until, welcome))
        self._open.keep(chat_id, waiting)

    def take(self, chat_id: str, answers: str | None) -> Opening | None:
        """The callback that a message answers, or the oldest of a private chat; each is answered once.

        In a group an answer belongs to who asked: what answers nobody is no answer.
        """
        now = self._clock()
        waiting = self._open.get(chat_id) or deque()
        private = chat_id.startswith("u")
        for each in list(waiting):
            if each.until <= now:
                waiting.remove(each)
            elif each.message_id == answers or (private and answers is None):
                waiting.remove(each)
                return each
        return None


class Shown:
    """What the bot said in each chat, by a digest of the words: WeCom quotes a message without its id."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._messages: Bounded[tuple[str, str], tuple[str, datetime]] = Bounded(REMEMBERED)

    def add(self, chat_id: str, said: str, message_id: str) -> None:
        """A message goes out."""
        if core := _core(said):
            self._messages.keep((chat_id, core), (message_id, self._clock()))

    def find(self, chat_id: str, quoted: str) -> tuple[str, datetime] | None:
        """The message whose words are quoted, and when it went out."""
        return self._messages.get((chat_id, _core(quoted)))


def _core(said: str) -> str:
    """A digest of the letters and digits: markup, signs and blanks are shown in more than one way."""
    letters = "".join(filter(str.isalnum, said))
    return sha256(letters.encode()).hexdigest()[:24] if letters else ""
