"""What the doctor finds."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a finding is meant: all well, good to know, or must be mended."""

    GOOD = "ok"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do about it."""

    grade: Grade
    text: str


def good(text: str) -> Finding:
    """All is well."""
    return Finding(Grade.GOOD, text)


def note(text: str) -> Finding:
    """Good to know."""
    return Finding(Grade.NOTE, text)


def mend(text: str) -> Finding:
    """Has to be mended."""
    return Finding(Grade.MEND, text)
