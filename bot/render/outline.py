"""The outline of the country as the web map draws it. The data and what is known of it: data/china.geojson is the whole of it."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import dist
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
_NATIONAL = 1.0
"""Degrees of latitude that a boundary line spans at least if it is the country's: the dashes of the South China Sea, the western border.

The short ones are administrative lines at the mouth of the Yangtze, around Hainan, Hong Kong and Fujian.
"""
_GRID, _EDGE = 14, 120
"""Points across that may be a province's middle, and points of its edge that they keep away from."""


@cache
def _features() -> list[dict[str, Any]]:
    read = json.loads(files("bot.render").joinpath("data", "china.geojson").read_text(encoding="utf-8"))
    return [each for each in read["features"] if each["properties"]["adcode"] or _height(each["geometry"]["coordinates"]) >= _NATIONAL]


def _height(coordinates: list[Any]) -> float:
    latitudes = [point[1] for point in _points(coordinates)]
    return max(latitudes) - min(latitudes)


def _points(coordinates: list[Any]) -> Iterator[Point]:
    if isinstance(coordinates[0], list):
        for each in coordinates:
            yield from _points(each)
    else:
        yield coordinates[0], coordinates[1]


@cache
def geojson() -> bytes:
    """The provinces and the country's own boundary lines as GeoJSON, without the short administrative lines."""
    return json.dumps({"type": "FeatureCollection", "features": _features()}, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def middle(province: int) -> Point:
    """A point well inside a province's largest part: where a flag stands for all of it. Raises `LookupError` for what is no province."""
    found = next((each for each in _features() if each["properties"]["adcode"] == f"{province:06}"), None)
    if found is None:
        raise LookupError(f"{province} is no province")
    shape = found["geometry"]
    ring = max((part[0] for part in ([shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"])), key=_area)
    (west, east), (south, north) = [(min(each), max(each)) for each in zip(*ring, strict=True)]
    steps = [(each + 0.5) / _GRID for each in range(_GRID)]
    grid = [(west + x * (east - west), south + y * (north - south)) for x in steps for y in steps]
    edge = ring[:: max(1, len(ring) // _EDGE)]
    return max((point for point in grid if _is_inside(point, ring)), key=lambda point: min(dist(point, each) for each in edge))


def _area(ring: list[Point]) -> float:
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise(ring)))


def _is_inside(point: Point, ring: list[Point]) -> bool:
    """Whether an odd number of edges lies east of a point."""
    x, y = point
    crossed = [(one, other) for one, other in pairwise(ring) if (one[1] > y) != (other[1] > y)]
    return sum(x < one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1]) for one, other in crossed) % 2 == 1
