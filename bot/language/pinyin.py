"""Sounds: how a character is read, and what is typed in pinyin read as the words that it spells: dangfei duoshao is 党费多少."""

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate

from bot.language.normalise import HAN
from bot.language.places import Level, find
from bot.patterns import Pattern

_LONGEST = 80
_RUN = Pattern("[a-zü][a-zü' ]*")
_ACCENTED = Pattern("[a-zà-ǜ]*[à-ǜ][a-zà-ǜ]*")
_TONES = Pattern("(?<=[a-z])[1-5](?=[a-z' ]|$)")
_TONED = Pattern("[a-zü]{1,6}[1-5]['  ]?[a-zü]{1,6}[1-5]")
_NUMBERED = Pattern("([0-9]) ?hao(?![a-z])")
_BESIDE = Pattern(f"[0-9{HAN}]")
_SHORT = 2
_ALONE, _PLACE = 1.3, 1.1
"""What a word of one character, and a place, cost among words that cost 1: fewer and longer words are likelier."""


@cache
def readings() -> dict[str, frozenset[str]]:
    """The syllables, without tones, as which each of the 6,763 common characters is read."""
    read: dict[str, set[str]] = {}
    for syllable, characters in _rows("syllables.tsv"):
        for character in characters:
            read.setdefault(character, set()).add(syllable)
    same: dict[frozenset[str], frozenset[str]] = {}
    return {character: same.setdefault(each, each) for character, each in ((one, frozenset(all_)) for one, all_ in read.items())}


def spelled(words: str) -> str | None:
    """The words (`Said.words`) with whatever is typed in pinyin as characters; None where nothing is, or where too much is no pinyin."""
    if len(words) > _LONGEST or not _RUN.search(words):
        return None
    typed = _NUMBERED.sub(r"\1号", _toneless(words))
    pieces: list[str] = []
    end, found = 0, 0
    for run in _RUN.finditer(typed):
        beside = _BESIDE.match(typed[run.start() - 1 : run.start()]) or _BESIDE.match(typed[run.end() : run.end() + 1])
        said = _of_run(run[0], alone=beside is None)
        found += said is not None
        pieces += [typed[end : run.start()], run[0] if said is None else said]
        end = run.end()
    return "".join([*pieces, typed[end:]]) if found else None


def _toneless(words: str) -> str:
    if not words.isascii() and _ACCENTED.search(words):
        words = "".join(sign for sign in unicodedata.normalize("NFD", words.replace("ü", "v")) if not unicodedata.combining(sign))
    return _TONES.sub("", words) if _TONED.search(words) else words


def _of_run(run: str, *, alone: bool) -> str | None:
    """The words that letters spell, all of them; nothing where they are one short word that may as well be English."""
    tokens = run.replace("'", " ").split()
    letters = "".join(tokens)
    edges = frozenset(accumulate(map(len, tokens)))
    words = _fewest(letters, frozenset()) or _fewest(letters, edges)
    if not words or (alone and len(words) <= _SHORT and all(len(word) == 1 or word.isascii() for word in words)):
        return None
    return "".join(words)


def _fewest(letters: str, edges: frozenset[int]) -> tuple[str, ...]:
    """The fewest words that spell all the letters, or none; places, which are looked for if they end at an edge, are words, too."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(letters)
    for start in range(len(letters)):
        before = best[start]
        if before is None:
            continue
        for end, word, cost in _words(letters, start, edges):
            reached, total = best[end], before[0] + cost
            if reached is None or total < reached[0]:
                best[end] = (total, (*before[1], word))
    return best[-1][1] if best[-1] is not None else ()


def _words(letters: str, start: int, edges: frozenset[int]) -> Iterator[tuple[int, str, float]]:
    """The words that begin at a place among letters: where they end, and what they cost."""
    lexicon, longest = _lexicon()
    for end in range(start + 1, min(len(letters), start + longest) + 1):
        if word := lexicon.get(letters[start:end]):
            yield end, word, 1.0 if len(word) > 1 else _ALONE
        if end in edges and end - start > 3 and (place := _place(letters[start:end])):
            yield end, place, _PLACE


@cache
def _lexicon() -> tuple[dict[str, str], int]:
    words = dict(_rows("pinyin.tsv"))
    return words, max(map(len, words))


def _place(letters: str) -> str | None:
    """The one city or province that is typed so, in characters; several stay letters, so that one is asked for."""
    found = [each for each in find(letters) if each.level is not Level.DISTRICT]
    if not found:
        return None
    return found[0].name if len(found) == 1 else letters


def _rows(name: str) -> list[tuple[str, str]]:
    with files("bot.language").joinpath("data", name).open(encoding="utf-8") as lines:
        return [(row[0], row[1]) for row in csv.reader(lines, delimiter="\t")][1:]
