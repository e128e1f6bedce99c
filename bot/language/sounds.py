"""How Chinese is read aloud, in syllables without tones: words as the dictionary has them, other characters as they are usually read.

The tables are what pypinyin knows (`make pinyin-data`). They stay the two strings that they are on the disk and are looked into where
they lie: as dictionaries they were 67 MB and a second and a half of the first message that named a place.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from bot.patterns import Pattern

_HAN = Pattern(
    "[\u3007\ue815-\ue864\ufa18\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b81d\U0002b825-\U0002bf6e"
    "\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9\U0002f80a-\U0002fa1f\U00030000-\U0003134a\U00031350-\U00032389]+"
)
_SHORTEST = 2


def syllables(words: str) -> list[str]:
    """A syllable for each Chinese character, ü written v; what stands between them as it is, in one piece: 长安1号 is chang an 1 hao."""
    read: list[str] = []
    end = 0
    for run in _HAN.finditer(words):
        read += [*filter(None, [words[end : run.start()]]), *_of_run(run[0])]
        end = run.end()
    return [*read, *filter(None, [words[end:]])]


def _of_run(run: str) -> list[str]:
    if not any(run[at : at + _SHORTEST] in _begun() for at in range(len(run) - 1)):
        return list(map(usual, run))
    return list(_by_words(run))


def _by_words(run: str) -> Iterator[str]:
    """The longest word of the dictionary each time; the last characters are read one by one where only a longer word begins with them."""
    start = 0
    while start < len(run):
        word, read, cut = _word(run, start)
        if not word and cut:
            yield from map(usual, run[start:])
            return
        yield from read or map(usual, word or run[start])
        start += len(word) or 1


def _word(run: str, start: int) -> tuple[str, tuple[str, ...], bool]:
    """The longest word from here on, its syllables if they are not the usual ones, and whether the text ends within a longer word."""
    found: tuple[str, tuple[str, ...]] = ("", ())
    for end in range(start + _SHORTEST, len(run) + 1):
        typed = run[start:end]
        line = _first_line(typed)
        if not line.startswith(typed):
            return (*found, False)
        word, _, read = line.partition(" ")
        if word == typed:
            found = word, tuple(read.split())
    return (*found, True)


def _first_line(typed: str) -> str:
    """The first line of the dictionary that does not come before what is typed; itself, if it is a word."""
    text = _dictionary()
    low, high = 0, len(text)
    while low < high:
        middle = text.rfind("\n", low, (low + high) // 2) + 1 or low
        end = text.index("\n", middle)
        if text[middle:end].partition(" ")[0] < typed:
            low = end + 1
        else:
            high = middle
    return text[low : text.find("\n", low)]


@lru_cache(maxsize=4096)
def usual(character: str) -> str:
    """How one character is read for itself; itself, if nobody knows."""
    text = _characters()
    at = text.find(character)
    if at < 0:
        return character
    begun = text.rfind("\n", 0, at) + 1
    return text[begun : text.index("\t", begun)]


@cache
def _begun() -> frozenset[str]:
    """The first two characters of all words that are not read as their characters are: text without them needs no dictionary."""
    return frozenset(line[:_SHORTEST] for line in _dictionary().splitlines() if " " in line)


@cache
def _dictionary() -> str:
    """Words in the order of their characters, a line each, with their syllables where these are not the usual ones."""
    return _data("words.txt")


@cache
def _characters() -> str:
    """A line for each syllable: itself and the characters that are usually read so."""
    return _data("sounds.tsv")


def _data(name: str) -> str:
    return files("bot.language").joinpath("data", name).read_text(encoding="utf-8")
