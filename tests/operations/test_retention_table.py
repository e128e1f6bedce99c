"""Every table that says something about a person says how long; and what is said to end after a time is in the nightly job."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Table

from bot.operations.retention_table import KEPT, MEMBER, table
from storage import agenda
from storage.schema import metadata

_PEOPLE = {"member_id", "by", "user_id", "author_id", "liaison_id", "actor_id", "set_by", "entered_by", "started_by", "closed_by"}
_WITHOUT_A_PERSON = {"inbox", "transcript", "member", "news_digest", "fund_case", "dues_closing", "payout"}
"""Tables whose columns name nobody and that may hold somebody all the same; and the member itself."""
_SWEPT = {"inbox", "visitor", "transcript", "deed", "import_preview", "agreement", "mutual"}
"""Dropped by jobs of their own, or without looking for the branch first."""


def _about_a_person(table: Table) -> bool:
    points = any(key.column.table.name == "member" for column in table.c for key in column.foreign_keys)
    return points or any(column.name in _PEOPLE for column in table.c)


def _past() -> set[str]:
    moment, day = datetime(2026, 3, 10, tzinfo=UTC), date(2026, 3, 10)
    dates = {"check_ins", "departures", "visits", "message_counts", "study_times", "care_contacts"}
    return {condition(day if kind in dates else moment)[0].name for kind, condition in agenda._PAST.items()}


def test_every_table_about_a_person_has_its_time() -> None:
    about = {table.name for table in metadata.sorted_tables if _about_a_person(table)} | _WITHOUT_A_PERSON
    assert about - {"member"} == set(KEPT), "say in bot/operations/retention_table.py how long it is kept"


def test_what_ends_with_the_member_hangs_on_them() -> None:
    for name, kept in KEPT.items():
        if kept.startswith(MEMBER):
            keys = [key for column in metadata.tables[name].c for key in column.foreign_keys if key.column.table.name == "member"]
            assert any(key.ondelete == "CASCADE" for key in keys), name


def test_what_ends_after_a_time_of_its_own_is_dropped_by_a_job() -> None:
    timed = {name for name, kept in KEPT.items() if any(unit in kept.removeprefix(MEMBER) for unit in (" days", " year", "three years"))}
    only_with_them = {name for name in timed if MEMBER in KEPT[name]}
    assert timed - only_with_them - _past() - _SWEPT == set()


def test_the_document_says_it() -> None:
    document = Path(__file__).parents[2] / "docs" / "retention.md"
    assert table() in document.read_text(encoding="utf-8")
