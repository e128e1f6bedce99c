"""(p) The picture of 分布图: the first of a process, with all that it loads; then another; then that one again."""

import json
import statistics
import subprocess
import sys
import time
from datetime import date

from benchmarks.report import Row
from bot.language import gazetteer
from bot.messages import Outgoing
from bot.rules.regions import Region
from bot.services import distribution_map, drawings, place_words
from bot.texts import Language, Text

CITIES, PEOPLE = 300, 5_000


def asked(people: int = PEOPLE) -> Outgoing:
    """A message with a map: most people in few cities, some in each."""
    cities = [place for place in gazetteer.every().values() if place.level is gazetteer.Level.CITY and gazetteer.position(place.code)]
    spread = [cities[number * len(cities) // CITIES].code for number in range(CITIES)]
    weights = [1 / (1 + number * 7 % CITIES) for number in range(CITIES)]
    groups: list[tuple[Region, int]] = [
        (code, max(1, round(people * each / sum(weights)))) for code, each in zip(spread, weights, strict=True)
    ]
    names: dict[Region, Text] = {code: place_words.listed(gazetteer.place(code)) for code in spread}
    drawing = distribution_map.picture(groups, names, day=date(2026, 3, 10), language=Language.ZH)
    return Outgoing(Text("图", "map"), drawing=drawing)


def drawn(outgoing: Outgoing) -> float:
    """Seconds that it takes to draw."""
    began = time.perf_counter()
    made = drawings.drawn(outgoing)
    took = time.perf_counter() - began
    if not made.picture:
        raise RuntimeError("no picture was made")
    return took


def _in_a_new_process() -> dict[str, float]:
    found = subprocess.run([sys.executable, "-m", "benchmarks.maps"], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(found.stdout)
    return told


def rows(rounds: int) -> list[Row]:
    """The rows of (p): the medians of some processes."""
    told = [_in_a_new_process() for _ in range(rounds)]
    middle = {name: statistics.median(each[name] for each in told) for name in told[0]}
    what = f"the map of {PEOPLE:,} people in {CITIES} cities"
    return [
        Row(f"{what}, the first picture of a process", "s", middle["first"], goal=(1.5, "most")),
        Row(f"{what}, after somebody moved", "s", middle["again"], goal=(1.5, "most")),
        Row(f"{what}, nothing having changed", "ms", middle["kept"] * 1000),
    ]


if __name__ == "__main__":
    messages = [asked(), asked(PEOPLE + 500)]
    print(json.dumps({"first": drawn(messages[0]), "again": drawn(messages[1]), "kept": drawn(messages[1])}))
