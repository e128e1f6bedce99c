"""Hash chains: rows that name each the seal of the one before, so that one that is changed, lost or put between is found."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link: `altered`, `broken` (it does not follow the one before), `gap` (a number is missing) or `end` (the head).

    An entry of a ledger may be `unbalanced`, too.
    """

    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A row as it stands in its chain: its number, its seal, and whether that is what it comes to; what else is wrong with it."""

    number: int
    seal: str
    follows: bool
    sound: bool
    also: tuple[str, ...] = ()


def seal(said: Mapping[str, Any]) -> str:
    """SHA-256 over everything a row says, and the seal of the row before, in one canonical spelling."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def faults(links: Iterable[Link], head: tuple[int, str], start: tuple[int, str] = (0, "")) -> Iterator[Fault]:
    """Everything wrong with a chain, whole or after the number and seal of a link; nothing for a sound one."""
    number, last = start
    for each in links:
        wrong = {"gap": each.number != number + 1, "broken": not each.follows, "altered": not each.sound}
        yield from (Fault(each.number, kind) for kind, is_wrong in wrong.items() if is_wrong)
        yield from (Fault(each.number, kind) for kind in each.also)
        number, last = each.number, each.seal
    if (number, last) != head:
        yield Fault(head[0], "end")
