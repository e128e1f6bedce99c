"""(u) How many messages are understood in a second on one core, and the slowest of ten thousand hostile ones. Prints a table.

python -m benchmarks.understanding [--slow]   the strings that took longest, and the rules that took the time
"""

import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.measuring import percentile
from benchmarks.report import Row
from bot import clock
from bot.language.intents import every
from bot.language.said import Said, Setting
from bot.language.understanding import understand
from bot.operations import understanding
from bot.operations.understanding import Example

AT = clock.parsed("2026-03-10T09:00")
EXAMPLES = Path(__file__).parent.parent / "tests" / "language" / "utterances"
HOSTILE = 10_000
_LEAST, _SLOWEST = 2_000, 20.0
_WAYS = (Setting(AT), Setting(AT, in_group=True))


def examples() -> list[Example]:
    """All examples that the tests have."""
    return [each for path in sorted(EXAMPLES.glob("*.tsv")) for each in understanding.read(path, AT)]


def rate(said: Sequence[Example], read: Callable[[str, Setting], Any], rounds: int) -> float:
    """Messages a second of the processor's time; the best of several rounds, the first of which warms up."""
    best = float("inf")
    for _ in range(rounds + 1):
        began = time.process_time()
        for each in said:
            read(each.text, each.setting)
        best = min(best, time.process_time() - began)
    return len(said) / best


def timed(texts: Iterable[str], settings: Sequence[Setting] = _WAYS) -> list[tuple[float, str, Setting]]:
    """The seconds that each text takes to be understood; the better of two, since others use the machine, too."""
    took = []
    for number, text in enumerate(texts):
        setting = settings[number % len(settings)]
        took.append((min(_once(text, setting) for _ in range(2)), text, setting))
    return took


def _once(text: str, setting: Setting) -> float:
    began = time.process_time()
    understand(text, setting)
    return time.process_time() - began


def hostile(count: int) -> list[str]:
    """Strings made to be slow, the same at every run."""
    made: Any = import_module("tests.fuzz.hostile")
    cues = sorted({cue for rule in every() for cue in rule.cues})
    chance = random.Random(7)
    return [made.patient(chance, cues) if number % 2 else made.text(chance) for number in range(count)]


def rows(*, quick: bool) -> list[Row]:
    """The figures, for the report."""
    said = examples()
    talk = [each for each in said if each.intent == "none" and each.setting.in_group]
    rounds = 1 if quick else 5
    took = [each * 1_000 for each, _, _ in timed(hostile(HOSTILE // 10 if quick else HOSTILE))]
    return [
        Row("messages understood, the tests' examples", "1/s", rate(said, understand, rounds), goal=(_LEAST, "least")),
        Row("messages understood, talk in a group", "1/s", rate(talk, understand, rounds), goal=(_LEAST, "least")),
        Row(
            "messages read by the router: understood, the command found",
            "1/s",
            rate(said, understanding.meant, rounds),
            goal=(_LEAST, "least"),
        ),
        Row(f"the slowest of {len(took):,} hostile messages", "ms", max(took), goal=(_SLOWEST, "most")),
        Row("hostile messages, p99", "ms", percentile(took, 99)),
    ]


def _slow() -> None:
    """Print what took longest, and the rule that it was."""
    for took, text, setting in sorted(timed(hostile(HOSTILE)), key=lambda each: each[0], reverse=True)[:15]:
        print(f"{took * 1e3:8.1f} ms  {len(text):5}  {text[:60]!r}  {_slowest_rule(text, setting)}")


def _slowest_rule(text: str, setting: Setting) -> str:
    """What of one message took the most milliseconds."""
    said = Said(text, setting)
    began = time.process_time()
    words = "".join((said.words, *said.parts, said.words, str(said.asks)))
    costs = [((time.process_time() - began) * 1e3, "normalisation")]
    for rule in every():
        if not rule.contexts and (not rule.cues or any(cue in words for cue in rule.cues)):
            began = time.process_time()
            rule.read(said)
            costs.append(((time.process_time() - began) * 1e3, f"{rule.read.__module__}.{rule.read.__qualname__}"))
    return ", ".join(f"{cost:.1f} {name}" for cost, name in sorted(costs, reverse=True)[:3])


def main() -> None:
    """Measure and print."""
    if "--slow" in sys.argv:
        _slow()
        return
    for row in rows(quick=False):
        print(f"{row.name:<64}{row.ours:>12.1f} {row.unit}")


if __name__ == "__main__":
    main()
