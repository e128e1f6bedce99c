"""The places of the country: provinces, cities, districts, how they contain each other and what they are called."""

import csv
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.language import place_latin, place_names

_NO_PLACES = frozenset({500200, 820010})  # a second row for 重庆's counties, a row for what is under no parish
_MUNICIPALITIES = frozenset({110000, 120000, 310000, 500000})
_REGIONS = frozenset({810000, 820000})  # 香港, 澳门: a province that is one city, without a code for it
_NEAR_KM = 300
_EARTH_KM = 6371.0


class Level(StrEnum):
    """How large a place is; a county that belongs to no city is a city."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city or district by its official code (行政区划代码) and its own name."""

    code: int
    name: str
    level: Level

    @property
    def province_code(self) -> int:
        """The code of its province; a province's is its own."""
        return self.code // 10000 * 10000

    @property
    def city_code(self) -> int:
        """The city it is counted under; 110100 for all of 北京, its own for a county under the province, a province's for itself."""
        if self.province_code in _MUNICIPALITIES:
            return self.province_code + 100
        if self.province_code in _REGIONS:
            return self.province_code
        return self.code // 100 * 100 if self.level is Level.DISTRICT else self.code

    @property
    def full(self) -> str:
        """The whole official name: 广东省深圳市南山区; a municipality is not doubled."""
        chain = dict.fromkeys(place(code).name for code in (self.province_code, self.city_code))
        return "".join(chain) + (self.name if self.level is Level.DISTRICT else "")

    @property
    def short(self) -> str:
        """A name to read in a list: 哈尔滨, 深圳南山."""
        if self.level is not Level.DISTRICT:
            return _short_name(self)
        city, district = _short_name(place(self.city_code)), _short_name(self)
        return district if district.startswith(city) else city + district

    @property
    def latin(self) -> str:
        """Its name for readers of English: Harbin, Lu'an, Shanxian."""
        return place_latin.written(self.code, self.name)

    def within(self, other: "Place") -> bool:
        """Whether it is the other place or lies inside it."""
        if other.level is Level.PROVINCE:
            return self.province_code == other.code
        return self.code == other.code or (other.level is Level.CITY and self.city_code == other.code)


@cache
def _rows() -> dict[int, tuple[str, str, str]]:
    with files("bot.language").joinpath("data", "places.csv").open(encoding="utf-8") as lines:
        rows = {int(row["adcode"]): (row["name"], row["longitude"], row["latitude"]) for row in csv.DictReader(lines)}
    return {code: row for code, row in rows.items() if code < 990000 and code not in _NO_PLACES}


@cache
def every() -> dict[int, Place]:
    """All places by code, in the order of their codes."""
    return {code: Place(code, name, _level(code)) for code, (name, _, _) in _rows().items()}


def place(code: int) -> Place:
    """The place with a code; KeyError if there is none."""
    return every()[code]


def _level(code: int) -> Level:
    if code in _REGIONS:
        return Level.CITY
    if code % 10000 == 0:
        return Level.PROVINCE
    stands_alone = code % 100 == 0 or code // 100 % 100 == 90
    return Level.CITY if stands_alone else Level.DISTRICT


@cache
def _short_names() -> dict[int, str]:
    shorts = {each.code: place_names.short(each.name) for each in every().values()}
    taken: dict[tuple[int, str], list[int]] = {}
    for each in every().values():
        scope = each.city_code if each.level is Level.DISTRICT else 0
        taken.setdefault((scope, shorts[each.code]), []).append(each.code)
    for (scope, name), codes in taken.items():
        same_as_city = scope != 0 and shorts[scope] == name
        keep = codes[0] if scope == 0 and len(codes) > 1 and every()[codes[0]].name != every()[codes[1]].name else None
        for code in codes if len(codes) > 1 or same_as_city else []:
            if code != keep and code not in {each + 100 for each in _MUNICIPALITIES}:
                shorts[code] = place_names.medium(every()[code].name)
    return shorts


def _short_name(of: Place) -> str:
    return _short_names()[of.code]


@cache
def _known() -> dict[int, tuple[float, float]]:
    """Longitude and latitude in degrees, as far as they are known."""
    listed = {code: (float(row[1]), float(row[2])) for code, row in _rows().items() if row[1]}
    return listed | {code: (longitude, latitude) for code, (latitude, longitude) in place_names.positions().items()}


def position(code: int) -> tuple[float, float] | None:
    """Longitude and latitude of a place in degrees; None where they are not known. KeyError if there is no such place."""
    return _known().get(place(code).code)


@cache
def _positions() -> list[tuple[Place, float, float]]:
    """City, latitude and longitude in radians, of all cities whose position is known."""
    cities = [(each, *_known()[each.code]) for each in every().values() if each.level is Level.CITY and each.code in _known()]
    return [(each, math.radians(latitude), math.radians(longitude)) for each, longitude, latitude in cities]


def nearest(latitude: float, longitude: float, count: int = 3) -> list[Place]:
    """The nearest cities to a position in degrees, nearest first; none where no city is within 300 km."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return []
    here, east = math.radians(latitude), math.radians(longitude)
    distances = sorted((_distance(here, east, north, length), each.code) for each, north, length in _positions())
    return [place(code) for kilometres, code in distances[: max(count, 0)] if kilometres <= _NEAR_KM]


def _distance(north: float, east: float, other_north: float, other_east: float) -> float:
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
