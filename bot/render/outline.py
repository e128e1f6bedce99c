"""The outline of the country in degrees: 34 provinces and the national boundary lines. What is known of the data: data/china.txt."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

_NATIONAL = 1.0
"""Degrees of latitude that a boundary line spans if it is the country's; see data/china.txt."""


@cache
def features() -> list[dict[str, Any]]:
    """The provinces, with their codes, and the boundary lines, without; the short administrative lines are left out."""
    read = json.loads(files("bot.render").joinpath("data", "china.geojson").read_text(encoding="utf-8"))
    return [each for each in read["features"] if each["properties"]["adcode"] or _height(each["geometry"]["coordinates"]) >= _NATIONAL]


def _height(coordinates: list[Any]) -> float:
    latitudes = list(_latitudes(coordinates))
    return max(latitudes) - min(latitudes)


def _latitudes(coordinates: list[Any]) -> Iterator[float]:
    if isinstance(coordinates[0], list):
        for each in coordinates:
            yield from _latitudes(each)
    else:
        yield coordinates[1]


@cache
def geojson() -> bytes:
    """All of it as GeoJSON, for the map in the browser."""
    return json.dumps({"type": "FeatureCollection", "features": features()}, ensure_ascii=False, separators=(",", ":")).encode()
