"""What a message was about."""

import pytest

from bot import discovery
from bot.rules.message_kinds import Kind, about
from bot.services.message_counts_view import NAMES


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ("notice_posting", Kind.NOTICE),
        ("notice_nudge", Kind.NUDGE),
        ("daily_lesson", Kind.LESSON),
        ("dues_closing_nudge", Kind.DUES),
        ("dues_reminder", Kind.DUES_REMINDER),
        ("aid_watch", Kind.AID),
        ("introduction", Kind.PEOPLE),
        ("join_requests", Kind.PEOPLE),
        ("lines", Kind.LINE),
        ("", Kind.OTHER),
        ("anything", Kind.OTHER),
    ],
)
def test_the_file_that_says_it_tells_the_kind(matter: str, kind: Kind) -> None:
    assert about(matter, answer=False) is kind
    assert about(matter, answer=True) is Kind.ANSWER


def test_every_job_but_the_silent_ones_has_a_kind_and_every_kind_a_name() -> None:
    silent = {"forget_deeds", "tidy"}
    assert {job.name for job in discovery.jobs() if about(job.name, answer=False) is Kind.OTHER} == silent
    assert set(NAMES) == set(Kind)
