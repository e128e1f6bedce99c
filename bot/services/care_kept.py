"""How long it is kept who looked after whom, when they were talked with, what was changed in the register, and who was looked for."""

from datetime import date, datetime, timedelta

from bot.clock import beijing_day
from bot.services import trail
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

PROMPTS = timedelta(days=30)
"""A liaison is told of them on the next morning; what was not told by then, nobody was there to tell."""
FOUND = timedelta(days=366)
TOLD = Text(
    "谁联系过您，换人后记三年；谈心走访只记日子，留到第二年底；名册改动的前后记三年；找到您以后，找人的记录一年后删。",
    "Who looked after you before is kept three years; of talks the day, until the end of the next year; what stood in the register before "
    "a change, three years; that you were looked for, one year after you were found.",
)


def past(work: UnitOfWork) -> dict[str, datetime | date]:
    """The kinds of this matter by their names in the agenda, each with the oldest that is kept."""
    return {
        "liaisons": work.now - trail.KEPT,
        "care_contacts": date(beijing_day(work.now).year - 1, 1, 1),
        "care_prompts": work.now - PROMPTS,
        "register_changes": work.now - trail.KEPT,
        "seek_tasks": work.now - FOUND,
        "sharing_consents": work.now - trail.KEPT,
        "tombstones": work.now - trail.KEPT,
    }
