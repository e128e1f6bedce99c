"""Searching lessons by the words people type: 养猪, 种食用菌, yangzhu. The same on every database: plain text that is looked into."""

from bot.language.normalise import HAN, bare, clean
from bot.language.sounds import syllables
from bot.patterns import Pattern

_HAN_RUN = Pattern(f"[{HAN}]+")
_WORD = Pattern(f"[{HAN}]+|[a-z0-9]+")
_NOISE = Pattern(
    r"有没有|有没得|哪里有|怎么|怎样|如何|关于|方面|相关|的课程|的课|课程|这门|请问|我要|我想|想学习|想学|学习|一下|什么|"
    r"[的吗呢吧啊么了和跟与]|\b(?:the|a|an|about|lessons?|on|for|is|there|any|how|to|learn|i|want|do|of|and)\b"
)
_WHOLE, _PAIR = 4, 1
_MOST_WORDS = 12


def plain(text: str) -> str:
    """A text as it is looked into: one width, one case, no space between Han characters."""
    return bare(text)


def heading(*texts: str) -> str:
    """The words that a lesson is known by, with the sounds of the Chinese ones, whole and by their first letters."""
    spoken = [syllables(run) for text in texts for run in _HAN_RUN.findall(text)]
    sounds = ["".join(each) for each in spoken] + ["".join(sound[0] for sound in each) for each in spoken]
    return "\n".join([*map(plain, texts), " ".join(sounds)])


def terms(query: str) -> dict[str, int]:
    """What to look for, with weights: every word, and every two neighbouring characters of a longer one. Empty if nothing was named."""
    said = _NOISE.sub(" ", clean(query).casefold())
    weights: dict[str, int] = {}
    for word in _WORD.findall(said)[:_MOST_WORDS]:
        if len(word) < 3 and word.isascii():
            continue
        weights[word] = _WHOLE
        if not word.isascii() and len(word) > 2:
            for start in range(min(len(word) - 1, _MOST_WORDS)):
                weights.setdefault(word[start : start + 2], _PAIR)
    return weights


def enough(weights: dict[str, int], score: int) -> bool:
    """Whether a score is a find and no accident: a whole word, or half of the pairs of characters."""
    pairs = sum(1 for weight in weights.values() if weight == _PAIR)
    return score >= _WHOLE or (pairs > 0 and score * 2 >= pairs)
