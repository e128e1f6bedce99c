"""Records made from rows, and made anew."""

from dataclasses import FrozenInstanceError, dataclass

import pytest
from sqlalchemy import create_engine, literal, select

from storage.records import changed, fields


@dataclass(frozen=True, slots=True)
class Boat:
    name: str
    count: int
    """Also what a tuple's method is called: a row is one."""


@dataclass(frozen=True, slots=True)
class Buoy:
    name: str


def test_a_record_is_made_of_a_row_by_names_and_what_else_the_row_holds_is_left():
    with create_engine("sqlite://").connect() as connection:
        row = connection.execute(select(literal(3).label("count"), literal("海燕").label("name"), literal(9).label("k0"))).one()
    assert fields(Boat)(row) == Boat("海燕", 3)
    assert fields(Buoy)(row) == Buoy("海燕")


def test_a_changed_record_is_another_one():
    boat = Boat("海燕", 3)
    assert changed(boat, count=4) == Boat("海燕", 4)
    assert boat == Boat("海燕", 3)
    assert changed(Buoy("灯"), name="标") == Buoy("标")
    with pytest.raises(FrozenInstanceError):
        changed(boat, count=5).count = 6  # type: ignore[misc]


def test_a_field_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        changed(Buoy("灯"), colour="红")
