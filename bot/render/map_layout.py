"""Where flags and names stand on a map, so that none covers another. Pure geometry in pixels, y downwards.

The largest come first and take the place nearest to their city, at the end of a line if need be; who finds none stays a dot.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CELL = 4
"""Pixels: what is taken is noted in squares of this size, always rounded outwards."""
POLE = 10
"""Pixels from a city to the lower edge of a flag that stands on it."""
_RINGS = (0, 16, 30, 46, 66, 90, 120, 156, 200)
"""How far from its city a flag may stand, in pixels."""
_AROUND = 24
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
        first, last, bits = self._covered(box)
        for row in range(first, last):
            self._rows[row] |= bits

    def is_free(self, box: Box) -> bool:
        """Whether nothing of a rectangle is taken."""
        first, last, bits = self._covered(box)
        return not any(self._rows[row] & bits for row in range(first, last))

    def _covered(self, box: Box) -> tuple[int, int, int]:
        left, right = max(0, math.floor(box.left / CELL)), math.ceil(box.right / CELL)
        first, last = max(0, math.floor(box.top / CELL)), min(len(self._rows), math.ceil(box.bottom / CELL))
        return first, last, ((1 << max(0, right - left)) - 1) << left


def placed(spots: Sequence[Spot], room: Box, reserved: Sequence[Box] = (), dot: float = 5) -> list[Placed | None]:
    """Where each spot's flag stands in a room, or None if it finds no place there; `dot` is the radius of a city's mark."""
    taken, dots = _Taken(room), _Taken(room)
    for box in reserved:
        taken.add(box)
    for spot in spots:
        dots.add(_mark(spot, dot))
    found: list[Placed | None] = [None] * len(spots)
    for at in sorted(range(len(spots)), key=lambda number: spots[number].rank):
        chosen = _nearest(spots[at], room, taken, dots)
        if chosen is not None:
            found[at] = chosen
            taken.add(chosen.box)
            for step in _along(chosen.foot, spots[at]):
                taken.add(step)
            taken.add(_mark(spots[at], dot))
    return found


def _mark(spot: Spot, radius: float) -> Box:
    return Box(spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius)


def _nearest(spot: Spot, room: Box, taken: _Taken, dots: _Taken) -> Placed | None:
    """The nearest place that covers no flag and no line; one that covers other cities' dots counts as further away."""
    best, far = None, math.inf
    for ring, each in _places(spot):
        if ring >= far:
            break
        if not each.box.inside(room) or not taken.is_free(each.box) or not all(taken.is_free(step) for step in _along(each.foot, spot)):
            continue
        distance = ring if dots.is_free(each.box) else ring + _COVERING
        if distance < far:
            best, far = each, distance
    return best


def _places(spot: Spot) -> Iterator[tuple[int, Placed]]:
    """Where a flag may stand, and how far from its city, the nearest first."""
    for ring in _RINGS:
        for step in range(_AROUND if ring else 1):
            # clockwise and anticlockwise by turns from straight above, so that flags stand on their city where they can
            turn = (step + 1) // 2 * (1 if step % 2 else -1) * 2 * math.pi / _AROUND
            x, y = spot.x + ring * math.sin(turn), spot.y - POLE - ring * math.cos(turn)
            for mirrored in (False, True) if abs(x - spot.x) < CELL else (x < spot.x,):
                yield ring, _standing(spot, x, y, mirrored=mirrored)


def _standing(spot: Spot, x: float, y: float, *, mirrored: bool) -> Placed:
    left = x - spot.width if mirrored else x
    box = Box(left, y - spot.height, left + spot.width, y)
    return Placed(box, (x, min(max(spot.y, box.top), box.bottom)), mirrored)


def _along(foot: tuple[float, float], spot: Spot) -> Iterator[Box]:
    """The line from a pole to its city in small squares, without its two ends: two cities may be nearly in one place."""
    length = math.hypot(foot[0] - spot.x, foot[1] - spot.y)
    for step in range(CELL, int(length) - POLE, CELL):
        x, y = foot[0] + (spot.x - foot[0]) * step / length, foot[1] + (spot.y - foot[1]) * step / length
        yield Box(x - 1, y - 1, x + 1, y + 1)
