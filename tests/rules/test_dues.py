"""Monthly dues: the project's vectors, and what holds for any base."""

import csv
import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import dues
from bot.rules.dues import BaseMissing, Category, DuesPolicy, OutOfRange, Own, monthly_dues, policy_on, rounded

POLICY = policy_on(date(2026, 3, 10))
with (Path(__file__).parent / "dues_vectors.tsv").open(encoding="utf-8") as lines:
    VECTORS = list(csv.DictReader(lines, delimiter="\t"))
NAMED = {"self_employed_q_avg": Category.SELF_EMPLOYED, "probationary": Category.SALARIED}
YUAN = st.decimals(0, 1_000_000, places=2)


def test_there_are_thirty_four_vectors() -> None:
    assert len(VECTORS) == 34


@pytest.mark.parametrize("row", VECTORS, ids=[f"{row['category']}-{row['monthly_base_yuan']}" for row in VECTORS])
def test_vector(row: dict[str, str]) -> None:
    name, expected = row["category"], row["expected_monthly_yuan"]
    base = Decimal(row["monthly_base_yuan"]) if row["monthly_base_yuan"] else None
    if name == "hardship_waived":
        fen = monthly_dues(Category.SALARIED, Decimal(4000), POLICY).fen
        decided, approved = date(2026, 3, 1), date(2026, 3, 9)
        assert dues.reduced(fen, 0, branch_decided=decided, higher_approved=approved) == Decimal(expected) * 100
        assert dues.reduced(fen, 0, branch_decided=decided, higher_approved=None) == fen
        assert dues.reduced(fen, 0, branch_decided=None, higher_approved=approved) == fen
    elif "-" in expected:
        for fen in (20, 50, 100):
            assert monthly_dues(Category(name), None, POLICY, chosen=fen).fen == fen
        for fen in (19, 101, 0):
            with pytest.raises(OutOfRange) as refused:
                monthly_dues(Category(name), None, POLICY, chosen=fen)
            assert (refused.value.low, refused.value.high) == (20, 100)
    else:
        category = NAMED.get(name) or Category(name)
        assert monthly_dues(category, base, POLICY).fen == Decimal(expected) * 100


def test_the_approval_of_the_higher_committee_comes_after_the_branchs_decision() -> None:
    assert dues.reduced(2000, 500, branch_decided=date(2026, 3, 9), higher_approved=date(2026, 3, 8)) == 2000
    assert dues.reduced(2000, 500, branch_decided=date(2026, 3, 9), higher_approved=date(2026, 3, 9)) == 500
    assert dues.reduced(2000, 3000, branch_decided=date(2026, 3, 9), higher_approved=date(2026, 3, 9)) == 2000


def test_who_has_no_monthly_pay_counts_the_quarter_before() -> None:
    assert monthly_dues(Category.SELF_EMPLOYED, dues.average_of_quarter(Decimal(18000)), POLICY).fen == 9000


@pytest.mark.parametrize("category", [each for each in Category if dues.needs_base(each, POLICY)])
def test_a_category_by_income_needs_one_and_no_negative_one(category: Category) -> None:
    with pytest.raises(BaseMissing):
        monthly_dues(category, None, POLICY)
    with pytest.raises(OutOfRange):
        monthly_dues(category, Decimal(-1), POLICY)


def test_farmers_alone_have_an_amount_that_the_branch_chooses() -> None:
    assert [each for each in Category if dues.needs_choice(each, POLICY)] == [Category.FARMER]
    with pytest.raises(OutOfRange):
        monthly_dues(Category.FARMER, None, POLICY)
    assert monthly_dues(Category.FARMER, None, POLICY, own=Own(fen=50)).fen == 50
    assert monthly_dues(Category.FARMER, None, POLICY, own=Own(fen=50), chosen=30).fen == 30
    with pytest.raises(OutOfRange):
        monthly_dues(Category.FARMER, None, POLICY, own=Own(fen=300))


@given(YUAN, YUAN, st.sampled_from([1, 10]))
def test_within_a_tier_more_is_never_less_and_nobody_pays_more_than_the_cap(one: Decimal, other: Decimal, step: int) -> None:
    low, high = sorted((one, other))
    for category in (Category.SALARIED, Category.RETIRED, Category.SELF_EMPLOYED, Category.ANNUAL_SALARY):
        less, more = (monthly_dues(category, base, POLICY, step=step) for base in (low, high))
        assert less.fen <= more.fen
        assert 0 <= more.fen <= 100_000
        assert more.capped == (rounded(high * (more.rate or 0)) > 100_000)
        assert less.fen % step == 0
        if less.rate == more.rate and not more.capped:
            assert more.fen - less.fen <= (high - low) * 100 * (more.rate or 0) + step


@given(st.sampled_from(list(Category)))
def test_upper_limits_are_inclusive_and_the_rate_is_on_the_whole_base(category: Category) -> None:
    tiers = POLICY.measures[category].tiers
    for here, above in itertools.pairwise(tiers):
        assert here.up_to is not None
        assert monthly_dues(category, here.up_to, POLICY).rate == here.rate
        over = monthly_dues(category, here.up_to + Decimal("0.01"), POLICY)
        assert over.rate == above.rate
        assert over.fen == dues.rounded((here.up_to + Decimal("0.01")) * above.rate)


@pytest.mark.parametrize(
    ("own", "base", "fen"),
    [
        (Own(fen=2000), None, 2000),
        (Own(rate=Decimal("0.005")), Decimal(6000), 3000),
        (Own(factor=Decimal("0.3")), Decimal(10000), 1500),
        (Own(factor=Decimal("0.3")), Decimal(20000), 9000),
        (Own(rate=Decimal("0.5")), Decimal(6000), 100_000),
    ],
)
def test_a_branchs_own_measure_goes_before_the_rules_and_says_so(own: Own, base: Decimal | None, fen: int) -> None:
    found = monthly_dues(Category.SALARIED, base, POLICY, own=own)
    assert (found.fen, found.overridden) == (fen, True)


@pytest.mark.parametrize("fen", [-1, 100_001])
def test_a_branchs_own_amount_keeps_to_the_cap(fen: int) -> None:
    with pytest.raises(OutOfRange):
        monthly_dues(Category.SALARIED, None, POLICY, own=Own(fen=fen))


def test_rounding_is_half_up_to_a_fen_or_a_tenth_of_a_yuan() -> None:
    assert monthly_dues(Category.SALARIED, Decimal(2501), POLICY).fen == 1251
    assert monthly_dues(Category.SALARIED, Decimal(2501), POLICY, step=10).fen == 1250
    assert monthly_dues(Category.SALARIED, Decimal(2510), POLICY, step=10).fen == 1260


def test_the_tables_are_dated_and_tell_what_they_rest_on() -> None:
    tables = dues.policies()
    assert [each.effective_from for each in tables] == [date(2008, 4, 1), date(2017, 1, 1)]
    assert policy_on(date(2016, 12, 31)) is tables[0]
    assert policy_on(date(2017, 1, 1)) is tables[1]
    assert monthly_dues(Category.SALARIED, Decimal(60000), tables[0]).fen == 120_000
    with pytest.raises(LookupError):
        policy_on(date(2008, 3, 31))


@pytest.mark.parametrize("policy", dues.policies())
def test_every_category_has_an_article_and_a_way_to_pay(policy: DuesPolicy) -> None:
    for category in Category:
        measure = policy.measures[category]
        assert all(measure.article)
        assert [bool(measure.tiers), measure.fixed is not None, measure.span is not None].count(True) == 1
        assert measure.tiers == () or measure.tiers[-1].up_to is None
    assert len(policy.excluded[0]) == len(policy.excluded[1])
