"""What a member pays a month (党费): the 2008 rule and the 2017 notice (RULES.md §1). The numbers stand in data/dues.toml, by date.

Amounts of money are `Decimal` yuan going in and whole fen coming out.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

Both = tuple[str, str]
"""The same words in Chinese and in English."""


class Category(StrEnum):
    """What a member's dues are measured by."""

    SALARIED = "salaried"
    RETIRED = "retired"
    SELF_EMPLOYED = "self_employed"
    """The base is the average of the quarter before (art. 4)."""
    ANNUAL_SALARY = "annual_salary"
    """The base is what was received in that very month (art. 3)."""
    FARMER = "farmer"
    STUDENT = "student"
    LAID_OFF = "laid_off"
    RELIEF = "relief"
    DIBAO = "dibao"


class BaseMissing(ValueError):
    """The category is measured by an income that was not given."""


class OutOfRange(ValueError):
    """An amount that the rule does not allow: in fen, `high` is None where there is no upper end."""

    def __init__(self, low: int, high: int | None) -> None:
        super().__init__(f"not within {low} and {high} fen")
        self.low = low
        self.high = high


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate on the whole base up to and including a limit in yuan; None takes the rest."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """How a category pays: by tiers of its base, a fixed amount, or one that the branch chooses within a range (fen)."""

    article: Both
    tiers: tuple[Tier, ...] = ()
    fixed: int | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DuesPolicy:
    """What the rules say from a day on. `cap` and `large_from` are fen."""

    effective_from: date
    source: Both
    base: Both
    base_article: Both
    excluded: tuple[tuple[str, ...], tuple[str, ...]]
    excluded_by: Both
    cap: int | None
    large_from: int
    back_pay_months: int
    measures: Mapping[Category, Measure]


@dataclass(frozen=True, slots=True)
class Own:
    """A branch's own measure for a category: a fixed amount in fen, a rate, or a factor on the base. Each needs a reason."""

    fen: int | None = None
    rate: Decimal | None = None
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Dues:
    """A month's dues in fen and what they rest on."""

    fen: int
    category: Category
    article: Both
    source: Both
    rate: Decimal | None = None
    capped: bool = False
    overridden: bool = False


def needs_base(category: Category, policy: DuesPolicy) -> bool:
    """Whether a category is measured by an income."""
    return bool(policy.measures[category].tiers)


def needs_choice(category: Category, policy: DuesPolicy) -> bool:
    """Whether the branch chooses the amount of a category within a range (art. 6)."""
    return policy.measures[category].span is not None


def monthly_dues(
    category: Category, base: Decimal | None, policy: DuesPolicy, *, chosen: int | None = None, own: Own | None = None, step: int = 1
) -> Dues:
    """A month's dues. `base` in yuan, `chosen` (within a range) and `step` (rounding, half up) in fen.

    The rate is on the whole base, not by slices (art. 2), and no more than the cap (2017 notice, 1). Raises `BaseMissing`, `OutOfRange`.
    """
    measure = policy.measures[category]
    if own is not None and own.fen is not None and measure.span is None:
        return _overridden(category, own.fen, policy)
    if measure.tiers:
        return _by_tiers(category, base, policy, own or Own(), step)
    if measure.fixed is not None:
        return Dues(measure.fixed, category, measure.article, policy.source)
    low, high = measure.span or (0, 0)
    fen = chosen if chosen is not None else own.fen if own is not None else None
    if fen is None or not low <= fen <= high:
        raise OutOfRange(low, high)
    return Dues(fen, category, measure.article, policy.source, overridden=chosen is None)


def _overridden(category: Category, fen: int, policy: DuesPolicy) -> Dues:
    if fen < 0 or (policy.cap is not None and fen > policy.cap):
        raise OutOfRange(0, policy.cap)
    return Dues(fen, category, policy.measures[category].article, policy.source, overridden=True)


def _by_tiers(category: Category, base: Decimal | None, policy: DuesPolicy, own: Own, step: int) -> Dues:
    measure = policy.measures[category]
    if base is None:
        raise BaseMissing(category)
    if base < 0:
        raise OutOfRange(0, None)
    counted = base * own.factor if own.factor is not None else base
    rate = own.rate if own.rate is not None else rate_of(counted, measure.tiers)
    exact = rounded(counted * rate, step)
    fen = exact if policy.cap is None else min(exact, policy.cap)
    overridden = own.rate is not None or own.factor is not None
    return Dues(fen, category, measure.article, policy.source, rate, fen < exact, overridden)


def rate_of(base: Decimal, tiers: tuple[Tier, ...]) -> Decimal:
    """The rate of the tier that a base lies in; upper limits are inclusive."""
    return next(tier.rate for tier in tiers if tier.up_to is None or base <= tier.up_to)


def rounded(yuan: Decimal, step: int = 1) -> int:
    """Yuan in fen, half up to whole steps of fen: 1 for a fen, 10 for a tenth of a yuan."""
    return int((yuan * 100 / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


def average_of_quarter(total: Decimal) -> Decimal:
    """The monthly base of who has no monthly pay: the income of the quarter before, by three (art. 4)."""
    return total / 3


def reduced(dues: int, wished: int, *, branch_decided: date | None, higher_approved: date | None) -> int:
    """Less or no dues in hardship: only once the branch has decided and the next-higher committee approved after it (art. 7)."""
    if branch_decided is None or higher_approved is None or higher_approved < branch_decided:
        return dues
    return min(dues, wished)


def policy_on(day: date) -> DuesPolicy:
    """What the rules say on a day. Raises `LookupError` for a day before the first table."""
    found = [each for each in policies() if each.effective_from <= day]
    if not found:
        raise LookupError(f"no rule is known for {day}")
    return found[-1]


@cache
def policies() -> tuple[DuesPolicy, ...]:
    """Every table, the oldest first."""
    words = files("bot.rules").joinpath("data", "dues.toml").read_text(encoding="utf-8")
    return tuple(sorted((_policy(each) for each in tomllib.loads(words)["policy"]), key=lambda each: each.effective_from))


def _policy(table: Mapping[str, Any]) -> DuesPolicy:
    excluded = table["excluded"]
    return DuesPolicy(
        table["effective_from"],
        _both(table["source"]),
        _both(table["base"]),
        _both(table["base_article"]),
        (tuple(excluded[0]), tuple(excluded[1])),
        _both(table["excluded_by"]),
        _fen(table["cap"]) if "cap" in table else None,
        _fen(table["large_from"]),
        table["back_pay_months"],
        {each: _measure(table[each.value]) for each in Category},
    )


def _measure(table: Mapping[str, Any]) -> Measure:
    tiers = tuple(Tier(Decimal(each["up_to"]) if "up_to" in each else None, Decimal(each["rate"])) for each in table.get("tiers", ()))
    fixed = _fen(table["amount"]) if "amount" in table else None
    span = (_fen(table["range"][0]), _fen(table["range"][1])) if "range" in table else None
    return Measure(_both(table["article"]), tiers, fixed, span)


def _both(words: list[str]) -> Both:
    return words[0], words[1]


def _fen(yuan: str) -> int:
    return rounded(Decimal(yuan))
