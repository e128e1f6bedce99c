"""Flags and names that stand on a map without covering each other."""

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.map_layout import CELL, POLE, Box, Placed, Spot, placed

ROOM = Box(0, 0, 400, 300)
HIGH = 36
spots = st.lists(
    st.builds(
        Spot,
        st.floats(0, 400),
        st.floats(0, 300),
        st.floats(60, 160),
        st.just(HIGH),
        st.tuples(st.integers(-50, 0), st.integers(0, 9)),
    ),
    max_size=25,
)


def _alone(x: float = 200, y: float = 150, width: float = 100, rank: int = 0) -> Spot:
    return Spot(x, y, width, HIGH, (rank, 0))


def _crosses(one: Placed, spot: Spot, box: Box) -> bool:
    """Whether the line to a city runs through a box, but for its very ends."""
    steps = int(math.dist(one.foot, (spot.x, spot.y)))
    points = [
        (one.foot[0] + (spot.x - one.foot[0]) * at / steps, one.foot[1] + (spot.y - one.foot[1]) * at / steps)
        for at in range(CELL, steps - POLE)
    ]
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)


@given(spots)
@settings(max_examples=60, deadline=None)
def test_no_flag_covers_another_nor_leaves_the_room_nor_stands_on_a_line(some: list[Spot]) -> None:
    found = [(spot, each) for spot, each in zip(some, placed(some, ROOM), strict=True) if each is not None]
    for _, each in found:
        assert each.box.inside(ROOM)
    for (spot, one), (other_spot, other) in combinations(found, 2):
        assert not one.box.overlaps(other.box)
        assert not _crosses(one, spot, other.box)
        assert not _crosses(other, other_spot, one.box)


@given(spots, st.floats(0, 300), st.floats(0, 200))
@settings(max_examples=30, deadline=None)
def test_what_is_reserved_stays_free(some: list[Spot], left: float, top: float) -> None:
    reserved = Box(left, top, left + 100, top + 100)
    assert not any(each.box.overlaps(reserved) for each in placed(some, ROOM, [reserved]) if each is not None)


@given(spots)
@settings(max_examples=20, deadline=None)
def test_the_same_spots_are_placed_the_same(some: list[Spot]) -> None:
    assert placed(some, ROOM) == placed(some, ROOM)


def test_a_flag_alone_stands_on_its_city() -> None:
    (only,) = placed([_alone()], ROOM)
    assert only is not None
    assert only.foot == (200, 150 - POLE)
    assert only.box == Box(200, 150 - POLE - HIGH, 300, 150 - POLE)
    assert not only.mirrored


def test_at_the_right_edge_the_name_stands_at_the_left_of_the_pole() -> None:
    (only,) = placed([_alone(x=390)], ROOM)
    assert only is not None
    assert only.mirrored
    assert only.box.right == 390


def test_of_three_in_one_place_all_are_shown_and_the_largest_is_nearest() -> None:
    small, large, middling = (each and each.foot for each in placed([_alone(rank=-1), _alone(rank=-9), _alone(rank=-5)], ROOM))
    assert large == middling == (200, 150 - POLE)  # one at each side of the pole
    assert small is not None
    assert math.dist(small, (200, 150)) > POLE


def test_a_neighbours_dot_is_not_covered_where_that_can_be_helped() -> None:
    neighbour = _alone(x=240, y=125, rank=0)
    first, _ = placed([_alone(rank=-9), neighbour], ROOM)
    assert first is not None
    assert not first.box.overlaps(Box(235, 120, 245, 130))


def test_who_finds_no_room_is_left_out_and_the_largest_are_not() -> None:
    crowd = [_alone(rank=-number) for number in range(80)]
    found = placed(crowd, ROOM)
    left_out = [number for number, each in enumerate(found) if each is None]
    assert 0 < len(left_out) < 80
    assert all(each is not None for each in found[-5:])


def test_nobody_is_no_trouble_and_a_name_wider_than_the_room_is_left_out() -> None:
    assert placed([], ROOM) == []
    assert placed([_alone(width=500)], ROOM) == [None]
