"""What becomes of a letter that did not go out, or of which nobody knows whether it did (docs/decisions/0005)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.messages import Priority
from bot.platforms.base import Moved, NotNow, Refused, SendError, SlowDown, Uncertain, Unreachable, Vanished
from bot.services import awaiting, deliveries, uncertain
from storage.keys import ChatKey
from storage.outbox import Letter

ATTEMPTS = 150
"""About a day: an outage of some hours loses nothing, and an answer of yesterday helps nobody."""
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
TOGETHER, SEVERAL = timedelta(seconds=5), 3
"""So many chats that are asked to wait within so short a time mean that the account has to."""
URGENT_REPEATS = 4
"""How often an emergency is repeated of which nobody knows whether it arrived."""

Note = Callable[..., Awaitable[None]]
"""Runs a service in a transaction, again and again until that is stored."""
Block = Callable[[tuple[str, ...], datetime], None]

_NOTED: Mapping[type[SendError], Callable[..., Awaitable[None]]] = {
    Vanished: deliveries.vanished,
    Unreachable: deliveries.unreachable,
    NotNow: awaiting.not_now,
}


class Failures:
    """Deals with what went wrong.

    `recognising`: platforms that show a message once however often it is sent; `cautious`: those where an answer is not said again.
    """

    def __init__(
        self,
        note: Note,
        block: Block,
        *,
        recognising: frozenset[tuple[str, str]],
        cautious: frozenset[tuple[str, str]],
        clock: Clock,
        chance: Callable[[], float],
    ) -> None:
        self._note = note
        self._block = block
        self._recognising = recognising
        self._cautious = cautious
        self._clock = clock
        self._chance = chance
        self._slow: dict[tuple[str, ...], dict[ChatKey, tuple[datetime, timedelta]]] = {}

    async def deal_with(self, letter: Letter, error: SendError) -> None:
        """Wait, follow, say anew, give up, repeat, or leave to a person."""
        now = self._clock()
        match error:
            case SlowDown() if letter.chat:
                self._block(letter.chat, now + error.wait)
                if (all_wait := error.wait if error.everywhere else self._all_slow(letter.chat, now, error.wait)) is not None:
                    self._block(letter.chat[:2], now + all_wait)
                await self._note(deliveries.put_back, letter, now + error.wait, "asked to wait", attempts=letter.attempts)
            case Moved() if letter.chat:
                await self._note(deliveries.moved, letter, error.new_chat_id)
            case Vanished() | Unreachable() | NotNow():
                await self._note(_NOTED[type(error)], letter)
            case Refused():
                await self._note(deliveries.give_up, letter, str(error))
            case Uncertain() if letter.message_id is None and letter.chat and letter.chat[:2] not in self._recognising:
                await self._doubted(letter, now, str(error))
            case _ if letter.attempts + 1 >= ATTEMPTS:
                await self._note(deliveries.give_up, letter, str(error))
            case Uncertain() if letter.message_id is None:
                await self._note(uncertain.repeat, letter, now + self._wait(letter.attempts), str(error))
            case _:
                again = now + self._wait(letter.attempts)
                await self._note(deliveries.put_back, letter, again, type(error).__name__, attempts=letter.attempts + 1)

    def _all_slow(self, chat: ChatKey, now: datetime, wait: timedelta) -> timedelta | None:
        """How long the account has to wait: several chats asked for that at about the same time, so it sends too much altogether."""
        recent = {key: noted for key, noted in self._slow.get(chat[:2], {}).items() if abs(now - noted[0]) < TOGETHER}
        recent[chat] = (now, wait)
        self._slow[chat[:2]] = recent
        return min(each for _, each in recent.values()) if len(recent) >= SEVERAL else None

    async def _doubted(self, letter: Letter, now: datetime, error: str) -> None:
        """It may have arrived. What is about money or unasked is not repeated, an answer once, an emergency some times."""
        once = letter.once or (letter.chat is not None and letter.chat[:2] in self._cautious)
        repeats = URGENT_REPEATS if letter.priority == Priority.EMERGENCY and not letter.once else 0 if once else 1
        if letter.doubts < repeats:
            await self._note(uncertain.repeat, letter, now + self._wait(letter.attempts), error)
        else:
            await self._note(uncertain.mark, letter, error)

    def _wait(self, attempts: int) -> timedelta:
        """Doubling, with jitter so that many do not come back at once."""
        wait: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 10)) * (0.75 + self._chance() / 2)
        return wait
