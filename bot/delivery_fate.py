"""The fate of one letter: it is sent, put back, put off, spared, or given up. Never inside a transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.budgets import Spending
from bot.clock import BEIJING, Clock
from bot.delivery_failures import Failures, Note
from bot.messages import Capabilities, ChatKind, Outgoing, Parcel, Priority
from bot.metrics import Metrics
from bot.platforms.base import NotNow, Platform, Refused, SendError, Uncertain
from bot.rules import tallies
from bot.services import deliveries, drawings
from bot.services.posting import unpack
from bot.spelled import Heard, fitted
from bot.texts import Language, Text
from storage.database import Database
from storage.outbox import BUDGET, Letter

log = structlog.get_logger()

TAKEN = Text("👌 记下了", "👌 noted")
"""What is said where a mark would stand, if there are none."""
LATE = timedelta(minutes=1)
"""From then on a letter that nobody asked for may have slipped into the night."""


class Fate:
    """Deals with letters that were taken up. `note` runs a service until that is stored."""

    def __init__(
        self,
        note: Note,
        database: Database,
        platforms: Mapping[tuple[str, str], Platform],
        spending: Spending,
        failures: Failures,
        *,
        clock: Clock,
        metrics: Metrics,
        heard: Heard,
    ) -> None:
        self._note = note
        self._database = database
        self._platforms = platforms
        self._spending = spending
        self._failures = failures
        self._clock = clock
        self._metrics = metrics
        self._heard = heard

    async def deliver(self, letter: Letter, now: datetime) -> str | None:
        """Send a letter: the platform's id of the message; None where it did not go, and what becomes of it is noted."""
        if letter.chat is None or letter.content is None:
            await self._note(deliveries.give_up, letter, "nothing to send")
            return None
        structlog.contextvars.bind_contextvars(cause=letter.cause)  # a task of its own, hence a context of its own
        platform = self._platforms[letter.chat[:2]]
        kind = ChatKind(letter.kind)
        can = platform.capabilities(kind)
        can_edit = can.edit
        if await self._lets_be(letter, letter.content, now, can_edit=can_edit):
            return None
        unasked = letter.priority >= Priority.NOTICE
        free = letter.mark and ("reaction" not in letter.content or is_free(can))
        ready = self._spending.ready_at(letter.chat, kind, platform.budget, now, marks=free, unasked=unasked)
        if ready > now:
            await self._note(deliveries.put_back, letter, ready, BUDGET, attempts=letter.attempts)
            return None
        spent = None if free else self._spending.spend(letter.chat, kind, platform.budget, now, unasked=unasked)
        content = unpack(letter.content, letter.picture, letter.file)
        edit = letter.message_id if can_edit else None
        began = asyncio.get_running_loop().time()
        try:
            if content.drawing is not None:
                content = await self._drawn(content, can)
            message_id = await self._send(
                platform,
                Parcel(
                    letter.chat, kind, content, Language(letter.language), edit, str(letter.id), letter.doubts > 0, unasked, letter.version
                ),
            )
        except SendError as error:
            if spent is not None and isinstance(error, NotNow):
                self._spending.spared(letter.chat, kind, platform.budget, spent)
            self._told(letter, type(error).__name__.lower(), began)
            await self._failures.deal_with(letter, error)
        except Exception as error:
            log.exception("a platform broke its promise", platform=letter.chat.platform, letter=letter.id)
            self._told(letter, "broken", began)
            await self._failures.deal_with(letter, Uncertain(type(error).__name__))
        else:
            self._told(letter, "edited" if letter.message_id else "sent", began)
            return message_id
        return None

    def _told(self, letter: Letter, result: str, began: float) -> None:
        """What came of handing a letter over, in numbers."""
        seconds = asyncio.get_running_loop().time() - began
        platform = letter.chat.platform if letter.chat else ""
        arrived = result in {"sent", "edited"}
        self._metrics.send(platform, result, seconds, (self._clock() - letter.not_before).total_seconds() if arrived else None)
        log.info("letter", platform=platform, letter=letter.id, result=result, attempts=letter.attempts, seconds=round(seconds, 3))

    async def _lets_be(self, letter: Letter, content: Mapping[str, Any], now: datetime, *, can_edit: bool) -> bool:
        """Whether a letter is not sent, or not now: it is stale, it is not worth saying, or it is night."""
        if letter.good_until is not None and letter.message_id is None and letter.good_until < now:
            await self._note(deliveries.stale, letter)
            return True
        return (not can_edit and await self._spares(letter, content, now)) or await self._slept_over(letter, now)

    async def _slept_over(self, letter: Letter, now: datetime) -> bool:
        """What nobody asked for and is late, after an outage perhaps, does not arrive in the night; it waits for its morning."""
        if letter.day is None or letter.message_id is not None or now - letter.not_before <= LATE:
            return False
        try:
            return await self._database.run(deliveries.put_off_at_night, letter)
        except Exception:
            log.exception("whether it is night there could not be found out", letter=letter.id)
            return False

    async def _spares(self, letter: Letter, content: Mapping[str, Any], now: datetime) -> bool:
        """Where nothing can be edited a changed count is not said anew, and a number that grows only now and then."""
        if letter.message_id is not None and "only_edit" in content:
            await self._note(deliveries.unsaid, letter)
            return True
        if "tally" not in content:
            return False
        if letter.good_until is not None and letter.good_until < now:
            await self._note(deliveries.unsaid, letter)
            return True
        due = tallies.first(letter.created_at) if letter.sent_at is None else tallies.again(letter.sent_at, BEIJING)
        if due is None:
            await self._note(deliveries.unsaid, letter)
        elif due > now:
            await self._note(deliveries.postpone, letter, due)
        return due is None or due > now

    async def _drawn(self, content: Outgoing, can: Capabilities) -> Outgoing:
        """The message with its picture or paper made, beside the loop; without a picture where there are none.

        What cannot be drawn cannot be drawn at the next try either.
        """
        if content.drawing is not None and content.drawing.is_picture and not can.pictures:
            return replace(content, drawing=None)
        try:
            if content.drawing is not None:
                content = replace(content, drawing=drawings.opened(content.drawing, self._database.vault))
            return await asyncio.to_thread(drawings.drawn, content)
        except Exception as error:
            log.exception("a picture or paper could not be drawn")
            raise Refused(f"could not be drawn: {type(error).__name__}") from error

    async def _send(self, platform: Platform, parcel: Parcel) -> str:
        can = platform.capabilities(parcel.kind)
        if parcel.content.reaction and not can.react:
            if not can.mark_in_words:
                return ""
            parcel = replace(parcel, content=Outgoing(TAKEN, reply_to=parcel.content.reply_to))
        if parcel.content.remove and not can.remove:
            raise Refused("messages cannot be deleted there")
        if parcel.content.admission and not can.admit:
            raise Refused("nobody can be let in there")
        content = fitted(parcel.content, parcel.kind, can, self._heard)
        return await platform.send(parcel if content is parcel.content else replace(parcel, content=content))


def is_free(can: Capabilities) -> bool:
    """Whether a mark costs nothing, because it is not said in words."""
    return can.react or not can.mark_in_words
