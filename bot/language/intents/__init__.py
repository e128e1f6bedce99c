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
    english,
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
    english,
)

_BESIDE_A_CHECK_IN = (
    "dues_query dues_calc dues_reduction_request leave_request rsvp help profile_update aid_status aid_request "
    "transfer_status transfer_request fund_query map_query package_status package_address talk_request opinion_submit "
    "opinion_status study_query announce_query job_seek project_list project_claim project_done service_query "
    "quiz_request reflection_submit develop_status card_request"
)
"""What a member asks or tells in the message in which they check in."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("checkin", "location_update"),
    ("checkin", "dues_pay_claim"),
    *(("checkin", each) for each in _BESIDE_A_CHECK_IN.split()),
    ("checkin", "location_update", "dues_query"),
    ("location_update", "dues_query"),
    ("location_update", "transfer_request"),
    ("location_update", "profile_update"),
    ("dues_pay_claim", "study_done"),
    ("dues_pay_claim", "profile_update"),
    ("dues_pay_claim", "leave_request"),
    ("dues_pay_claim", "rsvp"),
    ("dues_pay_claim", "thought_report"),
    ("checkin", "return_report"),
    ("return_report", "dues_pay_claim"),
    ("checkin", "departure_report"),
    ("checkin", "location_update", "dues_pay_claim"),
    ("location_update", "dues_pay_claim"),
    ("ack", "rsvp"),
    ("ack", "leave_request"),
    ("ack", "location_update"),
    ("ack", "checkin"),
    ("ack", "dues_pay_claim"),
    ("ack", "study_done"),
    ("checkin", "study_done"),
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
    ("location_update", "job_seek"),
    ("location_update", "transfer_request"),
    ("location_update", "profile_update"),
)
"""Intents that one message may mean at once, clause by clause."""


@cache
def every() -> tuple[Rule, ...]:
    """All rules in their order."""
    return tuple(rule for module in _ORDER for rule in module.RULES)
