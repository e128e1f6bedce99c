from datetime import date

import pytest

from bot.language.place_dates import day

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "ahead", "found"),
    [
        ("明天去", True, "2026-03-11"),
        ("大后天走", True, "2026-03-13"),
        ("昨晚到的", False, "2026-03-09"),
        ("大前天到的", False, "2026-03-07"),
        ("下周一去", True, "2026-03-16"),
        ("周五去", True, "2026-03-13"),
        ("周五到的", False, "2026-03-06"),
        ("上周三到的", False, "2026-03-04"),
        ("这周四走", True, "2026-03-12"),
        ("下下周二走", True, "2026-03-24"),
        ("next monday", True, "2026-03-16"),
        ("on friday", True, "2026-03-13"),
        ("4月1号起", True, "2026-04-01"),
        ("四月十五日", True, "2026-04-15"),
        ("3月1号去", True, "2027-03-01"),
        ("3月1号到的", False, "2026-03-01"),
        ("12月1号到的", False, "2025-12-01"),
        ("明年1月5日去", True, "2027-01-05"),
        ("去年5月5日到的", False, "2025-05-05"),
        ("2026-04-02出发", True, "2026-04-02"),
        ("4.15出发", True, "2026-04-15"),
        ("16号去", True, "2026-03-16"),
        ("5号去", True, "2026-04-05"),
        ("5号到的", False, "2026-03-05"),
        ("20号到的", False, "2026-02-20"),
        ("下个月3号走", True, "2026-04-03"),
        ("上个月3号到的", False, "2026-02-03"),
        ("2月30号去", True, None),
        ("13月1号去", True, None),
        ("31号去", True, "2026-03-31"),
        ("3号楼", True, None),
        ("没说哪天", True, None),
    ],
)
def test_a_day_is_read_out_of_a_report(words: str, ahead: bool, found: str | None) -> None:
    assert day(words, TUESDAY, ahead=ahead) == (date.fromisoformat(found) if found else None)


def test_the_year_turns() -> None:
    assert day("下个月3号", date(2026, 12, 10), ahead=True) == date(2027, 1, 3)
    assert day("3号", date(2026, 12, 10), ahead=True) == date(2027, 1, 3)
    assert day("20号", date(2026, 1, 10), ahead=False) == date(2025, 12, 20)
