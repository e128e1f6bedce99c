"""The country in its projection."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import map_ground

NANSHA, SANSHA, HAIKOU, MOHE = (113.8, 9.6), (112.34, 16.83), (110.2, 20.04), (122.5, 53.0)
CODES = {
    11,
    12,
    13,
    14,
    15,
    21,
    22,
    23,
    31,
    32,
    33,
    34,
    35,
    36,
    37,
    41,
    42,
    43,
    44,
    45,
    46,
    50,
    51,
    52,
    53,
    54,
    61,
    62,
    63,
    64,
    65,
    71,
    81,
    82,
}
COUNTRY = map_ground.country(24, 150, 1032, 996)


def _area(west: float, south: float, east: float, north: float) -> float:
    """Of a small field, projected."""
    (x, y), (across, _), (_, down) = (map_ground.albers(*each) for each in ((west, south), (east, south), (west, north)))
    return math.hypot(across - x, map_ground.albers(east, south)[1] - y) * math.hypot(map_ground.albers(west, north)[0] - x, down - y)


def test_all_provinces_are_there() -> None:
    assert {code // 10000 for code in map_ground.provinces()} == CODES


def test_the_meridian_of_105_degrees_is_a_straight_line_upwards() -> None:
    assert all(abs(map_ground.albers(105, latitude)[0]) < 1e-12 for latitude in range(4, 54))
    assert map_ground.albers(105, 36)[1] == pytest.approx(0)


@given(st.floats(74, 134), st.floats(5, 53))
def test_a_field_is_as_large_on_the_map_as_on_the_globe(longitude: float, latitude: float) -> None:
    step = 0.01
    on_the_globe = math.radians(step) * (math.sin(math.radians(latitude + step)) - math.sin(math.radians(latitude)))
    assert _area(longitude, latitude, longitude + step, latitude + step) == pytest.approx(on_the_globe, rel=1e-2)


@given(st.floats(74, 133), st.floats(5, 52))
def test_north_is_above_and_east_is_at_the_right(longitude: float, latitude: float) -> None:
    x, y = map_ground.albers(longitude, latitude)
    assert map_ground.albers(longitude, latitude + 1)[1] < y
    assert map_ground.albers(longitude + 1, latitude)[0] > x


def test_the_dashes_of_the_sea_are_kept_and_the_short_lines_between_provinces_are_not() -> None:
    lines = map_ground.boundaries()
    assert len(lines) == 11  # ten dashes and the one line in the west
    mouth_of_the_yangtze = map_ground.albers(121.5, 31.6)
    assert all(math.dist(point, mouth_of_the_yangtze) > 0.01 for line in lines for point in line)
    assert min(abs(point[1] - map_ground.albers(112, 3.6)[1]) for line in lines for point in line) < 0.01


def test_what_is_not_in_the_inset_is_in_the_large_frame() -> None:
    for province, rings in map_ground.provinces().items():
        for ring in rings:
            for point in ring:
                x, y = COUNTRY.at(point)
                assert COUNTRY.left < x < COUNTRY.left + COUNTRY.width
                assert COUNTRY.top < y
                assert y < COUNTRY.top + COUNTRY.height or province == 460000


def test_the_inset_shows_all_islands_and_dashes_of_the_sea() -> None:
    sea = map_ground.sea(0, 0, 176)
    points = [point for line in map_ground.boundaries() for point in line if point[0] > -0.2 and point[1] > map_ground.albers(105, 22)[1]]
    points += [point for ring in map_ground.provinces()[460000] for point in ring]
    assert len(points) > 1500
    for point in points:
        x, y = sea.at(point)
        assert 0 < x < sea.width
        assert 0 < y < sea.height


@pytest.mark.parametrize("code", [230000, 620000, 150000, 440000, 130000, 460000, 310000, 810000, 820000, 710000])
def test_the_middle_of_a_province_lies_in_it_and_not_at_its_edge(code: int) -> None:
    point = map_ground.middle(code)
    assert [other for other, rings in map_ground.provinces().items() if any(map_ground._is_inside(point, ring) for ring in rings)] == [code]


def test_the_drawing_has_land_and_water() -> None:
    image = map_ground.drawn(COUNTRY)

    def colour(longitude: float, latitude: float) -> tuple[int, ...]:
        x, y = COUNTRY.at(map_ground.albers(longitude, latitude))
        found = image.getpixel((round(x - COUNTRY.left), round(y - COUNTRY.top)))
        assert isinstance(found, tuple)
        return found

    land, water = colour(104.1, 35.9), colour(124, 34)
    assert land != water
    assert colour(121, 23.8) == colour(87.6, 43.5) == land
    assert colour(128, 28) == colour(90, 22) == water
