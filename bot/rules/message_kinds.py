"""What a message was about, in the words of 消息量: by the handler or job that it came from."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """What a message was about."""

    ANSWER = "answer"
    CHECK_IN = "check_in"
    NOTICE = "notice"
    NUDGE = "nudge"
    LESSON = "lesson"
    QUESTION = "question"
    NEWS = "news"
    DISCUSSION = "discussion"
    DUES = "dues"
    DUES_REMINDER = "dues_reminder"
    AID = "aid"
    PAIRING = "pairing"
    FUND = "fund"
    EMERGENCY = "emergency"
    GATHERED = "gathered"
    PEOPLE = "people"
    LINE = "line"
    OTHER = "other"


_EXACT: Mapping[str, Kind] = {
    "notice_nudge": Kind.NUDGE,
    "daily_lesson": Kind.LESSON,
    "daily_question": Kind.QUESTION,
    "quiz": Kind.QUESTION,
    "dues_reminder": Kind.DUES_REMINDER,
    "monthly_digest": Kind.GATHERED,
    "gathered_reminders": Kind.GATHERED,
    "day_summary": Kind.GATHERED,
    "low_signal_over": Kind.GATHERED,
    "monthly_needs": Kind.GATHERED,
    "monthly_report": Kind.PEOPLE,
    "lines": Kind.LINE,
}
_BEGINNINGS: tuple[tuple[str, Kind], ...] = (
    ("checkin", Kind.CHECK_IN),
    ("notice", Kind.NOTICE),
    ("study", Kind.LESSON),
    ("lesson", Kind.LESSON),
    ("training", Kind.LESSON),
    ("hometown", Kind.LESSON),
    ("news", Kind.NEWS),
    ("discussion", Kind.DISCUSSION),
    ("reflection", Kind.DISCUSSION),
    ("dues", Kind.DUES),
    ("aid", Kind.AID),
    ("bulletin", Kind.AID),
    ("pairing", Kind.PAIRING),
    ("fund", Kind.FUND),
    ("pledge", Kind.FUND),
    ("payout", Kind.FUND),
    ("audit", Kind.FUND),
    ("ledger", Kind.FUND),
    ("emergency", Kind.EMERGENCY),
    ("introduction", Kind.PEOPLE),
    ("invitation", Kind.PEOPLE),
    ("joining", Kind.PEOPLE),
    ("join_requests", Kind.PEOPLE),
    ("own_accounts", Kind.PEOPLE),
    ("binding", Kind.PEOPLE),
    ("comings", Kind.PEOPLE),
    ("removal", Kind.PEOPLE),
    ("roles", Kind.PEOPLE),
    ("officers", Kind.PEOPLE),
    ("consent", Kind.PEOPLE),
    ("agreement", Kind.PEOPLE),
    ("care", Kind.PEOPLE),
    ("departure", Kind.PEOPLE),
    ("liaison", Kind.PEOPLE),
    ("party_groups", Kind.PEOPLE),
    ("register", Kind.PEOPLE),
    ("roll", Kind.PEOPLE),
    ("seek", Kind.PEOPLE),
    ("sharing", Kind.PEOPLE),
    ("units", Kind.PEOPLE),
    ("entry", Kind.PEOPLE),
)


@cache
def about(matter: str, *, answer: bool) -> Kind:
    """The kind of a message from a handler or job of a file's name. An answer is an answer, whatever it is about."""
    if answer:
        return Kind.ANSWER
    if matter in _EXACT:
        return _EXACT[matter]
    return next((kind for beginning, kind in _BEGINNINGS if matter.startswith(beginning)), Kind.OTHER)
