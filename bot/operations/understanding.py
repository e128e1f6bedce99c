"""What a text means, and how many of a file of examples are understood: for `zhibu understand`."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import discovery, reading
from bot.language import contexts
from bot.language.calls import slashed
from bot.language.said import Said, Setting
from bot.language.understanding import Understanding
from bot.operations.trouble import Trouble

Understand = Callable[[str, Setting], Understanding]
COLUMNS = ("text", "intent", "slots", "where", "role", "context")
ROLES = ("member", "secretary", "probationary", "stranger")
PLACES = ("private", "group")


@dataclass(frozen=True, slots=True)
class Example:
    """A line of a file: what was said and what it means."""

    line: int
    text: str
    intent: str
    slots: Mapping[str, Any]
    setting: Setting


@dataclass(frozen=True, slots=True)
class Score:
    """How many examples were understood exactly, intent and all slots, by the intent they should have."""

    total: Counter[str]
    right: Counter[str]
    failures: tuple[tuple[Example, Understanding], ...]
    acted: int
    """Examples that mean nothing and were understood as something."""

    @property
    def share(self) -> float:
        """The share understood exactly, 0 to 1; 1 for no examples."""
        return self.right.total() / self.total.total() if self.total else 1.0


def meant(text: str, said_in: Setting) -> Understanding:
    """What the bot understands: just what it would act on."""
    return reading.read(discovery.registry(), text, said_in, addressed=addressed(text, said_in)).understanding


def addressed(text: str, said_in: Setting) -> bool:
    """Whether it is said to the bot: in private, with a slash, or by naming somebody, who is the bot then."""
    return not said_in.in_group or slashed(text) or Said(text, said_in).mentioned


def setting(at: datetime, where: str = "private", role: str = "member", context: str = "-") -> Setting:
    """A setting in the words of the examples. Raises `Trouble` for a word that is none of them."""
    said_last = "" if context == "-" else context
    for word, known, name in ((where, PLACES, "in"), (role, ROLES, "role"), (said_last, ("", *sorted(contexts.EVERY)), "context")):
        if word not in known:
            raise Trouble(f"{name} cannot be “{word}”; it is one of {', '.join(filter(None, known))}")
    return Setting(at, in_group=where == "group", role=role, context=said_last)


def read(path: Path, at: datetime) -> Iterator[Example]:
    """The examples of a file of tab-separated lines. Raises `Trouble` naming the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}") from error
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows, [])
    if tuple(header[: len(COLUMNS)]) != COLUMNS:
        raise Trouble(f"{path} has to begin with the columns {' '.join(COLUMNS)}, parted by tabs")
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        try:
            text, intent, slots, where, role, context = row[: len(COLUMNS)]
            yield Example(number, text, intent, dict(json.loads(slots or "{}")), setting(at, where, role, context))
        except (ValueError, TypeError, Trouble) as error:
            raise Trouble(f"{path}:{number}: {error}") from error


def score(examples: Iterable[Example], reads: Understand, only: frozenset[str] = frozenset()) -> Score:
    """Understand every example whose intent, or a part of it, is among `only` (all, where that is empty) and compare."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    failures: list[tuple[Example, Understanding]] = []
    acted = 0
    for each in examples:
        if only and not only & {each.intent, *each.intent.split("+")}:
            continue
        found = reads(each.text, each.setting)
        total[each.intent] += 1
        acted += each.intent == "none" and found.intent != "none"
        if _same(each, found):
            right[each.intent] += 1
        else:
            failures.append((each, found))
    return Score(total, right, tuple(failures), acted)


def _same(expected: Example, found: Understanding) -> bool:
    return sorted(expected.intent.split("+")) == sorted(found.intent.split("+")) and _plain(expected.slots) == _plain(found.slots)


def _plain(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Slots to compare. Which candidates there are is compared, their order depends on the person."""
    return {name: sorted(value) if name == "candidates" else value for name, value in slots.items()}


def told(found: Understanding, *, as_json: bool) -> str:
    """What was understood, as JSON, or in lines."""
    if as_json:
        parts = {"intent": found.intent, "slots": found.slots, "confidence": round(found.confidence, 2), "why": found.why}
        return json.dumps(parts, ensure_ascii=False, sort_keys=False)
    slots = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in found.slots.items())
    return "\n".join(filter(None, [f"{found.intent} ({found.confidence:.2f})", slots, *(f"– {each}" for each in found.why)]))


def table(scored: Score) -> list[str]:
    """The score by intent and overall."""
    lines = [f"{intent:40} {scored.right[intent]:4}/{count:<4}" for intent, count in sorted(scored.total.items())]
    whole = f"{'all':40} {scored.right.total():4}/{scored.total.total():<4} {scored.share:.1%}; acted on nothing: {scored.acted}"
    return [*lines, whole]


def failures(scored: Score) -> list[str]:
    """Each example that was not understood exactly: what it should be, and what was found."""
    return [
        f"{each.line}: {each.text}\n   expected {each.intent} {json.dumps(dict(each.slots), ensure_ascii=False, sort_keys=True)}"
        f"\n   found    {found.intent} {json.dumps(found.slots, ensure_ascii=False, sort_keys=True)} {found.why}"
        for each, found in scored.failures
    ]
