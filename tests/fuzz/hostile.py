"""Hostile input: a corpus of what has broken other programs, and random mixtures of it with what people really type."""

import copy
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_READ = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
TEXTS: list[str] = [text for texts in _READ["texts"].values() for text in texts]
LONG: list[tuple[str, int]] = [(unit, times) for unit, times in _READ["long"]]
"""A piece of text, and how often it is repeated."""
UPDATES: list[Any] = json.loads((HERE / "updates.json").read_text(encoding="utf-8"))
FRAMES: list[dict[str, Any]] = [
    {"type": "send", "chat": "group-1", "text": "签到", "nonce": "n", "reply_to": "b1"},
    {"type": "press", "chat": "private-1", "message": "b1", "data": "q.1.0.0000000000000000", "nonce": "n"},
    {"type": "edit", "chat": "private-1", "message": "p1", "text": "签到", "nonce": "n"},
    {"type": "location", "chat": "private-1", "latitude": 45.8, "longitude": 126.5, "nonce": "n"},
]
_SIGNS = (
    "一二三四五六七八九十百千万亿零两半0123456789.-~,，。、；：/元块毛分年月日号周天点到从在我你他已交党费没未不捐给求助绑定公告补录核定 \n"
)
_WORDS = (
    *("下个月", "上季度", "明天", "张三", "深圳", "哈尔滨", "2026-03", "9点半", "A12", "P7", "C3", "B9", "N4", "D-2026-0317"),
    *("paid", "dues", "January", "to", "March", "yuan", "￥", "RMB", "@支部", "/sos", "救命"),
)
_PIECES = (*_SIGNS, *_WORDS)


def text(chance: random.Random) -> str:
    """A text: from the corpus, torn and mixed with words of ours, or a long one."""
    draw = chance.random()
    if draw < 0.1:
        return chance.choice(TEXTS)
    if draw < 0.13:
        unit, times = chance.choice(LONG)
        return unit * min(times, chance.choice((10, 100, 900)))
    parts = []
    for _ in range(chance.randint(1, 12)):
        kind = chance.random()
        if kind < 0.7:
            parts.append(chance.choice(_PIECES))
        elif kind < 0.9:
            piece = chance.choice(TEXTS)
            parts.append(piece[chance.randrange(len(piece) + 1) :])
        else:
            parts.append(chr(chance.randrange(0x110000)))
    return chance.choice(("", " ", "")).join(parts)


def patient(chance: random.Random, cues: Sequence[str]) -> str:
    """A text of up to a thousand characters made of few pieces again and again: what a careless regular expression tries in every way."""
    pieces = [chance.choice(cues) if chance.random() < 0.6 else chance.choice(_PIECES) for _ in range(chance.randint(1, 5))]
    length = chance.choice((30, 60, 100, 300, 1000))
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(chance.choice(pieces) if chance.random() < 0.8 else chance.choice(pieces) * chance.randint(1, 40))
    return (chance.choice(cues) + "".join(parts))[: length - 1] + chance.choice(("", "x", "吗", "。", "\n"))


def value(chance: random.Random, depth: int = 0) -> Any:
    """Any value that JSON can hold, and some that only Python's reading of it does."""
    return chance.choice(
        (
            lambda: text(chance),
            lambda: chance.choice((0, -1, 1, 42, 2**31, 2**53, 2**63, -(2**63) - 1, 10**400, 1770000000, 253402300800, -62135596801)),
            lambda: chance.choice((0.0, -0.0, 1.5, 1e308, float("inf"), float("-inf"), float("nan"), 90.0001)),
            lambda: chance.choice((None, True, False, [], {}, "", [[]], {"id": None})),
            lambda: [value(chance, depth + 1) for _ in range(chance.randint(0, 3))] if depth < 3 else 1,
            lambda: {text(chance)[:20]: value(chance, depth + 1) for _ in range(2)} if depth < 3 else 1,
            lambda: copy.deepcopy(chance.choice(UPDATES)),
        )
    )()


def broken(chance: random.Random, whole: Any) -> Any:
    """A sound value in which some parts were replaced, left out, doubled or put elsewhere."""
    made = copy.deepcopy(whole)
    for _ in range(chance.randint(1, 4)):
        made = _break(chance, made)
    return made


def _break(chance: random.Random, part: Any) -> Any:
    if isinstance(part, dict) and part and chance.random() < 0.9:
        name = chance.choice(list(part))
        if chance.random() < 0.15:
            del part[name]
        else:
            part[name] = _break(chance, part[name])
        return part
    if isinstance(part, list) and part and chance.random() < 0.8:
        place = chance.randrange(len(part))
        part[place] = _break(chance, part[place])
        return part * (1 if any(isinstance(each, list | dict) and each for each in part) else chance.choice((1, 1, 2, 150)))
    return value(chance)


def torn(chance: random.Random, words: str) -> str:
    """A sound text – a file, say – into which hostile pieces were put, or from which parts were torn."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(words) + 1)
        end = min(len(words), start + chance.choice((0, 0, 1, 5, 40)))
        words = words[:start] + (text(chance) if chance.random() < 0.8 else "") + words[end:]
    return words
