"""What an appeal and an offer may become, and what a post needs."""

import pytest

from bot.rules.appeals import ENDED, LIVE, OFFER_TRANSITIONS, TRANSITIONS, OfferState, State, may_become, missing, offer_may_become


def test_every_state_has_its_line_and_ends_stay_ends() -> None:
    assert set(TRANSITIONS) == set(State)
    assert set(OFFER_TRANSITIONS) == set(OfferState)
    assert set(State) == LIVE | ENDED
    assert {state for state in ENDED if TRANSITIONS[state]} == {State.CLOSED}


def test_nothing_is_open_that_was_not_approved_or_open_before() -> None:
    assert {state for state in State if may_become(state, State.OPEN)} == {State.APPROVED, State.CLOSED}
    assert {state for state in State if may_become(state, State.APPROVED)} == {State.WORDING}
    assert {state for state in State if may_become(state, State.WORDING)} == {State.ASKED, State.APPROVED}


def test_contacts_go_only_where_both_agreed() -> None:
    assert {state for state in OfferState if offer_may_become(state, OfferState.INTRODUCED)} == {OfferState.AGREED}
    assert {state for state in OfferState if offer_may_become(state, OfferState.AGREED)} == {OfferState.WANTED}


@pytest.mark.parametrize(
    ("declared", "verified", "approved", "health", "consent", "lacking"),
    [
        (True, True, True, False, None, []),
        (True, True, True, True, True, []),
        (True, True, True, True, None, ["health_consent"]),
        (True, True, True, True, False, ["health_consent"]),
        (False, True, True, False, None, ["truth"]),
        (True, False, True, False, None, ["verification"]),
        (True, True, False, False, True, ["approval"]),
    ],
)
def test_what_a_post_lacks(
    declared: bool,
    verified: bool,
    approved: bool,
    health: bool,
    consent: bool | None,
    lacking: list[str],
) -> None:
    found = missing(declared=declared, verified=verified, approved=approved, mentions_health=health, health_consent=consent)
    assert list(found) == lacking
