"""The rules, one module per matter. Of two that are equally sure, the earlier in this list wins."""

from functools import cache

from bot.language.intents import (
    accounts,
    aid,
    answers,
    ballots,
    care,
    chatter,
    checkin,
    dues,
    events,
    helping,
    membership,
    notices,
    offers,
    opinions,
    own_data,
    packages,
    people,
    places,
    projects,
    prying,
    refusals,
    reports,
    rights,
    service,
    settings,
    study,
    talks,
    transfers,
    travel,
    votes,
    work,
)
from bot.language.rule import Rule

_ORDER = (
    chatter,
    refusals,
    prying,
    answers,
    checkin,
    dues,
    votes,
    membership,
    notices,
    events,
    study,
    talks,
    opinions,
    reports,
    aid,
    offers,
    care,
    rights,
    work,
    service,
    projects,
    packages,
    people,
    accounts,
    own_data,
    settings,
    helping,
    travel,
    places,
    ballots,
    transfers,
)

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("checkin", "location_update"),
    ("checkin", "dues_pay_claim"),
    ("checkin", "return_report"),
    ("checkin", "departure_report"),
    ("checkin", "location_update", "dues_pay_claim"),
    ("location_update", "dues_pay_claim"),
    ("ack", "rsvp"),
    ("ack", "leave_request"),
    ("ack", "location_update"),
    ("ack", "checkin"),
    ("ack", "dues_pay_claim"),
    ("ack", "study_done"),
    ("study_done", "quiz_request"),
    ("study_done", "reflection_submit"),
    ("ack", "aid_pledge"),
    ("ack", "aid_offer"),
    ("ack", "package_received"),
    ("ack", "project_claim"),
    ("checkin", "package_received"),
    ("checkin", "aid_pledge"),
    ("dues_pay_claim", "aid_pledge"),
    ("project_done", "project_claim"),
)
"""Intents that one message may mean at once, clause by clause."""


@cache
def every() -> tuple[Rule, ...]:
    """All rules in their order."""
    return tuple(rule for module in _ORDER for rule in module.RULES)
