"""Countries and the cities abroad where people work: 东京 is in 日本. No flag stands there; what is kept is the country."""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.patterns import Pattern

_WORD = Pattern("[a-z]+(?: [a-z]+)?")
_NOT_THE_PLACE = Pattern("[人队话菜语货片]|料理|电影|球队|大学|时间|车|品牌|进口|海关|文(?!莱)|料|街|路|新闻|总统|政府|电视")
_LONGEST = 400
_REMEMBERED = 64
"""One message is looked through by several rules, and clause by clause."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """A country, and a city in it where one is named."""

    country: str
    city: str = ""


@cache
def _names() -> dict[str, Abroad]:
    with files("bot.language").joinpath("data", "abroad.tsv").open(encoding="utf-8") as lines:
        return {row["words"]: Abroad(row["country"], row["city"] or "") for row in csv.DictReader(lines, delimiter="\t")}


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """Chinese names by their first two characters, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(_names(), key=len, reverse=True):
        if not name.isascii():
            heads.setdefault(name[:2], []).append(name)
    return {head: tuple(names) for head, names in heads.items()}


def mentioned(words: str) -> list[tuple[int, int, Abroad]]:
    """Where words name countries and cities abroad, and which; a city behind its country is one with it (日本东京)."""
    return list(_mentioned(words[:_LONGEST]))


@lru_cache(maxsize=_REMEMBERED)
def _mentioned(said: str) -> tuple[tuple[int, int, Abroad], ...]:
    found: list[tuple[int, int, Abroad]] = []
    heads, at = _heads(), 0
    while at < len(said) - 1:
        name = next((each for each in heads.get(said[at : at + 2], ()) if said.startswith(each, at)), None)
        if name is None or _NOT_THE_PLACE.match(said, at + len(name)):
            at += 1
        else:
            _add(found, at, at + len(name), _names()[name])
            at += len(name)
    for word in _WORD.finditer(said):
        for start, end in _spans(word[0], word.start()):
            if there := _names().get(said[start:end]):
                _add(found, start, end, there)
                break
    return tuple(found)


def _spans(words: str, start: int) -> list[tuple[int, int]]:
    """Two words together, then each."""
    first = words.find(" ")
    whole = (start, start + len(words))
    return [whole] if first < 0 else [whole, (start, start + first), (start + first + 1, whole[1])]


def _add(found: list[tuple[int, int, Abroad]], start: int, end: int, there: Abroad) -> None:
    if found and found[-1][1] == start and found[-1][2].country == there.country and not found[-1][2].city:
        start = found.pop()[0]
    found.append((start, end, there))
