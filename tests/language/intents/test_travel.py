"""What a report of going away says, piece by piece."""

from datetime import date

import pytest

from bot.language.travel_words import details, duration, employer

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("三个月", {"duration_months": 3}),
        ("半年", {"duration_months": 6}),
        ("一年半", {"duration_months": 18}),
        ("两年", {"duration_months": 24}),
        ("半个月", {"duration_days": 15}),
        ("一个半月", {"duration_days": 45}),
        ("十天", {"duration_days": 10}),
        ("两周", {"duration_days": 14}),
        ("for three months", {"duration_months": 3}),
        ("for 10 days", {"duration_days": 10}),
        ("过两天", {}),
        ("4月1日", {}),
        ("三月份", {}),
        ("0天", {}),
        ("年后去", {}),
        ("", {}),
    ],
)
def test_how_long(words: str, found: dict[str, int]) -> None:
    assert duration(words) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("单位叫XX电子,电话13900000000", "XX电子"),
        ("公司是恒达鞋业", "恒达鞋业"),
        ("单位华美电子,电话1", "华美电子"),
        ("去苏州恒达有限公司上班", "苏州恒达有限公司"),
        ("working at Hengda Electronics", "Hengda Electronics"),
        ("公司派我去的", None),
        ("单位是某厂", None),
        ("去打工", None),
    ],
)
def test_the_employer_keeps_its_letters(line: str, found: str | None) -> None:
    assert employer(line) == found


def test_details_are_put_together() -> None:
    assert details("明天开渔,信号不好,电话138 0000 1111,去十天", TODAY) == {
        "date_from": "2026-03-11",
        "duration_days": 10,
        "phone": "13800001111",
        "place_kind": "at_sea",
        "low_bandwidth": True,
    }
    assert details("电话0512-1234567", TODAY) == {"phone": "0512-1234567"}
