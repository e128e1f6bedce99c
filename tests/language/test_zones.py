"""Time zones as people name them."""

from zoneinfo import ZoneInfo

import pytest

from bot.language import zones


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("东京", "Asia/Tokyo"),
        ("新加坡", "Asia/Singapore"),
        ("莫斯科时间", "Europe/Moscow"),
        ("纽约", "America/New_York"),
        ("New York", "America/New_York"),
        ("洛杉矶", "America/Los_Angeles"),
        ("london time", "Europe/London"),
        ("迪拜。", "Asia/Dubai"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("america/new_york", "America/New_York"),
        ("South Korea", "Asia/Seoul"),
        ("北京", "Asia/Shanghai"),
        ("东九区", "Etc/GMT-9"),
        ("西5区", "Etc/GMT+5"),
        ("ＵＴＣ＋９", "Etc/GMT-9"),
        ("UTC+0", "Etc/GMT"),
        ("火星", None),
        ("美国", None),
        ("东十五区", None),
        ("utc+99", None),
        ("东十十区", None),
        ("", None),
        ("../../etc/passwd", None),
        ("Asia", None),
    ],
)
def test_a_zone_is_read_as_people_name_it(words: str, name: str | None) -> None:
    assert zones.zone(words) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Asia/Shanghai", ("北京", "Beijing")),
        ("Asia/Tokyo", ("东京", "Tokyo")),
        ("America/Los_Angeles", ("洛杉矶", "Los Angeles")),
        ("Asia/Famagusta", ("Famagusta", "Famagusta")),
        ("Etc/GMT-9", ("UTC+9", "UTC+9")),
    ],
)
def test_a_zone_is_called_by_its_city(name: str, title: tuple[str, str]) -> None:
    assert zones.title(name) == title


def test_every_zone_of_the_table_exists() -> None:
    for name in zones._NAMED:
        assert ZoneInfo(name).key == name
