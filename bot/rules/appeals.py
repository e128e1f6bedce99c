"""What an appeal for help may become, and what has to be on record before fifty people read it.

Charity Law 2023: mutual help inside a community or unit is allowed (art. 122), appeals to the public are not the branch's
(art. 26, 27); who asks and who posts answer for the truth (art. 124). PIPL art. 28, 29: health needs a consent of its own.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

LIVES = timedelta(days=14)
"""How long a post stays open, unless the branch decided otherwise."""


class State(StrEnum):
    """Where an appeal stands."""

    DRAFT = "draft"
    """Being written in private."""
    ASKED = "asked"
    """Declared true, waiting to be verified."""
    WORDING = "wording"
    """Verified; the person looks at the words for the group."""
    APPROVED = "approved"
    """Every word approved; not posted yet, since the branch has no group."""
    OPEN = "open"
    """In the group; the only state in which help and money are taken."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"


class Kind(StrEnum):
    """What an appeal is about."""

    MEDICAL = "medical"
    WORK_ACCIDENT = "work_accident"
    WAGES = "wages"
    DISASTER = "disaster"
    SCHOOLING = "schooling"
    MONEY = "money"
    OTHER = "other"


class ForWhom(StrEnum):
    """Whom an appeal is for."""

    SELF = "self"
    FAMILY = "family"
    OTHER = "other"


class OfferState(StrEnum):
    """What became of an offer: wanted by the one who asked, agreed to by both, and how to reach each other passed on."""

    OFFERED = "offered"
    WANTED = "wanted"
    AGREED = "agreed"
    INTRODUCED = "introduced"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ASKED, State.WITHDRAWN}),
    State.ASKED: frozenset({State.WORDING, State.DECLINED, State.WITHDRAWN}),
    State.WORDING: frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.OPEN, State.WORDING, State.DECLINED, State.WITHDRAWN}),
    State.OPEN: frozenset({State.CLOSED, State.WITHDRAWN, State.EXPIRED}),
    State.CLOSED: frozenset({State.OPEN}),
    State.WITHDRAWN: frozenset(),
    State.DECLINED: frozenset(),
    State.EXPIRED: frozenset(),
}
"""The one table of what may follow what. A closing is taken back (within ten minutes) by opening again."""
OFFER_TRANSITIONS: dict[OfferState, frozenset[OfferState]] = {
    OfferState.OFFERED: frozenset({OfferState.WANTED, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.WANTED: frozenset({OfferState.AGREED, OfferState.WITHDRAWN}),
    OfferState.AGREED: frozenset({OfferState.INTRODUCED, OfferState.DONE, OfferState.WITHDRAWN}),
    OfferState.INTRODUCED: frozenset({OfferState.DONE, OfferState.WITHDRAWN}),
    OfferState.DONE: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.WITHDRAWN: frozenset({OfferState.OFFERED}),
}
LIVE = frozenset({State.DRAFT, State.ASKED, State.WORDING, State.APPROVED, State.OPEN})
"""What can still be withdrawn."""
ENDED = frozenset(State) - LIVE
STANDING = frozenset({OfferState.OFFERED, OfferState.WANTED, OfferState.AGREED, OfferState.INTRODUCED, OfferState.DONE})
"""Offers that the group's count counts."""
HELPED = frozenset({OfferState.AGREED, OfferState.INTRODUCED, OfferState.DONE})
"""Offers that both agreed to: those who are thanked."""


def may_become(state: str, following: State) -> bool:
    """Whether an appeal may go from one state to another."""
    return following in TRANSITIONS[State(state)]


def offer_may_become(state: str, following: OfferState) -> bool:
    """Whether an offer may go from one state to another."""
    return following in OFFER_TRANSITIONS[OfferState(state)]


def missing(*, declared: bool, verified: bool, approved: bool, mentions_health: bool, health_consent: bool | None) -> Collection[str]:
    """What is still missing before a text may be posted: truth, verification, approval, health_consent."""
    needed = {
        "truth": declared,
        "verification": verified,
        "approval": approved,
        "health_consent": health_consent is True or not mentions_health,
    }
    return [name for name, there in needed.items() if not there]
