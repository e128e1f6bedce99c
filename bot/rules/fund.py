"""Rules of the care fund (爱心基金): who may approve a payment, what makes an amount doubtful, what may not be posted.

Charity Law (慈善法, 2023): art. 26, 27 and 113 forbid raising funds in public without qualification; art. 122 lets communities and
units hold mutual help among themselves; art. 124 makes who asks and who publishes answer for the truth. Hence: within the branch only,
no public link and no payment code.
"""

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from bot.patterns import Pattern

P = TypeVar("P", bound=Hashable)

APPROVALS = 2
"""How many different people have to agree to a payment."""
LARGE = 2_000_00
"""Fen: a pledge above this is asked back (policy `fund_large`)."""
TIMES = 10
"""A pledge of at least so many times what people usually give is asked back."""
ENOUGH = 3
"""From so many pledges on there is a usual amount."""
SAME_WITHIN = timedelta(days=1)
"""The same amount for the same appeal within this time may be the same pledge said twice."""
WORD_TO_GIVERS = timedelta(days=7)
"""How long givers may ask back what is left of a closed appeal before it goes to the fund in general."""


def usual(amounts: Sequence[int]) -> int | None:
    """What people usually give, in fen: the median; None while too few have given."""
    return sorted(amounts)[len(amounts) // 2] if len(amounts) >= ENOUGH else None


def is_slip(fen: int, amounts: Sequence[int], large: int = LARGE) -> bool:
    """Whether an amount may be a slip of the thumb, against the amounts given before."""
    often = usual(amounts)
    return fen > large or (often is not None and fen >= TIMES * often)


class Barred(StrEnum):
    """Why somebody may not approve a payment."""

    ASKED = "asked"
    BENEFITS = "benefits"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts people have in a payment: who asked for help, who benefits, who recorded it."""

    asked: frozenset[int]
    benefits: frozenset[int]
    recorded: int

    def barred(self, member: int) -> Barred | None:
        """Why a member may not approve, or None."""
        if member in self.benefits:
            return Barred.BENEFITS
        if member in self.asked:
            return Barred.ASKED
        return Barred.RECORDED if member == self.recorded else None


def named(words: str, names: Mapping[int, Collection[str]]) -> frozenset[int]:
    """The members whose name stands anywhere in words, in the longest reading (王秀英 is not 王秀); of the same name, all of them."""
    owners: dict[str, set[int]] = {}
    for member, theirs in names.items():
        for name in theirs:
            spelt = name.replace(" ", "").casefold()
            if len(spelt) > 1:
                owners.setdefault(spelt, set()).add(member)
    found: set[int] = set()
    for spelt in sorted(owners, key=len, reverse=True):
        pattern = re.compile(r"[ .·]*".join(map(re.escape, spelt)), re.IGNORECASE)
        if pattern.search(words):
            found |= owners[spelt]
            words = pattern.sub("\n", words)
    return frozenset(found)


def is_approved(agreed: Collection[P], eligible: Collection[P], *, higher: bool) -> bool:
    """Whether a payment may be made: two different people agreed; with the higher committee's word, one, or none where none is left."""
    if not higher:
        return len(set(agreed)) >= APPROVALS
    return len(set(agreed)) >= min(1, len(set(eligible) | set(agreed)))


def may_pass(agreed: Collection[P], refused: Collection[P], eligible: Collection[P], *, higher: bool) -> bool:
    """Whether a payment could still be approved, if everybody who has said nothing yet agreed."""
    rest = set(eligible) - set(refused)
    return higher or len(set(agreed) | rest) >= APPROVALS or len(set(eligible)) < APPROVALS


def needs_higher(eligible: Collection[P], agreed: Collection[P]) -> bool:
    """Whether too few of the branch may approve, so that the higher committee has to."""
    return len(set(eligible) | set(agreed)) < APPROVALS


_CODE = Pattern(
    r"收款码|付款码|收钱码|赞赏码|二维码收款|收款二维码|捐款码|捐款二维码|转账码|水滴筹|轻松筹|爱心筹|筹款链接|捐款链接|众筹链接"
    r"|(?:payment|donation) (?:code|link|qr)|qr code for (?:money|donations)"
)
_POST = Pattern(r"发|贴|放|挂|转|晒|扫|post|share|send")


def asks_for_code(text: str) -> bool:
    """Whether a sentence asks to have a payment code or a public appeal's link posted."""
    said = text.casefold()
    return len(said) <= 60 and _CODE.search(said) is not None and _POST.search(said) is not None


_CARRIES = Pattern(
    r"shuidichou|shuidi|qschou|qingsongchou|aixinchou|(?:捐款?|筹款?|募捐).{0,10}https?://|https?://\S{0,80}(?:donat|chou|juankuan)"
    r"|扫.{0,6}码.{0,8}(?:捐|转账|付款|献爱心)|(?:捐|献爱心|转账).{0,8}扫.{0,6}码|donate.{0,12}https?://",
    re.IGNORECASE,
)


def carries_code(text: str) -> bool:
    """Whether a text for the group asks for money by a code to be scanned or a link."""
    return _CARRIES.search(text) is not None
