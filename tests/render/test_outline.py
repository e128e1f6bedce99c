"""The outline in degrees, as the map in the browser gets it."""

import json

import pytest

from bot.language import places
from bot.render import map_ground, outline


def test_it_shows_every_province_and_the_countrys_own_lines_alone() -> None:
    features = json.loads(outline.geojson())["features"]
    assert len({each["properties"]["adcode"] for each in features} - {""}) == 34
    lines = [each["geometry"] for each in features if not each["properties"]["adcode"]]
    assert len(lines) == 2
    dashes = next(each["coordinates"] for each in lines if each["type"] == "MultiLineString")
    assert len(dashes) == 10  # the South China Sea's, and the one east of Taiwan
    assert min(point[1] for dash in dashes for point in dash) < 4


@pytest.mark.parametrize("place", [(127.6, 47.4), (104.9, 36.1), (73.5, 39.5), (112.8, 3.4), (135.1, 48.4)])
def test_what_is_projected_comes_back_as_degrees(place: tuple[float, float]) -> None:
    assert map_ground.degrees(map_ground.albers(*place)) == pytest.approx(place)


@pytest.mark.parametrize(
    ("code", "wanted"), [(440000, (113, 24)), (230000, (128, 47)), (150000, (119, 45)), (460000, (110, 19)), (130000, (115, 38))]
)
def test_a_flag_for_a_whole_province_stands_well_inside_it(code: int, wanted: tuple[int, int]) -> None:
    assert map_ground.degrees(map_ground.middle(code)) == pytest.approx(wanted, abs=2)


@pytest.mark.parametrize(("code", "wanted"), [(230100, (127, 46)), (440300, (114, 23)), (710100, (122, 25)), (810000, (114, 22))])
def test_every_kind_of_city_has_a_position(code: int, wanted: tuple[int, int]) -> None:
    longitude, latitude = places.position(code) or (0.0, 0.0)
    assert (round(longitude), round(latitude)) == wanted
