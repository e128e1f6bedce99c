"""Keeping to what may be asked of people's attention (see `bot.rules.attention`): when a group is told, and who is spared a reminder."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.messages import Outgoing, Priority
from bot.permissions import Role
from bot.rules import attention, quiet_hours
from bot.rules.attention import Planned
from bot.services import destinations
from bot.services.destinations import Matter
from bot.texts import Text
from storage.keys import ChatKey
from storage.members import Member
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

_ORDINARY = frozenset({Role.MEMBER.value, Role.PROBATIONARY.value, Role.GUEST.value})
"""Whoever has another role is always told: others wait for what they do."""


def morning(work: UnitOfWork) -> datetime:
    """Now, or at night when it ends, for the branch's groups."""
    return quiet_hours.next_allowed(work.now, *quiet_hours.DEFAULT, BEIJING)


async def group_moment(work: UnitOfWork, chat: ChatKey, outgoing: Outgoing, slot: str | None, room: int) -> datetime:
    """When a group may be told something unasked: by day and at once, or on the next morning of a day with less than `room` messages.

    The parts of one thing (`news:<day>:1`, `news:<day>:2`), posted in one transaction, go together.
    """
    soonest = morning(work)
    today = beijing_day(soonest)
    letters = [each for each in await work.outbox.planned(today) if each.chat == chat]
    for each in letters:
        if each.created_at >= _this(work) and _stem(each.slot) == _stem(slot) is not None:
            return each.not_before
    text = outgoing.text if is_plain(outgoing) else None
    day = attention.free_day([_planned(each) for each in letters], today, text, room)
    later = soonest.astimezone(BEIJING).replace(hour=quiet_hours.DEFAULT[1], minute=0, second=0, microsecond=0)
    return soonest if day == today else (later + (day - today)).astimezone(soonest.tzinfo)


def _stem(slot: str | None) -> str | None:
    return slot.rpartition(":")[0] if slot is not None and slot.count(":") > 1 else None


def _this(work: UnitOfWork) -> datetime:
    """The moment of this transaction, as a row keeps it: in whole milliseconds."""
    return work.now - timedelta(milliseconds=1)


async def has_room(work: UnitOfWork, chat: ChatKey) -> bool:
    """Whether something more may be said in a group now: it does not sleep, and has heard little today."""
    return await group_moment(work, chat, Outgoing(Text("", "")), None, attention.HELD_FROM) == work.now


async def groups_have_room(work: UnitOfWork, matter: Matter) -> bool:
    """Whether that is so in every group that gets such a matter."""
    return all([await has_room(work, group.key) for group in await destinations.groups(work, matter)])


async def waits_until(work: UnitOfWork) -> datetime | None:
    """Until when what this transaction said to the groups unasked waits; None if it does not, or nothing was said."""
    moments = [each.not_before for each in await work.outbox.planned(beijing_day(work.now)) if each.created_at >= _this(work)]
    return max((each for each in moments if each > work.now), default=None)


def _planned(letter: Letter) -> Planned:
    text = Text(letter.content["zh"], letter.content["en"]) if letter.content and put_off(letter) else None
    return Planned(letter.day or beijing_day(letter.not_before), text)


def put_off(letter: Letter) -> bool:
    """Whether a letter to a group waits, or waited, for another day and may then share a message with others."""
    return letter.day is not None and letter.message_id is None and letter.day > beijing_day(letter.created_at) and only_words(letter)


def only_words(letter: Letter) -> bool:
    """Whether a letter is nothing but a text."""
    return letter.picture is None and letter.content is not None and plain_content(letter.content)


def plain_content(content: Mapping[str, Any]) -> bool:
    """Whether packed content is nothing but a text."""
    return set(content) == {"zh", "en"}


def is_plain(outgoing: Outgoing) -> bool:
    """Whether a message is nothing but a text."""
    return outgoing == Outgoing(outgoing.text)


async def is_spared(work: UnitOfWork, member: Member, priority: Priority) -> bool:
    """Whether a reminder to somebody waits until it can come with others: they heard enough this week and did nothing since."""
    if priority < Priority.REMINDER or not member.roles <= _ORDINARY:
        return False
    since = beijing_day(work.now - attention.WEEK + timedelta(days=1))
    return attention.spared(await work.outbox.told_unasked(member.id, since), member.heard_at)
