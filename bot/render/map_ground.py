"""The country to stand flags on: its outline in a projection made for it, and where a place lies on the sheet.

Albers' equal-area conic projection with the standard parallels 25° and 47° and the meridian 105°, usual for maps of China. The data
and what is known of it: data/china.txt.
"""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.render import outline

if TYPE_CHECKING:
    from PIL.Image import Image

Point = tuple[float, float]
"""Longitude and latitude in degrees; or, projected, east and south of the origin in radii of the earth; or pixels."""
Ring = list[Point]

SOUTHERN = 17.9
"""Degrees north: flags further south stand in the inset."""
_SOUTH, _NORTH, _MERIDIAN = math.radians(25), math.radians(47), math.radians(105)
_CONE = (math.sin(_SOUTH) + math.sin(_NORTH)) / 2
_SPREAD = math.cos(_SOUTH) ** 2 + 2 * _CONE * math.sin(_SOUTH)
_ORIGIN = math.sqrt(_SPREAD - 2 * _CONE * math.sin(math.radians(36))) / _CONE
_SEA = (106.5, -0.8, 123.5, 24.0)
"""West, south, east, north of the inset in degrees."""
_PAD = 12
"""Pixels between the country and the edge of its frame."""
_FINE = 2
"""How many times finer the outline is drawn than shown, so that its edges are smooth."""
_GRID, _EDGE = 14, 120
"""Points across that may be a province's middle, and points of its edge that they keep away from."""
_LAND, _BORDER, _WATER, _COAST = "#FBF3E4", "#DCC9A8", "#EEF4F7", "#8C6D46"


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the sheet in pixels, and how what is projected falls into it."""

    left: float
    top: float
    width: float
    height: float
    scale: float
    east: float
    south: float

    def at(self, projected: Point) -> Point:
        """Where a projected point lies on the sheet."""
        return self.left + (projected[0] - self.east) * self.scale, self.top + (projected[1] - self.south) * self.scale


def albers(longitude: float, latitude: float) -> Point:
    """Degrees projected: east and south of 105° E 36° N, in radii of the earth."""
    distance = math.sqrt(_SPREAD - 2 * _CONE * math.sin(math.radians(latitude))) / _CONE
    angle = _CONE * (math.radians(longitude) - _MERIDIAN)
    return distance * math.sin(angle), distance * math.cos(angle) - _ORIGIN


def degrees(projected: Point) -> Point:
    """Longitude and latitude of a projected point: what `albers` makes of them."""
    x, y = projected[0], projected[1] + _ORIGIN
    sine = (_SPREAD - (_CONE * math.hypot(x, y)) ** 2) / (2 * _CONE)
    return math.degrees(_MERIDIAN + math.atan2(x, y) / _CONE), math.degrees(math.asin(sine))


@cache
def country(left: float, top: float, width: float, height: float) -> Frame:
    """A frame as wide as the country is, from its north on; what is below its southernmost coast is room for the inset."""
    points = [point for rings in provinces().values() for ring in rings for point in ring]
    wests, norths = zip(*points, strict=True)
    scale = (width - 2 * _PAD) / (max(wests) - min(wests))
    return Frame(left, top, width, height, scale, min(wests) - _PAD / scale, min(norths) - _PAD / scale)


@cache
def sea(left: float, top: float, width: float) -> Frame:
    """A frame of a width around the South China Sea, as high as that makes it."""
    west, south, east, north = _SEA
    (edge, _), (right, _) = albers(west, 12), albers(east, 12)
    scale = width / (right - edge)
    (_, upper), (_, lower) = albers((west + east) / 2, north), albers((west + east) / 2, south)
    return Frame(left, top, width, (lower - upper) * scale, scale, edge, upper)


@cache
def provinces() -> dict[int, list[Ring]]:
    """The outer rings of every province by its code, projected; small holes within are filled by what is drawn on them."""
    return {
        int(each["properties"]["adcode"]): [[albers(*point) for point in polygon[0]] for polygon in _parts(each["geometry"], "Polygon")]
        for each in outline.features()
        if each["properties"]["adcode"]
    }


@cache
def boundaries() -> list[Ring]:
    """The country's own boundary lines, projected: the dashes of the South China Sea and what no province's edge shows."""
    lines = [_parts(each["geometry"], "LineString") for each in outline.features() if not each["properties"]["adcode"]]
    return [[albers(*point) for point in line] for each in lines for line in each]


def _parts(geometry: dict[str, Any], single: str) -> list[Any]:
    return [geometry["coordinates"]] if geometry["type"] == single else list(geometry["coordinates"])


@cache
def middle(province: int) -> Point:
    """A point well inside a province's largest part, projected: where a flag stands for all of it. Raises `KeyError`."""
    ring = max(provinces()[province], key=_area)
    wests, norths = zip(*ring, strict=True)
    steps = [(each + 0.5) / _GRID for each in range(_GRID)]
    grid = [(min(wests) + x * (max(wests) - min(wests)), min(norths) + y * (max(norths) - min(norths))) for x in steps for y in steps]
    edge = ring[:: max(1, len(ring) // _EDGE)]
    return max((point for point in grid if _is_inside(point, ring)), key=lambda point: min(math.dist(point, each) for each in edge))


def _area(ring: Ring) -> float:
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise(ring)))


def _is_inside(point: Point, ring: Ring) -> bool:
    """Whether an odd number of edges lies east of a point."""
    x, y = point
    crossed = [(one, other) for one, other in pairwise(ring) if (one[1] > y) != (other[1] > y) and x < _crossing(one, other, y)]
    return len(crossed) % 2 == 1


def _crossing(one: Point, other: Point, y: float) -> float:
    return one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1])


@cache
def drawn(frame: Frame) -> "Image":
    """The country as far as a frame shows it, in a picture of the frame's size. Not to be drawn upon: it is kept."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  no start needs it, only a drawing

    size = (round(frame.width), round(frame.height))
    image = Image.new("RGB", (size[0] * _FINE, size[1] * _FINE), _WATER)
    pen = ImageDraw.Draw(image)

    def pixels(ring: Ring) -> Ring:
        return [((x - frame.east) * frame.scale * _FINE, (y - frame.south) * frame.scale * _FINE) for x, y in ring]

    rings = [pixels(ring) for province in provinces().values() for ring in province]
    for ring in rings:  # twice as wide as it shows: the land covers the inner half, and none remains between provinces
        pen.line(ring, fill=_COAST, width=2 * _FINE + 2, joint="curve")
    for ring in rings:
        pen.polygon(ring, fill=_LAND)
    for ring in rings:
        pen.line(ring, fill=_BORDER, width=_FINE)
    for line in boundaries():
        pen.line(pixels(line), fill=_COAST, width=3 * _FINE, joint="curve")
    return image.reduce(_FINE)
