"""Letters of which it is not known whether they arrived, and letters that a clock which was set back would hold up.

A letter that is `once` – about money, or unasked – is never repeated on a guess: it becomes `uncertain` and stays so until the platform
shows a message of it (`proven`) or a person decides. Any other is repeated, and the tries that may have arrived are counted in `doubts`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, not_, or_, select, true, tuple_, update

from storage.keys import BranchId, ChatKey
from storage.outbox import ERASED, Letter, at_chat, letter_of
from storage.tables import outbox
from storage.tables_processes import process
from storage.work import Work

LONGEST_WAIT = timedelta(hours=36)
"""Further ahead than any letter waits: the night of a person anywhere, and the longest a platform may ask to wait, which is a day."""
ENDED = "the process ended while it was being sent"
LOST = "failed"
"""The state of a letter that has told nobody anything and will not by itself. One in doubt may have."""
_UNCERTAIN = {"state": "uncertain", "retry_at": None}


class Doubts:
    """Letters in doubt. Crosses branches: delivery serves all."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def mark(self, letter: Letter, error: str) -> None:
        """It may have arrived, and is not repeated on a guess."""
        values = {**_UNCERTAIN, "error": error[:200], "doubts": letter.doubts + 1}
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(**values))

    async def repeat(self, letter: Letter, retry_at: datetime, error: str) -> None:
        """It may have arrived, and is repeated at a later moment all the same."""
        values = {
            "state": "waiting",
            "retry_at": retry_at,
            "error": error[:200],
            "attempts": letter.attempts + 1,
            "doubts": letter.doubts + 1,
        }
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(**values))

    async def recover(self, recognising: Collection[tuple[str, str]], told: str) -> tuple[int, int, list[BranchId]]:
        """What was being sent by processes that have ended: at start, and when another was struck off the list.

        Edits are simply done again, and so is what is for a platform that recognises a repeat (`recognising`). Answers how many
        letters may arrive twice, how many became uncertain instead, and which branches have some, of before too, and nothing in
        the slot by which that is `told`: a process may die before it has told anybody, and may start many times a day.
        """
        living = select(process.c.id)
        orphaned = or_(outbox.c.claimed_by.is_(None), outbox.c.claimed_by.not_in(living))
        under_way = and_(outbox.c.state == "sending", orphaned)
        anew = outbox.c.message_id.is_(None)
        known = tuple_(outbox.c.platform, outbox.c.instance).in_(list(recognising)) if recognising else not_(true())
        lost = and_(under_way, anew, outbox.c.once.is_(True), not_(known))
        values = {**_UNCERTAIN, "error": ENDED, "doubts": outbox.c.doubts + 1}
        uncertain = await self._work.change(update(outbox).where(lost).values(**values))
        doubtful = and_(under_way, anew)
        repeated = await self._work.change(update(outbox).where(doubtful).values(state="waiting", doubts=outbox.c.doubts + 1))
        await self._work.change(update(outbox).where(under_way).values(state="waiting"))
        doubted = outbox.alias("doubted")
        known_there = exists().where(outbox.c.branch_id == doubted.c.branch_id, outbox.c.slot == told, outbox.c.state != LOST)
        untold = select(doubted.c.branch_id).where(doubted.c.state == "uncertain", doubted.c.branch_id.is_not(None), not_(known_there))
        return repeated, uncertain, [row.branch_id for row in await self._work.rows(untold.distinct())]

    async def in_chat(self, chat: ChatKey) -> list[Letter]:
        """What is uncertain in a chat, the oldest first."""
        rows = await self._work.rows(select(outbox).where(*at_chat(chat), outbox.c.state == "uncertain").order_by(outbox.c.id))
        return [letter_of(row) for row in rows]

    async def is_known(self, chat: ChatKey, message_id: str) -> bool:
        """Whether a message of a chat belongs to a letter already."""
        found = select(outbox.c.id).where(*at_chat(chat), outbox.c.message_id == message_id)
        return bool(await self._work.rows(found.limit(1)))

    async def proven(self, letter: Letter, message_id: str) -> None:
        """It did arrive, as this message. What was changed since it went out is sent as an edit."""
        values: dict[str, Any] = {"message_id": message_id, "sent_at": self._work.now, "error": None, "doubts": letter.doubts - 1}
        values |= {"state": "waiting"} if letter.version > 1 else {**ERASED, "state": "sent"}
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(**values))

    async def of_branch(self) -> list[Letter]:
        """What is uncertain in this branch, the oldest first."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.state == "uncertain")
        return [letter_of(row) for row in await self._work.rows(select(outbox).where(*where).order_by(outbox.c.id))]

    async def send_again(self, letter: Letter, not_before: datetime) -> None:
        """A person wants it sent again."""
        values = {"state": "waiting", "not_before": not_before, "attempts": 0, "retry_at": None, "error": None}
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(**values))

    async def latest_moment(self) -> datetime | None:
        """The latest moment that any letter bears: later than now, and the clock has been set back."""
        moments = [func.max(column, type_=column.type) for column in (outbox.c.created_at, outbox.c.sent_at)]
        row = (await self._work.rows(select(*moments)))[0]
        return max((each for each in row if each is not None), default=None)

    async def set_back(self, was: datetime) -> int:
        """The clock showed `was` and shows less now: no letter waits for the time between. Answers how many would have waited."""
        now = self._work.now
        late = or_(outbox.c.not_before > now, outbox.c.retry_at > now)
        rows = await self._work.rows(select(outbox).where(late, outbox.c.state != "sent"))
        changed = 0
        for letter in map(letter_of, rows):
            values = _moved(letter, was, now)
            if values:
                changed += 1
                self._work.update(outbox, {"id": letter.id}, **values)
        for column in (outbox.c.created_at, outbox.c.sent_at):
            await self._work.change(update(outbox).where(column > now).values({column.name: now}))
        return changed


def _moved(letter: Letter, was: datetime, now: datetime) -> dict[str, datetime | None]:
    """What changes of a letter that was to wait by a clock which was ahead.

    A wait is as long as it was; a morning stays that morning, unless it lies further ahead than any morning can.
    """
    values: dict[str, datetime | None] = {}
    if letter.not_before > now:
        at_once = letter.created_at > now and letter.not_before - letter.created_at < timedelta(minutes=1)
        if at_once or (letter.sent_at is not None and letter.sent_at > now):
            values["not_before"] = now
        elif letter.not_before > now + LONGEST_WAIT:
            values["not_before"] = max(now, now + (letter.not_before - was))
    if letter.retry_at is not None and letter.retry_at > now:
        values["retry_at"] = max(now, now + (letter.retry_at - was))
    return values
