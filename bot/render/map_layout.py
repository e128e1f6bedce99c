"""Where flags and names stand on a map, so that none covers another. Pure geometry in pixels, y downwards.

The largest come first and take the place nearest to their city, at the end of a line if need be; who finds none stays a dot.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

CELL = 4
"""Pixels: what is taken is noted in squares of this size, always rounded outwards."""
POLE = 10
"""Pixels from a city to the lower edge of a flag that stands on it."""
_RINGS = (0, 16, 30, 46, 66, 90, 120, 156, 200)
"""How far from its city a flag may stand, in pixels."""
_AROUND, _AROUND_MANY, _MANY = 32, 16, 60
"""Directions that are tried, of few cities and of many: most of many find no room anyway."""
_COVERING = 70
"""Pixels that a flag moves at most so that it covers nobody's dot."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether both share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def inside(self, other: "Box") -> bool:
        """Whether it lies in another."""
        return other.left <= self.left and self.right <= other.right and other.top <= self.top and self.bottom <= other.bottom


_Place = tuple[int, float, float, bool]
"""How far a pole stands from its city, how far to the east, how far to the south, and whether its flag is mirrored."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A city on the sheet, and how wide and high its flag and name are together."""

    x: float
    y: float
    width: float
    height: float
    rank: tuple[int, int]
    """Who comes first: smaller numbers."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a spot's flag and name stand: at the right of the pole, or (`mirrored`) at its left."""

    box: Box
    foot: tuple[float, float]
    """Where the line to the city begins, at the pole."""
    mirrored: bool


class _Taken:
    """Which squares of a sheet are taken: a number for each row, a bit for each square."""

    def __init__(self, room: Box) -> None:
        self._rows = [0] * (math.ceil(room.bottom / CELL) + 1)

    def add(self, box: Box) -> None:
        """Take a rectangle."""
        first, last, bits = _squares(box.left, box.top, box.right, box.bottom)
        for row in range(first, min(last, len(self._rows))):
            self._rows[row] |= bits

    def is_free(self, box: Box) -> bool:
        """Whether nothing of a rectangle is taken."""
        return self.has_room(box.left, box.top, box.right, box.bottom)

    def has_room(self, left: float, top: float, right: float, bottom: float) -> bool:
        """The same by its edges: most places that are looked at are taken, and need no box of their own."""
        first, last, bits = _squares(left, top, right, bottom)
        return not any(map(bits.__and__, self._rows[first:last]))


def _squares(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int]:
    """The rows and, as bits, the columns of squares that a rectangle touches, as far as they are on the sheet."""
    start = int(left // CELL) if left > 0 else 0
    columns = int(-(-right // CELL)) - start
    return int(top // CELL) if top > 0 else 0, int(-(-bottom // CELL)), (1 << columns) - 1 << start if columns > 0 else 0


def placed(spots: Sequence[Spot], room: Box, reserved: Sequence[Box] = (), dot: float = 5) -> list[Placed | None]:
    """Where each spot's flag stands in a room, or None if it finds no place there; `dot` is the radius of a city's mark."""
    taken, dots = _Taken(room), _Taken(room)
    for box in reserved:
        taken.add(box)
    for spot in spots:
        dots.add(_mark(spot, dot))
    found: list[Placed | None] = [None] * len(spots)
    around = _AROUND if len(spots) <= _MANY else _AROUND_MANY
    for at in sorted(range(len(spots)), key=lambda number: spots[number].rank):
        chosen = _nearest(spots[at], _places(around), room, taken, dots)
        if chosen is not None:
            found[at] = chosen
            taken.add(chosen.box)
            for step in _along(chosen.foot, spots[at]):
                taken.add(step)
            taken.add(_mark(spots[at], dot))
    return found


def _mark(spot: Spot, radius: float) -> Box:
    return Box(spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius)


def _nearest(spot: Spot, places: Sequence[_Place], room: Box, taken: _Taken, dots: _Taken) -> Placed | None:
    """The nearest place that covers no flag and no line; one that covers other cities' dots, or whose line does, counts as further away."""
    best, far = None, math.inf
    for ring, x, y, mirrored in places:
        if ring >= far:
            break
        pole, bottom = spot.x + x, spot.y + y
        left, top = pole - spot.width if mirrored else pole, bottom - spot.height
        right = left + spot.width
        if left < room.left or top < room.top or right > room.right or bottom > room.bottom or not taken.has_room(left, top, right, bottom):
            continue
        each = Placed(Box(left, top, right, bottom), (pole, min(max(spot.y, top), bottom)), mirrored)
        line = list(_along(each.foot, spot))
        covers = not dots.is_free(each.box) or not all(dots.is_free(step) for step in line)
        distance = ring + _COVERING if covers else ring
        if distance < far and all(taken.is_free(step) for step in line):
            best, far = each, distance
    return best


@cache
def _places(around: int) -> Sequence[_Place]:
    """Where a pole may stand, the nearest first."""
    found: list[_Place] = []
    for ring in _RINGS:
        for step in range(around if ring else 1):
            # clockwise and anticlockwise by turns from straight above, so that flags stand on their city where they can
            turn = (step + 1) // 2 * (1 if step % 2 else -1) * 2 * math.pi / around
            x, y = ring * math.sin(turn), -POLE - ring * math.cos(turn)
            found += [(ring, x, y, mirrored) for mirrored in ((False, True) if abs(x) < CELL else (x < 0,))]
    return found


def _along(foot: tuple[float, float], spot: Spot) -> Iterator[Box]:
    """The line from a pole to its city in small squares, without its two ends: two cities may be nearly in one place."""
    length = math.hypot(foot[0] - spot.x, foot[1] - spot.y)
    for step in range(CELL, int(length) - POLE, CELL):
        x, y = foot[0] + (spot.x - foot[0]) * step / length, foot[1] + (spot.y - foot[1]) * step / length
        yield Box(x - 1, y - 1, x + 1, y + 1)
