"""How much of the platforms' budgets is used, and what is kept free for answers.

A lesson to two thousand groups takes more than a minute of an account's budget. What somebody asked for must not wait behind it: a fifth
of what an account may send in a second, and a chat may get in a minute or an hour, is never used by what nobody asked for.
"""

from collections import deque
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.messages import Budget, ChatKind
from storage.keys import ChatKey

_SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PAUSE = timedelta(seconds=0.5)
"""How long what nobody asked for waits for room for several."""
_KEPT_FREE = 5
"""One part in so many."""

Account = tuple[str, ...]
"""A platform and an instance of it."""


def open_to(number: int, *, unasked: bool) -> int:
    """How much of a limit a message may use: all of it if it was asked for."""
    return number - number // _KEPT_FREE if unasked else number


def _several(number: int) -> int:
    """How many of a second's messages go together where nobody waits for them: to take up letters costs the same for one or many."""
    return max(1, number // 2)


class Spending:
    """What was sent within the last minute, and hour where a platform counts by it; in memory, and told to it anew at a start."""

    def __init__(self) -> None:
        self._by_account: dict[Account, deque[datetime]] = {}
        """Of the last second."""
        self._by_minute: dict[Account, deque[datetime]] = {}
        """Of the last minute; only where a platform counts an account by it."""
        self._by_chat: dict[ChatKey, deque[datetime]] = {}
        """Of the last minute, the chat that got something last at the end."""
        self._by_hour: dict[ChatKey, deque[datetime]] = {}
        """Of the last hour, in the same order; only where a platform counts by it, since an account may say much in an hour."""
        self._blocked: dict[Account | ChatKey, datetime] = {}
        self._resting: dict[ChatKey, datetime] = {}
        self._unasked: dict[Account, datetime] = {}
        """When something that nobody asked for went out last."""
        self._put_off: dict[Account, list[datetime]] = {}
        self._latest: datetime | None = None
        """The latest moment this was asked at."""

    def room(self, whole: Account, budget: Budget, now: datetime, *, unasked: bool) -> int:
        """How many messages may go out through an account now; none while it is blocked.

        What nobody asked for waits until `several` may go together.
        """
        if self._blocked.get(whole, now) > now:
            return 0
        number = open_to(budget.all_per_second, unasked=unasked)
        free = max(0, number - len(self._last_second(whole, now)))
        if unasked and free < _several(number) and self._rested(whole, now) > now:
            return 0
        if budget.all_per_minute is not None:
            free = min(free, max(0, open_to(budget.all_per_minute, unasked=unasked) - len(self._last(self._by_minute, whole, now, MINUTE))))
        return max(0, free - len(self._coming(whole, now))) if unasked else free

    def blocked(self, whole: Account, now: datetime) -> datetime | None:
        """Until when the platform asked to send nothing through an account; None if it does not."""
        until = self._blocked.get(whole)
        return until if until is not None and until > now else None

    def next_free(self, whole: Account, budget: Budget, now: datetime, *, unasked: bool = False) -> datetime:
        """When `room` is there again: `now`, or later."""
        number = open_to(budget.all_per_second, unasked=unasked)
        one = self._below(number - 1, whole, now)
        free = min(self._below(number - _several(number), whole, now), max(one, self._rested(whole, now))) if unasked else one
        free = self._minute_free(whole, budget, free, now, unasked=unasked)
        coming = self._coming(whole, now) if unasked else []
        # Where room is there but kept for what was put off, it is looked again when the first of that goes.
        return max(free, min(coming)) if coming and not self.room(whole, budget, now, unasked=True) else free

    def put_off(self, whole: Account, until: datetime) -> None:
        """Something that nobody asked for goes at a moment to come. Room is kept for it, so that no more is put off than may go."""
        self._put_off.setdefault(whole, []).append(until)

    def _coming(self, whole: Account, now: datetime) -> list[datetime]:
        """When what was put off goes."""
        if whole not in self._put_off:
            return []
        self._put_off[whole] = coming = [each for each in self._put_off[whole] if each > now]
        return coming

    def _rested(self, whole: Account, now: datetime) -> datetime:
        """From when on what nobody asked for goes also by ones and twos: answers may leave it no more."""
        return self._unasked.get(whole, now - PAUSE) + PAUSE

    def _below(self, most: int, whole: Account, now: datetime) -> datetime:
        """When at most so many messages went out within the last second."""
        sent = self._last_second(whole, now)
        full = sent[-most - 1] + _SECOND if len(sent) > most else now
        return max(self._blocked.get(whole, now), full, now)

    def resting(self, now: datetime) -> dict[ChatKey, datetime]:
        """The chats that may get nothing before a moment, but marks. What is over is forgotten."""
        self._blocked = {key: until for key, until in self._blocked.items() if until > now}
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return dict(self._resting)

    def ready_at(self, chat: ChatKey, kind: ChatKind, budget: Budget, now: datetime, *, marks: bool, unasked: bool = False) -> datetime:
        """When the next message may go to a chat: `now`, or later. Marks cost nothing, but wait where the platform asked to."""
        whole = chat[:2]
        blocked = max(self._blocked.get(chat, now), self._blocked.get(whole, now), now)
        if marks:
            return blocked
        free = self._below(open_to(budget.all_per_second, unasked=unasked) - 1, whole, now)
        free = self._minute_free(whole, budget, free, now, unasked=unasked)
        return max(blocked, free, self._chat_free(chat, kind, budget, now, unasked=unasked))

    def spend(self, chat: ChatKey, kind: ChatKind, budget: Budget, now: datetime, *, unasked: bool = False) -> datetime:
        """A message goes out, `now` or later: who waited for the database since it read the clock comes after its neighbours.

        Answers the moment that is noted.
        """
        now = now if self._latest is None else max(now, self._latest)
        self._last_second(chat[:2], now).append(now)
        if budget.all_per_minute is not None:
            self._last(self._by_minute, chat[:2], now, MINUTE).append(now)
        if unasked:
            self._unasked[chat[:2]] = now
        _note(self._by_chat, chat, now, MINUTE)
        if budget.chat_per_hour is not None:
            _note(self._by_hour, chat, now, HOUR)
        if (free := self._chat_free(chat, kind, budget, now, unasked=False)) > now:
            self._resting[chat] = free
        return now

    def spared(self, chat: ChatKey, kind: ChatKind, budget: Budget, at: datetime) -> None:
        """What was spent `at` a moment (see `spend`) did not go, for nothing gets in there now: it has cost nothing."""
        for by_chat in (self._by_chat, self._by_hour):
            if (sent := by_chat.get(chat)) and at in sent:
                sent.remove(at)
                if not sent:
                    del by_chat[chat]
        for by_account in (self._by_account, self._by_minute):
            if (sent := by_account.get(chat[:2])) and at in sent:
                sent.remove(at)
        until = max(self._chat_free(chat, kind, budget, at, unasked=False), self._blocked.get(chat, at))
        if until > at:
            self._resting[chat] = until
        else:
            self._resting.pop(chat, None)

    def forget(self, accounts: Collection[Account]) -> None:
        """Nothing is known any more of what was sent through some accounts."""
        for account in accounts:
            self._by_account.pop(account, None)
            self._by_minute.pop(account, None)
        for by_chat in (self._by_chat, self._by_hour):
            for chat in [each for each in by_chat if each[:2] in accounts]:
                del by_chat[chat]

    def block(self, key: Account | ChatKey, until: datetime) -> None:
        """The platform asked to wait with a chat, or with everything."""
        self._blocked[key] = max(until, self._blocked.get(key, until))
        if isinstance(key, ChatKey):
            self._resting[key] = max(until, self._resting.get(key, until))

    def set_back(self, was: datetime, now: datetime) -> None:
        """The clock showed `was`: every moment noted here moves with it."""
        by = was - now
        self._by_account = {key: deque(each - by for each in sent) for key, sent in self._by_account.items()}
        self._by_minute = {key: deque(each - by for each in sent) for key, sent in self._by_minute.items()}
        self._by_chat = {key: deque(each - by for each in sent) for key, sent in self._by_chat.items()}
        self._by_hour = {key: deque(each - by for each in sent) for key, sent in self._by_hour.items()}
        self._blocked = {key: until - by for key, until in self._blocked.items()}
        self._resting = {key: until - by for key, until in self._resting.items()}
        self._unasked = {key: at - by for key, at in self._unasked.items()}
        self._put_off = {key: [each - by for each in coming] for key, coming in self._put_off.items()}
        self._latest = None if self._latest is None else self._latest - by

    def _last_second(self, whole: Account, now: datetime) -> deque[datetime]:
        return self._last(self._by_account, whole, now, _SECOND)

    def _last(self, by_account: dict[Account, deque[datetime]], whole: Account, now: datetime, span: timedelta) -> deque[datetime]:
        """What went through an account within a span before now."""
        self._latest = now if self._latest is None else max(now, self._latest)
        sent = by_account.setdefault(whole, deque())
        while sent and sent[0] <= now - span:
            sent.popleft()
        return sent

    def _minute_free(self, whole: Account, budget: Budget, free: datetime, now: datetime, *, unasked: bool) -> datetime:
        """When the account has room by its minute; `free` at the soonest."""
        if budget.all_per_minute is None:
            return free
        return _below_limit(self._last(self._by_minute, whole, now, MINUTE), open_to(budget.all_per_minute, unasked=unasked), MINUTE, free)

    def _chat_free(self, chat: ChatKey, kind: ChatKind, budget: Budget, now: datetime, *, unasked: bool) -> datetime:
        free, sent = now, self._by_chat.get(chat)
        if sent is not None:
            free = _below_limit(sent, open_to(budget.chat_per_second, unasked=unasked), _SECOND, free)
            minute = budget.group_per_minute if kind is ChatKind.GROUP else budget.private_per_minute
            if minute is not None:
                free = _below_limit(sent, open_to(minute, unasked=unasked), MINUTE, free)
        if budget.chat_per_hour is not None and (sent := self._by_hour.get(chat)) is not None:
            free = _below_limit(sent, open_to(budget.chat_per_hour, unasked=unasked), HOUR, free)
        return free


def _below_limit(sent: deque[datetime], number: int, span: timedelta, free: datetime) -> datetime:
    """When at most `number` of what was sent lie within a span, the next message among them; `free` at the soonest."""
    return free if len(sent) < number else max(free, sent[-number] + span)


def _note(by_chat: dict[ChatKey, deque[datetime]], chat: ChatKey, now: datetime, span: timedelta) -> None:
    """Something went to a chat: neither what is older than a span is kept nor chats without anything in it, of which there may be many."""
    sent = by_chat.pop(chat, None)
    by_chat[chat] = sent = deque() if sent is None else sent
    sent.append(now)
    while sent[0] < now - span:
        sent.popleft()
    while by_chat[first := next(iter(by_chat))][-1] < now - span:
        del by_chat[first]
