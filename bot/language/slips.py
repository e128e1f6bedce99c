"""Words that slipped: another character of the same sound (千到), a letter amiss (chekin), pinyin; and the nearest word to ask about.

`mended` puts right what can mean nothing else wherever it stands; `respelled` reads a short message, or one in pinyin, that nothing else
explains; `nearest` finds the word that somebody may have meant, for a question.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from bot.language.normalise import HAN
from bot.language.pinyin import readings, spelled
from bot.language.slip_words import ANYWHERE, INITIALS, LATIN, WHOLE
from bot.patterns import Pattern

_SLIP = Pattern("|".join(sorted(ANYWHERE, key=len, reverse=True)))
_REPORTED = Pattern("(?:(?<=[去刚])|(?<=[^后]来)|(?<=^来))报[道导](?=[了啦喽]?(?:$|[,。!;]))|^报[道导](?=[了啦喽]?$)")

_END = Pattern("[了啦啊呀吧哦哈喽咯嘞]+$")
_LATIN = Pattern("[a-z]")
_ONLY_LATIN = Pattern("[a-z ']+")
_ONLY_HAN = Pattern(f"[{HAN}]+")
_SHORT = 6
_SAME, _NEAR, _HALF, _OTHER = 0.25, 0.5, 0.8, 1.5
"""What another character costs: of the same sound, of one that many do not tell apart, of the same beginning or end, of neither."""
_SURE_LATIN = 6
_FAR = 1.0
_MOST_APART = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """The word that is nearest to what was typed. `distance` is 0 for the word itself and grows with what differs, at most 1."""

    word: str
    distance: float


def mended(words: str) -> str:
    """Words (as `Said.words`) in which a slip that can mean nothing else is put right."""
    if words.isascii():
        return words
    if "报" in words:
        words = _REPORTED.sub("报到", words)
    return _SLIP.sub(lambda found: ANYWHERE[found[0]], words)


@lru_cache(maxsize=4096)
def respelled(words: str) -> str | None:
    """What a short message, or one typed in pinyin, says if it slipped; None where that is not sure or there is nothing to mend."""
    if words in INITIALS:
        return INITIALS[words]
    if _LATIN.search(words):
        return _latin_slip(words) or spelled(words)
    if not 2 <= len(words) <= _SHORT or not _ONLY_HAN.fullmatch(words):
        return None
    stem = _END.sub("", words)
    for typed in dict.fromkeys((words, stem)):
        word = typed if typed in _words() else _of_sound(typed)
        if word and word != typed:
            return word + words[len(typed) :]
    return None


def nearest(text: str, known: Collection[str]) -> Slip | None:
    """Of the known words the one that a short text is nearest to, if any is near: 签都 is near 签到."""
    typed = text.strip(" /#").casefold()
    if not 2 <= len(typed) <= 20 or (len(typed) > _SHORT and not _ONLY_LATIN.fullmatch(typed)):
        return None
    if typed in known:
        return Slip(typed, 0.0)
    typed = INITIALS.get(typed, typed)
    near = min(((distance(typed, word), word) for word in known), default=None)
    return Slip(near[1], near[0]) if near is not None and near[0] <= _FAR * (0.5 if len(near[1]) < 2 else 1) else None


def distance(typed: str, word: str) -> float:
    """How far a typed text is from a word: by sounds where both are characters of one number, else by the letters of their pinyin."""
    if len(typed) == len(word) and _ONLY_HAN.fullmatch(typed) and _ONLY_HAN.fullmatch(word):
        costs = [_apart(one, other) for one, other in zip(typed, word, strict=True)]
        same = sum(one == other for one, other in zip(typed, word, strict=True))
        return sum(costs) if same or max(costs) <= _SAME else _OTHER * len(word)
    if not _LATIN.search(typed):
        return 2 * _OTHER
    return min((0.5 * _edits(one, other) if _comparable(one, other) else 2 * _OTHER) for one in _letters(typed) for other in _letters(word))


def _comparable(one: str, other: str) -> bool:
    """Whether two words can be near at all: an edit changes at most two of the letters that they have, and more than two are too many."""
    longer = max(len(one), len(other))
    return longer >= 5 and abs(len(one) - len(other)) <= 1 + (longer >= 8) and len(set(one) ^ set(other)) <= _MOST_APART


def _apart(one: str, other: str) -> float:
    """The cost of one character in the place of another."""
    if one == other:
        return 0.0
    sounds, others = readings().get(one, frozenset()), readings().get(other, frozenset())
    if sounds & others:
        return _SAME
    if {_folded(each) for each in sounds} & {_folded(each) for each in others}:
        return _NEAR
    halves = [(_initial(a) == _initial(b), a[len(_initial(a)) :] == b[len(_initial(b)) :]) for a, b in product(sounds, others)]
    return _HALF if any(same or alike for same, alike in halves) else _OTHER


def _initial(syllable: str) -> str:
    return syllable[:2] if syllable[:2] in {"zh", "ch", "sh"} else syllable[:1] if syllable[:1] not in "aeo" else ""


def _folded(syllable: str) -> str:
    """A syllable as those hear it who do not tell zh from z, n from l, f from h, -n from -ng."""
    plain = syllable.removesuffix("g") if syllable.endswith("ng") else syllable
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("hu", "f")):
        if plain.startswith(one):
            return other + plain[len(one) :]
    return plain


@lru_cache(maxsize=4096)
def _letters(words: str) -> tuple[str, ...]:
    """The pinyin of words in letters without spaces, in every reading, at most eight; letters are themselves."""
    sounds = [sorted(readings().get(sign, {sign})) for sign in words if sign.isalnum()]
    return tuple("".join(each) for each, _ in zip(product(*sounds), range(8), strict=False)) or ("",)


def _edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next one (Damerau's distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        older, before, row = before, row, [index]
        for place, sign in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != sign))
            if index > 1 and place > 1 and letter == other[place - 2] and one[index - 2] == sign:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
    return row[-1]


def _latin_slip(words: str) -> str | None:
    """A command word in letters with one letter amiss, or in letters and characters."""
    if not 3 <= len(words) <= 20:
        return None
    for typed in _letters(words):
        if len(typed) < _SURE_LATIN:
            continue
        for word, letters in _spellings():
            if abs(len(letters) - len(typed)) <= 1 and len(letters) >= _SURE_LATIN and _edits(typed, letters) <= 1:
                return word
    return None


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return (*((word, letters) for word in WHOLE for letters in _letters(word)), *((word, latin) for latin, word in LATIN.items()))


@cache
def _words() -> frozenset[str]:
    """What is a word as it is typed."""
    return frozenset(WHOLE).union(*WHOLE.values())


def _of_sound(typed: str) -> str | None:
    """The one word that sounds exactly so."""
    sounds = {"".join(each) for each, _ in zip(product(*(readings().get(sign, {"?"}) for sign in typed)), range(16), strict=False)}
    return next((_by_sound()[each] for each in sounds if each in _by_sound()), None)


@cache
def _by_sound() -> dict[str, str]:
    return {letters: word for word in WHOLE for letters in _letters(word)}
