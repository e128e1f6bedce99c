"""The register of the invented branch: most entries nearly complete, some old, a few saying little. Telephones are of an invented range."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.rules.register import How
from storage.members import Member
from storage.register import Entry
from storage.unit_of_work import UnitOfWork

_EMPLOYERS = (
    "青石电子厂",
    "远山建筑三队",
    "江畔餐饮",
    "同路物流",
    "明德小学",
    "自己开店",
    "北岸服装厂",
    "河湾电站工地",
    "退休在家",
    "安居家政",
)
_REASONS = ("务工", "经商", "随子女居住", "求学")
_HOMES = (411500, 411500, 411500, 410100, 341200, 420100)
_SILENT = 7
"""Every so many of the list nobody has found yet."""
_AGES = (2, 9, 20, 35, 61, 95, 140)
"""Days since entries were confirmed, over and over."""


async def make(work: UnitOfWork, members: Sequence[Member], today: datetime) -> None:
    """An entry for each, as of some days ago, and its history."""
    day = beijing_day(today)
    for at, member in enumerate(members):
        work.now = today - timedelta(days=_AGES[at % len(_AGES)], minutes=at)
        values = _told(at, day) if (at + 1) % _SILENT else {"reason": _REASONS[at % len(_REASONS)]}
        await work.register.put(Entry(member.id), values)
        batch = work.new_id()
        for field in ("phone", "employer", "reason"):
            if field in values:
                work.register.note(member.id, field, None, values[field], by=members[0].id, how=How.ENTERED.value, batch=batch)


def _told(at: int, today: date) -> dict[str, Any]:
    """What is kept of the one at a place of the list."""
    values: dict[str, Any] = {
        "phone": f"1380000{1000 + at * 37:04}",
        "employer": _EMPLOYERS[at % len(_EMPLOYERS)],
        "reason": _REASONS[at % len(_REASONS)],
        "hometown": _HOMES[at % len(_HOMES)],
        "left_on": date(today.year - 1 - at % 4, 1 + at % 12, 1),
        "left_to": "month",
        "joined_on": date(1988 + at % 30, 7, 1),
        "joined_to": "day",
        "card": "held" if at % 3 else "none",
        "relation": "moving" if at % 11 == 5 else "here",
        "confirmed_on": today - timedelta(days=_AGES[at % len(_AGES)]),
        "found_on": today - timedelta(days=150 - at),
    }
    if at % 3:
        values["card_until"] = today + timedelta(days=20 + at * 17)
        values["books_on"] = today - timedelta(days=100 - at)
    if at % 4 == 0:
        values["life_on"] = today - timedelta(days=40)
    if at == 2:
        del values["phone"]
    return values
