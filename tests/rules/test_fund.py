"""Rules of the care fund, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import fund
from bot.rules.fund import Barred, Parts


@pytest.mark.parametrize(
    ("fen", "before", "slip"),
    [
        (200_000, [], False),
        (200_001, [], True),
        (50_000, [5_000, 5_000, 5_000], True),
        (49_999, [5_000, 5_000, 5_000], False),
        (50_000, [5_000, 5_000], False),
        (50_000, [100, 5_000, 10_000_000], True),
    ],
)
def test_slips_of_the_thumb(fen: int, before: list[int], slip: bool) -> None:
    assert fund.is_slip(fen, before) is slip


def test_the_branch_may_have_another_limit() -> None:
    assert fund.is_slip(600, [], large=500)


def test_who_may_not_approve() -> None:
    parts = Parts(frozenset({1}), frozenset({2}), 3)
    assert [parts.barred(each) for each in (1, 2, 3, 4)] == [Barred.ASKED, Barred.BENEFITS, Barred.RECORDED, None]
    assert Parts(frozenset({1}), frozenset({1}), 1).barred(1) is Barred.BENEFITS


@pytest.mark.parametrize(
    ("agreed", "eligible", "higher", "approved"),
    [
        ([], [1, 2], False, False),
        ([1], [1, 2], False, False),
        ([1, 1], [1, 2], False, False),
        ([1, 2], [1, 2, 3], False, True),
        ([], [], True, True),
        ([], [1], True, False),
        ([1], [1], True, True),
        ([1], [], True, True),
        ([1], [], False, False),
    ],
)
def test_enough_approvals(agreed: list[int], eligible: list[int], higher: bool, approved: bool) -> None:
    assert fund.is_approved(agreed, eligible, higher=higher) is approved


people = st.sets(st.integers(0, 4))


@given(people, people, st.booleans())
def test_without_the_higher_committee_nothing_passes_with_fewer_than_two(agreed: set[int], eligible: set[int], higher: bool) -> None:
    if fund.is_approved(agreed, eligible, higher=higher):
        assert len(agreed) >= 2 or higher


@pytest.mark.parametrize(
    ("agreed", "refused", "eligible", "higher", "passes"),
    [
        ([], [1], [1, 2, 3], False, True),
        ([], [1], [1, 2], False, False),
        ([2], [1], [1, 2], False, False),
        ([], [1], [1], False, True),
        ([], [1, 2], [1, 2], True, True),
    ],
)
def test_what_may_still_pass(agreed: list[int], refused: list[int], eligible: list[int], higher: bool, passes: bool) -> None:
    assert fund.may_pass(agreed, refused, eligible, higher=higher) is passes


@pytest.mark.parametrize(("eligible", "agreed", "needs"), [([1, 2], [], False), ([1], [], True), ([1], [2], False), ([], [], True)])
def test_when_the_higher_committee_is_needed(eligible: list[int], agreed: list[int], needs: bool) -> None:
    assert fund.needs_higher(eligible, agreed) is needs


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("把收款码发到群里", True),
        ("转发水滴筹链接", True),
        ("post the donation link", True),
        ("收款码", False),
        ("我的二维码呢", False),
        ("发公告", False),
        ("发" * 60 + "收款码", False),
    ],
)
def test_payment_codes(text: str, asks: bool) -> None:
    assert fund.asks_for_code(text) is asks


@pytest.mark.parametrize(
    ("text", "carries"),
    [
        ("大家扫下面的码捐款", True),
        ("捐款请点 https://example.org/x", True),
        ("https://www.shuidichou.com/cf/1", True),
        ("献爱心的扫这个二维码", True),
        ("提醒大家：别扫陌生收款码", False),
        ("周六开会 https://example.org/room", False),
        ("认捐 A12 请私信我", False),
    ],
)
def test_what_an_announcement_may_not_carry(text: str, carries: bool) -> None:
    assert fund.carries_code(text) is carries


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("帮何春梅修房", {1}),
        ("慰问王秀英和何 春梅", {1, 2}),
        ("王秀家", {3}),
        ("route for he chunmei", {1}),
        ("李", set()),
        ("张伟两家", {5, 6}),
        ("米和油", set()),
    ],
)
def test_whom_a_purpose_names(words: str, found: set[int]) -> None:
    names = {1: ("何春梅", "He Chunmei"), 2: ("王秀英", ""), 3: ("王秀", ""), 4: ("李", ""), 5: ("张伟", ""), 6: ("张伟", "")}
    assert fund.named(words, names) == found
