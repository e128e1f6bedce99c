"""Whole numbers below a hundred as people write them: 8, 八, 十五, 两."""

from bot.patterns import Pattern

NUMERAL = r"(?:[0-9]{1,40}|[零〇一二两三四五六七八九十]{1,3})"
_VALUES = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = Pattern("([一二三四五六七八九]?)十([一二三四五六七八九]?)")


def number(words: str) -> int | None:
    """The value of Arabic digits or of a Chinese numeral up to 九十九; None for anything else."""
    if words.isascii() and words.isdigit():
        return int(words) if len(words) <= 40 else None
    if tens := _TENS.fullmatch(words):
        return 10 * _VALUES.get(tens[1], 1) + _VALUES.get(tens[2], 0)
    digits = [_VALUES.get(character) for character in words]
    if len(digits) == 2 and digits[0] == 0:
        return digits[1]
    return digits[0] if len(digits) == 1 else None
