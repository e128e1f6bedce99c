import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.regions import shown

CODES = st.sampled_from([110100, 210100, 210200, 210000, 230100, 230200, 230300, 230000, 440100, 440300, 440600, 810000, 429004, 420100])


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ({230100: 5, 440300: 3}, [(230100, 5), (440300, 3)]),
        ({230100: 5, 230200: 1, 230300: 2}, [(230100, 5), (230000, 3)]),
        ({230100: 5, 230200: 1}, [(230000, 6)]),
        ({230100: 5, 230200: 1, 440300: 9}, [(440300, 9), (230000, 6)]),
        ({230100: 1, 110100: 1, 440300: 1}, [(None, 3)]),
        ({230100: 5, 440300: 8, 110100: 1}, [(440300, 8), (None, 6)]),
        ({230000: 4, 230100: 3}, [(230000, 4), (230100, 3)]),
        ({230100: 4, 230000: 3, 110100: 2}, [(None, 5), (230100, 4)]),
        ({230100: 0, 440300: 3}, [(440300, 3)]),
    ],
)
def test_small_numbers_merge_upwards(counts: dict[int, int], groups: list[tuple[int | None, int]]) -> None:
    assert shown(counts).groups == groups


@pytest.mark.parametrize("counts", [{}, {230100: 2}, {230100: 1, 440300: 1}])
def test_too_few_people_show_nothing(counts: dict[int, int]) -> None:
    assert shown(counts).groups == []
    assert shown(counts).hidden == sum(counts.values())


def test_a_threshold_of_one_shows_everybody() -> None:
    assert shown({230100: 1, 440300: 2}, 1).groups == [(440300, 2), (230100, 1)]


@given(st.dictionaries(CODES, st.integers(0, 9)), st.integers(1, 6))
def test_nobody_is_found_by_subtraction(counts: dict[int, int], threshold: int) -> None:
    total = sum(counts.values())
    result = shown(counts, threshold)
    assert sum(count for _, count in result.groups) + result.hidden == total
    assert all(count >= threshold for _, count in result.groups)
    assert result.hidden == (total if total < threshold else 0)
    assert len({region for region, _ in result.groups}) == len(result.groups)


@given(st.dictionaries(CODES, st.integers(0, 9)))
def test_a_city_is_shown_whole_and_a_province_holds_all_of_its_rest(counts: dict[int, int]) -> None:
    groups = dict(shown(counts).groups)
    for region, count in groups.items():
        if region is None:
            continue
        if region % 10000:
            assert counts[region] == count
        else:
            rest = {
                code: people
                for code, people in counts.items()
                if code // 10000 == region // 10000 and (code == region or code not in groups)
            }
            assert sum(rest.values()) == count
